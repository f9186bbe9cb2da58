"""Inputs for amounts of money and whole numbers: right-aligned, kept as typed when they do not parse."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules import money
from odr_desk.ui.widgets.text_edit import LineEdit

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MoneyEdit(LineEdit):
    """An amount in yuan; shows `1,299.00` when left, understands 1299, ￥1,299 and full-width digits."""

    def __init__(self, hint: str = "0.00", *, parent: QWidget | None = None) -> None:
        super().__init__(hint, parent=parent)
        self.setAlignment(_RIGHT)

    def fen(self) -> int | None:
        """Return the amount, None when empty; raise ValueError in words when it is no amount."""
        return money.parse(self.text()) if self.text().strip() else None

    @override
    def set_value(self, value: object) -> None:
        self.setText(money.show(value) if isinstance(value, int) else str(value or ""))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        try:
            fen = self.fen()
        except ValueError:
            return  # stays as typed; the check names the field when it is submitted
        if fen is not None:
            self.setText(money.show(fen))


class NumberEdit(LineEdit):
    """A whole number."""

    def __init__(self, hint: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(hint, parent=parent)
        self.setAlignment(_RIGHT)
