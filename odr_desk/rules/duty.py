"""How far what was agreed has been kept: a single duty, and the agreement as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from odr_desk.rules.case import Performance
from odr_desk.rules.labels import Word


class DutyState(Word):
    """Where a duty stands; being overdue is a matter of the day and not a state."""

    OPEN = "open", "待履行"
    PARTLY = "partly", "部分履行"
    DONE = "done", "已履行"
    WAIVED = "waived", "不再要求"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFacts:
    """What is known of one duty; one without an amount is done or not."""

    amount: int | None
    performed: int
    due_on: date | None
    done_on: date | None
    waived: bool
    advanced: bool = False

    @property
    def outstanding(self) -> int:
        """Return what is still to be paid, in fen."""
        return 0 if self.waived else (self.amount or 0) - self.performed

    @property
    def state(self) -> DutyState:
        """Return where the duty stands."""
        if self.waived:
            return DutyState.WAIVED
        if self.done_on is not None:
            return DutyState.DONE
        return DutyState.PARTLY if self.performed else DutyState.OPEN

    @property
    def is_open(self) -> bool:
        """Tell whether something is still to be done."""
        return self.state in (DutyState.OPEN, DutyState.PARTLY)

    def is_overdue(self, today: date) -> bool:
        """Tell whether the day passed without all of it being done."""
        return self.is_open and self.due_on is not None and self.due_on < today


def performance(duties: Iterable[DutyFacts], signed_on: date, today: date) -> Performance:
    """Return how far an agreement has been kept; what the mall paid in the merchant's stead outweighs the rest."""
    owed = [duty for duty in duties if not duty.waived]
    if not owed:
        return Performance.NONE
    if any(duty.advanced for duty in owed):
        return Performance.ADVANCED
    if any(duty.is_overdue(today) for duty in owed):
        return Performance.OVERDUE
    if all(duty.done_on is not None for duty in owed):
        at_once = all(duty.done_on == signed_on for duty in owed)
        return Performance.AT_ONCE if at_once else Performance.DONE
    if any(duty.performed or duty.done_on for duty in owed):
        return Performance.PARTLY
    return Performance.NOT_DUE
