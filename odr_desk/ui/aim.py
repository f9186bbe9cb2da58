"""A place in a case that somebody looked for, and how it is brought into sight with the words in it marked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from odr_desk.rules import snippets
from odr_desk.rules.hits import HitKind
from odr_desk.rules.snippets import Span
from odr_desk.services.search import Hit
from odr_desk.ui.widgets.marked_words import MarkedWords

_AROUND = 12
_LAID_OUT_MS = 1  # at zero it would come before rows that are being added are shown
_PASSES = 4  # what wraps asks for another height once it has its width, and so does what holds it

_TABS = {
    HitKind.NUMBER: "progress",
    HitKind.MERCHANT: "progress",
    HitKind.EVENT: "progress",
    HitKind.NEXT_STEP: "progress",
    HitKind.POSITION: "sittings",
    HitKind.POINT: "points",
    HitKind.AGREEMENT: "settlement",
    HitKind.DOCUMENT: "settlement",
}
"""The tab of the case on which a hit stands; everything else stands among the fields."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A case or an agreement by its number, there a tab, an entry or a field, and the words that were looked for.

    `of` is the number the entry was written under, if that case was merged into this one.
    """

    number: str = ""
    tab: str = ""
    entry: int = 0
    field: str = ""
    of: str = ""
    words: tuple[str, ...] = ()

    def while_on(self, number: str) -> "Aim":
        """Return this aim while its record is on screen, none once another is."""
        return self if number == self.number else Aim()

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return where the words stand in a text of this place."""
        return snippets.of_words(text, self.words)


def at(hit: Hit) -> Aim:
    """Return where in its case a hit stands."""
    return Aim(hit.row.number, _TABS.get(hit.kind, "data"), hit.entry, hit.name, hit.of, hit.words)


def of_agreement(hit: Hit) -> Aim:
    """Return where a hit stands in the agreement that it names."""
    return Aim(hit.ref, words=hit.words)


def bring(part: QWidget, then: Callable[[], object] = lambda: None) -> None:
    """Scroll a part of a page into sight once it has its place; of one that is too tall, the first hit."""

    def scroll() -> None:
        for _ in range(_PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        marked = next((one for one in part.findChildren(MarkedWords) if one.hits()), None)
        for area in _areas(part):
            area.ensureWidgetVisible(part, 0, _AROUND)
            if marked is not None and (body := area.widget()) is not None:
                hit = marked.hits()[0]
                place = marked.mapTo(body, hit.center())
                area.ensureVisible(place.x(), place.y(), 0, 2 * hit.height())
        then()

    QTimer.singleShot(_LAID_OUT_MS, part, scroll)


def _areas(part: QWidget) -> Iterator[QScrollArea]:
    """Yield what a part of a page scrolls in, from the inside."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            yield around
        around = around.parentWidget()
