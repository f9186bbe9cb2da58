"""The bin: a case deleted by mistake waits thirty days; after that only its number is left, as void."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, inspect, select

from odr_desk.model.agreement import Advance, Agreement
from odr_desk.model.case import Case
from odr_desk.model.document import Attachment, Document
from odr_desk.model.merchant import MerchantLicence
from odr_desk.model.people import Draft
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.parsing import sentence
from odr_desk.rules.people import Right
from odr_desk.services import appointments, belongings, case_file, cases, clocks, families, timeline
from odr_desk.services.case_file import CaseDetail
from odr_desk.store import journal, search_index, settings
from odr_desk.store.database import Work

KEPT_FOR = timedelta(days=30)
LONGEST_REASON = 200
_CLEARING, _BEGIN, _GO_ON = "search.clearing", "begin", "go on"
_LEFT = frozenset(
    {
        "id", "number", "channel", "received_at", "received_on", "registered_at", "registered_by", "late_entry",
        "merchant_id", "state", "is_open", "deleted_at", "deleted_by", "delete_reason", "emptied_at", "version_id",
        "first_due_on", "due_on", "batch_id",
    }
)  # fmt: skip
"""What is left of a case whose time in the bin is over: its number, how it came, and who deleted it when and why."""
_BINDING: tuple[tuple[str, type[Any]], ...] = (("和解协议", Agreement), ("先行赔付", Advance), ("文书", Document))


@dataclass(frozen=True, slots=True)
class Binned:
    """A case in the bin, as the page shows it."""

    number: str
    subject: str
    consumer: str
    merchant: str
    received_at: datetime
    deleted_at: datetime
    deleted_by: str
    reason: str
    days_left: int


def delete(work: Work, number: str, reason: str) -> None:
    """Put a case into the bin; refuse, saying why, when something with a number of its own rests on it."""
    work.actor.require(Right.MANAGE)
    case = cases.named(work, number)
    if not reason.strip():
        raise Invalid.of("reason", "请写明为什么删除，编号作废要留原因")
    reason = sentence("原因", reason, max_length=LONGEST_REASON)
    refusal = why_not(work, case)
    if refusal:
        raise IllegalMove(f"{case.number} 没有删除：{refusal}")
    timeline.system(work, case, EventKind.STATE, f"放进回收站：{reason.strip()}")
    case.deleted_at, case.deleted_by, case.delete_reason = work.now, work.actor.name, reason.strip()


def restore(work: Work, number: str) -> tuple[str, ...]:
    """Take a case out of the bin again, as it was; return what its planned sittings clash with by now."""
    work.actor.require(Right.MANAGE)
    case = _binned(work, number)
    case.deleted_at, case.deleted_by, case.delete_reason = None, "", ""
    clocks.renew(work, case)
    timeline.system(work, case, EventKind.STATE, "从回收站恢复")
    return appointments.overlaps(work, case)


def show(work: Work, number: str) -> Binned:
    """Return a case in the bin; raise Missing when it does not lie there."""
    work.actor.require(Right.READ_CASES)
    case = _binned(work, number)
    assert case.deleted_at is not None  # noqa: S101 - it lies in the bin
    left = KEPT_FOR - (work.now - case.deleted_at)
    return Binned(
        case.number,
        case.subject,
        case.consumer_name,
        case.merchant_name,
        case.received_at,
        case.deleted_at,
        case.deleted_by,
        case.delete_reason,
        max(0, -(-left // timedelta(days=1))),
    )


def or_detail(work: Work, number: str) -> CaseDetail | Binned:
    """Return what stands under a number: the case, or what the bin shows of it."""
    try:
        return case_file.detail(work, number)
    except Missing:
        if not is_binned(work, number):
            raise
    return show(work, number)


def is_binned(work: Work, number: str) -> bool:
    """Tell whether a number lies in the bin and can be restored."""
    chosen = select(Case.id).where(
        Case.number == number, Case.deleted_at.is_not(None), Case.merged_into_id.is_(None), Case.emptied_at.is_(None)
    )
    return work.session.scalar(chosen) is not None


def why_not(work: Work, case: Case) -> str:
    """Say why a case may not be deleted, empty when it may."""
    for words, kind in _BINDING:
        count = work.session.scalar(select(func.count()).where(kind.case_id == case.id)) or 0
        if count:
            return f"它有{words} {count} 份，各有编号，要留在案上；错了的请作废并写明原因"
    if case.state is CaseState.CLOSED:
        return "它已归档；确要删除请先重新打开"
    if case.fed_back_on is not None:
        return f"{case.fed_back_on} 已反馈平台，要留作依据"
    followers = families.followers(work, case.id)
    return f"{followers[0].number} 并在里面，请先拆开" if followers else ""


def empty(work: Work) -> tuple[str, ...]:
    """Clear what has lain in the bin for thirty days; return the hashes of files that nothing names any more.

    The numbers stay in the register as void, with reason, person and time. Words leave the journal too.
    The files go once this is saved: a row without its file would be a fault, a file without a row is none.
    """
    waiting = (Case.deleted_at.is_not(None), Case.merged_into_id.is_(None), Case.emptied_at.is_(None))
    chosen = select(Case).where(*waiting, Case.deleted_at <= work.now - KEPT_FOR).order_by(Case.id)
    hashes: set[str] = set()
    ripe = work.session.scalars(chosen).all()
    for case in ripe:
        hashes.update(work.session.scalars(select(Attachment.sha256).where(Attachment.case_id == case.id)))
        _empty(work, case)
    if ripe:
        settings.write(work, _CLEARING, _BEGIN)
    for kind in (Attachment, MerchantLicence):
        hashes.difference_update(work.session.scalars(select(kind.sha256).where(kind.sha256.in_(hashes))).all())
    return tuple(sorted(hashes))


def clear_words(work: Work) -> bool:
    """Go on taking the words of cleared cases out of the search index; tell whether there is more to do.

    They would stay in its file until the parts it was written in are merged. For a million cases that takes twenty
    seconds, so it is done in steps, between which people are served.
    """
    state = settings.read(work, _CLEARING)
    if not state:
        return False
    more = search_index.clear_on(work.session.connection(), begins=state == _BEGIN)
    if state == _BEGIN or not more:
        settings.write(work, _CLEARING, _GO_ON if more else "")
    return more


def _binned(work: Work, number: str) -> Case:
    case = cases.exact(work, number)
    if case.merged_into_id is not None:
        raise Missing(f"{number} 已并入别的投诉件，不在回收站里")
    if case.emptied_at is not None:
        cases.named(work, number)  # raises with who voided the number, and why
    if case.deleted_at is None:
        raise Missing(f"{number} 不在回收站里，不用恢复")
    return case


def _empty(work: Work, case: Case) -> None:
    gone: list[str] = []
    for kind in belongings.tables_of_cases():
        table: Any = kind
        for record in work.session.scalars(
            select(table).where(table.case_id == case.id).order_by(table.id.desc())
        ).all():
            gone.append(f"{kind.__tablename__}:{record.id}")
            work.session.delete(record)
            work.session.flush()  # one by one: a copy goes before the piece it was made of
    for draft in work.session.scalars(select(Draft).where(Draft.subject == case.number)):
        work.session.delete(draft)
    clocks.renew(work, case)
    _blank(case)
    case.subject, case.emptied_at = "（编号作废）", work.now
    work.session.flush()
    journal.forget(work, (f"cases:{case.id}", *gone))


def _blank(case: Case) -> None:
    for attribute in inspect(Case).column_attrs:
        column = attribute.columns[0]
        if attribute.key not in _LEFT:
            default = column.default.arg if column.default is not None and column.default.is_scalar else None
            setattr(case, attribute.key, None if column.nullable else default)
