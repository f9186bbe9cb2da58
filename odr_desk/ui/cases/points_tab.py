"""双方主张: the points of a dispute side by side, written in place, kept while they are typed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.case import CaseState
from odr_desk.rules.dispute import PointDraft, PointState
from odr_desk.rules.errors import Conflict, DeskError, Invalid
from odr_desk.rules.parsing import parse
from odr_desk.rules.people import Right
from odr_desk.services import disputes, drafts, evidence
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.disputes import Grid
from odr_desk.services.evidence import Piece
from odr_desk.ui.aim import Aim, bring
from odr_desk.ui.cases.point_row import NUMBER, SHARES, PointRow
from odr_desk.ui.keeping import Keeping
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, let_go, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

DRAFT = drafts.POINTS
ADD_KEYS = "Ctrl ⇧ N"


class PointsTab(QWidget):
    """The grid of one case; what is typed stays until it is saved or let go of."""

    piece_asked = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found: CaseDetail | None = None
        self._changed = self._writable = False
        self._busy = False
        self._removed: dict[int, int] = {}
        self._pieces: Mapping[int, Piece] = {}
        self._reading = Latest(shell.desk, self)
        self.rows: list[PointRow] = []
        self._list = column(gap=0)
        self._told = Words("", "small")
        self._aim = Aim()
        self._keeping = Keeping(shell, DRAFT, self.content, self)
        self._lay()

    def show_case(self, found: CaseDetail) -> None:
        """Show the points of this case; what is being typed for it stays."""
        if self._found is not None and self._found.row.number != found.row.number:
            self._keeping.now()
            self._changed = False
            self._clear()
        self._found = found
        self._aim = self._aim.while_on(found.row.number)
        self._writable = self._may()
        if not self._changed:
            self._read()

    def point_out(self, aim: Aim) -> None:
        """Show in which point the words stand, and bring it into sight, at once or when it has been read."""
        self._aim = aim
        if self._changed:
            self._take_aim()
        else:
            self._read()

    def _take_aim(self) -> None:
        """Go once: what is read anew later stays where its reader is."""
        aim, self._aim = self._aim, Aim()
        if 0 < aim.entry <= len(self.rows):
            entry = self.rows[aim.entry - 1]
            bring(entry, lambda: entry.mark(aim))

    @property
    def is_writable(self) -> bool:
        """Tell whether this person may change the points of this case."""
        return self._writable

    def is_writing(self) -> bool:
        """Tell whether something has been typed that is not saved."""
        return self._changed

    def add(self) -> None:
        """Add an empty point and go to it."""
        if not self._writable:
            return
        made = self._append(PointDraft(state=PointState.OPEN))
        self._count()
        made.point.setFocus()

    def save(self) -> None:
        """Write the grid down; rows that somebody else has changed meanwhile show both versions."""
        if self._found is None or not self._writable or self._busy:
            return
        try:
            points = tuple(entry.draft() for entry in self.rows)
        except Invalid as error:
            self._shell.refuse(error)
            return
        number, removed = self._found.row.number, dict(self._removed)
        self._busy = True
        self._shell.desk.write(
            self,
            lambda work: disputes.save(work, number, points, removed),
            lambda kept: self._saved(number, kept),
            self._refused,
            verb="points.save",
        )

    def content(self) -> dict[str, object] | None:
        """Return what stands there, so that it comes back exactly; None where nothing can be typed."""
        if not self._writable:
            return None
        removed = [[number, version] for number, version in self._removed.items()]
        return {"points": [entry.values() for entry in self.rows], "removed": removed}

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._changed:
            self._read()

    def _lay(self) -> None:
        heads = [Words(words, "small") for words in ("消费者说", "商户说", "证据")]
        head = row(NUMBER + 6, *heads, gap=8)
        for at, share in enumerate(SHARES, start=1):
            head.setStretch(at, share)
        self._head = panel(column(head, line(), gap=4))
        self._add = Button("加一点", "link", "plus", clicked=self.add)
        self._key = Key(ADD_KEYS)
        self._nothing = Empty("这件没有主张对照", "有诉求的会自动列在这里", icon="swap")
        self._nothing.hide()
        more = panel(row(NUMBER, self._add, self._key, None, gap=8))
        body = column(self._head, panel(self._list), more, self._nothing, None, margins=(16, 12, 16, 12), gap=4)
        self._do = Button("存下对照", "primary", clicked=self.save)
        self._leave = Button("放弃改动", clicked=self._give_up)
        self._foot = panel(
            column(
                line(), row(self._do, Key("Ctrl ⏎"), 8, self._leave, None, self._told, margins=(16, 8, 16, 8)), gap=0
            )
        )
        laid = column(scroll(body), self._foot, gap=0)
        laid.setStretch(0, 1)
        self.setLayout(laid)

    def _may(self) -> bool:
        is_open = self._found is not None and self._found.row.state is not CaseState.CLOSED
        return is_open and self._shell.desk.actor.may(Right.WRITE_CASES)

    def _read(self) -> None:
        if self._found is None or not self.isVisible():
            return
        number = self._found.row.number

        self._reading.read(
            lambda work: (disputes.grid(work, number), evidence.pieces(work, number)),
            lambda found: self._show(number, *found),
            self._shell.refuse,
        )

    def _show(self, number: str, grid: Grid, pieces: tuple[Piece, ...]) -> None:
        if self._found is None or self._found.row.number != number or self._changed:
            return
        self._pieces = {piece.number: piece for piece in pieces}
        self._load(grid.points)
        self._told.setText("按诉求列出，还没有存" if grid.proposed and grid.points else "")
        if self._writable:
            self._keeping.begin(number, self._take_up)
        self._take_aim()

    def _load(self, points: tuple[PointDraft, ...]) -> None:
        self._clear()
        for point in points:
            self._append(point)
        self._count()
        self._nothing.setVisible(not points and not self._writable)
        self._head.setVisible(bool(points) or self._writable)
        for part in (self._add, self._key, self._foot):
            part.setVisible(self._writable)

    def _take_up(self, content: Mapping[str, Any]) -> None:
        """Show what was typed before and not saved."""
        self._load(tuple(parse(PointDraft, values) for values in content["points"]))
        self._removed = {int(number): int(version) for number, version in content["removed"]}
        self._changed = True
        self._told.setText("上次没有存的改动")

    def _append(self, draft: PointDraft) -> PointRow:
        made = PointRow(draft, self._pieces, writable=self._writable)
        made.changed.connect(self._on_changed)
        made.removed.connect(lambda: self._remove(made))
        made.moved.connect(lambda by: self._move(made, by))
        made.piece_asked.connect(self.piece_asked)
        self.rows.append(made)
        self._list.addWidget(made)
        return made

    def _remove(self, entry: PointRow) -> None:
        at = self.rows.index(entry)
        if entry.identity is not None:
            number, version = entry.identity
            self._removed[number] = version
        self._drop(entry)
        self._count()
        if self.rows:
            self.rows[min(at, len(self.rows) - 1)].point.setFocus()
        else:
            self._add.setFocus()
        self._on_changed()

    def _move(self, entry: PointRow, by: int) -> None:
        at = self.rows.index(entry) + by
        if not 0 <= at < len(self.rows):
            return
        focused = self.focusWidget()
        self.rows.remove(entry)
        self.rows.insert(at, entry)
        self._list.removeWidget(entry)
        self._list.insertWidget(at, entry)
        self._count()
        if focused is not None:
            focused.setFocus()
        self._on_changed()

    def _clear(self) -> None:
        for entry in list(self.rows):
            self._drop(entry)
        self._removed = {}
        self._told.setText("")

    def _drop(self, entry: PointRow) -> None:
        self.rows.remove(entry)
        self._list.removeWidget(entry)
        let_go(entry)

    def _count(self) -> None:
        last = len(self.rows)
        for number, entry in enumerate(self.rows, start=1):
            entry.set_number(number, last=number == last)

    def _on_changed(self) -> None:
        self._changed = True
        self._told.setText("有没存的改动")
        self._keeping.soon()

    def _give_up(self) -> None:
        self._keeping.drop()
        self._changed = False
        self._read()

    def _saved(self, number: str, kept: tuple[PointDraft, ...]) -> None:
        self._busy = False
        if self._found is None or self._found.row.number != number:
            return
        self._keeping.drop()
        self._changed = False
        self._load(kept)
        self._keeping.begin(number, self._take_up)
        agreed = sum(point.state is PointState.AGREED for point in kept)
        self._shell.say(f"{number} 的主张对照已存，{len(kept)} 点，已一致 {agreed} 点")

    def _refused(self, error: DeskError) -> None:
        self._busy = False
        if isinstance(error, Conflict):
            self._show_theirs(error)
        if not isinstance(error, Invalid):
            self._shell.refuse(error)
            return
        first: QWidget | None = None
        kept = [entry for entry in self.rows if not _is_blank(entry)]
        for n, entry in enumerate(kept):
            of_this = [problem for problem in error.problems if problem.field.startswith(f"points[{n}]")]
            first = first or entry.show_problems(of_this)
        rest = tuple(problem for problem in error.problems if not problem.field.startswith("points["))
        if first is not None:
            first.setFocus()
        if rest:
            self._shell.refuse(Invalid(rest))

    def _show_theirs(self, error: Conflict) -> None:
        theirs = error.detail.get("theirs")
        for entry in self.rows:
            identity = entry.identity
            if isinstance(theirs, dict) and identity is not None and str(identity[0]) in theirs:
                found = theirs[str(identity[0])]
                entry.show_theirs(found, gone=found is None)
        self._removed = {}


def _is_blank(entry: PointRow) -> bool:
    values = entry.values()
    return values["id"] is None and not any(
        values[name] for name in ("point", "consumer_says", "merchant_says", "evidence", "exhibits", "agreed")
    )
