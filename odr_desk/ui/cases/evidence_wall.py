"""The evidence of a case side by side, by party, walked with the arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.evidence import Side
from odr_desk.services.evidence import Piece
from odr_desk.ui.cases.evidence_tile import Tile
from odr_desk.ui.widgets.boxes import column, empty_layout, row
from odr_desk.ui.widgets.flow import Flow
from odr_desk.ui.widgets.words import Words

_SIDEWAYS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_UP_AND_DOWN: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Wall(QWidget):
    """Shows tiles; every signal carries the number of a piece, `arranged` also by how many places it shall move."""

    chosen = Signal(int)
    opened = Signal(int)
    menu_asked = Signal(int)
    removal_asked = Signal(int)
    arranged = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._laid = column(margins=(16, 4, 16, 12), gap=6)
        self.setLayout(self._laid)
        self.tiles: list[Tile] = []

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show these pieces, those that were taken out last; the chosen one stays chosen, the focus where it was."""
        before = self.number()
        had_focus = any(tile.hasFocus() for tile in self.tiles)
        self.tiles = []
        empty_layout(self._laid)
        for party in Side:
            self._add_group(party.label, [one for one in pieces if one.party is party and not one.is_removed])
        self._add_group("已拿掉", [one for one in pieces if one.is_removed])
        self._laid.addStretch(1)
        if before in {tile.piece.number for tile in self.tiles}:
            self.choose(before)
            if had_focus:
                self.of(before).setFocus()

    def number(self) -> int:
        """Return the number of the chosen piece, 0 when none is."""
        return next((tile.piece.number for tile in self.tiles if tile.isChecked()), 0)

    def of(self, number: int) -> Tile:
        """Return the tile of a piece."""
        return next(tile for tile in self.tiles if tile.piece.number == number)

    def choose(self, number: int) -> None:
        """Choose a piece; announced even if it was chosen before, because what is said of it may have changed."""
        for tile in self.tiles:
            tile.setChecked(tile.piece.number == number)
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tile.isChecked() else Qt.FocusPolicy.ClickFocus)
        self.chosen.emit(number)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((place for place, tile in enumerate(self.tiles) if tile.hasFocus()), -1)
        if at < 0 or not self._take_key(at, event):
            super().keyPressEvent(event)

    def _take_key(self, at: int, event: QKeyEvent) -> bool:
        key, number = event.key(), self.tiles[at].piece.number
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _SIDEWAYS:
            self.arranged.emit(number, _SIDEWAYS[key])
        elif key in _SIDEWAYS:
            self._go(at + _SIDEWAYS[key])
        elif key in _UP_AND_DOWN:
            self._go(self._beyond(at, _UP_AND_DOWN[key]))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go(0 if key == Qt.Key.Key_Home else len(self.tiles) - 1)
        elif key == Qt.Key.Key_Delete:
            self.removal_asked.emit(number)
        else:
            return False
        return True

    def _go(self, at: int) -> None:
        if 0 <= at < len(self.tiles):
            self.choose(self.tiles[at].piece.number)
            self.tiles[at].setFocus()

    def _beyond(self, at: int, way: int) -> int:
        """Return the place of the nearest tile in the line above or below."""
        here = self._centre(self.tiles[at])
        beyond = [place for place, tile in enumerate(self.tiles) if (self._centre(tile).y() - here.y()) * way > 0]
        return min(beyond, key=lambda place: self._distance(here, self.tiles[place]), default=-1)

    def _distance(self, here: QPoint, tile: Tile) -> int:
        there = self._centre(tile)
        return abs(there.y() - here.y()) * 4 + abs(there.x() - here.x())

    def _centre(self, tile: Tile) -> QPoint:
        return tile.mapTo(self, tile.rect().center())

    def _add_group(self, words: str, pieces: Sequence[Piece]) -> None:
        if not pieces:
            return
        self._laid.addLayout(row(Words(words, "head"), Words(f"{len(pieces)} 份", "small"), None, margins=(0, 6, 0, 0)))
        flow = Flow()
        for piece in pieces:
            tile = Tile(piece)
            tile.clicked.connect(lambda _checked=False, number=piece.number: self.choose(number))
            tile.opened.connect(self.opened)
            tile.menu_asked.connect(self.menu_asked)
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if not self.tiles else Qt.FocusPolicy.ClickFocus)
            self.tiles.append(tile)
            flow.addWidget(tile)
        self._laid.addLayout(flow)
        for tile in self.tiles:
            tile.show()  # at once: a tile that is not shown yet cannot take the focus
