"""Buttons: primary, plain, ghost, link, and the split button with a menu."""

from collections.abc import Callable, Iterable
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.actions import Act, literal, menu
from odr_desk.ui.widgets.boxes import row

Kind = Literal["primary", "plain", "danger", "ghost", "link", "status", "segment"]
_ICON_ROLES = {"primary": "on_accent", "link": "accent", "danger": "late"}


class Button(QPushButton):
    """A button with words, an icon, or both; without words, `says` names it for ear and tooltip."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = "plain",
        icon: str = "",
        *,
        role: str = "",
        says: str = "",
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._role = icon, role or _ICON_ROLES.get(kind, "secondary")
        self._worn: theme.Theme | None = None
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setIconSize(QSize(16, 16))
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(text)
        if says:
            self.setAccessibleName(says)
        if says and not text:
            self.setToolTip(says)
        if icon:
            self._tint()
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    @override
    def setText(self, text: str) -> None:
        super().setText(literal(text))
        self.setAccessibleName(text)

    def words(self) -> str:
        """Return the text as people read it."""
        return self.text().replace("&&", "&")

    def set_icon(self, icon: str, role: str = "") -> None:
        """Show another icon, or none."""
        self._icon, self._role = icon, role or self._role
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._icon and self._worn is not theme.now():
            self._tint()

    def _tint(self) -> None:
        self._worn = theme.now()  # Qt announces a new palette twenty times while a page is put together
        if not self._icon:
            self.setIcon(QIcon())
            return
        ratio = QApplication.primaryScreen().devicePixelRatio()
        made = icons.icon(self._icon, self._role, ratio=ratio)
        if self.property("kind") in {"ghost", "segment"}:
            made.addPixmap(icons.pixmap(self._icon, "accent", ratio=ratio), QIcon.Mode.Normal, QIcon.State.On)
        self.setIcon(made)


class SplitButton(QWidget):
    """One thing to do, and the rest under the arrow beside it."""

    clicked = Signal()

    def __init__(self, text: str = "", kind: Kind = "primary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts: tuple[Act, ...] = ()
        self.main = Button(text, kind)
        self.main.setProperty("side", "left")
        self.more = Button("", kind, "down", says="其他操作")
        self.more.setProperty("side", "right")
        self.setLayout(row(self.main, self.more, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.main.clicked.connect(self.clicked)
        self.more.clicked.connect(self.open_menu)
        self.set_acts(())

    def set_text(self, text: str) -> None:
        """Change the words of the main half; without any only the arrow is left."""
        self.main.setText(text)
        self.main.setVisible(bool(text))

    def set_acts(self, acts: Iterable[Act]) -> None:
        """Say what stands under the arrow; with nothing the arrow goes."""
        self._acts = tuple(acts)
        self.more.setVisible(bool(self._acts))

    def open_menu(self) -> None:
        """Show what stands under the arrow."""
        shown = menu(self, self._acts)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + 2))
        shown.popup(corner - QPoint(shown.sizeHint().width(), 0))
