"""What the desk is reminded of while a complaint is typed, with what is known of the merchant."""

from datetime import date

from odr_desk.rules import intake
from odr_desk.rules.case import CaseDraft
from odr_desk.rules.intake import Remark
from odr_desk.rules.people import Right
from odr_desk.services import likeness
from odr_desk.store.database import Work


def remarks(work: Work, draft: CaseDraft, merchant_id: int, on: date) -> tuple[Remark, ...]:
    """Return the reminders on an entry that is not registered yet."""
    work.actor.require(Right.READ_CASES)
    recent = likeness.recent_on(work, merchant_id, on) if merchant_id else 0
    return intake.remarks(draft, recent + 1)
