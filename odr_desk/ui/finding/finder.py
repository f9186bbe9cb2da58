"""The one search box: a field, below it everything that answers, in groups by what was hit.

It stands in the window in the place of the page, which waits behind it as it was left.
"""

from collections.abc import Callable, Iterator
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from odr_desk.rules.errors import DeskError
from odr_desk.rules.hits import HitKind
from odr_desk.services import search
from odr_desk.services.search import Answer, Hit
from odr_desk.ui import aim
from odr_desk.ui.desk import Desk
from odr_desk.ui.finding.hit_row import GroupHead, HitRow, Line, of_case, of_merchant
from odr_desk.ui.latest import Latest
from odr_desk.ui.widgets.boxes import column, empty_layout, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.search_box import SearchBox
from odr_desk.ui.widgets.words import Words

MOST = 60
_HINT = "编号、尾号、姓名、商户首字母、柜位，或任意几个字"
_NOTHING_YET = ("找投诉件、商户、协议和文书", "编号和电话写后四位就行；商户写拼音首字母；正文里任意一个字都能找")
_PAGE = 8


class Finder(QWidget):
    """Finds while it is typed; `picked` carries a hit, `listed` the words for the queue, `left` says Esc."""

    picked = Signal(object)
    listed = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, refuse: Callable[[DeskError], object]) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._refuse = refuse
        self._latest = Latest(desk, self)
        self._rows: list[HitRow] = []
        self._is_asked = self._is_wanted = False
        self._at = -1
        self.box = _Box(_HINT, self._on_key)
        self.box.searched.connect(self._ask)
        self._list = column(margins=(4, 4, 4, 12), gap=0)
        self._scroll: QScrollArea = scroll(self._list)
        self._empty = Empty(*_NOTHING_YET, icon="search")
        self._count = Words("", "small")
        head = row(self.box, Button("返回", "ghost", clicked=self.left.emit), Key("Esc"), margins=(16, 8, 16, 8), gap=8)
        head.setStretch(0, 1)
        whole = column(panel(head), line(), self._empty, self._scroll, line(), self._foot(), gap=0)
        whole.setStretch(2, 1)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self._scroll.hide()

    def begin(self, words: str = "") -> None:
        """Take the cursor; words given are looked for at once, those of the last time are ready to be written over."""
        self.box.setFocus()
        if words:
            self.box.setText(words)
            self.box.setCursorPosition(len(words))
        else:
            self.box.selectAll()
            if self.box.text().strip():
                self._ask(self.box.text().strip())

    def lines(self) -> tuple[Line, ...]:
        """Return what is shown, from top to bottom."""
        return tuple(shown.line for shown in self._rows)

    def _foot(self) -> QWidget:
        self._all = Button("在队列里列出全部", "link", clicked=self._list_all)
        hints = (Key("↓ ↑"), Words("选", "small"), Key("⏎"), Words("打开", "small"), 8, self._all, Key("Ctrl ⏎"))
        return panel(row(self._count, None, *hints, margins=(16, 6, 16, 6), gap=6))

    def _ask(self, words: str) -> None:
        self._is_asked, self._is_wanted = bool(words), False
        if not words:
            self._latest.forget()
            self._show(Answer((), ()), "")
            return
        self._latest.read(
            lambda work: search.everywhere(work, words, MOST), lambda found: self._show(found, words), self._on_refused
        )

    def _on_refused(self, error: DeskError) -> None:
        self._is_asked = self._is_wanted = False
        self._refuse(error)

    def _show(self, found: Answer, words: str) -> None:
        is_wanted, self._is_asked, self._is_wanted = self._is_wanted, False, False
        empty_layout(self._list)
        self._rows = []
        for title, shown in _groups(found):
            self._list.addWidget(GroupHead(title, len(shown)))
            for one in shown:
                made = HitRow(one)
                made.clicked.connect(lambda _on=False, one=one: self.picked.emit(one.found))
                self._rows.append(made)
                self._list.addWidget(made)
        self._list.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.setVisible(bool(self._rows))
        self._empty.setVisible(not self._rows)
        self._say(found, words)
        self._choose(0 if self._rows else -1)
        if is_wanted and self._rows:
            self.picked.emit(self._rows[0].line.found)

    def _say(self, found: Answer, words: str) -> None:
        nothing = (f"没有找到“{words[:20]}”", "少写一个字试试；几个词之间空一格，表示都要有")
        self._empty.set_words(*(nothing if words else _NOTHING_YET))
        self._all.setEnabled(bool(found.cases))
        newest = f"，只列最新 {MOST} 件" if len(found.cases) >= MOST else ""
        self._count.setText(f"{len(self._rows)} 条{newest}" if self._rows else "")

    def _on_key(self, event: QKeyEvent) -> bool:
        """Do what a key of the field means for the list; answer whether it meant anything."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}
        key = Qt.Key(event.key())
        if key in steps:
            self._choose(max(0, min(self._at + steps[key], len(self._rows) - 1)))
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(everything=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            return False
        return True

    def _enter(self, *, everything: bool) -> None:
        """Look for what has just been typed first, so that ⏎ never opens the answer to older words."""
        if self.box.say_now():
            return
        if everything:
            self._list_all()
        elif self._is_asked:
            self._is_wanted = True  # the first of the answer that is on its way
        elif 0 <= self._at < len(self._rows):
            self.picked.emit(self._rows[self._at].line.found)

    def _list_all(self) -> None:
        if words := self.box.text().strip():
            self.listed.emit(words)

    def _choose(self, at: int) -> None:
        self._at = at
        for number, shown in enumerate(self._rows):
            shown.setChecked(number == at)
        if 0 <= at < len(self._rows):
            chosen = self._rows[at]
            self.box.setAccessibleDescription(chosen.accessibleName())
            self._scroll.ensureWidgetVisible(chosen, 0, chosen.height())


class _Box(SearchBox):
    """The field; keys that move in the list go there first."""

    def __init__(self, hint: str, on_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(hint, says="搜索全部")
        self._on_key = on_key

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._on_key(event):
            super().keyPressEvent(event)


def _groups(found: Answer) -> Iterator[tuple[str, list[Line]]]:
    if found.merchants:
        yield "商户档案", [of_merchant(shop) for shop in found.merchants]
    order = {kind: place for place, kind in enumerate(HitKind)}
    in_order = sorted(found.cases, key=lambda hit: order[hit.kind])
    for kind, hits in groupby(in_order, key=lambda hit: hit.kind):
        yield f"投诉件 · {kind.label}", [of_case(hit) for hit in hits]


def target(found: object) -> tuple[str, object]:
    """Return the page a hit leads to and what to show there."""
    if not isinstance(found, Hit):
        return "merchants", getattr(found, "number", "")
    if found.kind is HitKind.AGREEMENT:
        return "agreements", aim.of_agreement(found)
    if found.kind is HitKind.DOCUMENT:
        return "papers", {"document": found.ref}
    return "cases", aim.at(found)
