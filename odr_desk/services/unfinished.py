"""Drafts that what happened meanwhile has reached: those of a merged case follow it, others have nothing left to do."""

from collections.abc import Callable, Mapping

from odr_desk.model.agreement import PerformanceEntry
from odr_desk.model.document import Document
from odr_desk.rules.advance import AdvanceState
from odr_desk.rules.errors import IllegalMove, Missing
from odr_desk.services import advances, cases, drafts, duties, families, issued_papers, transfers
from odr_desk.store.database import Work


def follow(work: Work, kind: str, number: str) -> None:
    """Let a draft follow its case into the one it was merged into; notes on both become one note.

    Raise IllegalMove where a form of the same kind is half filled in for the other case already.
    """
    lead = families.leader_of(work, cases.exact(work, number)).number
    ours = drafts.of(work, kind, number)
    if lead == number or not ours:
        return
    content = {name: part for name, part in ours[0].content.items() if name != drafts.SEEN}
    if there := drafts.of(work, kind, lead):
        if kind != drafts.LOG:
            what = drafts.LABELS.get(kind, kind)
            raise IllegalMove(f"{number} 已并入 {lead}，那一件上也有一份没写完的“{what}”，请先写完或放弃那一份")
        content = {**content, **there[0].content, "text": f"{there[0].content['text']}\n{content['text']}".strip()}
    drafts.keep_for(work, kind, lead, content)
    drafts.drop_for(work, kind, number)


def settled(work: Work, kind: str, subject: str) -> str:
    """Say what somebody else has done meanwhile of what a draft is about, empty while it can be gone on with."""
    look = _SETTLED.get(kind)
    about, _, rest = subject.partition("/")
    try:
        return look(work, about, rest) if look is not None else ""
    except Missing:
        return ""


def may_be_settled(kind: str) -> bool:
    """Tell whether somebody else can have done what a draft of this kind is about."""
    return kind in _SETTLED


def _duty(work: Work, agreement_no: str, rest: str) -> str:
    number = int(rest.partition("/")[0])
    agreement, duty = duties.find(work, agreement_no, number)
    if agreement.voided_at is not None:
        return f"协议 {agreement_no} 已作废"
    if duty.waived_at is not None:
        return f"第 {number} 项已不再要求"
    return f"第 {number} 项已履行完" if duty.done_on is not None else ""


def _entry(work: Work, agreement_no: str, rest: str) -> str:
    entry = work.session.get(PerformanceEntry, int(rest.rpartition("/")[2]))
    is_gone = entry is None or entry.taken_back_at is not None
    return f"协议 {agreement_no} 的这条履行记录已经撤回" if is_gone else ""


def _agreement(work: Work, number: str, _rest: str) -> str:
    return f"协议 {number} 已作废" if duties.agreement_named(work, number).voided_at is not None else ""


def _paper(work: Work, _case_no: str, number: str) -> str:
    paper = work.session.get_one(Document, issued_papers.numbered(work, number))
    return f"文书 {number} 已作废" if paper.voided_at is not None else ""


def _receipt(work: Work, case_no: str, number: str) -> str:
    found = transfers.named(work, cases.named(work, case_no), int(number))
    return f"{case_no} 的这次移送已登记收讫" if found.acknowledged_on is not None else ""


def _request(work: Work, case_no: str, _rest: str) -> str:
    found = advances.under_way(work, cases.named(work, case_no))
    return f"{case_no} 已有先行赔付 {found.number}（{found.state.label}）" if found is not None else ""


def _advance(*going: AdvanceState) -> Callable[[Work, str, str], str]:
    def look(work: Work, number: str, _rest: str) -> str:
        state = advances.named(work, number).state
        return f"{number} 已是“{state.label}”" if state not in going else ""

    return look


_SETTLED: Mapping[str, Callable[[Work, str, str], str]] = {
    drafts.PERFORMING: _duty,
    drafts.WAIVING: _duty,
    drafts.TAKING_BACK: _entry,
    drafts.VOIDING_AGREEMENT: _agreement,
    drafts.VOIDING_PAPER: _paper,
    drafts.ACKNOWLEDGING: _receipt,
    drafts.ADVANCING: _request,
    drafts.REFUSING: _advance(AdvanceState.REQUESTED, AdvanceState.APPROVED),
    drafts.PAYING: _advance(AdvanceState.REQUESTED, AdvanceState.APPROVED),
    drafts.NOTIFYING: _advance(AdvanceState.PAID),
    drafts.RECOVERING: _advance(AdvanceState.PAID),
}
