"""Why a row of the queue answers to what is looked for: the words highlighted, and where they stand if out of sight."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from odr_desk.rules import snippets
from odr_desk.rules.columns import Column
from odr_desk.rules.hits import HitKind
from odr_desk.rules.snippets import Span
from odr_desk.services import search
from odr_desk.services.queue import CaseRow
from odr_desk.services.search import Hit
from odr_desk.ui.cases import columns
from odr_desk.ui.cells import Look
from odr_desk.ui.desk import Desk

_IN_SIGHT = {"number": "number", "merchant": "merchant_name"}
"""Columns, by key, whose field may be what was hit."""
_MATTER = "事由"


class Reasons(QObject):
    """Knows for the rows that have been read why they answer; `known` says that more of them are."""

    known = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._text = ""
        self._hits: dict[int, Hit] = {}

    def look_for(self, text: str) -> None:
        """Forget the answers to older words."""
        if text != self._text:
            self._text, self._hits = text, {}

    def ask(self, rows: Sequence[CaseRow]) -> None:
        """Find out why these rows answer, after they have been shown."""
        text = self._text
        if not text or not rows:
            return
        self._desk.survey(self, lambda work: search.reasons(work, rows, text), lambda found: self._know(text, found))

    def of(self, row: CaseRow) -> Hit | None:
        """Return why a row answers, None while nothing is looked for or it is not known yet."""
        return self._hits.get(row.id) if self._text else None

    def look(self, row: CaseRow, column: Column[CaseRow]) -> Look:
        """Return how a cell looks, with the words in it highlighted."""
        plain = columns.look(row, column)
        if not self._text or column.align == "right":
            return plain
        hit = self._hits.get(row.id)
        text = column.show(column.value(row))
        found = snippets.of_words(text, hit.words if hit is not None else self._text.split())
        if hit is not None and column.heading == _MATTER and not _is_seen(hit, found):
            before = f"{hit.field}："
            spans = tuple((start + len(before), end + len(before)) for start, end in hit.spans)
            return replace(plain, text=before + hit.snippet, spans=spans)
        if hit is not None and hit.spans and not found and hit.name == _IN_SIGHT.get(column.key):
            found = ((0, len(text)),)  # a number said in full, of which the list shows the end; a shop by its letters
        return replace(plain, spans=found) if found else plain

    def _know(self, text: str, found: dict[int, Hit]) -> None:
        if text == self._text:
            self._hits |= found
            self.known.emit()


def _is_seen(hit: Hit, in_matter: tuple[Span, ...]) -> bool:
    """Tell whether a column of its own shows what was hit, or the matter itself does."""
    return hit.name in _IN_SIGHT.values() or (hit.kind is HitKind.MATTER and bool(in_matter))
