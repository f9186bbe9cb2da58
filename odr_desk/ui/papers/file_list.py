"""The file of a case at the left: what is there, what is missing, what can be printed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.rules.moments import show_day
from odr_desk.services.dossier import FileLine, LineState
from odr_desk.services.paper_desk import PaperDesk
from odr_desk.ui import icons, theme
from odr_desk.ui.widgets.boxes import column, empty_layout, on_ground, panel, row, scroll
from odr_desk.ui.widgets.painting import begin, ring
from odr_desk.ui.widgets.words import Words

_SIGNS = {
    LineState.DONE: ("check", "done"),
    LineState.MISSING: ("alert", "act"),
    LineState.READY: ("print", "accent"),
    LineState.WAITING: ("mark_wait", "wait"),
    LineState.VOID: ("close", "secondary"),
}
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class FileRow(QAbstractButton):
    """One line of the file; only a paper can be gone to."""

    def __init__(self, line: FileLine, *, chosen: bool) -> None:
        super().__init__()
        self.line = line
        self.setText(line.title)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setEnabled(bool(line.kind))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if line.kind else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"{line.title}，{line.state.label} {line.note}".strip())
        self.setToolTip(theme.plain_tip(line.note) if line.note else "")

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, theme.size("row"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = begin(self), self.rect()
        if self.isChecked() or (self.isEnabled() and self.underMouse()):
            painter.fillRect(room, theme.colour("accent_soft" if self.isChecked() else "hover"))
        if self.isChecked():
            painter.fillRect(0, 0, 3, room.height(), theme.colour("accent"))
        icon, role = _SIGNS[self.line.state]
        icons.draw(painter, icon, role, 16, (room.height() - 16) / 2)
        missing = self.line.state is LineState.MISSING
        note = _note(self.line)
        painter.setFont(theme.bold("small") if missing else theme.font("small"))
        painter.setPen(theme.colour("act" if missing else "secondary"))
        wide = painter.fontMetrics().horizontalAdvance(note)
        painter.drawText(room.adjusted(0, 0, -16, 0), _RIGHT, note)
        painter.setFont(theme.bold() if self.isChecked() else theme.font())
        painter.setPen(theme.colour("secondary" if self.line.state in (LineState.WAITING, LineState.VOID) else "text"))
        place = room.adjusted(40, 0, -24 - wide, 0)
        cut = painter.fontMetrics().elidedText(self.line.title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _MIDDLE, cut)
        ring(painter, self, 0)


class FileList(QWidget):
    """Lists the file by group; `chosen` carries the line of a paper."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self.setAccessibleName("卷内文书")
        self._body = column(margins=(0, 0, 0, 12), gap=0)
        self.setLayout(column(scroll(self._body), gap=0))

    def show_paper(self, found: PaperDesk) -> None:
        """Show the file, the open paper chosen."""
        lines = found.lines
        empty_layout(self._body)
        self._body.addWidget(panel(_head(lines)))
        group = ""
        for line in lines:
            if line.group != group:
                group = line.group
                self._body.addWidget(panel(row(Words(group, "small"), None, margins=(16, 8, 16, 2))))
            entry = FileRow(line, chosen=_is_open(line, found))
            entry.clicked.connect(lambda _on=False, line=line: self.chosen.emit(line))
            self._body.addWidget(entry)
        self._body.addStretch(1)


def _is_open(line: FileLine, found: PaperDesk) -> bool:
    if line.kind != found.kind:
        return False
    if line.agreement_no or found.agreement_no:
        return line.agreement_no == found.agreement_no
    return line.document_id == (found.issued.document_id if found.issued is not None else 0)


def _head(lines: Sequence[FileLine]) -> QLayout:
    counted = {
        state: sum(line.state is state for line in lines)
        for state in (LineState.DONE, LineState.MISSING, LineState.WAITING)
    }
    said = " · ".join(f"{state.label} {count}" for state, count in counted.items() if count)
    return row(Words("卷内文书", "head"), None, Words(said, "small"), margins=(16, 12, 16, 4))


def _note(line: FileLine) -> str:
    if line.state is LineState.DONE and line.on is not None:
        return show_day(line.on).partition(" ")[0]
    return line.note if line.state is LineState.WAITING and line.note else line.state.label
