"""The planned sittings of a case: when, where, what to read to both sides; move, cancel, begin."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from odr_desk.rules.appointment import AppointmentState
from odr_desk.rules.moments import show_day
from odr_desk.services import appointments, drafts
from odr_desk.services.appointments import AppointmentRow
from odr_desk.ui import reason_dialog
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, empty_layout, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words


class AppointmentsCard(QFrame):
    """Lists what is arranged, and below it what was called off; its buttons ask the tab."""

    held = Signal(object)
    moved = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._shell = shell
        self._list = column(gap=8)
        self._first: Button | None = None
        self.setLayout(column(Words("约好的调解", "head"), panel(self._list), margins=(12, 8, 12, 8), gap=4))

    def show_rows(
        self, found: Sequence[AppointmentRow], modes: Mapping[str, str], *, writable: bool, mediates: bool
    ) -> None:
        """Show the appointments of a case."""
        empty_layout(self._list)
        self._first = None
        planned = [one for one in found if one.state is AppointmentState.PLANNED]
        for one in planned:
            self._list.addWidget(self._line(one, modes, writable=writable, mediates=mediates))
        for one in found:
            if one.state is AppointmentState.CANCELLED:
                words = f"{show_day(one.day)} {one.hours} 已取消：{one.reason}"
                self._list.addWidget(Words(words, "small", wrap=True))
        if not planned:
            self._list.addWidget(Words("没有约好的调解", "secondary"))

    def go_to_first(self) -> bool:
        """Put the cursor on what can be done with the first planned sitting; tell whether there is one."""
        if self._first is not None:
            self._first.setFocus()
        return self._first is not None

    def _line(self, one: AppointmentRow, modes: Mapping[str, str], *, writable: bool, mediates: bool) -> QWidget:
        where = "，".join(part for part in (modes.get(one.mode, ""), one.place) if part)
        head = row(
            Icon("clock"),
            Words(f"{show_day(one.day)} {one.hours}", "head"),
            Words(where, "secondary", elide=True),
            Words(f"调解员 {one.mediator}", "small"),
            gap=8,
        )
        head.setStretch(2, 1)
        parts: list[QWidget] = [panel(head)]
        notes = (("请来", one.invited), ("通知", one.reminder), ("改期", one.reason), ("有冲突", one.despite))
        parts += [
            Words(f"{name}：{words}", "small", "act" if name == "有冲突" else "", wrap=True)
            for name, words in notes
            if words
        ]
        if writable:
            acts = [Button("开始调解", "link", "group", clicked=partial(self.held.emit, one))] if mediates else []
            acts.append(Button("改时间", "link", clicked=partial(self.moved.emit, one)))
            acts.append(Button("取消", "link", says="取消这次预约", clicked=partial(self._cancel, one)))
            self._first = self._first or acts[0]
            parts.append(panel(row(*acts, None, gap=12)))
        return panel(column(*parts, gap=2))

    def _cancel(self, one: AppointmentRow) -> None:
        title = f"取消 {show_day(one.day)} {one.hours} 的调解？"
        kept_as = (drafts.CALLING_OFF, f"{one.case_no}/{one.number}")
        reason_dialog.show(
            self._shell,
            self,
            Why(title, "取消预约", kept_as, hint="谁来不了，或为什么不用开了"),
            lambda work, reason: appointments.cancel(work, one.case_no, one.number, reason),
            verb="appointment.cancel",
            said=f"{one.case_no} 的预约已取消",
        )
