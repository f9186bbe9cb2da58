"""How far what was agreed has been kept: a single duty, and the agreement as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from odr_desk.rules import money as amounts
from odr_desk.rules.case import Performance
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import day, money, text
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import check


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

    @property
    def outstanding(self) -> int:
        """Return what is still to be paid, in fen."""
        return 0 if self.waived else (self.amount or 0) - self.performed

    @property
    def stands(self) -> int:
        """Return what the consumer has or still gets by it, in fen: of what is no longer asked for, what was paid."""
        return self.performed if self.waived else self.amount or 0

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


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceDraft:
    """One payment or act as the clerk writes it down."""

    amount: int | None = money("金额（元）", required=True)
    on: date | None = day("日期", required=True)
    method: str = text("方式", max_length=60)
    proof: str = text("凭证", max_length=200)


def check_performance(draft: PerformanceDraft, duty: DutyFacts, signed_on: date, today: date) -> None:
    """Raise Invalid unless this may be written down for the duty."""
    check(draft)
    assert draft.on is not None  # noqa: S101 - required, checked before
    assert draft.amount is not None  # noqa: S101
    problems: list[Problem] = []
    if draft.on > today:
        problems.append(Problem("on", f"履行日期 {draft.on} 在今天之后，请核对日期"))
    if draft.on < signed_on:
        problems.append(Problem("on", f"履行日期 {draft.on} 早于签订日期 {signed_on}，请核对日期"))
    if duty.amount is None and draft.amount:
        problems.append(Problem("amount", "这一项不是付款，完成时金额填 0"))
    if duty.amount is not None and not 0 < draft.amount <= duty.outstanding:
        left = amounts.show(duty.outstanding)
        problems.append(Problem("amount", f"这一项还剩 {left} 元，金额应大于 0 且不超过它"))
    if problems:
        raise Invalid(tuple(problems))


def performance(duties: Iterable[DutyFacts], signed_on: date, today: date, *, advanced: bool = False) -> Performance:
    """Return how far an agreement has been kept; that the mall paid in the merchant's stead outweighs the rest.

    Where a part was paid and the rest is no longer asked for, the duty counts as kept.
    """
    owed = [duty for duty in duties if not duty.waived or duty.performed]
    if advanced or not owed:
        return Performance.ADVANCED if advanced else Performance.NONE
    if any(duty.is_overdue(today) for duty in owed):
        return Performance.OVERDUE
    if all(duty.done_on is not None or duty.waived for duty in owed):
        at_once = all(duty.done_on == signed_on for duty in owed)
        return Performance.AT_ONCE if at_once else Performance.DONE
    if any(duty.performed or duty.done_on for duty in owed):
        return Performance.PARTLY
    return Performance.NOT_DUE
