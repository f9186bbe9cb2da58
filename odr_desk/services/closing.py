"""The closing gate: what is still open on a case, what of it may be waived with a reason, and the archive."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.document import Document
from odr_desk.papers import settlement_agreement
from odr_desk.rules import moments
from odr_desk.rules.appointment import AppointmentState
from odr_desk.rules.case import CaseState, require_step
from odr_desk.rules.errors import IllegalMove, Invalid
from odr_desk.rules.events import EventKind
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import appointments, cases, dossier, duties, explaining, feedback, timeline, transfers
from odr_desk.store.database import Work

_SITTING, _PAPER = "appointment:", "paper:"


class Target(Word):
    """Where an open item is dealt with."""

    PERFORMANCE = "performance", "登记履行"
    FEEDBACK = "feedback", "反馈平台"
    PAPER = "paper", "出具文书"
    REVISIT = "revisit", "回访"
    NEXT_STEP = "next_step", "办下一步"
    FACTS = "facts", "补填资料"
    RECOVERED = "recovered", "填挽回损失"
    EXPLANATION = "explanation", "登记说明"
    RETURN = "return", "登记退回"
    RECEIPT = "receipt", "登记收讫"
    SITTING = "sitting", "处理预约"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing still open; it stops the closing until it is done or waived with a reason.

    `owed` says that somebody outside the desk waits for it.
    """

    code: str
    text: str
    target: Target
    owed: bool = False

    @property
    def paper(self) -> str:
        """Return the code of the paper that is missing, empty for anything else and for that of an agreement."""
        return self.code.removeprefix(_PAPER) if self.code.startswith(_PAPER) else ""


def gate(work: Work, case_no: str) -> tuple[OpenItem, ...]:
    """Return what is still open on a case, what is owed to others first."""
    work.actor.require(Right.READ_CASES)
    found = _open(work, cases.named(work, case_no))
    return tuple(sorted(found, key=lambda item: not item.owed))


def close(work: Work, case_no: str, waivers: Mapping[str, str]) -> None:
    """Put a case into the archive; `waivers` gives a reason for each item that is left undone."""
    work.actor.require(Right.MEDIATE)
    case = cases.named(work, case_no)
    require_step(case.state, CaseState.CLOSED)
    found = {item.code: item for item in _open(work, case)}
    _check_waivers(found, waivers)
    left = [item for item in found.values() if item.code not in waivers]
    if left:
        words = "；".join(item.text for item in left)
        raise IllegalMove(
            f"还有 {len(left)} 项没有办完，不能结案：{words}。请先办理，或逐项写明原因不再办", _codes(left)
        )
    waived = _waive(work, case, {found[code]: reason.strip() for code, reason in waivers.items()})
    before, case.state = case.state, CaseState.CLOSED
    case.is_open, case.archived_on = False, moments.day_of(work.now)
    case.next_step, case.next_step_on = "", None
    words = f"{before.label} → {CaseState.CLOSED.label}{waived}"
    timeline.system(work, case, EventKind.STATE, words)


def reopen(work: Work, case_no: str, reason: str) -> CaseState:
    """Take a case out of the archive to negotiate again, and say why; its agreement stays in force."""
    work.actor.require(Right.MEDIATE)
    case = cases.named(work, case_no)
    if case.state is not CaseState.CLOSED:
        raise IllegalMove(f"投诉件 {case.number} 没有归档，不用重新打开")
    if not reason.strip():
        raise Invalid.of("reason", "请写明为什么重新打开")
    reason = sentence("原因", reason)
    before = f"上次 {case.ended_on} 办结，期限 {case.due_on}，不再重新计算"
    cases.move(work, case, CaseState.NEGOTIATING, f"重新打开：{reason.strip()}（{before}）")
    return case.state


def _open(work: Work, case: Case) -> list[OpenItem]:
    return [
        *_unperformed(work, case),
        *_unsaid(case),
        *_untold(work, case),
        *_unreturned(work, case),
        *_unheld(work, case),
        *_unwritten(work, case),
        *_unasked(case),
    ]


def _unperformed(work: Work, case: Case) -> list[OpenItem]:
    agreement = duties.running(work, case.id)
    if agreement is None:
        return []
    return [
        OpenItem(
            f"duty:{duty.number}",
            f"第 {duty.number} 项没有履行完：{duty.text.rstrip('。')}",
            Target.PERFORMANCE,
            owed=True,
        )
        for duty in duties.of_agreement(work, agreement.id)
        if duties.facts_of(duty).is_open
    ]


def _unsaid(case: Case) -> list[OpenItem]:
    if not feedback.is_due(case):
        return []
    return [OpenItem("feedback", "结果还没有反馈平台", Target.FEEDBACK, owed=True)]


def _untold(work: Work, case: Case) -> list[OpenItem]:
    """Return what the consumer has not been told of a failure (消保法39)."""
    left = explaining.missing(work, case) if case.state is CaseState.FAILED else ()
    if not left:
        return []
    ways = "；".join(route.label for route in left)
    return [OpenItem("explanation", f"还没有告知消费者这些途径：{ways}", Target.EXPLANATION, owed=True)]


def _unreturned(work: Work, case: Case) -> list[OpenItem]:
    """Return whether another body still waits for its case, or has not said that it has one."""
    gone = transfers.departure(work, case) or transfers.returned(work, case)
    if gone is not None:
        waiting = gone.acknowledged_on is None
        return [OpenItem("receipt", f"{gone.body}还没有登记收讫", Target.RECEIPT)] if waiting else []
    by = transfers.return_by(work, case)
    if case.state is not CaseState.NOT_OURS or by is None:
        return []
    return [OpenItem("return", f"非本场商户的件还没有退回，期限 {moments.show_day(by)}", Target.RETURN, owed=True)]


def _unheld(work: Work, case: Case) -> list[OpenItem]:
    """Return the sittings that are still arranged; to those ahead both sides will come."""
    return [
        OpenItem(
            f"{_SITTING}{row.number}",
            f"约好 {moments.show_day(row.day)} {row.hours} 的调解没有记，也没有取消",
            Target.SITTING,
            owed=row.starts_at > work.now,
        )
        for row in appointments.of_case(work, case.number)
        if row.state is AppointmentState.PLANNED
    ]


def _unwritten(work: Work, case: Case) -> list[OpenItem]:
    return [*_unprinted(work, case), *(_missing(paper) for paper in dossier.missing_at_end(work, case))]


def _missing(paper: ModuleType) -> OpenItem:
    return OpenItem(f"{_PAPER}{paper.CODE}", f"{paper.TITLE}没有出具", Target.PAPER)


def _unprinted(work: Work, case: Case) -> list[OpenItem]:
    agreement = duties.running(work, case.id)
    if agreement is None:
        return []
    chosen = select(Document.id).where(
        Document.agreement_id == agreement.id, Document.kind == settlement_agreement.CODE
    )
    issued = work.session.scalar(chosen.limit(1))
    return [] if issued else [OpenItem("paper", f"和解协议书 {agreement.number} 没有打印", Target.PAPER)]


def _unasked(case: Case) -> list[OpenItem]:
    wanted = (
        ("revisit", _is_to_be_called(case), "还没有回访", Target.REVISIT),
        ("next_step", bool(case.next_step), f"下一步没有办：{case.next_step}", Target.NEXT_STEP),
        ("problem", not case.problem, "投诉问题没有选，月报要用", Target.FACTS),
        ("category", not case.category, "商品服务类别没有选，月报要用", Target.FACTS),
        (
            "recovered",
            case.state is CaseState.SETTLED and case.recovered is None,
            "挽回经济损失没有填",
            Target.RECOVERED,
        ),
    )
    return [OpenItem(code, text, target) for code, is_open, text, target in wanted if is_open]


def _is_to_be_called(case: Case) -> bool:
    """Tell whether the consumer waits for a call; who left the counter content was asked there."""
    return case.state is CaseState.SETTLED and case.revisited_on is None and case.revisit_due_on is not None


def _check_waivers(found: Mapping[str, OpenItem], waivers: Mapping[str, str]) -> None:
    for code, reason in waivers.items():
        if code not in found:
            known = "、".join(found) or "无"
            raise Invalid.of(f"waivers.{code}", f"没有“{code}”这一项未办事项，现有：{known}")
        if not reason.strip():
            raise Invalid.of(f"waivers.{code}", f"请写明为什么不再办：{found[code].text}")
        sentence("原因", reason, f"waivers.{code}")


def _waive(work: Work, case: Case, reasons: Mapping[OpenItem, str]) -> str:
    """Leave the items undone for these reasons and return the words for the timeline."""
    agreement = duties.running(work, case.id)
    words = ""
    for item, reason in reasons.items():
        if item.target is Target.PERFORMANCE and agreement is not None:
            duties.waive(work, agreement.number, int(item.code.partition(":")[2]), reason)
        elif item.target is Target.SITTING:
            appointments.cancel(work, case.number, int(item.code.removeprefix(_SITTING)), reason)
        else:
            words += f"；{item.text}，不再办：{reason}"
    return words


def _codes(items: list[OpenItem]) -> tuple[str, ...]:
    return tuple(item.code for item in items)
