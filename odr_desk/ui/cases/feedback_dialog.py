"""反馈平台: the four texts as composed, each to copy, and the day on which they were entered."""

from datetime import date

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid
from odr_desk.rules.feedback import FeedbackTexts
from odr_desk.rules.fields import Field, fields_of, parse
from odr_desk.services import feedback
from odr_desk.ui import ask
from odr_desk.ui.cases import dialogs
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import DayEdit, this_day
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words


def show(shell: Shell, parent: QWidget, number: str) -> None:
    """Compose the texts and show them."""
    shell.desk.read(
        parent,
        lambda work: feedback.compose(work, number),
        lambda texts: _open(shell, parent, number, texts),
        shell.refuse,
    )


def _open(shell: Shell, parent: QWidget, number: str, texts: FeedbackTexts) -> None:
    parts = {field.name: _Text(field, str(getattr(texts, field.name))) for field in fields_of(FeedbackTexts)}
    sent_on = DayEdit()
    sent_on.set_value(this_day())
    sent_on.setFixedWidth(160)
    place = Labelled("反馈日期", sent_on, required=True)
    note = Words("逐项复制到平台，录完后登记反馈日期。", "secondary", wrap=True)
    body = column(note, *parts.values(), panel(row(place, None)), gap=8)
    dialog = Dialog(f"{number} 反馈平台", body, do="已在平台录入", closes=False, width=560, parent=parent)

    def submit() -> None:
        try:
            given = parse(FeedbackTexts, {name: part.edit.toPlainText() for name, part in parts.items()})
        except Invalid as error:
            dialog.show_error(error)
            return
        day = sent_on.value()
        if not isinstance(day, date):
            place.show_problem("请填写反馈日期，如 12-07、今天")
            sent_on.setFocus()
            return
        dialogs.write_from(
            shell, dialog, lambda work: feedback.send(work, number, day, given), f"{number} 已登记反馈", "feedback"
        )

    dialog.submitted.connect(submit)
    ask.show(dialog)


class _Text(QWidget):
    """One text with its length and a button that copies it."""

    def __init__(self, field: Field, text: str) -> None:
        super().__init__()
        self._limit = field.max_length or 0
        self.edit = TextEdit(least=2, most=6)
        self.edit.set_value(text)
        self.edit.setAccessibleName(field.label)
        self._length = Words("", "small")
        self._copied = Words("", "small", "done")
        copy = Button("复制", "link", says=f"复制{field.label}", clicked=self._copy)
        head = row(Words(field.label, "small"), self._length, None, self._copied, copy, gap=8)
        self.setLayout(column(panel(head), self.edit, gap=2))
        self.edit.changed.connect(self._count)
        self._count()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.edit.toPlainText())
        self._copied.setText("已复制")

    def _count(self) -> None:
        count = len(self.edit.toPlainText())
        self._length.setText(f"{count} / {self._limit} 字")
        self._length.set_tone("late" if count > self._limit else "")
