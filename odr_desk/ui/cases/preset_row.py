"""The usual disputes as chips above the story: one fills in what it stands for and reminds what to ask."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.services.presets import Preset
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.words import Words

MOST_KEYS = 6


class PresetRow(QWidget):
    """Offers the presets; `chosen` carries the one that was taken."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Preset] = {}
        self._chips = Chips(one_stop=True)
        self._chips.chosen.connect(self._take)
        self._asks = Words("", "small", "accent", wrap=True)
        self._asks.hide()
        place = Labelled("常见情形", self._chips, note="Ctrl 1…6")
        self.setLayout(column(place, self._asks, gap=4))

    def show_presets(self, found: tuple[Preset, ...]) -> None:
        """Offer these."""
        code = self.code()
        self._known = {preset.code: preset for preset in found}
        self._chips.clear()
        for preset in found:
            self._chips.add(preset.code, preset.short)
        self.set_code(code)
        self.setVisible(bool(found))

    def code(self) -> str:
        """Return the code of the preset taken, empty when none is."""
        return next(iter(self._chips.values()), "")

    def set_code(self, code: str) -> None:
        """Show a preset as taken, without filling anything in."""
        self._chips.choose(*([code] if code else []))
        self._show_asks(self._known.get(code))

    def hint_for(self, problem: str) -> None:
        """Remind what to ask about a problem that was chosen without a preset."""
        if not self.code():
            self._show_asks(next((one for one in self._known.values() if problem and one.problem == problem), None))

    def take(self, place: int) -> None:
        """Take the preset at this place, counted from one, as its key does."""
        codes = tuple(self._known)
        if 0 < place <= len(codes):
            self.set_code(codes[place - 1])
            self._take(codes[place - 1])

    def _take(self, code: str) -> None:
        preset = self._known[code]
        self._show_asks(preset)
        self.chosen.emit(preset)

    def _show_asks(self, preset: Preset | None) -> None:
        self._asks.setText(f"要问：{'；'.join(preset.asks)}" if preset is not None and preset.asks else "")
        self._asks.setVisible(bool(self._asks.text()))
