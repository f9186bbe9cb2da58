"""Why backups are made and how long they are kept: 14 days, 8 weeks, 24 months."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from odr_desk.rules.labels import Word

DAYS, WEEKS, MONTHS = 14, 8, 24
STALE_AFTER = timedelta(hours=26)
"""A desk that is open every day has a backup younger than this."""


class Why(Word):
    """The occasion of a backup."""

    DAILY = "daily", "每日"
    EXIT = "exit", "退出时"
    MANUAL = "manual", "手动"
    UPGRADE = "upgrade", "升级前"
    IMPORT = "import", "导入前"
    ERASURE = "erasure", "删除个人信息前"


BY_THE_CLOCK = frozenset({Why.DAILY, Why.EXIT})


def kept(made: Iterable[date], today: date) -> frozenset[date]:
    """Return the days whose newest backup is kept: every day, then the last of a week, then of a month.

    The present week and month are not counted among the 8 and the 24.
    """
    days = sorted(set(made), reverse=True)
    return frozenset(
        [day for day in days if _age(day, today) < DAYS]
        + _last_of_each(days, _week, [_week(today - timedelta(weeks=n)) for n in range(WEEKS + 1)])
        + _last_of_each(days, _month, [today.year * 12 + today.month - n for n in range(MONTHS + 1)])
    )


def stays(why: Why, made: date, today: date) -> bool:
    """Tell whether a backup is kept whatever else was made that day: today's, and for two weeks the deliberate ones."""
    return made >= today or (why not in BY_THE_CLOCK and _age(made, today) < DAYS)


def expires_on(made: date) -> date:
    """Return the day by which a backup made on a day has been removed at the latest."""
    months = made.year * 12 + made.month + MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _last_of_each(days: list[date], span: Callable[[date], int], wanted: list[int]) -> list[date]:
    newest: dict[int, date] = {}
    for day in days:  # newest first
        newest.setdefault(span(day), day)
    return [newest[name] for name in wanted if name in newest]


def _age(day: date, today: date) -> int:
    return (today - day).days


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7  # Monday, 1 January of year 1, was day 1


def _month(day: date) -> int:
    return day.year * 12 + day.month
