"""How the form of the intake stands in the window: the look-ups beside it where there is room, else below."""

from PySide6.QtWidgets import QWidget

from odr_desk.ui.cases.beside import Beside
from odr_desk.ui.widgets.boxes import column, line, panel, row, scroll

_BESIDE_FROM = 1200
_BESIDE, _BELOW = 316, 116
_ANY = 16_777_215  # Qt's word for no limit


class IntakeFrame(QWidget):
    """Head, form and foot from top to bottom, with the look-ups of the form."""

    def __init__(self, head: QWidget, form: QWidget, foot: QWidget, beside: Beside) -> None:
        super().__init__()
        self._beside = beside
        self._is_wide = True
        body = scroll(panel(column(form, None, margins=(16, 8, 16, 12))))
        self._below = line()
        self._main = column(body, self._below, line(), foot, gap=0)
        self._main.setStretch(0, 1)
        self._rule = line("down")
        self._middle = row(self._main, self._rule, beside, gap=0)
        self._middle.setStretch(0, 1)
        page = column(head, line(), self._middle, gap=0)
        page.setStretch(2, 1)
        self.setLayout(page)
        beside.setFixedWidth(_BESIDE)
        beside.changed.connect(self._show_beside)

    def set_room(self, width: int) -> None:
        """Put the look-ups beside the form where the window is wide enough, else below it while they have news."""
        wide = width >= _BESIDE_FROM
        if wide != self._is_wide:
            self._is_wide = wide
            (self._main if wide else self._middle).removeWidget(self._beside)
            if wide:
                self._middle.addWidget(self._beside)
                self._beside.setMinimumHeight(0)
                self._beside.setMaximumHeight(_ANY)
                self._beside.setFixedWidth(_BESIDE)
            else:
                self._main.insertWidget(2, self._beside)
                self._beside.setFixedHeight(_BELOW)
                self._beside.setMinimumWidth(0)
                self._beside.setMaximumWidth(_ANY)
        self._show_beside()

    def _show_beside(self) -> None:
        wide = self._is_wide
        self._beside.setVisible(wide or self._beside.has_news())
        self._rule.setVisible(wide)
        self._below.setVisible(not wide and self._beside.has_news())
