"""One form that can be reported: whether it is wanted, and on which template."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.services import report_desk
from odr_desk.services.monthly import Choice
from odr_desk.services.report_desk import TemplateLook
from odr_desk.ui import ask
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.words import Words

BUILT_IN = "用自带的表样"


class FormChoice(QWidget):
    """A tick with the form's name; below it the template, which can be changed for one's own."""

    changed = Signal()

    def __init__(self, shell: Shell, choice: Choice, *, checked: bool) -> None:
        super().__init__()
        self._shell = shell
        self.code = choice.code
        self.template: Path | None = None
        self.tick = Tick(f"{choice.code}  {choice.title}", checked=checked)
        self.tick.changed.connect(self.changed)
        self._words = Words(BUILT_IN, "small", elide=True)
        self._own = Button("换表样", "link", clicked=self._ask, says=f"给 {choice.code} 换表样")
        self._own.setText("换表样")
        self._back = Button("用自带的", "link", clicked=self._drop)
        self._back.hide()
        self._doubt = Words("", "small", "act", wrap=True)
        self._doubt.hide()
        head = row(self.tick, None, self._back, self._own, gap=12)
        below = column(self._words, self._doubt, margins=(24, 0, 0, 0), gap=2)
        self.setLayout(column(head, below, gap=2))

    def is_wanted(self) -> bool:
        """Tell whether the form shall be made."""
        return bool(self.tick.value())

    def use(self, template: Path) -> None:
        """Look at a template of one's own and take it if the form is in it."""
        look: Callable[[], TemplateLook] = partial(report_desk.look_at_template, self.code, template)
        self._shell.desk.make(self, look, partial(self._take, template), self._refuse)

    def _ask(self) -> None:
        found = ask.open_file(self, f"{self.code} 的表样", "Excel 工作簿 (*.xlsx)")
        if found is not None:
            self.use(found)

    def _take(self, template: Path, look: TemplateLook) -> None:
        self.template = template
        self._words.setText(f"{template.name}：{look.of} 栏认出 {look.known} 栏")
        doubts = [f"“{heading}”没有对应的数据，照原样留着" for heading in look.unmapped]
        if look.likelier:
            doubts.insert(0, f"这个文件更像 {look.likelier}，请核对")
        self._show_doubt("；".join((*doubts, *look.remarks)))
        self._back.show()
        self.changed.emit()

    def _refuse(self, error: DeskError) -> None:
        self._show_doubt(f"{error}。仍用原来的表样")

    def _drop(self) -> None:
        self.template = None
        self._words.setText(BUILT_IN)
        self._show_doubt("")
        self._back.hide()
        self.changed.emit()

    def _show_doubt(self, text: str) -> None:
        self._doubt.setText(text)
        self._doubt.setVisible(bool(text))
