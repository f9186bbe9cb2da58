"""The quick log: one line about what was just said, kept while it is typed, recorded with Ctrl+⏎."""

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import drafts, quick_entry
from odr_desk.services.drafts import Kept
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from odr_desk.ui.widgets.words import Words

KEEP_AFTER_MS = 600
KINDS: tuple[tuple[str, str, EventKind, Party], ...] = (
    ("phone", "致电消费者", EventKind.CALL, Party.CONSUMER),
    ("shop", "致电商户", EventKind.CALL, Party.MERCHANT),
    ("visit", "到店", EventKind.VISIT, Party.CONSUMER),
    ("chat", "微信", EventKind.WECHAT, Party.CONSUMER),
    ("group", "三方调解", EventKind.MEETING, Party.BOTH),
    ("note", "记事", EventKind.NOTE, Party.DESK),
)


class QuickLog(QWidget):
    """Writes down what was said on a case. What is typed belongs to its case and survives leaving it."""

    recorded = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._number, self._draft_id = "", 0
        self._kinds = QButtonGroup(self)
        kinds = row(gap=0)
        for at, (icon, words, _kind, _party) in enumerate(KINDS):
            button = Button(words, "ghost", icon)
            button.setCheckable(True)
            self._kinds.addButton(button, at)
            kinds.addWidget(button)
        kinds.addStretch(1)
        self.edit = TextEdit("刚才说了什么", least=1, most=6, bare=True)
        self.edit.setAccessibleName("快速记录")
        self.edit.changed.connect(self._keep_soon)
        self._saved = Words("", "small")
        self.record = Button("记录", clicked=self.submit)
        self._step = _NextStep()
        self._step_link = Button("设下一步", "link", "clock", clicked=self.open_step)
        foot = row(self._step_link, None, self._saved, self.record, Key("Ctrl ⏎"), gap=8)
        body = column(kinds, row(self.edit, margins=(8, 2, 8, 0)), self._step, row(foot, margins=(8, 0, 0, 0)), gap=2)
        self.setLayout(column(card(body, margins=(8, 6, 8, 6)), gap=0))
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        self.choose(0)

    def show_case(self, number: str) -> None:
        """Turn to another case: what was typed for the one before is kept, what waits for this one comes back."""
        if number == self._number:
            return
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        self._number, self._draft_id = number, 0
        self._clear()
        self._shell.desk.read(self, lambda work: drafts.of(work, drafts.LOG, number), self._restore)

    def choose(self, at: int) -> None:
        """Choose a kind of entry and put the cursor into the text."""
        self._kinds.button(at).setChecked(True)

    def start(self, at: int = 0) -> None:
        """Begin an entry of a kind, as the primary button does."""
        self.choose(at)
        self.edit.setFocus()

    def submit(self) -> None:
        """Record what was typed, and the next step with it, in one transaction."""
        text = self.edit.toPlainText().strip()
        step, due = self._step.values()
        if not text and not step:
            self.edit.setFocus()
            return
        number, kept = self._number, self._draft_id
        _icon, _words, kind, party = KINDS[self._kinds.checkedId()]
        self._timer.stop()

        entry = EventDraft(kind=kind, party=party, text=text) if text else None
        self._shell.desk.write(
            self,
            lambda work: quick_entry.record(work, number, entry, step, due, kept),
            lambda _: self._done(number),
            self._refused,
            verb="event.add",
        )

    def _done(self, number: str) -> None:
        if number == self._number:
            self._draft_id = 0
            self._clear()
            self._saved.setText("已记录")
        self.recorded.emit()

    def _refused(self, error: DeskError) -> None:
        self._saved.setText("没有记录，文字还在")
        self._shell.refuse(error)

    def _clear(self) -> None:
        self.edit.set_value("")
        self._saved.setText("")
        self._step.clear()
        self._step.hide()
        self._step_link.show()

    def open_step(self) -> None:
        """Open the line for the next step and put the cursor there."""
        self._step_link.hide()
        self._step.show()
        self._step.text.setFocus()

    def _keep_soon(self) -> None:
        self._saved.setText("")
        self._timer.start()

    def _keep(self) -> None:
        text, number, kept = self.edit.toPlainText(), self._number, self._draft_id
        if not number or (not text.strip() and not kept):
            return
        content = {"text": text, "kind": self._kinds.checkedId()}
        if text.strip():
            self._shell.desk.write(
                self,
                lambda work: drafts.keep(work, drafts.LOG, number, content, kept),
                lambda draft_id: self._kept(number, draft_id),
                verb="draft.keep",
            )
        else:
            self._draft_id = 0
            self._shell.desk.write(self, lambda work: drafts.drop(work, kept), verb="draft.drop")

    def _kept(self, number: str, draft_id: int) -> None:
        if number == self._number:
            self._draft_id = draft_id
            self._saved.setText("草稿已存")

    def _restore(self, found: tuple[Kept, ...]) -> None:
        if not found or found[0].subject != self._number or self.edit.toPlainText():
            return
        self._draft_id = found[0].id
        self.choose(int(str(found[0].content.get("kind", 0))))
        self.edit.set_value(str(found[0].content.get("text", "")))
        self._saved.setText("草稿已存")


class _NextStep(QWidget):
    """What comes next and on which day, inline below the words."""

    def __init__(self) -> None:
        super().__init__()
        self.text = LineEdit("下一步做什么，如：等周女士回话")
        self.text.setAccessibleName("下一步")
        self.due = DayEdit()
        self.due.setAccessibleName("下一步日期")
        self.due.setFixedWidth(140)
        line = row(Words("下一步", "small"), self.text, self.due, margins=(8, 2, 8, 4), gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def values(self) -> tuple[str, date | None]:
        """Return what was entered; nothing while the line is not open."""
        if self.isHidden():
            return "", None
        return str(self.text.value() or ""), self.due.day()

    def clear(self) -> None:
        """Empty both fields."""
        self.text.set_value("")
        self.due.set_value(None)
