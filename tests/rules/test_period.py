from datetime import date

import pytest

from odr_desk.rules import period
from odr_desk.rules.errors import Invalid
from odr_desk.rules.period import Period


def d(text: str) -> date:
    return date.fromisoformat(text)


def p(first: str, last: str) -> Period:
    return Period(d(first), d(last))


def test_a_period_holds_both_its_ends():
    autumn = period.make(d("2026-10-26"), d("2026-11-25"))
    assert autumn.days == 31
    assert autumn.holds(d("2026-10-26")) and autumn.holds(d("2026-11-25"))
    assert not autumn.holds(d("2026-10-25")) and not autumn.holds(d("2026-11-26")) and not autumn.holds(None)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (None, "2026-11-30", "from"),
        ("2026-11-01", None, "to"),
        ("2026-11-30", "2026-11-01", "to"),
        ("1999-11-01", "2026-11-30", "from"),
        ("2026-11-01", "2100-01-01", "to"),
    ],
)
def test_a_slip_in_the_days_is_refused_by_name(first, last, field):
    with pytest.raises(Invalid) as refused:
        period.make(first and d(first), last and d(last))
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_period_is_as_long_as_somebody_wants():
    assert period.make(d("2000-01-01"), d("2099-12-31")).days == 36_525


def test_both_missing_ends_are_named_together():
    with pytest.raises(Invalid) as refused:
        period.make(None, None)
    assert [problem.field for problem in refused.value.problems] == ["from", "to"]


@pytest.mark.parametrize(
    ("day", "month", "cut"),
    [
        ("2026-11-23", ("2026-10-01", "2026-10-31"), ("2026-09-26", "2026-10-25")),
        ("2026-11-25", ("2026-10-01", "2026-10-31"), ("2026-09-26", "2026-10-25")),
        ("2026-11-26", ("2026-10-01", "2026-10-31"), ("2026-10-26", "2026-11-25")),
        ("2027-01-01", ("2026-12-01", "2026-12-31"), ("2026-11-26", "2026-12-25")),
        ("2028-03-31", ("2028-02-01", "2028-02-29"), ("2028-02-26", "2028-03-25")),
    ],
)
def test_the_last_whole_month_and_the_last_cut(day, month, cut):
    assert period.month_before(d(day)) == p(*month)
    assert period.cut_before(d(day)) == p(*cut)


@pytest.mark.parametrize(
    ("this", "after", "before"),
    [
        (("2026-11-01", "2026-11-30"), ("2026-12-01", "2026-12-31"), ("2026-10-01", "2026-10-31")),
        (("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"), ("2025-12-01", "2025-12-31")),
        (("2026-10-26", "2026-11-25"), ("2026-11-26", "2026-12-25"), ("2026-09-26", "2026-10-25")),
        (("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31"), ("2026-04-01", "2026-06-30")),
        (("2026-11-02", "2026-11-08"), ("2026-11-09", "2026-11-15"), ("2026-10-26", "2026-11-01")),
        (("2026-01-31", "2026-02-27"), ("2026-02-28", "2026-03-27"), ("2026-01-03", "2026-01-30")),
    ],
)
def test_periods_follow_each_other_in_the_same_rhythm(this, after, before):
    assert period.following(p(*this)) == p(*after)
    assert period.stretch_before(p(*this)) == p(*before)


@pytest.mark.parametrize(
    ("this", "before"),
    [
        (("2026-11-01", "2026-11-30"), ("2025-11-01", "2025-11-30")),
        (("2028-02-01", "2028-02-29"), ("2027-02-01", "2027-02-28")),
        (("2029-02-01", "2029-02-28"), ("2028-02-01", "2028-02-29")),
        (("2028-02-29", "2028-03-06"), ("2027-02-28", "2027-03-06")),
    ],
)
def test_the_same_stretch_a_year_before(this, before):
    assert period.year_before(p(*this)) == p(*before)


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ("2026-10-26", "2026-11-25", "2026年11月"),
        ("2026-11-01", "2026-11-30", "2026年11月"),
        ("2026-07-01", "2026-09-30", "2026-07-01 至 2026-09-30"),
        ("2026-11-02", "2026-11-08", "2026-11-02 至 2026-11-08"),
    ],
)
def test_a_period_of_about_a_month_is_called_by_the_month_it_ends_in(first, last, title):
    assert p(first, last).title == title
    assert p(first, last).month_words == ("11 月" if title == "2026年11月" else "")
