"""The timeline of a case on screen: newest first, by days, what the program noted folded into a line."""

from itertools import groupby

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from odr_desk.rules.events import EventKind, Party
from odr_desk.rules.moments import local, show_day
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.timeline import EDITABLE_FOR, EventRow
from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import column, empty_layout, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.timeline import DayHead, Entry, Folded

_ICONS = {
    "call": "phone",
    "visit": "visit",
    "wechat": "chat",
    "letter": "paper",
    "meeting": "group",
    "note": "note",
    "registered": "inbox",
    "agreement": "deal",
    "duty": "check",
    "document": "paper",
    "feedback": "send",
    "transfer": "send",
    "revisit": "phone",
    "evidence": "archive",
    "assigned": "user",
    "merged": "jump",
}
_LEAST_ENTRIES, _ENTRY = 3, 30  # the height of one, in pixels
_FOLDED = frozenset({"state", "assigned", "changed", "deadline", "undone"})


class Progress(QWidget):
    """Shows the entries of a case; `edit_asked` and `amend_asked` carry the entry, `pointed` wants one to be seen."""

    edit_asked = Signal(object)
    amend_asked = Signal(object)
    pointed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._unfolded: set[tuple[str, int]] = set()
        self._list: QVBoxLayout = column(margins=(0, 0, 12, 8), gap=0)
        self._scroll = scroll(self._list)
        self._pointed = ("", 0)
        self.setLayout(column(self._scroll, gap=0))
        self._found: CaseDetail | None = None
        self._user_id = 0

    @override
    def minimumSizeHint(self) -> QSize:
        """Keep three entries below the head of their day."""
        return QSize(super().minimumSizeHint().width(), (1 + _LEAST_ENTRIES) * max(_ENTRY, 2 * theme.size("body")))

    def show_case(self, found: CaseDetail, user_id: int) -> None:
        """Show the timeline of this case as its reader may change it."""
        self._found, self._user_id = found, user_id
        empty_layout(self._list)
        for day, rows in groupby(found.timeline, key=lambda event: local(event.at).date()):
            self._list.addWidget(DayHead(show_day(day)))
            self._add_day(list(rows))
        self._list.addStretch(1)

    def point_out(self, number: int) -> None:
        """Show where an entry stands, and bring it into sight once it has its place."""
        self._pointed = (self._number(), number)
        if self._found is not None:
            self.show_case(self._found, self._user_id)

    def _add_day(self, rows: list[EventRow]) -> None:
        runs = [(folded, list(run)) for folded, run in groupby(rows, key=lambda event: event.kind in _FOLDED)]
        for at, (folded, run) in enumerate(runs):
            last = at == len(runs) - 1
            if folded and self._key(run[0]) not in self._unfolded:
                self._list.addWidget(self._fold(run, last=last))
                continue
            for n, event in enumerate(run):
                self._list.addWidget(self._entry(event, last=last and n == len(run) - 1))

    def _fold(self, run: list[EventRow], *, last: bool) -> Folded:
        words = "、".join(f"{EventKind(event.kind).label} {event.text}" for event in run)
        folded = Folded(f"系统记录 {len(run)} 条：{words[:60]}", last=last)
        folded.unfolded.connect(lambda: self._unfold(run[0]))
        return folded

    def _entry(self, event: EventRow, *, last: bool) -> Entry:
        entry = Entry(
            f"{local(event.at):%H:%M}",
            _ICONS.get(event.kind, "note"),
            _title(event),
            f"{event.text}（记在 {event.of}）" if event.of else event.text,
            event.author,
            last=last,
        )
        if not event.system and event.author_id == self._user_id and not event.of:
            words = "修改" if self._is_fresh(event) else "补充更正"
            entry.add_link(Button(words, "link", clicked=lambda: self.rewrite(event)))
        if self._pointed == (self._number(), event.number) and not event.of:
            entry.point_out()
            QTimer.singleShot(0, entry, lambda: self._bring(entry))
        return entry

    def rewrite(self, event: EventRow) -> None:
        """Ask for the entry to be changed as long as it may be, later for an amendment."""
        (self.edit_asked if self._is_fresh(event) else self.amend_asked).emit(event)

    def _bring(self, entry: Entry) -> None:
        self.pointed.emit()
        self._scroll.ensureWidgetVisible(entry, 0, 40)

    def _is_fresh(self, event: EventRow) -> bool:
        return self._found is not None and self._found.read_at - event.recorded_at < EDITABLE_FOR

    def _unfold(self, event: EventRow) -> None:
        self._unfolded.add(self._key(event))
        if self._found is not None:
            self.show_case(self._found, self._user_id)

    def _key(self, event: EventRow) -> tuple[str, int]:
        return event.of or self._number(), event.number

    def _number(self) -> str:
        return self._found.row.number if self._found is not None else ""


def _title(event: EventRow) -> str:
    if event.amends is not None:
        return "更正"
    kind, party = EventKind(event.kind), Party(event.party)
    if kind is EventKind.CALL and party in (Party.CONSUMER, Party.MERCHANT):
        return f"致电{party.label}"
    return kind.label
