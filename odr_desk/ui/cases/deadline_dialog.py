"""Why a case is due when it is: every day that was counted, with holidays and make-up days."""

from PySide6.QtWidgets import QWidget

from odr_desk.rules.calendar import CountedDay
from odr_desk.rules.deadlines import Deadline
from odr_desk.rules.moments import show_day
from odr_desk.services.case_file import CaseDetail
from odr_desk.ui.widgets.boxes import card, column, panel, row
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words


def explain(parent: QWidget, found: CaseDetail) -> Dialog:
    """Return a dialog that counts both clocks aloud."""
    body = column(*(_clock(deadline) for deadline in found.deadlines), gap=12)
    if found.manual_due_on:
        note = f"内部期限 {show_day(found.manual_due_on)}：{found.manual_due_reason}。法定期限不因此改变。"
        body.addWidget(Words(note, "secondary", wrap=True))
    return Dialog(f"{found.row.tail} 的期限怎么算", body, do="", keep="知道了", width=480, parent=parent)


def _clock(deadline: Deadline) -> QWidget:
    rule = deadline.rule
    head = row(
        Words(deadline.clock.label, "head"),
        Words(f"{rule.length} 个{rule.unit.label}", "secondary"),
        None,
        Words(f"到 {show_day(deadline.due)}", "head"),
        gap=8,
    )
    parts: list[QWidget] = [
        panel(head),
        Words(f"依据：{rule.name}（{rule.basis}）", "small", wrap=True),
        Words(f"{show_day(deadline.start)} 收到，当天不算，次日起数。", "small"),
        panel(column(*(_day(n, day) for n, day in _numbered(deadline)), gap=0)),
    ]
    if deadline.estimated:
        parts.append(_note("暂估：下一年放假安排还没有录入，录入后会重新计算。"))
    if deadline.rolled != deadline.due:
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
    count.setFixedWidth(56)
    when = Words(show_day(day.day), "body" if n else "secondary")
    return panel(row(count, when, None, Words(day.note, "small", "" if n else "act"), gap=8))


def _note(text: str) -> QWidget:
    return panel(row(Icon("alert", "act"), Words(text, "small", "act", wrap=True), gap=6))
