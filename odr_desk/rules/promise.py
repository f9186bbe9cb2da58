"""Promises in a note: who does what until when, so that it can become the next step."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from odr_desk.rules import calendar as days
from odr_desk.rules.calendar import Calendar

SAID = ("承诺", "答应", "保证")
_SENTENCE = re.compile(r"[^。！？；;!?\n]+")
_WORD = re.compile(rf"(?<!没)(?<!未)(?<!不)(?<!没有)(?:{'|'.join(SAID)})")
_FIGURES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NEAR = {"今": 0, "明": 1, "后": 2, "大后": 3}
_WEEK = "一二三四五六日"
_COUNT = r"(?P<count>\d{1,2}|[一二两三四五六七八九十])"


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, in the words of the note, and until which day."""

    text: str
    until: date


@dataclass(frozen=True, slots=True)
class _Clock:
    today: date
    calendar: Calendar


def find(note: str, today: date, calendar: Calendar) -> Promise | None:
    """Return the first promise of a note that names a day, none when no sentence does."""
    clock = _Clock(today, calendar)
    for sentence in _SENTENCE.finditer(note):
        words = sentence[0].strip()
        said = _WORD.search(words)
        if said is None:
            continue
        until = _day(words[said.start() :], clock) or _day(words, clock)
        if until is not None:
            return Promise(words.strip("，,、：: "), until)
    return None


def _day(words: str, clock: _Clock) -> date | None:
    """Return the day that is named first."""
    found = [(match.start(), read, match) for pattern, read in _DAYS if (match := pattern.search(words))]
    for _at, read, match in sorted(found, key=lambda one: one[0]):
        day = read(match, clock)
        if day is not None:
            return day
    return None


def _named(match: re.Match[str], clock: _Clock) -> date | None:
    year = int(match["year"]) if match["year"] else clock.today.year
    return _made(year, int(match["month"]), int(match["day"]), clock, given=bool(match["year"]))


def _made(year: int, month: int, day: int, clock: _Clock, *, given: bool) -> date | None:
    """Return the day; without a year a day that has long gone by is meant in the next one."""
    try:
        found = date(year, month, day)
        return found if given or found >= clock.today - timedelta(days=60) else date(year + 1, month, day)
    except ValueError:
        return None


def _of_month(match: re.Match[str], clock: _Clock) -> date | None:
    first = clock.today.replace(day=1)
    day = int(match["day"])
    month = first if day >= clock.today.day else (first + timedelta(days=32)).replace(day=1)
    return _made(month.year, month.month, day, clock, given=True)


def _near(match: re.Match[str], clock: _Clock) -> date:
    return clock.today + timedelta(days=_NEAR[match["near"]])


def _of_week(match: re.Match[str], clock: _Clock) -> date:
    wanted = _WEEK.index(match["week"].replace("天", "日"))
    monday = clock.today - timedelta(days=clock.today.weekday())
    if match["next"]:
        return monday + timedelta(days=7 * len(match["next"].replace("个", "")) + wanted)
    return clock.today + timedelta(days=(wanted - clock.today.weekday()) % 7)


def _within(match: re.Match[str], clock: _Clock) -> date | None:
    said = match["count"]
    count = int(said) if said.isdigit() else _FIGURES[said]
    if not count:
        return None
    if match["unit"] == "工作日":
        return days.add_working(clock.calendar, clock.today, count)[-1].day
    return clock.today + timedelta(days=count * (7 if match["unit"] in ("周", "星期") else 1))


def _end_of_month(_match: re.Match[str], clock: _Clock) -> date:
    return (clock.today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Clock], date | None]], ...] = (
    (re.compile(r"(?:(?P<year>20\d\d)[-年/])?(?P<month>\d{1,2})[-月/](?P<day>\d{1,2})(?!\d)"), _named),
    (re.compile(r"(?<![\d月.-])(?P<day>\d{1,2})[号日](?!内|后|之内)"), _of_month),
    (re.compile(r"(?P<near>大后|今|明|后)(?:天|日|晚|早)"), _near),
    (re.compile(r"(?P<next>下*个?)(?:周|星期|礼拜)(?P<week>[一二三四五六日天])"), _of_week),
    (re.compile(_COUNT + r"\s*个?(?P<unit>工作日|天|日|周|星期)(?:以内|之内|内|后|之后)"), _within),
    (re.compile("月底"), _end_of_month),
)
"""How people name a day; a point between figures is a price."""
