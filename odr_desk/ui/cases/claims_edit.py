"""诉求: what the consumer demands, chosen from chips, with the amount of each that is chosen."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.case import Claim
from odr_desk.services.codes import Option
from odr_desk.ui.widgets.boxes import column, panel
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.flow import Flow
from odr_desk.ui.widgets.number_edit import MoneyEdit

USUAL = ("C04", "C03", "C01", "C06", "C08", "C11", "C14", "C18")
_AMOUNT_WIDTH = 124


def usual_first(options: Iterable[Option]) -> list[Option]:
    """Return the demands with those that are made most days before the others."""
    given = list(options)
    usual = [option for option in given if option.code in USUAL]
    return usual + [option for option in given if option not in usual]


class ClaimsEdit(QWidget):
    """Chips for what can be demanded, and below them an amount for each that is; order and doubles are kept.

    Its value is a list of objects as `rules.parsing.parse` takes them and a draft keeps them, amounts as typed.
    """

    changed = Signal()

    def __init__(self, options: Iterable[Option], names: Mapping[str, str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._lines: list[tuple[str, Labelled]] = []
        self.chips = Chips(several=True)
        for option in usual_first(options):
            self.chips.add(option.code, option.short)
        self.chips.chosen.connect(self._toggle)
        self._flow = Flow(gap=12)
        self._amounts = panel(self._flow)
        self.setLayout(column(self.chips, self._amounts, gap=8))
        self._amounts.hide()

    def value(self) -> object:
        """Return what is demanded, in order."""
        return [{"code": code, "amount": _edit(place).text().strip()} for code, place in self._lines]

    def set_value(self, value: object) -> None:
        """Show demands, or what a draft has kept of them, without announcing it."""
        for _code, place in self._lines:
            self._remove(place)
        self._lines = []
        for entry in value if isinstance(value, list | tuple) else ():
            code, amount = (entry.code, entry.amount) if isinstance(entry, Claim) else _loose(entry)
            self._append(code, amount)
        self._show()

    def amount(self, code: str) -> MoneyEdit:
        """Return the editor of what is asked under a code; KeyError when it is not demanded."""
        return _edit(dict(self._lines)[code])

    def _toggle(self, code: str) -> None:
        if code in self.chips.values():
            self._append(code, None)
        else:
            for one, place in self._lines:
                if one == code:
                    self._remove(place)
            self._lines = [line for line in self._lines if line[0] != code]
        self._show()
        self.changed.emit()

    def _append(self, code: str, amount: object) -> None:
        name = self._names.get(code, code)
        if code not in self.chips.codes():
            self.chips.add(code, name)  # it is offered no more, and stays where it was demanded
        edit = MoneyEdit("可空")
        edit.setFixedWidth(_AMOUNT_WIDTH)
        edit.set_value(amount)
        edit.setAccessibleName(f"{name}的金额（元）")
        edit.changed.connect(self.changed)
        place = Labelled(f"{name}（元）", edit)
        self._flow.addWidget(place)
        place.show()
        self._lines.append((code, place))

    def _remove(self, place: Labelled) -> None:
        self._flow.removeWidget(place)
        place.hide()
        place.deleteLater()

    def _show(self) -> None:
        self.chips.choose(*(code for code, _ in self._lines))
        self._amounts.setVisible(bool(self._lines))
        self._flow.invalidate()
        self.updateGeometry()


def _edit(place: Labelled) -> MoneyEdit:
    assert isinstance(place.editor, MoneyEdit)  # noqa: S101 - made so
    return place.editor


def _loose(entry: Any) -> tuple[str, object]:  # noqa: ANN401 - what a draft has kept
    return str(entry.get("code", "")), entry.get("amount")
