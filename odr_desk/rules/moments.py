"""Days and instants as the desk reckons them: China Standard Time, which knows no summer time."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
EARLIEST = date(2000, 1, 1)
LATEST = date(2099, 12, 31)
_WEEK = "一二三四五六日"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def local(instant: datetime) -> datetime:
    """Return the instant on the desk's wall clock."""
    return instant.astimezone(CHINA)


def day_of(instant: datetime) -> date:
    """Return the calendar day on which the instant falls in China."""
    return local(instant).date()


def start_of(day: date) -> datetime:
    """Return the first instant of a day in China, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)


def parse_day(text: str) -> date:
    """Return the day written as 2026-11-23, 2026/11/23, 2026.11.23 or 2026年11月23日."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise ValueError("应为日期，如 2026-11-23")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise ValueError("没有这一天，请核对日期") from None
    if not EARLIEST <= day <= LATEST:
        raise ValueError("应在 2000 年至 2099 年之间")
    return day


def parse_moment(text: str) -> datetime:
    """Return the UTC instant of an ISO text; without an offset it is China time, without a time midnight."""
    try:
        found = datetime.fromisoformat(unicodedata.normalize("NFKC", text).strip())
    except ValueError:
        raise ValueError("应为日期或时间，如 2026-11-23 或 2026-11-23 14:30") from None
    if not EARLIEST <= found.date() <= LATEST:
        raise ValueError("应在 2000 年至 2099 年之间")
    return (found if found.tzinfo else found.replace(tzinfo=CHINA)).astimezone(UTC)


def show_day(day: date | None, today: date | None = None) -> str:
    """Return `12-07 周一`; with the year in front when it is not the year of `today`."""
    if day is None:
        return ""
    year = f"{day.year}-" if today is not None and day.year != today.year else ""
    return f"{year}{day:%m-%d} 周{_WEEK[day.weekday()]}"


def show_moment(instant: datetime) -> str:
    """Return `12-07 周一 10:42` on the wall clock in China."""
    there = local(instant)
    return f"{show_day(there.date())} {there:%H:%M}"


def show_long(day: date) -> str:
    """Return `2026年12月7日`, as papers write a date."""
    return f"{day.year}年{day.month}月{day.day}日"
