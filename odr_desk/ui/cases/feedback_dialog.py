"""反馈平台: the four texts as composed, each to copy, to tick once it stands on the platform, with its day."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from odr_desk.rules import moments
from odr_desk.rules.errors import Conflict, DeskError, Invalid
from odr_desk.rules.feedback import FeedbackTexts
from odr_desk.rules.fields import Field, fields_of
from odr_desk.rules.parsing import parse
from odr_desk.services import drafts, feedback
from odr_desk.services.feedback import Standing
from odr_desk.ui import ask, keeping, theme, versions
from odr_desk.ui.screen import Shell
from odr_desk.ui.versions import VersionsDialog
from odr_desk.ui.widgets.boxes import column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.day_edit import DayEdit, this_day
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Editor, mark_bad
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words

_DAY_WIDTH = 132
_HEAD = 32
_ALL = "四项都录好了，登记反馈"
_SOME = "先存着，没打钩的留在今日"
_AGAIN = "先存着"


def show(shell: Shell, parent: QWidget, number: str, then: Callable[[], object] = lambda: None) -> None:
    """Compose the texts and show them; what was ticked before is ticked. Once it is saved, `then` go on."""
    shell.desk.read(
        parent,
        lambda work: feedback.standing(work, number),
        lambda found: _open(shell, parent, number, found, then),
        shell.refuse,
    )


def _open(shell: Shell, parent: QWidget, number: str, found: Standing, then: Callable[[], object]) -> None:
    dialog = FeedbackDialog(shell, number, found, parent)
    dialog.saved.connect(then)
    ask.show(dialog)


class FeedbackDialog(Dialog):
    """The four texts; what is typed is kept, and what somebody else enters meanwhile stays beside it."""

    saved = Signal()

    def __init__(self, shell: Shell, number: str, found: Standing, parent: QWidget) -> None:
        self._shell, self._number, self._base = shell, number, found
        self.parts = {
            field.name: _Text(field, str(getattr(found.texts, field.name)), found.entered.get(field.name))
            for field in fields_of(FeedbackTexts)
        }
        before = f"{moments.show_day(found.sent_on)}已反馈过，再登记会另存一份。" if found.sent_on else ""
        note = Words(f"逐项复制到平台，录好一项打一个钩。{before}", "secondary", wrap=True)
        body = column(note, *self.parts.values(), gap=10)
        super().__init__(f"{number} 反馈平台", body, do=_ALL, closes=False, width=600, parent=parent)
        self._versions: VersionsDialog | None = None
        editors = {called: editor for name, part in self.parts.items() for called, editor in part.editors(name).items()}
        keeping.over_editors(shell, self, (drafts.FEEDBACK, number), editors, taken_up=self._take_up)
        for part in self.parts.values():
            part.ticked.connect(self._follow)
        self._follow()
        self.submitted.connect(self._submit)

    def _follow(self) -> None:
        some = _AGAIN if self._base.sent_on else _SOME
        self.do.setText(_ALL if all(part.tick.isChecked() for part in self.parts.values()) else some)

    def _take_up(self, _typed: object) -> None:
        for part in self.parts.values():
            part.follow()

    def _submit(self) -> None:
        try:
            given = parse(FeedbackTexts, {name: part.edit.toPlainText() for name, part in self.parts.items()})
            entered = {name: day for name, part in self.parts.items() if (day := part.entered()) is not None}
        except Invalid as error:
            self.show_error(error)
            return
        number, base = self._number, self._base
        self.set_busy(True)
        self._shell.desk.write(
            self,
            lambda work: (feedback.enter(work, number, given, entered, base), feedback.standing(work, number)),
            self._done,
            self._refused,
            verb="feedback",
        )

    def _done(self, result: tuple[bool, Standing]) -> None:
        whole, now = result
        left = [part.label for name, part in self.parts.items() if name not in now.entered]
        if self._versions is not None:
            self._versions.accept()
        self.accept()
        number = self._number
        self._shell.say(f"{number} 已登记反馈" if whole else f"{number} 已存；还没录：{'、'.join(left)}")
        self.saved.emit()

    def _refused(self, error: DeskError) -> None:
        self.set_busy(False)
        if isinstance(error, Conflict) and "theirs" in error.detail:
            self._versions = versions.settle(error, self._base.texts, self._choose, parent=self)
        else:
            self.show_error(error)

    def _choose(self, mine: Mapping[str, object], _version: int, _kept: str) -> None:
        """Put the chosen texts into the form and save upon what the other one has entered."""
        number = self._number

        def go_on(now: Standing) -> None:
            for name, part in self.parts.items():
                part.edit.set_value(mine.get(name, getattr(now.texts, name)))
                part.take_over(now.entered.get(name))
            self._base = now
            self._submit()

        self._shell.desk.read(self, lambda work: feedback.standing(work, number), go_on, self._refused)


class _Text(QWidget):
    """One text with its length, a button that copies it, a tick and the day it was entered."""

    ticked = Signal()

    def __init__(self, field: Field, text: str, entered_on: date | None) -> None:
        super().__init__()
        self.label = field.label
        self._limit = field.max_length or 0
        self.edit = TextEdit(least=2, most=5)
        self.edit.set_value(text)
        self.edit.setAccessibleName(field.label)
        self._length = Words("", "small")
        self._copied = Words("", "small", "done")
        copy = Button("复制", "link", says=f"复制{field.label}", clicked=self._copy)
        self.tick = Tick("已录入", checked=entered_on is not None)
        self.tick.setAccessibleName(f"{field.label}已录入平台")
        self.tick.changed.connect(self._on_tick)
        self.day = DayEdit()
        self.day.setAccessibleName(f"{field.label}录入日期")
        theme.widen(self.day, _DAY_WIDTH)
        self.day.set_value(entered_on or this_day())
        self.day.changed.connect(partial(mark_bad, self.day, bad=False))
        if entered_on is None:
            self.day.hide()
        head = row(Words(field.label, "head"), self._length, copy, self._copied, None, self.tick, self.day, gap=8)
        high = max(_HEAD, theme.size("control"))  # the same with the day and without
        self.setLayout(column(panel(head, height=high), self.edit, gap=2))
        self.edit.changed.connect(self._count)
        self._count()

    def editors(self, name: str) -> dict[str, Editor]:
        """Return what is typed and chosen here, by names that begin with the one of the text."""
        return {name: self.edit, f"{name}.ticked": self.tick, f"{name}.on": self.day}

    def follow(self) -> None:
        """Show length and day as they belong to what has come back."""
        self._count()
        self._on_tick()

    def entered(self) -> date | None:
        """Return the day of a ticked text, None for one that waits; raise Invalid when the day is none."""
        if not self.tick.isChecked():
            return None
        day = self.day.value()
        if not isinstance(day, date):
            mark_bad(self.day, bad=True)
            self.day.setFocus()
            raise Invalid.of("sent_on", f"请填写{self.label}的录入日期，如 12-07、今天")
        return day

    def take_over(self, entered_on: date | None) -> None:
        """Tick what somebody else has entered."""
        if entered_on is not None and not self.tick.isChecked():
            self.tick.setChecked(True)
            self.day.set_value(entered_on)
            self._on_tick()

    def _on_tick(self) -> None:
        self.day.setVisible(self.tick.isChecked())
        self.ticked.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.edit.toPlainText())
        self._copied.setText("已复制")

    def _count(self) -> None:
        count = len(self.edit.toPlainText())
        self._length.setText(f"{count} / {self._limit} 字")
        self._length.set_tone("late" if count > self._limit else "")
        self._copied.setText("")
