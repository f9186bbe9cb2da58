"""The one model of every list: a window on a query, never a copy of it."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from typing_extensions import override

from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError
from odr_desk.ui.widgets.marks import STATES

if TYPE_CHECKING:
    from odr_desk.ui.desk import Desk, Work

T = TypeVar("T")
Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
PAGE = 200
_KEPT = 8  # pages in memory: what is on screen and its neighbourhood
_WAITING = 2  # pages asked for while scrolling; older wishes have scrolled out of sight
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Ask:
    """A question for one page of a list.

    `order` is the key of a Column, empty for the list's own order. `after` is the row just before
    this page where it is known: a service may seek from it instead of counting `offset` rows.
    `total` says how many rows there are, 0 while the list is asked for anew.
    """

    offset: int
    limit: int
    order: str = ""
    descending: bool = False
    after: Any = None
    total: int = 0


Then = Callable[[int, Sequence[Any] | None], object]
Failed = Callable[[], object]
Fetch = Callable[[Ask, Then, Failed], object]


class Rows(QAbstractTableModel, Generic[Row]):
    """Knows how many rows there are and asks for a page when one of its rows is shown.

    `fetch(ask, then, failed)` answers with `then(total, rows)`, at once or later; an answer to a question
    from before the last `reload` is dropped. Where counting takes long, the rows may come first, with a
    total at least as large as they are, and `then(total, None)` after them. After `failed()` the page is
    left alone until another one has come. Rows not here yet read as empty. `loaded` follows every page,
    `renewed` before it the first page of a reload.
    """

    counted = Signal(int)
    renewed = Signal()
    loaded = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: Fetch,
        parent: QObject | None = None,
        *,
        marks: Callable[[Row], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._marks = marks
        self._fetch = fetch
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._total = 0
        self._order, self._descending = "", False
        self._turn = 0
        self._asking = self._is_stale = False
        self._wanted: list[int] = []
        self._failed: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask_next)

    def set_fetch(self, fetch: Fetch) -> None:
        """Look at another query from the next reload on."""
        self._fetch = fetch

    def reload(self, near: int = 0) -> None:
        """Ask again, first for the page around a row; the old rows stay until the answer is here."""
        self._turn += 1
        self._asking, self._is_stale = False, True
        self._wanted = [max(0, near) // PAGE]
        self._failed.clear()
        self._ask_next()

    @property
    def order(self) -> tuple[str, bool]:
        """The key of the column the rows are ordered by, and whether from large to small."""
        return self._order, self._descending

    def set_order(self, key: str, *, descending: bool = False) -> None:
        """Order the rows by the column of this key and ask again."""
        self._order, self._descending = key, descending
        self.reload()

    def row(self, at: int) -> Row | None:
        """Return a row if it is here."""
        page = self._pages.get(at // PAGE)
        inside = at % PAGE
        return page[inside] if page is not None and inside < len(page) else None

    def row_or_ask(self, at: int) -> Row | None:
        """Return a row; one that is not here is asked for and comes later."""
        number = at // PAGE
        page = self._pages.get(number)
        if page is None:
            if number not in self._failed:
                self._want(number)
            return None
        inside = at % PAGE
        return page[inside] if inside < len(page) else None

    def find(self, wanted: Callable[[Row], bool]) -> int:
        """Return the number of the first row here that is wanted, -1 if there is none."""
        for number, page in self._pages.items():
            for inside, row in enumerate(page):
                if wanted(row):
                    return number * PAGE + inside
        return -1

    def places(self, wanted: Callable[[Row], bool]) -> list[int]:
        """Return the numbers of all rows here that are wanted."""
        pages = sorted(self._pages.items())
        return [number * PAGE + at for number, page in pages for at, row in enumerate(page) if wanted(row)]

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._total

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.align == "right" else _LEFT
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW_ROLE}:
            return None
        row = self.row_or_ask(index.row())
        if role == ROW_ROLE:
            return row
        if row is None:
            return ""
        text = column.show(column.value(row))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0 and self._marks is not None:
            return f"{STATES.get(self._marks(row), '')}，{text}"  # the ear hears what the eye sees as a mark
        return text

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].align == "right" else _LEFT
        return None

    def _want(self, number: int) -> None:
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted = [*self._wanted, number][-_WAITING:]
        self._soon.start()

    def _ask_next(self) -> None:
        if self._asking or not self._wanted:
            return
        number, turn, fresh = self._wanted.pop(), self._turn, self._is_stale
        self._asking = True
        before = self._pages.get(number - 1) if not fresh else None
        ask = Ask(
            offset=number * PAGE,
            limit=PAGE,
            order=self._order,
            descending=self._descending,
            after=before[-1] if before else None,
            total=0 if fresh else self._total,
        )
        self._fetch(
            ask,
            lambda total, rows: self._take(turn, number, total, rows, fresh=fresh),
            lambda: self._miss(turn, number),
        )

    def _take(self, turn: int, number: int, total: int, rows: Sequence[Row] | None, *, fresh: bool) -> None:
        if turn != self._turn:
            return
        if rows is None:
            self._set_total(total)
            return
        self._asking = self._is_stale = False
        self._failed.clear()
        if fresh:
            self._pages.clear()
        self._set_total(total)
        self._pages[number] = tuple(rows)
        self._pages.move_to_end(number)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        if total:
            first, last = (0, total - 1) if fresh else (number * PAGE, min(total, (number + 1) * PAGE) - 1)
            if last >= first:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        if fresh:
            self.renewed.emit()
        self.loaded.emit()
        if self._wanted:
            self._soon.start()

    def _miss(self, turn: int, number: int) -> None:
        """Go on without a page: painting would ask for it again at once, and be refused again."""
        if turn != self._turn:
            return
        self._asking = False
        self._failed.add(number)
        if self._wanted:
            self._soon.start()

    def _set_total(self, total: int) -> None:
        had = self._total
        if total > had:
            self.beginInsertRows(ROOT, had, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < had:
            self.beginRemoveRows(ROOT, total, had - 1)
            self._total = total
            self.endRemoveRows()
        self.counted.emit(total)


def held(columns: Sequence[Column[Row]], rows: Sequence[Row]) -> Fetch:
    """Return a fetch for rows that are all here already: short lists that need no query."""
    by_key = {column.key: column for column in columns if column.key}

    def fetch(ask: Ask, then: Then, _failed: Failed) -> None:
        ordered = rows
        if column := by_key.get(ask.order):
            ordered = sorted(rows, key=lambda row: _sortable(column.value(row)), reverse=ask.descending)
        then(len(ordered), ordered[ask.offset : ask.offset + ask.limit])

    return fetch


def read_page(
    desk: "Desk", owner: QObject, op: "Callable[[Work], T]", then: Callable[[T], object], failed: Failed
) -> None:
    """Read a page of a list; a refusal is shown, and the list goes on with its other pages."""

    def refused(error: DeskError) -> None:
        failed()
        desk.failed.emit(error)

    desk.read(owner, op, then, refused)


def read_window(
    desk: "Desk", owner: QObject, window: Callable[..., tuple[int, Sequence[Any]]], question: tuple[Ask, Then, Failed]
) -> None:
    """Read a page of a list that is counted with it; `window` takes the work, how many rows to pass over, how many."""
    ask, then, failed = question
    offset, limit = ask.offset, ask.limit
    read_page(desk, owner, lambda work: window(work, offset, limit), lambda found: then(*found), failed)


def _sortable(value: object) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)
