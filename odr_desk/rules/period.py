"""A reporting period: any stretch of whole days in China, first and last day included."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from odr_desk.rules import moments
from odr_desk.rules.errors import Invalid, Problem

ONE = timedelta(days=1)
CUT = 25


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def shown(self) -> str:
        """Return `2026-10-26 至 2026-11-25`."""
        return f"{self.first} 至 {self.last}"

    @property
    def title(self) -> str:
        """Return what people call the period: `2026年11月` when it is about a month, else its days."""
        if self.month_words:
            return f"{self.last.year}年{self.last.month}月"
        return self.shown

    @property
    def month_words(self) -> str:
        """Return `11 月` when the period is about a month, else nothing."""
        return f"{self.last.month} 月" if 20 <= self.days <= 40 else ""

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies within."""
        return day is not None and self.first <= day <= self.last


def make(first: date | None, last: date | None) -> Period:
    """Return the period of two days; raise Invalid unless they make one."""
    problems = [Problem(name, "请填写统计期间的" + word) for name, word, day in _ends(first, last) if day is None]
    if problems:
        raise Invalid(tuple(problems))
    assert first is not None  # noqa: S101 - looked at above
    assert last is not None  # noqa: S101
    for name, _word, day in _ends(first, last):
        if day is not None and not moments.EARLIEST <= day <= moments.LATEST:
            raise Invalid.of(name, "统计期间应在 2000 年至 2099 年之间，请核对年份")
    if last < first:
        raise Invalid.of("to", f"统计期间的止日 {last} 早于起日 {first}，请核对两个日期")
    return Period(first, last)


def _ends(first: date | None, last: date | None) -> tuple[tuple[str, str, date | None], ...]:
    return (("from", "起日", first), ("to", "止日", last))


def month_of(day: date) -> Period:
    """Return the calendar month a day lies in."""
    first = day.replace(day=1)
    return Period(first, moved(first, 1) - ONE)


def month_before(day: date) -> Period:
    """Return the calendar month before the one a day lies in."""
    return month_of(day.replace(day=1) - ONE)


def cut_before(day: date, cut: int = CUT) -> Period:
    """Return the last whole stretch that ends on the cut-off day of a month before `day`."""
    last = day.replace(day=cut)
    if last >= day:
        last = moved(last, -1)
    return Period(moved(last, -1) + ONE, last)


def following(period: Period) -> Period:
    """Return the period after this one in the same rhythm: whole months, cut-off to cut-off, or as many days."""
    return _shifted(period, 1)


def stretch_before(period: Period) -> Period:
    """Return the period before this one in the same rhythm, for 环比."""
    return _shifted(period, -1)


def year_before(period: Period) -> Period:
    """Return the same stretch of the year before, for 同比."""
    return Period(moved(period.first, -12), moved(period.last + ONE, -12) - ONE)


def _shifted(period: Period, steps: int) -> Period:
    months = _whole_months(period)
    if months:
        return Period(moved(period.first, steps * months), moved(period.last + ONE, steps * months) - ONE)
    return Period(period.first + ONE * (steps * period.days), period.last + ONE * (steps * period.days))


def _whole_months(period: Period) -> int:
    end = period.last + ONE
    if end.day != period.first.day or end.day > 28:
        return 0
    return (end.year - period.first.year) * 12 + end.month - period.first.month


def moved(day: date, months: int) -> date:
    """Return the day so many months on; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, longest))
