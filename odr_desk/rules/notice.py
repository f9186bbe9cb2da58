"""Reading the State Council's notice of a year's holidays, as people paste it, and doubting what does not fit.

A paragraph reads 元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from odr_desk.rules import statutory_days
from odr_desk.rules.calendar import ONE, WORKDAYS, DayKind, SpecialDay
from odr_desk.rules.fields import choice, text
from odr_desk.rules.fields import day as day_field

WEEK = "一二三四五六日"
EXPECTED = tuple(statutory_days.FREE)
_LONGEST = 15
_FAR = 21  # days between a holiday and a day worked for it; the notices of ten years stayed within two weeks
_KNOWN = f"(?:{'|'.join(EXPECTED)})节?"
_HEAD = re.compile(
    r"(?:^|(?<=[。;\n]))\s*(?:\(?[一二三四五六七八九十\d]+[、.)]+\s*)?"  # 一、 1. (一)
    rf"(?:([\u4e00-\u9fff、]{{2,20}}?)\s*:|({_KNOWN}(?:[、和与]{_KNOWN})*)[。.,]?\s*(?=\d))",
    re.MULTILINE,
)
_OF_YEAR = re.compile(r"(?:关于|现将)(\d{4})年")
_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\((?:[^()]*、)?(?:周|星期)([一二三四五六日天])\))?")
_UNTIL = re.compile(r"\s*(?:至|到|-|—|~)\s*")
_TOTAL = re.compile(r"共(\d+)天|放假(\d+)天")


@dataclass(frozen=True, slots=True)
class Reading:
    """The days found, what is wrong and must be mended, what is odd and may be so."""

    days: tuple[SpecialDay, ...]
    wrong: tuple[str, ...]
    odd: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeDraft:
    """A stretch of days off, or of make-up days, given as such instead of in the words of the notice."""

    name: str = text("节日", required=True, max_length=30)
    kind: DayKind | None = choice("安排", options=DayKind, required=True)
    first: date | None = day_field("从", required=True)
    last: date | None = day_field("到", hint="空着为一天")


@dataclass(slots=True)
class _Desk:
    """What has been found so far."""

    year: int
    days: dict[date, SpecialDay]
    wrong: list[str]
    odd: list[str]

    def take(self, name: str, day: date, kind: DayKind) -> None:
        known = self.days.get(day)
        if known is not None:
            twice = f"{known.name}{known.kind.label}、{name}{kind.label}"
            self.wrong.append(f"{_show(day)}写了两次：{twice}，两段日期重叠，请核对")
        elif kind is DayKind.WORK and day.weekday() < 5:
            self.wrong.append(f"{name}：{_show(day)}本来就是工作日，不是调休上班的日子")
        else:
            self.days[day] = SpecialDay(day, kind, name)


def read(text: str, year: int) -> Reading:
    """Return the special days a pasted notice names for a year."""
    plain = unicodedata.normalize("NFKC", text)
    desk = _Desk(year, {}, [], [])
    other = next((found[1] for found in _OF_YEAR.finditer(plain) if found[1] != str(year)), None)
    if other is not None:
        desk.wrong.append(f"贴进来的是 {other} 年的通知，要录入的是 {year} 年，请核对")
    heads = list(_HEAD.finditer(plain))
    for head, following in zip_longest(heads, heads[1:]):
        body = plain[head.end() : following.start() if following is not None else len(plain)]
        for sentence in _sentences(body):
            _read_sentence(desk, head[1] or head[2], sentence)
    return _judged(desk)


def of_ranges(ranges: tuple[RangeDraft, ...], year: int) -> Reading:
    """Return the special days of a year given as stretches, looked at as the notice is."""
    desk = _Desk(year, {}, [], [])
    for stretch in ranges:
        if stretch.first is None or stretch.kind is None:
            continue
        last = stretch.last or stretch.first
        for end in {stretch.first, last}:
            if not _may_name(year, end):
                desk.wrong.append(f"{stretch.name}：{end} 不在 {year} 年")
        _take_stretch(desk, stretch.name, stretch.kind, stretch.first, last)
    return _judged(desk)


def _judged(desk: _Desk) -> Reading:
    if not desk.days and not desk.wrong:
        desk.wrong.append("没有读出放假日期。每个节日一段，如：元旦：1月1日（周四）至3日（周六）放假调休，共3天。")
    named = "".join(day.name for day in desk.days.values() if day.kind is DayKind.OFF)
    missing = [name for name in EXPECTED if name not in named]
    if desk.days and missing:
        desk.odd.append(f"没有写到{'、'.join(missing)}，请核对通知是否贴全")
    days = tuple(sorted(desk.days.values(), key=lambda day: day.day))
    desk.odd += _doubts(days)
    return Reading(days, tuple(desk.wrong), tuple(desk.odd))


def _doubts(days: tuple[SpecialDay, ...]) -> Iterator[str]:
    """Yield what does not add up: working days off beyond the law's are to be made up, near by."""
    for name in dict.fromkeys(day.name for day in days):
        off = [day.day for day in days if day.name == name and day.kind is DayKind.OFF]
        worked = [day.day for day in days if day.name == name and day.kind is DayKind.WORK]
        for day in worked:
            if off and min(abs((day - other).days) for other in off) > _FAR:
                yield f"{name}：{_show(day)}上班离放假有 {_FAR} 天以上，请核对是不是调休上班的日子"
        free = statutory_days.free_days(name)
        taken = sum(day.weekday() < WORKDAYS for day in off)
        if free is None or not off or len(worked) == max(0, taken - free):
            continue
        owed = max(0, taken - free)
        said = f"放假占了 {taken} 个工作日，法定 {free} 天，应有 {owed} 天调休上班"
        yield f"{name}：{said}，贴进来的有 {len(worked)} 天，请核对有没有漏掉或多出“上班”的日子"


def _sentences(body: str) -> Iterator[str]:
    """Yield what speaks of days off and what of days worked; lines broken in pasting are one."""
    for sentence in re.split(r"[。;]", body.replace("\n", "")):
        off = sentence.find("放假")
        date_after = _DATE.search(sentence, off) if off >= 0 and "上班" in sentence[off:] else None
        if date_after is None:
            yield sentence
        else:  # both in one sentence, with a comma between
            yield sentence[: date_after.start()]
            yield sentence[date_after.start() :]


def _may_name(year: int, day: date) -> bool:
    """Tell whether the notice of a year may name a day: those of 2012, 2019 and 2023 began in December."""
    return day.year == year or (day.year, day.month) == (year - 1, 12)


def _read_sentence(desk: _Desk, name: str, sentence: str) -> None:
    kind = DayKind.OFF if "放假" in sentence else DayKind.WORK if "上班" in sentence else None
    if kind is None:
        dated = _DATE.search(sentence)
        if dated is not None and dated[1] in (None, str(desk.year)):  # the day the notice was given has its own year
            desk.odd.append(f"{name}：“{sentence.strip()[:40]}”没有写放假还是上班，没有采用")
        return
    count = 0
    for first, last in _stretches(desk, name, sentence):
        count += _take_stretch(desk, name, kind, first, last)
    total = _TOTAL.search(sentence)
    if total and kind is DayKind.OFF and int(total[1] or total[2]) != count:
        desk.wrong.append(f"{name}：通知写共 {total[1] or total[2]} 天，日期数出来是 {count} 天")


def _take_stretch(desk: _Desk, name: str, kind: DayKind, first: date, last: date) -> int:
    """Take every day of a stretch and return how many they are, none when it is no stretch."""
    length = (last - first).days + 1
    if not 1 <= length <= _LONGEST:
        wrong = f"共 {length} 天" if length > 0 else "，止日早于起日"
        desk.wrong.append(f"{name}：{_show(first)}至{_show(last)}{wrong}，请核对起止日期")
        return 0
    for n in range(length):
        desk.take(name, first + ONE * n, kind)
    return length


def _stretches(desk: _Desk, name: str, sentence: str) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each stretch of a sentence; a single day is both."""
    found = list(_DATE.finditer(sentence))
    year, month = desk.year, 0
    pending: date | None = None
    for at, match in enumerate(found):
        year, month = int(match[1] or year), int(match[2] or month)
        day = _day(desk, name, match, year, month)
        if day is None:
            pending = None
            continue
        leads_on = at + 1 < len(found) and _UNTIL.fullmatch(sentence[match.end() : found[at + 1].start()])
        if leads_on:
            pending = day
        else:
            yield pending or day, day
            pending = None


def _day(desk: _Desk, name: str, match: re.Match[str], year: int, month: int) -> date | None:
    try:
        day = date(year, month, int(match[3]))
    except ValueError:
        desk.wrong.append(f"{name}：没有 {year} 年 {month} 月 {match[3]} 日这一天")
        return None
    if not _may_name(desk.year, day):
        desk.wrong.append(f"{name}：{match[0]}不在 {desk.year} 年")
    if match[4] and WEEK.index(match[4].replace("天", "日")) != day.weekday():
        desk.wrong.append(f"{name}：{_show(day)}是周{WEEK[day.weekday()]}，通知写的是周{match[4]}，请核对日期和年份")
    return day


def _show(day: date) -> str:
    return f"{day.month}月{day.day}日"
