"""Earlier complaints of the person who is calling, as the intake form shows them while the number is typed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.rules import identity
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.people import Right
from odr_desk.store.database import Work

LEAST_DIGITS = 7
LIMIT = 6


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier case of the same telephone."""

    number: str
    received_on: date
    merchant_id: int
    merchant: str
    subject: str
    consumer: str
    state: CaseState
    result: Outcome | None
    refund: int

    @property
    def is_open(self) -> bool:
        """Tell whether the case still has no result."""
        return self.result is None and self.state is not CaseState.CLOSED


def of_phone(work: Work, typed: str) -> tuple[Earlier, ...]:
    """Return the newest cases of a telephone, once enough of it has been typed."""
    work.actor.require(Right.READ_CASES)
    phone = identity.normal_phone(typed)
    if len(phone) < LEAST_DIGITS:
        return ()
    columns = (
        Case.number, Case.received_on, Case.merchant_id, Case.merchant_name, Case.subject, Case.consumer_name,
        Case.state, Case.result, Case.refund,
    )  # fmt: skip
    alike = Case.consumer_phone.between(phone, phone + "\uffff")
    chosen = select(*columns).where(alike, Case.deleted_at.is_(None)).order_by(Case.id.desc()).limit(LIMIT)
    return tuple(Earlier(*row) for row in work.session.execute(chosen))
