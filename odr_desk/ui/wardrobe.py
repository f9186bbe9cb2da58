"""Light or dark, and how much room a row takes: chosen by the person, or following the system."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from odr_desk.ui import theme
from odr_desk.ui.theme import Density, Mode


class Wardrobe(QObject):
    """Dresses the application, and again when the person or the system changes."""

    def __init__(self, app: QApplication, mode: Mode = Mode.SYSTEM, density: Density = Density.COMPACT) -> None:
        super().__init__(app)
        self._app, self._mode, self._density = app, mode, density
        self.first = (mode, density)  # of whoever has chosen nothing
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._on_system)

    @property
    def mode(self) -> Mode:
        """Light, dark or as the system."""
        return self._mode

    @property
    def density(self) -> Density:
        """How much room a row takes."""
        return self._density

    def wear(self, mode: Mode, density: Density) -> None:
        """Dress as the person wants it."""
        if (mode, density) != (self._mode, self._density):
            self._mode, self._density = mode, density
            self._dress()

    def _dress(self) -> None:
        dark = theme.wants_dark(self._app, self._mode)
        theme.apply(self._app, theme.read(dark=dark, density=self._density))

    @Slot()
    def _on_system(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._dress()
