"""What narrows the queue, to be set in the page below the search box; every change shows at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import Field, Kind, fields_of
from odr_desk.rules.narrowing import Narrowing, check_period
from odr_desk.rules.parsing import parse
from odr_desk.ui.cases.merchant_filter import MerchantFilter
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Tick
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.field import Editor, mark_bad
from odr_desk.ui.widgets.words import Words

_ANY = ("", "不限")
_PERIOD = ("received_from", "received_to")
Options = Sequence[tuple[object, str]]


class FilterPanel(QWidget):
    """One editor a field of Narrowing; `changed` carries what they say together, `left` means Esc."""

    changed = Signal(object)
    left = Signal()
    kept = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "window")
        self._now = Narrowing()
        self._problem = Words("", "small", "late", wrap=True)
        self._problem.hide()
        self._merchant = MerchantFilter(shell, self)
        self._editors: dict[str, QWidget] = {"merchant_no": self._merchant.edit}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        cells = (*map(self._make, _of(Kind.CHOICE)), self._merchant.edit)
        for place, cell in enumerate(cells):
            grid.addWidget(cell, *divmod(place, 2))
        ticks = row(*(self._make(field) for field in _of(Kind.FLAG)), None, gap=12)
        keep = Button("存为视图", "link", clicked=self.kept.emit)
        inside = column(
            grid,
            self._merchant.found,
            Words("收到", "small"),
            self._days("", *_PERIOD),
            self._days("到期早于", "due_before"),
            ticks,
            self._problem,
            row(None, keep, Button("收起", "link", clicked=self.left.emit), gap=12),
            margins=(12, 8, 12, 8),
            gap=6,
        )
        self._merchant.changed.connect(partial(self._on_changed, "merchant_no"))
        self._inside = panel(inside)
        self._inside.installEventFilter(self)
        self.setLayout(column(scroll(self._inside), gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_choices(self, choices: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Offer the words that have been read: codes, people, tags."""
        for field in fields_of(Narrowing):
            editor = self._editors[field.name]
            if isinstance(field.options, str) and isinstance(editor, ChoiceEdit):
                editor.set_options((_ANY, *choices[field.options]))

    def show_filter(self, wanted: Narrowing, merchant: str = "") -> None:
        """Show what narrows the list now; `merchant` is the name of the one that does."""
        self._now = _narrowing_of(wanted)
        for field in fields_of(Narrowing):
            value, editor = getattr(wanted, field.name), self._editors[field.name]
            if editor is self._merchant.edit:
                self._merchant.set_choice(str(value), merchant)
            elif not editor.hasFocus() or not isinstance(editor, DayEdit):
                cast("Editor", editor).set_value(value or None)
        self._say("")

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self._editors["state"].setFocus()

    @override
    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # what is found below the merchant makes it higher
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _make(self, field: Field) -> QWidget:
        editor: QWidget
        if field.kind is Kind.FLAG:
            editor = Tick(field.label)
        elif field.kind is Kind.DAY:
            editor = DayEdit()
        else:
            words = field.options if isinstance(field.options, type) else ()
            editor = ChoiceEdit((_ANY, *((word, word.label) for word in words)), hint=field.label)
        editor.setAccessibleName(field.label)
        editor.setObjectName(f"filter_{field.name}")
        self._editors[field.name] = editor
        cast("Editor", editor).changed.connect(partial(self._on_changed, field.name))
        return editor

    def _days(self, label: str, *names: str) -> QWidget:
        declared = {field.name: field for field in fields_of(Narrowing)}
        line = row(*((Words(label, "small"),) if label else ()), gap=6)
        for at, name in enumerate(names):
            if at:
                line.addWidget(Words("至", "small"))
            editor = self._make(declared[name])
            line.addWidget(editor, 1)
            cast("DayEdit", editor).editingFinished.connect(partial(self._on_changed, name))
        return panel(line)

    def _on_changed(self, name: str) -> None:
        """Tell what the fields say now; a day that is half typed waits for its rest."""
        editor = self._editors[name]
        value = self._merchant.number if editor is self._merchant.edit else cast("Editor", editor).value()
        if isinstance(editor, ChoiceEdit) and value == "":
            editor.set_value(None)
        try:
            found = replace(self._now, **{name: getattr(parse(Narrowing, {name: value}), name)})
            check_period(found)
        except Invalid as error:
            if not editor.hasFocus():
                self._say(str(error), {problem.field for problem in error.problems})
            return
        self._say("")
        if found != self._now:
            self._now = found
            self.changed.emit(found)

    def _say(self, text: str, bad: set[str] | None = None) -> None:
        for name, editor in self._editors.items():
            mark_bad(editor, name in (bad or set()))
        self._problem.setText(text)
        self._problem.setVisible(bool(text))


def _of(*kinds: Kind) -> tuple[Field, ...]:
    return tuple(field for field in fields_of(Narrowing) if field.kind in kinds)


def _narrowing_of(wanted: Narrowing) -> Narrowing:
    return Narrowing(**{field.name: getattr(wanted, field.name) for field in fields_of(Narrowing)})
