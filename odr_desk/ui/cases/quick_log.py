"""The quick log: what was just said, with text modules and points to ask; kept while typed, recorded with Ctrl+⏎."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from odr_desk.rules import call_script
from odr_desk.rules.errors import Conflict, DeskError, Invalid
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.handling import NextStep as NextStepDraft
from odr_desk.rules.promise import Promise
from odr_desk.services import drafts, quick_entry
from odr_desk.services.case_file import CaseDetail
from odr_desk.ui import versions
from odr_desk.ui.aim import bring
from odr_desk.ui.cases.call_script_panel import CallScriptPanel
from odr_desk.ui.cases.next_step import NextStep
from odr_desk.ui.cases.promise_line import PromiseLine
from odr_desk.ui.keeping import Keeping
from odr_desk.ui.modules import PageModules
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.expansion import select_gap
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    pass

KINDS: tuple[tuple[str, str, EventKind, Party], ...] = (
    ("phone", "致电消费者", EventKind.CALL, Party.CONSUMER),
    ("shop", "致电商户", EventKind.CALL, Party.MERCHANT),
    ("visit", "到店", EventKind.VISIT, Party.CONSUMER),
    ("chat", "微信", EventKind.WECHAT, Party.CONSUMER),
    ("group", "三方调解", EventKind.MEETING, Party.BOTH),
    ("note", "记事", EventKind.NOTE, Party.DESK),
)
_BLANK = {"text": "", "kind": 0, "step": "", "due": ""}


class QuickLog(QWidget):
    """Writes down what was said on a case. What is typed belongs to its case and survives leaving it."""

    recorded = Signal()
    step_done = Signal()

    def __init__(self, shell: Shell, modules: PageModules) -> None:
        super().__init__()
        self._shell, self._modules = shell, modules
        self._number, self._problem = "", ""
        self._version, self._next = 0, NextStepDraft()
        self._kinds = QButtonGroup(self)
        self._kinds.idToggled.connect(self._on_kind)
        self.edit = TextEdit("刚才说了什么；/短码 展开常用语", least=1, most=6, bare=True)
        self.edit.setAccessibleName("快速记录")
        self.edit.changed.connect(self._on_typed)
        self.script = CallScriptPanel(shell)
        self.script.asked.connect(self._ask)
        self.script.taken_back.connect(self._take_back)
        self.script.changed.connect(self._show_script)
        self.promise = PromiseLine()
        self.promise.wanted.connect(self._promised)
        self.step = NextStep()
        self.step.changed.connect(self._keep_soon)
        self.step.finished.connect(self.step_done)
        self._saved = Words("", "small")
        self.record = Button("记录", clicked=self.submit)
        self._step_link = Button("设下一步", "link", "clock", clicked=self.open_step)
        self._lay()
        self._keeping = Keeping(shell, drafts.LOG, self._unfinished, self, standing=self._nothing)
        self._keeping.kept.connect(lambda: self._saved.setText("草稿已存"))
        self.choose(0)

    def show_case(self, found: CaseDetail) -> None:
        """Turn to another case: what was typed for the one before is kept, what waits for this one comes back.

        A next step that is being typed replaces the one that was seen when that began.
        """
        number, self._problem = found.row.number, found.draft.problem
        self.step.follow(found.row.next_step)
        is_other = number != self._number
        if is_other:
            self.keep_now()
            self._number = number
        step = NextStepDraft(found.row.next_step, found.row.next_step_on)
        if step != self._next and not self.step.is_changed():
            self._hide_step()  # it shows one that is done
        if is_other or self.step.isHidden():
            self._version, self._next = found.version, step
        self._step_link.setText("改下一步" if found.row.next_step else "设下一步")
        if is_other:
            self.read_again()
        self._show_script()

    def kind(self) -> str:
        """Return the way of contact that is being noted."""
        return KINDS[self._kinds.checkedId()][2].value

    def toggle_script(self) -> None:
        """Open or fold the points to ask; it stays so for this person."""
        self.script.link.click()

    def take_promise(self) -> None:
        """Make the promise in the note the next step."""
        self.promise.take()

    def read_again(self, number: str = "") -> None:
        """Show what is kept for the case in place of what stands here; another case has its turn when it comes."""
        if number and number != self._number:
            return
        self._clear()
        self._keeping.begin(self._number, self._restore)

    def choose(self, at: int) -> None:
        """Choose a kind of entry."""
        self._kinds.button(at).setChecked(True)

    def start(self, at: int = 0) -> None:
        """Begin an entry of a kind, as the primary button does."""
        self.choose(at)
        self.edit.setFocus()

    def submit(self) -> None:
        """Record what was typed, and the next step with it, in one transaction."""
        typed = self._content()
        text = self.edit.toPlainText().strip()
        try:
            step = self.step.wanted()
        except Invalid as error:
            self._refused(error)
            return
        if not text and step is None:
            self._hide_step()
            self.edit.setFocus()
            return
        if select_gap(self.edit):
            self._saved.setText("还有 ▢ 没填：填上或删去再记录")
            return
        number, entry, version = self._number, self._entry(text), self._version
        self._keeping.let_go()
        self.record.setEnabled(False)
        self._shell.desk.write(
            self,
            lambda work: quick_entry.record(work, number, entry, step, version),
            lambda now: self._done(number, typed, now, step),
            self._refused,
            verb="event.add",
        )

    def open_step(self) -> None:
        """Open the line for the next step and put the cursor there."""
        self._step_link.hide()
        if self.step.isHidden() and self.step.typed() == ("", ""):
            self.step.show_step(self._next)
        self.step.show()
        self.step.text.setFocus()
        bring(self.step)

    def keep_now(self) -> None:
        """Keep what was typed in the last moment, before it goes out of sight."""
        self._keeping.now()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keeping.look(self._clear)

    def _lay(self) -> None:
        kinds = row(gap=0)
        for at, (icon, words, _kind, _party) in enumerate(KINDS):
            button = Button(words, "ghost", icon)
            button.setCheckable(True)
            self._kinds.addButton(button, at)
            kinds.addWidget(button)
        kinds.addStretch(1)
        kinds.addWidget(self.script.link)
        foot = row(self._step_link, None, self._saved, self.record, Key("Ctrl ⏎"), gap=8)
        said = row(self.edit, margins=(8, 2, 8, 0))
        body = column(kinds, said, self.script, self.promise, self.step, row(foot, margins=(8, 0, 0, 0)), gap=2)
        self.setLayout(column(card(body, margins=(6, 6, 6, 6)), gap=0))

    def _entry(self, text: str) -> EventDraft | None:
        _icon, _words, kind, party = KINDS[self._kinds.checkedId()]
        return EventDraft(kind=kind, party=party, text=text) if text else None

    def _done(self, number: str, typed: Mapping[str, object], version: int, step: NextStepDraft | None) -> None:
        self.record.setEnabled(True)
        if number == self._number:
            self._version, self._next = version, step or self._next
            later = self._content()
            self._empty()
            self._go_on_typing(typed, later)
            self._saved.setText("已记录")
            if step is not None and (late := step.warning(this_day())):
                self._shell.say(f"已记录。{late}")
            self._keeping.soon()
            self._keeping.now()  # what was typed meanwhile may have been kept together with what is recorded now
        self.recorded.emit()

    def _go_on_typing(self, typed: Mapping[str, object], later: Mapping[str, object]) -> None:
        """Leave what was typed while the entry was being written down: it belongs to the next one."""
        if later["text"] != typed["text"]:
            self._rewrite(str(later["text"]).removeprefix(str(typed["text"])).lstrip())
        if (later["step"], later["due"]) != (typed["step"], typed["due"]):
            self.step.load(str(later["step"]), str(later["due"]))
            self.open_step()
            self._keep_soon()

    def _refused(self, error: DeskError) -> None:
        self.record.setEnabled(True)
        self._saved.setText("没有记录，文字还在")
        self._keeping.soon()  # what was typed in the last moment is not on disk yet
        if isinstance(error, Conflict) and "theirs" in error.detail:
            self._settle(error)
            return
        self._shell.refuse(error)
        if isinstance(error, Invalid) and error.problems[0].field == "due":
            self.step.refuse_day()

    def _settle(self, error: Conflict) -> None:
        """Ask which next step holds; the entry is recorded with it."""
        number = self._number

        def chosen(own: bool, version: int) -> None:
            if number != self._number:
                return  # what was typed waits for its case
            self._version = version
            if not own:
                self._hide_step()
            self.submit()

        versions.choose(error, NextStepDraft, "text", chosen, parent=self)

    def _hide_step(self) -> None:
        self.step.clear()
        self.step.hide()
        self._step_link.show()

    def _clear(self) -> None:
        self._empty()
        self._keeping.let_go()

    def _empty(self) -> None:
        self.edit.set_value("")
        self._saved.setText("")
        self._hide_step()
        self._follow()

    def _on_typed(self) -> None:
        self._follow()
        self._keep_soon()

    def _follow(self) -> None:
        """Let the points and the promise follow what stands in the note."""
        note, shelf = self.edit.toPlainText(), self._modules.shelf
        self.script.follow(note)
        step = "" if self.step.isHidden() else str(self.step.text.value())
        self.promise.look(note, shelf.calendar if shelf is not None else None, step)

    def _promised(self, found: Promise) -> None:
        self.step.load(found.text, found.until.isoformat())
        self.open_step()
        self._on_typed()

    def _ask(self, point: str) -> None:
        self._rewrite(call_script.ticked(self.edit.toPlainText(), point))

    def _take_back(self, point: str) -> None:
        self._rewrite(call_script.unticked(self.edit.toPlainText(), point))

    def _rewrite(self, note: str) -> None:
        """Change the note as if it were typed, so that Ctrl+Z takes it back, and go to its end."""
        cursor = self.edit.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(note)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def _on_kind(self, _at: int, checked: bool) -> None:
        if checked:
            self._show_script()

    def _show_script(self) -> None:
        _icon, _words, kind, party = KINDS[self._kinds.checkedId()]
        self.script.show_for(self._problem, kind, party, self.edit.toPlainText())

    def _keep_soon(self) -> None:
        self._saved.setText("")
        self._keeping.soon()

    def _unfinished(self) -> Mapping[str, object]:
        """Return what is to be kept."""
        content = self._content()
        return content if content["text"] or content["step"] or content["due"] else {}

    def _nothing(self) -> Mapping[str, object]:
        """Return an empty note; a step keeps the version it was begun with."""
        return {**_BLANK, drafts.SEEN: self._version}

    def _content(self) -> Mapping[str, object]:
        text = self.edit.toPlainText()
        step, due = self.step.typed() if self.step.is_changed() else ("", "")
        return {
            "text": text if text.strip() else "",
            "kind": self._kinds.checkedId(),
            "step": step,
            "due": due,
            drafts.SEEN: self._version,
        }

    def _restore(self, content: Mapping[str, object]) -> None:
        self.choose(int(str(content.get("kind", 0))))
        self.edit.set_value(str(content.get("text", "")))
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.step.load(str(content.get("step", "")), str(content.get("due", "")))
        seen = content.get(drafts.SEEN)
        plans = bool(content.get("step") or content.get("due"))
        if plans and isinstance(seen, int):
            self._version = seen
        self.step.setVisible(plans)
        self._step_link.setVisible(not plans)
        self._follow()
        self._saved.setText("草稿已存")
