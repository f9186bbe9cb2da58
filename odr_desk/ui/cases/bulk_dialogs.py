"""What is asked before one step is done on several cases, and how its outcome is told."""

import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.handling import NextStep
from odr_desk.rules.narrowing import tag_of
from odr_desk.services import bulk, drafts, people, queue, tags
from odr_desk.services.drafts import Kept
from odr_desk.services.queue import CaseRow
from odr_desk.ui import ask, keeping
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from odr_desk.ui.widgets.day_edit import DayEdit, this_day
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

Numbers = tuple[str, ...]
Rows = tuple[CaseRow, ...]
_SHOWN = 5
_QUICK = 40
"""Cases that are done before anybody could press 取消."""


def assign(shell: Shell, parent: QWidget, numbers: Numbers) -> None:
    """Ask to whom these cases are given."""

    def show(read: tuple[Rows, tuple[tuple[int, str], ...]]) -> None:
        found, handlers = read
        choice = ChoiceEdit([(str(user), name) for user, name in handlers])
        had = [f"{row.tail} {row.handler}" for row in found if row.handler]
        body = column(Labelled("承办人", choice), Words(_replaced(had, "承办人"), "secondary", wrap=True), gap=12)
        dialog = _dialog(parent, f"{len(numbers)} 件分派给谁？", body, "分派")

        def submit() -> None:
            user = str(choice.value() or "")
            if not user:
                dialog.show_error(Invalid.of("handler", "请选择承办人"))
                return
            _write(shell, dialog, numbers, bulk.assign(int(user), _seen(found)), "case.assign", "分派")

        dialog.submitted.connect(submit)
        ask.show(dialog)

    shell.desk.read(parent, lambda work: (queue.named(work, numbers), people.handlers(work)), show)


def next_step(shell: Shell, parent: QWidget, numbers: Numbers) -> None:
    """Ask what comes next in these cases, and by when."""

    def show(found: Rows) -> None:
        text, due = LineEdit("如：集中回访"), DayEdit()
        had = [f"{row.tail} {NextStep(row.next_step, row.next_step_on).words}" for row in found if row.next_step]
        words = Words(f"{_replaced(had, '下一步')}两格都空着，就是取消下一步。", "secondary", wrap=True)
        body = column(Labelled("下一步", text), Labelled("哪一天办", due), words, gap=12)
        dialog = _dialog(parent, f"给 {len(numbers)} 件设下一步", body, "设下一步")
        draft, editors = (drafts.NEXT_STEP, _subject(numbers)), {"step": text, "due": due}
        keeping.over_editors(shell, dialog, draft, editors, beside={"cases": numbers})

        def submit() -> None:
            try:
                day = due.day()
            except ValueError as error:
                dialog.show_error(Invalid.of("due", f"哪一天办：{error}"))
                return
            step = NextStep(str(text.value()), day)
            deed, late = bulk.next_step(step.text, day, _seen(found)), step.warning(this_day())
            _write(shell, dialog, numbers, deed, "case.next_step", f"设好下一步{late and f'（{late}）'}")

        dialog.submitted.connect(submit)
        text.setFocus()
        ask.show(dialog)

    shell.desk.read(parent, lambda work: queue.named(work, numbers), show)


def tag(shell: Shell, parent: QWidget, numbers: Numbers, own: tuple[str, ...] = ()) -> None:
    """Ask which tags these cases get and lose; `own` are those that a single case has."""

    def show(known: tuple[tuple[str, int], ...]) -> None:
        picked = TagPicker([name for name, _count in known], own)
        title = f"给 {len(numbers)} 件加减标签" if len(numbers) > 1 else f"{numbers[0].rsplit('-', 1)[-1]} 的标签"
        dialog = _dialog(parent, title, picked, "保存标签")
        about = {"cases": numbers, "own": own}
        keeping.over_editors(shell, dialog, (drafts.TAGGING, _subject(numbers)), {"tags": picked}, beside=about)

        def submit() -> None:
            try:
                add, remove = picked.changes()
            except DeskError as error:
                dialog.show_error(error)
                return
            if not add and not remove:
                dialog.accept()
                return
            _write(shell, dialog, numbers, bulk.tag(add, remove), "case.tag", "改好标签")

        dialog.submitted.connect(submit)
        ask.show(dialog)
        picked.edit.setFocus()

    shell.desk.read(parent, tags.in_use, show)


def _subject(numbers: Numbers) -> str:
    """Return under what is kept what is typed for these cases."""
    return f"{numbers[0]}/{len(numbers)}/{zlib.crc32(' '.join(sorted(numbers)).encode()):08x}"


def go_on(shell: Shell, parent: QWidget, kept: Kept) -> None:
    """Ask again what was being asked about several cases."""
    numbers, own = (tuple(map(str, cast("list[object]", kept.content.get(name, [])))) for name in ("cases", "own"))
    if kept.kind == drafts.NEXT_STEP:
        next_step(shell, parent, numbers)
    else:
        tag(shell, parent, numbers, own)


class TagPicker(QWidget):
    """The tags in use as chips, and a line for a new one; for several cases also those to take off."""

    changed = Signal()

    def __init__(self, known: list[str], own: tuple[str, ...]) -> None:
        super().__init__()
        self._own = own
        self._add = self._chips((*own, *(name for name in known if name not in own)), own)
        self.edit = LineEdit("新标签，如：等鉴定")
        self.edit.setAccessibleName("新标签")
        put = Button("加上", clicked=self._put)
        self.edit.returnPressed.connect(self._put)
        self._remove = self._chips(known if not own else [], ())
        line = row(self.edit, put, gap=8)
        line.setStretch(0, 1)
        body = column(line, self._add, gap=10)
        if known and not own:
            body.addWidget(Words("从这些件上去掉", "small"))
            body.addWidget(self._remove)
        self.setLayout(body)
        self.edit.changed.connect(self.changed)
        for chips in (self._add, self._remove):
            chips.chosen.connect(lambda _name: self.changed.emit())

    def value(self) -> object:
        """Return what is typed and chosen."""
        return {"text": self.edit.typed(), "add": list(self._add.values()), "remove": list(self._remove.values())}

    def set_value(self, value: object) -> None:
        """Show what was typed and chosen before."""
        if isinstance(value, Mapping):
            self.edit.set_value(value["text"])
            for name in value["add"]:
                self._offer(name)
            self._add.choose(*value["add"])
            self._remove.choose(*value["remove"])

    def changes(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the tags to put on and those to take off; raise Invalid when what is typed is none."""
        self._put_typed()
        chosen = self._add.values()
        gone = tuple(name for name in self._own if name not in chosen) or self._remove.values()
        return tuple(name for name in chosen if name not in self._own), gone

    def _chips(self, names: "tuple[str, ...] | list[str]", checked: tuple[str, ...]) -> Chips:
        made = Chips(several=True)
        for name in names:
            made.add(name, name)
        made.choose(*checked)
        return made

    def _put(self) -> None:
        try:
            self._put_typed()
        except Invalid:
            return  # said when the dialog is submitted

    def _put_typed(self) -> None:
        if not self.edit.text().strip():
            return
        name = tag_of(self.edit.text())
        chosen = self._add.values()
        self._offer(name)
        self._add.choose(*chosen, name)
        self.edit.clear()
        self.changed.emit()

    def _offer(self, name: str) -> None:
        if name not in self._add.codes():
            self._add.add(name, name)


def _seen(found: Rows) -> bulk.Seen:
    """Return the versions of the cases that the dialog speaks of."""
    return {row.number: row.version for row in found}


def _replaced(had: list[str], what: str) -> str:
    """Say what will be replaced, the first of it by number."""
    if not had:
        return ""
    more = " 等" if len(had) > _SHOWN else ""
    return f"{len(had)} 件已有{what}，会替换掉：{'；'.join(had[:_SHOWN])}{more}。"


def _dialog(parent: QWidget, title: str, body: QWidget | QLayout, do: str) -> Dialog:
    return Dialog(title, body, do=do, closes=False, parent=parent)


def _write(
    shell: Shell, dialog: Dialog, numbers: Numbers, deed: bulk.Deed, verb: str, done: str, *, rest: bool = False
) -> None:
    """Do it, many with a strip that counts; those that refuse are shown, and the rest is done if that is wanted."""
    dialog.set_busy(True)
    running = shell.run(f"正在办 {len(numbers)} 件") if len(numbers) > _QUICK else None
    if running is not None:
        dialog.hide()  # it would keep people from the strip

    def op(work: "Work") -> bulk.Result:
        return bulk.run(work, numbers, deed, rest=rest, progress=running.progress if running is not None else None)

    def ended() -> None:
        if running is not None:
            running.finish()

    def told(found: bulk.Result) -> None:
        ended()
        shell.say(_words(found, done))
        if shiboken6.isValid(dialog):
            dialog.accept()
            dialog.deleteLater()

    def refused(error: DeskError) -> None:
        ended()
        if not shiboken6.isValid(dialog):
            shell.refuse(error)
        elif isinstance(error, bulk.SomeRefuse) and len(error.refused) < error.asked and _rest_is_wanted(dialog, error):
            _write(shell, dialog, numbers, deed, verb, done, rest=True)
        else:
            dialog.show()
            dialog.show_error(error)

    shell.desk.write(shell.desk, op, told, refused, verb=verb)


def _rest_is_wanted(parent: QWidget, error: bulk.SomeRefuse) -> bool:
    left = error.asked - len(error.refused)
    facts = [(one.case_no.rsplit("-", 1)[-1], one.text) for one in error.refused[:_SHOWN]]
    words = "".join(f"{number}　{why}\n" for number, why in facts)
    more = f"另有 {len(error.refused) - _SHOWN} 件\n" if len(error.refused) > _SHOWN else ""
    title = f"{len(error.refused)} 件不能这样办，其余 {left} 件照办吗？"
    return ask.question(parent, title, f"{words}{more}", do=f"照办 {left} 件", keep="都不办")


def _words(found: bulk.Result, done: str) -> str:
    words = (
        f"已给 {len(found.done)} 件{done}" if len(found.done) > 1 else f"{found.done[0].rsplit('-', 1)[-1]} 已{done}"
    )
    return words + (f"，{len(found.refused)} 件没有动" if found.refused else "")
