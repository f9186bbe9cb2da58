"""A few facts side by side in one soft strip: name, value, and a word on it."""

from PySide6.QtWidgets import QWidget

from odr_desk.ui.widgets.boxes import card, column, line, row
from odr_desk.ui.widgets.words import Tone, Words


class FactStrip(QWidget):
    """Facts of equal width, parted by lines; the names are given once, the values again and again."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._facts = tuple(_Fact(name) for name in names)
        facts = row(gap=12)
        for at, fact in enumerate(self._facts):
            if at:
                facts.addWidget(line("down"))
            facts.addWidget(fact, 1)
        self.setLayout(column(card(facts, "soft", margins=(12, 6, 12, 6)), gap=0))

    def show_fact(self, at: int, value: str, note: str = "", tone: Tone = "") -> None:
        """Show the value of the fact at this place."""
        self._facts[at].show_value(value, note, tone)


class _Fact(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._value, self._note = Words("", "head", elide=True), Words("", "small", elide=True)
        self.setLayout(column(Words(name, "small"), self._value, self._note, gap=2))

    def show_value(self, value: str, note: str, tone: Tone) -> None:
        self._value.setText(value)
        self._value.set_tone(tone)
        self._note.setText(note)
