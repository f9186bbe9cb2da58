"""The timeline of a case on screen: newest first, by days, what the program noted folded into a line."""

from datetime import timedelta
from itertools import groupby
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from odr_desk.rules.events import EventKind, Party, in_a_line
from odr_desk.rules.moments import local, show_day
from odr_desk.rules.people import Actor, Right
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.timeline import EDITABLE_FOR, EventRow
from odr_desk.ui import theme
from odr_desk.ui.aim import Aim, bring
from odr_desk.ui.widgets.boxes import column, panel, scroll
from odr_desk.ui.widgets.pool import Pool
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
_FOLDED = frozenset({"state", "assigned", "changed", "next_step", "deadline", "undone"})
_CHANGE, _AMEND = "修改", "补充更正"


class Progress(QWidget):
    """Shows the entries of a case; `edit_asked` and `amend_asked` carry the entry."""

    edit_asked = Signal(object)
    amend_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._unfolded: set[tuple[str, int]] = set()
        self._list: QVBoxLayout = column(gap=0)
        self._heads, self._folds, self._entries = Pool(DayHead), Pool(self._make_fold), Pool(self._make_entry)
        self._told: dict[QWidget, EventRow] = {}
        self._laid = column(self._list, None, margins=(0, 0, 12, 8), gap=0)
        body = panel(self._laid)
        body.installEventFilter(self)
        self._scroll, self._is_whole = scroll(body), False
        self._aim = Aim()
        self._is_aimed = False
        self.setLayout(column(self._scroll, gap=0))
        self._found: CaseDetail | None = None
        self._actor: Actor | None = None
        self._read_at = 0.0
        self._fresh: list[tuple[Entry, EventRow]] = []
        self._ageing = QTimer(self, singleShot=True)
        self._ageing.timeout.connect(self._age)

    @override
    def minimumSizeHint(self) -> QSize:
        """Keep three entries below the head of their day; all of them where the page around scrolls."""
        high = self._whole() if self._is_whole else self.least()
        return QSize(super().minimumSizeHint().width(), high)

    @staticmethod
    def least() -> int:
        """Return the height that shows three entries below the head of their day."""
        return (1 + _LEAST_ENTRIES) * max(_ENTRY, 2 * theme.size("body"))

    def stand_whole(self, whole: bool) -> None:
        """Stand at full height, so that the page around scrolls alone, or scroll within the room there is."""
        if whole != self._is_whole:
            self._is_whole = whole
            policy = Qt.ScrollBarPolicy
            self._scroll.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded)
            self.updateGeometry()

    def _whole(self) -> int:
        return max(self.least(), self._laid.totalHeightForWidth(self._scroll.viewport().width()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self._is_whole:
            self.updateGeometry()  # what scrolls says nothing of its height to what it stands in
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_whole and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_case(self, found: CaseDetail, actor: Actor) -> None:
        """Show the timeline of this case as its reader may change it; read again, it stays where it was."""
        if found.row.number != self._number():
            self._scroll.verticalScrollBar().setValue(0)
        self._aim = self._aim.while_on(found.row.number)
        self._found, self._actor, self._read_at = found, actor, monotonic()
        self._show(found)

    def _show(self, found: CaseDetail) -> None:
        self._fresh = []
        pools = (self._heads, self._folds, self._entries)
        for pool in pools:
            pool.gather()
        for day, rows in groupby(found.timeline, key=lambda event: local(event.at).date()):
            self._heads.put(self._list).setText(show_day(day))
            self._add_day(list(rows))
        for pool in pools:
            pool.hide_rest()
        self._age()

    def point_out(self, aim: Aim) -> None:
        """Show where an entry stands, the words marked, and bring it into sight once it has its place."""
        self._aim, self._is_aimed = aim, True
        if self._found is not None:
            self._show(self._found)

    def _add_day(self, rows: list[EventRow]) -> None:
        runs = [(folded, list(run)) for folded, run in groupby(rows, key=lambda event: event.kind in _FOLDED)]
        for at, (folded, run) in enumerate(runs):
            last = at == len(runs) - 1
            if folded and self._key(run[0]) not in self._unfolded:
                self._fold(run, last=last)
                continue
            for n, event in enumerate(run):
                self._tell(event, last=last and n == len(run) - 1)

    def _fold(self, run: list[EventRow], *, last: bool) -> None:
        words = "；".join(in_a_line(EventKind(event.kind), " ".join(event.text.split())) for event in run)
        folded = self._folds.put(self._list)
        self._told[folded] = run[0]
        folded.tell(f"系统记录 {len(run)} 条：{words}", last=last)

    def _tell(self, event: EventRow, *, last: bool) -> None:
        entry = self._entries.put(self._list)
        self._told[entry] = event
        is_meant = (self._aim.of, self._aim.entry) == (event.of, event.number)
        text = f"{event.text}（记在 {event.of}）" if event.of else event.text
        icon, hits = _ICONS.get(event.kind, "note"), self._aim.spans(text) if is_meant else ()
        entry.tell(f"{local(event.at):%H:%M}", icon, _title(event), text, event.author, last=last, hits=hits)
        if not event.system and self._actor is not None and self._actor.may(Right.WRITE_CASES):
            self._offer(entry, event)
        if is_meant:
            entry.point_out()
            self._bring(entry)

    def _offer(self, entry: Entry, event: EventRow) -> None:
        is_fresh = self._is_fresh(event)
        entry.offer(_CHANGE if is_fresh else _AMEND)
        if is_fresh:
            self._fresh.append((entry, event))

    def _make_fold(self) -> Folded:
        made = Folded()
        made.unfolded.connect(lambda: self._unfold(self._told[made]))
        return made

    def _make_entry(self) -> Entry:
        made = Entry()
        made.asked.connect(lambda: self.rewrite(self._told[made]))
        return made

    def rewrite(self, event: EventRow) -> None:
        """Ask for the entry to be changed as long as it may be, else for an amendment."""
        (self.edit_asked if self._is_fresh(event) else self.amend_asked).emit(event)

    def _age(self) -> None:
        """Offer to amend what may be changed no longer, also while the page just stays open."""
        for entry, event in self._fresh:
            if not self._is_fresh(event):
                entry.offer(_AMEND)
        self._fresh = [(entry, event) for entry, event in self._fresh if self._is_fresh(event)]
        if self._fresh:
            soonest = min(self._left(event) for _entry, event in self._fresh)
            self._ageing.start(int(soonest.total_seconds() * 1000) + 1)

    def _bring(self, entry: Entry) -> None:
        """Go to the entry once: what is read anew later stays where its reader has scrolled."""
        if self._is_aimed:
            self._is_aimed = False
            bring(entry)

    def _is_fresh(self, event: EventRow) -> bool:
        return self._actor is not None and event.author_id == self._actor.user_id and self._left(event) >= timedelta()

    def _left(self, event: EventRow) -> timedelta:
        """Return how long one's own entry may still be changed."""
        if self._found is None:
            return -EDITABLE_FOR
        return EDITABLE_FOR - (self._found.read_at + timedelta(seconds=monotonic() - self._read_at) - event.recorded_at)

    def _unfold(self, event: EventRow) -> None:
        self._unfolded.add(self._key(event))
        if self._found is not None:
            self._show(self._found)

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
