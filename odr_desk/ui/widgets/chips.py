"""Chips: filters with their counts; what does not fit goes under 更多."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.actions import Act, menu
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.painting import begin, pill, ring

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_OVER = 2  # pixels by which 更多 may be higher than the row, above and below
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Chip(QAbstractButton):
    """One filter; the mark repeats the state by shape, the count stands at the right."""

    def __init__(
        self,
        text: str,
        count: int | None = None,
        state: str = "",
        *,
        icon: str = "",
        checked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._icon = state, icon or (f"mark_{state}" if state else "")
        self._count: int | None = None
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Say how many there are behind this filter; None says nothing."""
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()} {count:,}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        small = QFontMetrics(theme.bold("small"))
        width = 16 + small.horizontalAdvance(self.text()) + (16 if self._icon else 0)
        if self._count is not None:
            width += 6 + QFontMetrics(theme.font("small")).horizontalAdvance(f"{self._count:,}")
        return QSize(width, max(24, small.height() + 6))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        on = self.isChecked()
        fill = "accent_soft" if on else "pressed" if self.isDown() else "hover" if self.underMouse() else "surface"
        pill(painter, QRectF(self.rect()), fill, "accent" if on else "field")
        room = self.rect().adjusted(8, 0, -8, 0)
        ink = "disabled" if not self.isEnabled() else "accent" if on else "text"
        if self._icon:
            icons.draw(painter, self._icon, self._state or "secondary", 6, (self.height() - 14) / 2, 14)
            room.setLeft(24)
        painter.setFont(theme.bold("small") if on else theme.font("small"))
        painter.setPen(theme.colour(ink))
        side = Qt.AlignmentFlag.AlignHCenter if self._count is None and not self._icon else _LEFT
        painter.drawText(room, int(_MIDDLE | side), self.text())
        if self._count is not None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("accent" if on else "secondary"))
            painter.drawText(QRect(room), int(_MIDDLE | _RIGHT), f"{self._count:,}")
        ring(painter, self, self.height() / 2 - 1)


class Chips(QWidget):
    """A row of chips of which one is chosen, or several when `several` is set.

    Chips that find no room are reached through 更多 at the end of the row. With `one_stop` the Tab key
    goes to the row once and the arrows move in it, as in a row of radio buttons.
    """

    chosen = Signal(str)

    def __init__(
        self, *, several: bool = False, one_stop: bool = False, gap: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._one_stop = one_stop
        self._chips: dict[str, Chip] = {}
        self._gap = gap
        self._group = QButtonGroup(self)
        self._group.setExclusive(not several)
        self._more = Button("更多", "ghost", "down", clicked=self._open_more, parent=self)
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, code: str, text: str, state: str = "", *, icon: str = "", count: int | None = None) -> Chip:
        """Add a chip at the end and return it."""
        chip = Chip(text, count, state, icon=icon, parent=self)
        self._chips[code] = chip
        self._group.addButton(chip)
        chip.clicked.connect(lambda: self.chosen.emit(code))
        chip.show()
        self._set_stops()
        self._place()
        return chip

    def clear(self) -> None:
        """Take all chips away."""
        for chip in self._chips.values():
            self._group.removeButton(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        self._place()

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show new counts; codes that are no chips are passed over."""
        for code, count in counts.items():
            if code in self._chips:
                self._chips[code].set_count(count)
        self._place()

    def choose(self, *codes: str) -> None:
        """Check these chips without announcing it; none at all is possible too."""
        exclusive = self._group.exclusive()
        self._group.setExclusive(False)
        for code, chip in self._chips.items():
            chip.setChecked(code in codes)
        self._group.setExclusive(exclusive)
        self._place()

    def _check(self, chip: Chip, *, on: bool) -> None:
        """Check or uncheck; an exclusive group would not let go of its last one."""
        exclusive = self._group.exclusive()
        self._group.setExclusive(False)
        chip.setChecked(on)
        self._group.setExclusive(exclusive)

    def _set_stops(self) -> None:
        """Let Tab stop at the checked chip, else at the first, and nowhere else in the row."""
        if not self._one_stop:
            return
        stop = self.values()[:1] or tuple(self._chips)[:1]
        for code, chip in self._chips.items():
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus if code in stop else Qt.FocusPolicy.NoFocus)

    def values(self) -> tuple[str, ...]:
        """Return the codes of the checked chips."""
        return tuple(code for code, chip in self._chips.items() if chip.isChecked())

    def codes(self) -> frozenset[str]:
        """Return the codes that can be chosen."""
        return frozenset(self._chips)

    def chips(self) -> Iterable[Chip]:
        """Return the chips in order."""
        return tuple(self._chips.values())

    @override
    def sizeHint(self) -> QSize:
        hints = [chip.sizeHint() for chip in self._chips.values()]
        width = sum(hint.width() + self._gap for hint in hints) - (self._gap if hints else 0)
        more = self._more.sizeHint().height() - 2 * _OVER
        return QSize(max(0, width), max((*(hint.height() for hint in hints), more)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        spare = 0 if self.sizeHint().width() <= self.width() else self._more.sizeHint().width() + self._gap
        x, full = 0, False
        for chip in self._chips.values():
            hint = chip.sizeHint()
            full = full or x + hint.width() > self.width() - spare
            chip.setVisible(not full)
            if not full:
                chip.setGeometry(x, (self.height() - hint.height()) // 2, hint.width(), hint.height())
                x += hint.width() + self._gap
        self._more.setVisible(full)
        more = QRect(QPoint(x, 0), self._more.sizeHint())
        more.moveCenter(QPoint(more.center().x(), self.rect().center().y()))  # a button is higher than a chip
        self._more.setGeometry(more)
        self.updateGeometry()

    def _open_more(self) -> None:
        hidden = [(code, chip) for code, chip in self._chips.items() if chip.isHidden()]
        acts = [Act(chip.accessibleName(), chip.click) for _code, chip in hidden]
        shown = menu(self, acts)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
