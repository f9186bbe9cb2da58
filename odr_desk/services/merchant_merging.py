"""A merchant noted by name turns out to be one on file: its cases go there, and can be given back."""

from collections.abc import Iterable

from sqlalchemy import select

from odr_desk.model.agreement import Advance
from odr_desk.model.case import Case
from odr_desk.model.document import Document
from odr_desk.model.merchant import Merchant
from odr_desk.rules.errors import IllegalMove
from odr_desk.rules.events import EventKind
from odr_desk.rules.people import Right
from odr_desk.services import cases, merchants, timeline
from odr_desk.store.database import Work


def merge(work: Work, number: str, into: str) -> tuple[str, ...]:
    """Give the cases of a merchant noted by name to the one on file, and return their numbers."""
    work.actor.require(Right.WRITE_MERCHANTS)
    noted, known = merchants.known(work, number), merchants.known(work, into)
    if not noted.provisional or noted.retired:
        raise IllegalMove(f"{number} {noted.shown_name} 已经建档，不能并入别家；名称或柜位不对请直接修改")
    if known.provisional:
        raise IllegalMove(f"{into} {known.shown_name} 也还没有建档，请选一户已建档的商户")
    moved = merchants.cases_of(work, noted)
    for case in moved:
        _move(work, case, known)
    noted.retired = True
    noted.note = f"已并入 {known.number} {known.shown_name}"
    return tuple(case.number for case in moved)


def part(work: Work, number: str, case_numbers: Iterable[str]) -> None:
    """Take a merge apart: the merchant noted by name is back, and so are these cases."""
    work.actor.require(Right.WRITE_MERCHANTS)
    noted = merchants.known(work, number)
    if not noted.provisional or not noted.retired:
        raise IllegalMove(f"{number} {noted.shown_name} 没有并入别家，没有改动")
    noted.retired, noted.note = False, ""
    for case_number in case_numbers:
        _move(work, cases.exact(work, case_number), noted)


def _move(work: Work, case: Case, merchant: Merchant) -> None:
    before = case.merchant_name
    merchants.remember(case, merchant)
    belongings = (
        *work.session.scalars(select(Advance).where(Advance.case_id == case.id)),
        *work.session.scalars(select(Document).where(Document.case_id == case.id)),
    )
    for record in belongings:
        record.merchant_id = merchant.id
    timeline.system(work, case, EventKind.CHANGED, f"商户 {before} → {merchant.number} {merchant.shown_name}")
