"""The deadlines of a case: every day counted aloud, pauses for testing, a day of the desk's own."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import Conflict, DeskError, Invalid
from odr_desk.rules.moments import show_day, show_moment
from odr_desk.rules.pause import DueDraft, PauseDraft
from odr_desk.rules.people import Right
from odr_desk.services import case_file, drafts, pausing
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.pausing import PauseRow
from odr_desk.ui import ask, kept_words, reason_dialog, versions
from odr_desk.ui.cases import deadline_count
from odr_desk.ui.form import Form
from odr_desk.ui.keeping import FieldsKeeping, Keeping
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, empty_layout, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

_HISTORY = "deadline"
_WIDE = 520
_ABOUT_PAUSE = f"{pausing.BASIS}。首次答复期限照常走；12315 平台页面上的期限不会随之改变，请以平台显示为准。"
_ABOUT_DUE = "只给自己提醒用，法定期限照样数、照样印。比法定期限晚的，要主管来定。"


def show(shell: Shell, parent: QWidget, found: CaseDetail, kind: str = "") -> None:
    """Open the deadlines of a case, and the form that was left unfinished there, if a kind of draft is named."""
    dialog = DeadlineDialog(shell, found, parent)
    ask.show(dialog)
    if kind:
        dialog.go_on(kind)


class DeadlineDialog(Dialog):
    """Counts both clocks; the buttons above open a form in the same dialog, and Ctrl+⏎ saves it."""

    def __init__(self, shell: Shell, found: CaseDetail, parent: QWidget) -> None:
        self._shell, self._found, self._version = shell, found, found.version
        self.form: Form[Any] | None = None
        self._verb = ""
        self._keeping: Keeping | None = None
        self._parts = column(gap=12)
        title = f"{found.row.tail} 的期限"
        super().__init__(title, self._parts, do="记下", keep="关闭", closes=False, width=_WIDE, parent=parent)
        self.submitted.connect(self._submit)
        self._show()

    def pause(self) -> None:
        """Ask from when on which days do not count, and why."""
        self._ask(Form(PauseDraft, columns=2), _ABOUT_PAUSE, "暂停计时", "case.pause")

    def go_on(self, kind: str) -> None:
        """Open the form of a draft, or show its words where it cannot be saved any more."""
        pauses = kind == drafts.PAUSING
        if self._offered is None or (pauses and self._found.row.paused_since is not None):
            kept_words.find(self._shell, self, kind, self._found.row.number, "期限已经不是那样了")
        else:
            (self.pause if pauses else self.set_due)()

    def resume(self) -> None:
        """Let the clock run again from tomorrow on."""
        number = self._found.row.number
        self._write(lambda work: pausing.resume(work, number), "case.resume")

    def set_due(self) -> None:
        """Ask for the due day of the desk's own; an empty one takes it away."""
        form: Form[DueDraft] = Form(DueDraft, columns=2)
        form.set_values({"due": self._found.manual_due_on, "reason": self._found.manual_due_reason})
        self._ask(form, _ABOUT_DUE, "定内部期限", "case.due")

    def _show(self) -> None:
        """Show everything anew, with no form open; what was typed into one is kept."""
        if self._keeping is not None:
            self._keeping.now()
        self.form = self._keeping = None
        self.do.hide()
        empty_layout(self._parts)
        if (offered := self._acts()) is not None:
            self._parts.addWidget(offered)
        self._offered = offered
        for part in (*self._marks(), *map(deadline_count.card_of, self._counted()), *self._past()):
            self._parts.addWidget(part)
        self.fit()

    def _acts(self) -> QWidget | None:
        """Return the buttons for what this person may do now."""
        runs = self._found.result is None and self._found.state is not CaseState.CLOSED
        if not runs or not self._shell.desk.actor.may(Right.WRITE_CASES):
            return None
        acts = row(gap=8)
        if self._found.row.paused_since is not None:
            acts.addWidget(Button("恢复计时", "primary", "clock", clicked=self.resume))
        elif not self._found.row.is_reopened:
            acts.addWidget(Button("暂停计时", icon="clock", clicked=self.pause))
        words = "改内部期限" if self._found.manual_due_on else "定内部期限"
        acts.addWidget(Button(words, icon="flag", clicked=self.set_due))
        acts.addStretch(1)
        return panel(acts)

    def _counted(self) -> tuple[deadline_count.Count, ...]:
        since = self._found.row.paused_since
        first, result = self._found.deadlines
        return deadline_count.Count(first), deadline_count.Count(result, since, self._found.row.left)

    def _marks(self) -> list[QWidget]:
        """Return what stands beside the law's days: a pause that is running, a day of the desk's own."""
        found, marks = self._found, []
        if found.row.is_reopened:
            marks.append(_mark("clock", "归档后重新打开：法定期限到归档时已经了结，不再重新计算，也不算逾期。"))
        if found.row.paused_since is not None:
            reason = next((pause.reason for pause in found.pauses if pause.until is None and not pause.taken_back), "")
            words = f"{show_day(found.row.paused_since)} 起暂停计时：{reason}。有了结果点“恢复计时”。"
            marks.append(_mark("clock", words))
        if found.manual_due_on is not None:
            words = f"内部期限 {show_day(found.manual_due_on)}：{found.manual_due_reason}。法定期限不因此改变。"
            marks.append(_mark("flag", words))
        return marks

    def _past(self) -> list[QWidget]:
        """Return the pauses, and what was done to the deadlines, newest first."""
        parts: list[QWidget] = []
        if self._found.pauses:
            lines = [self._pause_line(pause) for pause in self._found.pauses]
            parts.append(card(column(Words("不计期限的日子", "head"), *lines, gap=4)))
        told = [entry for entry in self._found.timeline if entry.kind == _HISTORY]
        if told:
            lines = [
                Words(f"{show_moment(entry.at)} {entry.author}：{entry.text}", "small", wrap=True) for entry in told
            ]
            parts.append(card(column(Words("期限记录", "head"), *lines, gap=4)))
        return parts

    def _pause_line(self, pause: PauseRow) -> QWidget:
        until = show_day(pause.until) if pause.until else "还没有恢复"
        said = f"{show_day(pause.since)} 至 {until}：{pause.reason}"
        if pause.taken_back:
            return panel(row(Words(f"{said}（已撤回：{pause.taken_back}）", "small", wrap=True)))
        words = Words(said, wrap=True)
        laid = row(words, gap=8)
        laid.setStretch(0, 1)
        if self._shell.desk.actor.may(Right.WRITE_CASES) and self._found.state is not CaseState.CLOSED:
            laid.addWidget(Button("撤回", "link", says=f"撤回 {said}", clicked=partial(self._take_back, pause.number)))
        return panel(laid)

    def _take_back(self, number: int) -> None:
        case_no = self._found.row.number
        kept_as = (drafts.TAKING_BACK_PAUSE, f"{case_no}/{number}")
        reason_dialog.show(
            self._shell,
            self,
            Why("撤回这次暂停？", "撤回", kept_as, hint="为什么不算，如：记错了件"),
            lambda work, reason: pausing.take_back(work, case_no, number, reason),
            verb="case.pause.void",
            then=lambda _: self._read(),
        )

    def _ask(self, form: Form[Any], about: str, do: str, verb: str) -> None:
        """Put a form above the counts."""
        self._show()
        self.form, self._verb = form, verb
        note = Words(about, "small", wrap=True)
        leave = row(None, Button("不改了", "link", clicked=self._leave))
        self._parts.insertWidget(0, card(column(Words(do, "head"), form, note, leave, gap=8), "act"))
        if self._offered is not None:
            self._offered.hide()
        self.do.setText(do)
        self.do.show()
        self.fit()
        kind = drafts.PAUSING if verb == "case.pause" else drafts.DUE
        self._keeping = FieldsKeeping(self._shell, kind, form, form.editors())
        self._keeping.start(self._found.row.number)
        form.place("since" if verb == "case.pause" else "due").editor.setFocus()

    def _leave(self) -> None:
        """Close the form without writing anything; what was typed is put aside."""
        if self._keeping is not None:
            self._keeping.give_up()
        self._show()

    def _submit(self) -> None:
        if self.form is None:
            return
        try:
            draft = self.form.draft()
        except Invalid as error:
            self.form.show_problems(error)
            return
        number = self._found.row.number
        version, kept = self._version, self._keeping
        if self._verb == "case.pause":
            self._write(lambda work: pausing.pause(work, number, draft), self._verb, kept)
        else:
            self._write(lambda work: pausing.set_due(work, number, draft, version), self._verb, kept)

    def _write(self, op: "Callable[[Work], object]", verb: str, kept: Keeping | None = None) -> None:
        def done(_result: object) -> None:
            if kept is not None:
                kept.drop()
            self._read()

        self.set_busy(True)
        self._shell.desk.write(self, op, done, self._refused, verb=verb)

    def _read(self) -> None:
        number = self._found.row.number
        self._shell.desk.read(self, lambda work: case_file.detail(work, number), self._take, self.show_error)

    def _take(self, found: CaseDetail) -> None:
        self._found, self._version = found, found.version
        self.set_busy(False)
        self.clear_error()
        self._show()

    def _refused(self, error: DeskError) -> None:
        self.set_busy(False)
        if isinstance(error, Invalid) and self.form is not None:
            rest = self.form.show_problems(error)
            self.fit()
            if not rest:
                return
            error = Invalid(rest)
        if isinstance(error, Conflict) and "theirs" in error.detail:
            self._settle(error)
        else:
            self.show_error(error)

    def _settle(self, error: Conflict) -> None:
        """Ask which day of the desk's own holds."""

        def chosen(own: bool, version: int) -> None:
            self._version = version
            if own:
                self._submit()
                return
            if self._keeping is not None:
                self._keeping.drop()
            self._read()

        versions.choose(error, DueDraft, "due", chosen, parent=self)


def _mark(icon: str, words: str) -> QWidget:
    laid = row(Icon(icon, "act"), Words(words, wrap=True), gap=8)
    laid.setStretch(1, 1)
    return card(laid, "act", margins=(12, 8, 12, 8))
