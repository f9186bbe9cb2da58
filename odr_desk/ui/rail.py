"""The navigation rail: one button a page, narrow with small words or wide with labels."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.pages import Page
from odr_desk.ui.widgets.boxes import column, on_ground
from odr_desk.ui.widgets.painting import begin, pill, ring

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class RailButton(QAbstractButton):
    """The way to one page."""

    def __init__(self, page: Page, number: int) -> None:
        super().__init__()
        self._page = page
        self._wide = False
        self.setText(page.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"{page.title}，Alt+{number}")
        self.setToolTip(f"{page.title}  Alt+{number}")

    def set_wide(self, wide: bool) -> None:
        """Show the label beside the icon, or small words below it."""
        self._wide = wide
        self.setText(self._page.title if wide else self._page.short or self._page.title)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        grown = theme.size("row") - 28
        if self._wide:
            return QSize(theme.size("rail_wide"), 36 + grown)
        return QSize(theme.size("rail_narrow"), 52 + grown // 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = begin(self)
        on, area = self.isChecked(), QRectF(self.rect())
        side = 8 if self._wide else 4
        if on or self.underMouse():
            pill(painter, area.adjusted(side, 2, -side, -2), "surface" if on else "accent_soft", radius=6)
        if on:
            pill(painter, QRectF(0, area.center().y() - 10, 3, 20), "accent", radius=1.5)
        role = "accent" if on else "secondary"
        if self._wide:
            icons.draw(painter, self._page.icon, role, 18, (self.height() - 20) / 2, 20)
            painter.setFont(theme.bold() if on else theme.font())
            painter.setPen(theme.colour("accent" if on else "text"))
            painter.drawText(self.rect().adjusted(48, 0, -8, 0), int(_MIDDLE), self.text())
        else:
            icons.draw(painter, self._page.icon, role, (self.width() - 20) / 2, 8, 20)
            painter.setFont(theme.bold("tiny") if on else theme.font("tiny"))
            painter.setPen(theme.colour(role))
            below = self.rect().adjusted(0, 29, 0, 0)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), self.text())
        ring(painter, self)


class Rail(QWidget):
    """The rail; `chosen` carries the code of the page somebody wants."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "rail")
        self.setAccessibleName("页面")
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        body = column(margins=(0, 8, 0, 8), gap=0)
        ahead = [page for page in pages if not page.last]
        for number, page in enumerate([*ahead, *(page for page in pages if page.last)], start=1):
            if page.last and not any(item.last for item in pages[: pages.index(page)]):
                body.addStretch(1)
            button = RailButton(page, number)
            button.clicked.connect(lambda _on=False, code=page.code: self.chosen.emit(code))
            self._group.addButton(button)
            self._buttons[page.code] = button
            body.addWidget(button)
        if not any(page.last for page in pages):
            body.addStretch(1)
        self.setLayout(body)
        self.set_wide(False)

    def set_wide(self, wide: bool) -> None:
        """Be 150 wide with labels, or 52 with small words."""
        self.setFixedWidth(theme.size("rail_wide" if wide else "rail_narrow"))
        for button in self._buttons.values():
            button.set_wide(wide)

    def show_page(self, code: str) -> None:
        """Mark the page that is open."""
        if code in self._buttons:
            self._buttons[code].setChecked(True)
