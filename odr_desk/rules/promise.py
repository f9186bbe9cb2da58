"""Promises in a note: who does what until when, so that it can become the next step."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from odr_desk.rules import calendar as days
from odr_desk.rules.calendar import Calendar

SAID = ("承诺", "答应", "保证")
LONGEST = 80
"""Characters of a promise: it becomes a line of the hand-over sheet and the next step of its case."""
_SENTENCE = re.compile(r"[^。！？；;!?\n]+")
_DENIED = ("没", "没有", "未", "不", "不肯", "不愿", "不敢", "不能", "不会", "不再", "无法", "拒绝")
_WORD = re.compile(rf"{''.join(f'(?<!{no})' for no in _DENIED)}(?:{'|'.join(SAID)})")
_DEMANDED = re.compile("(?:要求|希望)[^，,、：:]{0,8}$")
"""What somebody else wants to have promised is no promise yet."""
_FIGURES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NEAR = {"当": 0, "今": 0, "明": 1, "次": 1, "后": 2, "大后": 3}
_WEEK = "一二三四五六日"
_NUMBER = r"(?:\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_COUNTED = r"[\d一二两三四五六七八九十]|个|工作日|自然日|天|小时|日(?:以|之)?内|周(?![一二三四五六日天末])"
"""What follows the second number of a span: 5-7个工作日 is no seventh of May."""


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
        said = next((word for word in _WORD.finditer(words) if not _DEMANDED.search(words[: word.start()])), None)
        if said is None:
            continue
        until = _day(words[said.start() :], clock) or _day(words, clock)
        if until is not None:
            return Promise(_short(words, said.start()), until)
    return None


def _short(words: str, at: int) -> str:
    """Return the sentence; of one that will not end only the clauses that begin with the promise."""
    if len(words) > LONGEST:
        words = words[max(words.rfind(mark, 0, at) for mark in "，,、") + 1 :]
    words = words.strip("，,、：: ")
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _day(words: str, clock: _Clock) -> date | None:
    """Return the day that is named first."""
    found = [(match.start(), read, match) for pattern, read in _DAYS if (match := pattern.search(words))]
    for _at, read, match in sorted(found, key=lambda one: one[0]):
        day = read(match, clock)
        if day is not None:
            return day
    return None


def _figure(said: str) -> int:
    """Return a number up to 99 as it is written: 7, ７, 七, 十五, 二十."""
    tens, ten, ones = said.partition("十")
    if ten:
        return _FIGURES.get(tens, 1) * 10 + _FIGURES.get(ones, 0)
    return _FIGURES[said] if said in _FIGURES else int(said)


def _month_on(day: date, months: int) -> date:
    """Return the same day some months later, the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _named(match: re.Match[str], clock: _Clock) -> date | None:
    year = int(match["year"]) if match["year"] else clock.today.year
    return _made(year, _figure(match["month"]), _figure(match["day"]), clock, given=bool(match["year"]))


def _made(year: int, month: int, day: int, clock: _Clock, *, given: bool) -> date | None:
    """Return the day; without a year a day that has long gone by is meant in the next one."""
    try:
        found = date(year, month, day)
        return found if given or found >= clock.today - timedelta(days=60) else date(year + 1, month, day)
    except ValueError:
        return None


def _of_month(match: re.Match[str], clock: _Clock) -> date | None:
    day, of = _figure(match["day"]), match["of"] or ""
    is_next = of.startswith("下") or (not of and day < clock.today.day)
    month = _month_on(clock.today.replace(day=1), int(is_next))
    return _made(month.year, month.month, day, clock, given=True)


def _near(match: re.Match[str], clock: _Clock) -> date:
    return clock.today + timedelta(days=_NEAR[match["near"]])


def _of_week(match: re.Match[str], clock: _Clock) -> date:
    """Return the day of the week; the whole week, or its end, is over on Sunday."""
    wanted = _WEEK.find(match["week"]) if match["week"] in _WEEK[:-1] and match["week"] else len(_WEEK) - 1
    monday = clock.today - timedelta(days=clock.today.weekday())
    if match["next"]:
        return monday + timedelta(days=7 * len(match["next"].replace("个", "")) + wanted)
    return clock.today + timedelta(days=(wanted - clock.today.weekday()) % 7)


def _within(match: re.Match[str], clock: _Clock) -> date | None:
    count, unit = _figure(match["count"]), match["unit"]
    if not count:
        return None
    match unit:
        case "工作日":
            return days.add_working(clock.calendar, clock.today, count)[-1].day
        case "月":
            return _month_on(clock.today, count)
        case "小时":
            return clock.today + timedelta(days=count // 24)
    return clock.today + timedelta(days=count * (7 if unit in ("周", "星期", "礼拜") else 1))


def _half_a_month(_match: re.Match[str], clock: _Clock) -> date:
    return clock.today + timedelta(days=15)


def _end_of_month(match: re.Match[str], clock: _Clock) -> date | None:
    first = clock.today.replace(day=1)
    if match["month"]:
        named = _figure(match["month"])
        if not 1 <= named <= 12:
            return None
        first = _month_on(first, (named - first.month) % 12)
    elif match["next"]:
        first = _month_on(first, 1)
    return _month_on(first, 1) - timedelta(days=1)


def _end_of_year(match: re.Match[str], clock: _Clock) -> date:
    new_year = date(clock.today.year + 1, 1, 1)
    return new_year if match[0] == "元旦" else new_year - timedelta(days=1)


_DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Clock], date | None]], ...] = (
    (
        re.compile(
            rf"(?:(?P<year>20\d\d)[-年/.])?(?<!\d)(?P<month>{_NUMBER})(?(year)[-月/.]|[-月/])"
            rf"(?P<day>{_NUMBER})(?!{_COUNTED})"
        ),
        _named,
    ),
    (
        re.compile(
            rf"(?<![\d十月.-])(?P<of>下月|下个月|本月|这月|这个月)?(?P<day>{_NUMBER})[号日](?!以内|之内|内|之后|后)"
        ),
        _of_month,
    ),
    (re.compile(r"(?P<near>大后|当|今|明|次|后)(?:天|日|晚|早)"), _near),
    (
        re.compile(
            r"(?P<next>下*个?)(?:周|星期|礼拜)(?P<week>[一二三四五六日天末内]|(?<=下周)|(?<=下星期)|(?<=下礼拜))"
        ),
        _of_week,
    ),
    (
        re.compile(
            rf"(?<![\d十])(?P<count>{_NUMBER})\s*个?(?P<unit>工作日|自然日|小时|天|日|周|星期|礼拜|(?<=个)月)"
            r"(?:以内|之内|内|后|之后|(?<=工作日))"
        ),
        _within,
    ),
    (re.compile("半(?:个月|月)(?:以内|之内|内|后|之后)"), _half_a_month),
    (re.compile(rf"(?:(?P<month>{_NUMBER})|(?P<next>下个?))?月[底末]"), _end_of_month),
    (re.compile("年[底末]|元旦"), _end_of_year),
)
"""How people name a day; a point between figures is a price."""
