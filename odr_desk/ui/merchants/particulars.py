"""What is written down about a merchant, section by section, doubts beside what they are about."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from odr_desk.rules.fields import Field, fields_of
from odr_desk.rules.merchant import MerchantDraft, shown_value
from odr_desk.services.licences import Licence
from odr_desk.services.merchant_file import MerchantDetail
from odr_desk.ui.merchants.held import HeldLicences
from odr_desk.ui.widgets.boxes import column, empty_layout, line, row
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words

_COLUMN = 250  # the least width in which a name or an address still reads
_FIELDS = fields_of(MerchantDraft)
_LICENCES = "证照"


class Particulars(QWidget):
    """The declared fields with their values, as many columns as there is room for, and the licences among them.

    Each signal carries the licence whose scan is to be looked at, put, saved or taken off, `given` what was dropped.
    """

    looked = Signal(object)
    wanted = Signal(object)
    saved = Signal(object)
    removed = Signal(object)
    given = Signal(object, object)

    def __init__(self, *, may_write: bool) -> None:
        super().__init__()
        self._may_write = may_write
        self._held: tuple[Licence, ...] = ()
        self._lines: HeldLicences | None = None
        self._today = date.min
        self._draft: MerchantDraft | None = None
        self._doubts: Mapping[str, str] = {}
        self._columns = 0
        self._body = column(margins=(16, 12, 16, 16), gap=16)
        self.setLayout(self._body)

    def show_file(self, found: MerchantDetail) -> None:
        """Show what is written down."""
        self._draft, self._held, self._today = found.draft, found.licences, found.today
        self._doubts = {warning.field: warning.text for warning in found.warnings}
        self._columns = 0
        self._lay_if_seen()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_if_seen()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_if_seen()

    def _lay_if_seen(self) -> None:
        """Lay what is written down once its width is known: laying it twice would cost as much as all the rest."""
        if self.isVisible() and self._fitting() != self._columns:
            self._lay()

    def _fitting(self) -> int:
        return max(1, (self.width() - 32 + 16) // (_COLUMN + 16))

    def _lay(self) -> None:
        if self._draft is None:
            return
        empty_layout(self._body)
        self._columns = self._fitting()
        for section in dict.fromkeys(field.section for field in _FIELDS):
            fields = [field for field in _FIELDS if field.section == section]
            held = (4, self._licences()) if section == _LICENCES else ()
            self._body.addLayout(column(Words(section, "head"), line(), *held, self._grid(fields), gap=6))
        self._body.addStretch(1)

    def _licences(self) -> HeldLicences:
        made = HeldLicences(self._held, self._today, may_write=self._may_write)
        made.looked.connect(self.looked)
        made.wanted.connect(self.wanted)
        made.saved.connect(self.saved)
        made.removed.connect(self.removed)
        made.given.connect(self.given)
        self._lines = made
        return made

    def meant(self) -> Licence | None:
        """Return the licence that a paste is meant for, if it is clear which."""
        return self._lines.meant() if self._lines is not None else None

    def _grid(self, fields: Sequence[Field]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        at = 0
        for column_ in range(self._columns):
            grid.setColumnStretch(column_, 1)
            grid.addWidget(QWidget(), 0, column_)  # an empty column would be narrower than the others
        for field in fields:
            wide = self._columns if field.multiline else 1
            if field.multiline and at % self._columns:
                at += self._columns - at % self._columns
            grid.addWidget(self._pair(field), at // self._columns, at % self._columns, 1, wide)
            at += wide
        return grid

    def _pair(self, field: Field) -> QWidget:
        pair = QWidget()
        text = shown_value(field, getattr(self._draft, field.name))
        value = Words(text or "—", "body" if text else "secondary", wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{field.label}：{text or '未填'}")
        inside = column(Words(field.label, "small"), value, gap=2)
        if doubt := self._doubts.get(field.name, ""):
            inside.addLayout(row(Icon("alert", "act", 14), Words(doubt, "small", "act", wrap=True), gap=4))
        inside.addStretch(1)
        pair.setLayout(inside)
        return pair
