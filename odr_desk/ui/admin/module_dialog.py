"""One text module as it is edited: code, words with fields, and how they would read in a sample case."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.events import WRITTEN
from odr_desk.rules.parsing import parse
from odr_desk.rules.text_module import FIELDS, RECKONED, ModuleDraft
from odr_desk.services import drafts, text_modules
from odr_desk.services.text_modules import ModuleRow, Shelf
from odr_desk.ui import ask, keeping, theme
from odr_desk.ui.form import Form, form_values
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from odr_desk.ui.widgets.day_edit import this_day
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.number_edit import NumberEdit
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words

SAMPLE = {
    "消费者": "周女士",
    "商户": "金禧珠宝",
    "柜位": "A馆1F-101",
    "店方联系人": "陈莉",
    "商品": "“一口价”黄金吊坠",
    "金额": "3,280.00 元",
    "购买日期": "11月15日（周日）",
    "编号": "XSBBB-2026-0001",
    "平台编号": "1320205002026112300012345",
    "首答期限": "11月28日（周六）",
    "和解期限": "12月7日（周一）",
    "下一步": "等周女士回话",
}
"""An invented case, in which a module is tried out."""
NEW = "新增"
"""What a module that has no code yet is kept under."""
_PREVIEW_HEIGHT = 40
_RANK_WIDTH = 72


class Editor(QWidget):
    """The fields of a module and its preview."""

    changed = Signal()

    def __init__(self, shelf: Shelf, module: ModuleRow | None) -> None:
        super().__init__()
        self._shelf = shelf
        self.form: Form[ModuleDraft] = Form(ModuleDraft, only=("code", "title", "text"))
        self.rank = NumberEdit()
        self.rank.setAccessibleName("排序")
        theme.widen(self.rank, _RANK_WIDTH)
        self.kinds = Chips(several=True)
        for kind in WRITTEN:
            self.kinds.add(kind.value, kind.label)
        if module is not None:
            self.form.load(module)
            self.kinds.choose(*module.kinds.split())
            self.rank.set_value(module.rank)
        self.fields = ChoiceEdit([(name, f"{{{name}}}") for name in (*FIELDS, *RECKONED)], hint="插入字段")
        self.fields.setAccessibleName("插入字段")
        self.fields.changed.connect(self._insert)
        self.preview = Words("", wrap=True)
        self.preview.setMinimumHeight(_PREVIEW_HEIGHT)
        self.form.changed.connect(self.show_preview)
        for signal in (self.form.changed, self.rank.changed, self.kinds.chosen):
            signal.connect(self.changed)
        sample = column(Words("放进示例投诉件里是这样", "small"), self.preview, None, gap=4)
        order = row(Words("排序", "small"), self.rank, gap=8)
        kinds = row(Words("用于", "small"), self.kinds, gap=8)
        kinds.setStretch(1, 1)
        below = row(self.fields, None, order, gap=8)
        self.setLayout(column(self.form, below, card(sample, "soft", (12, 8, 12, 8)), kinds, gap=10))
        self.show_preview()

    def draft(self) -> ModuleDraft:
        """Return what was entered; raise Invalid for what does not parse."""
        return parse(
            ModuleDraft, {**self.form.values(), "kinds": " ".join(self.kinds.values()), "rank": self.rank.value()}
        )

    def content(self) -> dict[str, object]:
        """Return what was entered, fit for a draft."""
        return {**form_values(self.form.typed()), "kinds": list(self.kinds.values()), "rank": self.rank.value()}

    def load(self, content: Mapping[str, Any]) -> None:
        """Show what was entered before."""
        self.form.set_values(content)
        self.kinds.choose(*content["kinds"])
        self.rank.set_value(content["rank"])
        self.show_preview()

    def show_preview(self) -> None:
        """Show the words as they would stand in a note."""
        text = str(self.form.values()["text"])
        row_ = ModuleRow("", "", text, "", 0, False)
        self.preview.setText(self._shelf.filled(row_, SAMPLE, this_day()) or "写下内容，这里就看得到")

    def _insert(self) -> None:
        edit, name = self.form.editor("text"), self.fields.value()
        self.fields.set_value(None)
        if isinstance(edit, TextEdit):
            edit.insertPlainText(f"{{{name}}}")
            edit.setFocus()


def show(shell: Shell, parent: QWidget, shelf: Shelf, module: ModuleRow | None) -> None:
    """Add a module, or change one."""
    editor = Editor(shelf, module)
    title = f"修改“{module.title}”" if module is not None else "新增常用语"
    dialog = Dialog(title, editor, do="保存", closes=False, width=560, parent=parent)
    code = module.code if module is not None else ""
    before = editor.content()
    kept = keeping.over(
        shell,
        dialog,
        (drafts.MODULE, code or NEW),
        lambda: typed if (typed := editor.content()) != before else {},
        editor.load,
    )
    editor.changed.connect(kept.soon)
    dialog.submitted.connect(partial(_submit, shell, dialog, editor, code))
    ask.show(dialog)


def _submit(shell: Shell, dialog: Dialog, editor: Editor, code: str) -> None:
    try:
        draft = editor.draft()
    except Invalid as error:
        if rest := editor.form.show_problems(error):
            dialog.show_error(Invalid(rest))
        return

    def done(_: object) -> None:
        dialog.accept()
        shell.say(f"“{draft.title}”已保存，打 /{draft.code.lower()} 展开")

    def refused(error: DeskError) -> None:
        dialog.set_busy(False)
        rest = editor.form.show_problems(error) if isinstance(error, Invalid) else ()
        if rest or not isinstance(error, Invalid):
            dialog.show_error(Invalid(rest) if rest else error)

    dialog.set_busy(True)
    shell.desk.write(dialog, partial(text_modules.save, draft=draft, code=code), done, refused, verb="module.save")
