"""Small pictures beside words: state marks, icons, and the box with a key in it."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.words import Words

State = str  # a key of STATES; services name states, so no closed type here
STATES: dict[str, str] = {"act": "待办", "wait": "等待", "done": "完成", "late": "逾期"}


class Icon(QLabel):
    """A drawn icon in the colour of a role; without a name for the ear it is ornament."""

    def __init__(
        self, name: str, role: str = "secondary", px: int = 16, *, says: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._px = name, role, px
        self._worn: theme.Theme | None = None
        self.setFixedSize(px, px)
        self.setAccessibleName(says)
        self._paint()

    def set_icon(self, name: str, role: str, says: str = "") -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.setAccessibleName(says)
        self._paint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._worn is not theme.now():
            self._paint()

    def _paint(self) -> None:
        self._worn = theme.now()
        ratio = QApplication.primaryScreen().devicePixelRatio()
        self.setPixmap(icons.pixmap(self._name, self._role, self._px, ratio))


class Mark(Icon):
    """The mark of one of the four states: disc, clock, tick, triangle."""

    def __init__(self, state: State, px: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(f"mark_{state}", state, px, says=STATES[state], parent=parent)

    def set_state(self, state: State) -> None:
        """Show another state."""
        self.set_icon(f"mark_{state}", state, STATES[state])


class Key(Words):
    """A key to press, in a small box beside its button; the shortcut is written as people read keys."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, "key", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
