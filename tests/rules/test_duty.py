"""How far duties and agreements have been kept, on which day."""

from datetime import date, timedelta

import pytest

from odr_desk.rules.case import Performance
from odr_desk.rules.duty import DutyFacts, DutyState, PerformanceDraft, check_performance, performance
from odr_desk.rules.errors import Invalid

SIGNED = date(2026, 11, 23)
DUE = date(2026, 12, 4)
LATER = DUE + timedelta(days=1)


def duty(**changes: object) -> DutyFacts:
    facts = {"amount": 10000, "performed": 0, "due_on": DUE, "done_on": None, "waived": False}
    return DutyFacts(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "state", "outstanding"),
    [
        ({}, DutyState.OPEN, 10000),
        ({"performed": 4000}, DutyState.PARTLY, 6000),
        ({"performed": 10000, "done_on": DUE}, DutyState.DONE, 0),
        ({"performed": 4000, "waived": True}, DutyState.WAIVED, 0),
        ({"amount": None}, DutyState.OPEN, 0),
        ({"amount": None, "done_on": SIGNED}, DutyState.DONE, 0),
    ],
)
def test_a_duty_knows_where_it_stands(changes: dict[str, object], state: DutyState, outstanding: int) -> None:
    facts = duty(**changes)
    assert (facts.state, facts.outstanding) == (state, outstanding)
    assert facts.is_open is (state in (DutyState.OPEN, DutyState.PARTLY))


def test_a_duty_is_late_from_the_day_after() -> None:
    assert not duty().is_overdue(DUE)
    assert duty().is_overdue(LATER)
    assert not duty(done_on=LATER, performed=10000).is_overdue(LATER)
    assert not duty(due_on=None).is_overdue(LATER)


@pytest.mark.parametrize(
    ("duties", "today", "expected"),
    [
        ((duty(),), DUE, Performance.NOT_DUE),
        ((duty(),), LATER, Performance.OVERDUE),
        ((duty(performed=1),), DUE, Performance.PARTLY),
        ((duty(performed=1),), LATER, Performance.OVERDUE),
        ((duty(done_on=SIGNED), duty(amount=None)), DUE, Performance.PARTLY),
        ((duty(done_on=SIGNED),), LATER, Performance.AT_ONCE),
        ((duty(done_on=SIGNED), duty(done_on=DUE)), LATER, Performance.DONE),
        ((duty(waived=True),), LATER, Performance.NONE),
        ((duty(waived=True), duty(done_on=DUE)), LATER, Performance.DONE),
        ((), LATER, Performance.NONE),
    ],
)
def test_an_agreement_is_kept_as_far_as_its_duties(
    duties: tuple[DutyFacts, ...], today: date, expected: Performance
) -> None:
    assert performance(duties, SIGNED, today) is expected
    assert performance(duties, SIGNED, today, advanced=True) is Performance.ADVANCED


@pytest.mark.parametrize(
    ("changes", "facts", "field"),
    [
        ({"amount": 10001}, {}, "amount"),
        ({"amount": 6001}, {"performed": 4000}, "amount"),
        ({"amount": 0}, {}, "amount"),
        ({"amount": 1}, {"amount": None}, "amount"),
        ({"on": SIGNED - timedelta(days=1)}, {}, "on"),
        ({"on": LATER + timedelta(days=1)}, {}, "on"),
        ({"on": None}, {}, "on"),
        ({"amount": None}, {}, "amount"),
        ({"proof": "字" * 201}, {}, "proof"),
    ],
)
def test_a_performance_that_cannot_be_is_refused(
    changes: dict[str, object], facts: dict[str, object], field: str
) -> None:
    draft = PerformanceDraft(**({"amount": 100, "on": DUE} | changes))  # type: ignore[arg-type]
    with pytest.raises(Invalid) as caught:
        check_performance(draft, duty(**facts), SIGNED, LATER)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_the_whole_rest_and_a_mere_act_pass() -> None:
    check_performance(PerformanceDraft(amount=6000, on=LATER), duty(performed=4000), SIGNED, LATER)
    check_performance(PerformanceDraft(amount=0, on=SIGNED), duty(amount=None), SIGNED, LATER)
