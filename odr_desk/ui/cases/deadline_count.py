"""One clock counted aloud: its basis, and every day with holidays, make-up days and pauses."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from odr_desk.rules.calendar import CountedDay
from odr_desk.rules.deadlines import Deadline
from odr_desk.rules.moments import show_day
from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import card, column, panel, row
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Count:
    """A clock, and since when it stands still with how many days left, if it does."""

    deadline: Deadline
    paused_since: date | None = None
    left: int = 0


def card_of(count: Count) -> QWidget:
    """Return the card that counts a clock aloud."""
    deadline, since = count.deadline, count.paused_since
    rule = deadline.rule
    ends = f"暂停，剩 {count.left} 个工作日" if since is not None else f"到 {show_day(deadline.due)}"
    head = row(
        Words(deadline.clock.label, "head"),
        Words(f"{rule.length} 个{rule.unit.label}", "secondary"),
        None,
        Words(ends, "head", "act" if since is not None else ""),
        gap=8,
    )
    days = [(n, day) for n, day in _numbered(deadline) if since is None or day.day < since]
    parts: list[QWidget] = [
        panel(head),
        Words(f"依据：{rule.name}（{rule.basis}）", "small", wrap=True),
        Words(f"{show_day(deadline.start)} 收到，当天不算，次日起数。", "small"),
        panel(column(*(_day(n, day) for n, day in days), gap=0)),
    ]
    if since is not None:
        parts.append(_note(f"{show_day(since)} 起不计；恢复后接着数，到期日随之后移。"))
    elif deadline.estimated:
        parts.append(_note("暂估：下一年放假安排还没有录入，录入后会重新计算。"))
    if since is None and deadline.rolled != deadline.due:
        parts.append(_note(f"末日遇法定节假日，法定可顺延至 {show_day(deadline.rolled)}；这里按不顺延的日子提醒。"))
    return card(column(*parts, gap=4), "soft")


def _numbered(deadline: Deadline) -> list[tuple[int, CountedDay]]:
    n, found = 0, []
    for day in deadline.counted:
        n += day.counts
        found.append((n if day.counts else 0, day))
    return found


def _day(n: int, day: CountedDay) -> QWidget:
    count = Words(f"第 {n} 天" if n else "不算", "body" if n else "small", right=False)
    theme.widen(count, 56)
    when = Words(show_day(day.day), "body" if n else "secondary")
    return panel(row(count, when, None, Words(day.note, "small", "" if n else "act"), gap=8))


def _note(text: str) -> QWidget:
    laid = row(Icon("alert", "act"), Words(text, "small", "act", wrap=True), gap=6)
    laid.setStretch(1, 1)
    return panel(laid)
