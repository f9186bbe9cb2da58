"""The points to ask in a call, below what is being noted: ticking one opens a line for its answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from odr_desk.rules.call_script import is_ticked
from odr_desk.rules.events import EventKind, Party
from odr_desk.services import call_scripts
from odr_desk.services.call_scripts import Script, Scripts
from odr_desk.ui import theme
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, empty_layout, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.words import Words

_LAYOUT = "cases.script"
_SCRIPTED = frozenset({EventKind.CALL, EventKind.VISIT, EventKind.WECHAT})
_BETWEEN = 16  # pixels between the columns


class CallScriptPanel(QWidget):
    """Shows one script; `asked` carries the point that was ticked, `taken_back` the one that was unticked.

    `link` opens and folds it, and it stays so for this person; `changed` says that what it shows has to be said again.
    What is ticked follows from the note itself, so that it comes back with a kept draft.
    """

    changed = Signal()
    asked = Signal(str)
    taken_back = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._scripts = Scripts(())
        self.link = Button("提纲", "ghost", "note", says="通话提纲", clicked=self._on_link)
        self.link.setCheckable(True)
        self.link.setChecked(bool((shell.layout_of(_LAYOUT) or {}).get("open")))
        self._script: Script | None = None
        self._ticks: dict[str, Tick] = {}
        self._title = Words("", "small")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(0)
        self._area = panel(self._grid)
        head = row(self._title, None, margins=(8, 2, 8, 0))
        self.setLayout(column(line(), head, row(self._area, margins=(8, 0, 8, 2)), gap=2))

        shell.desk.changed.connect(self._on_changed)
        self._on_changed(frozenset({"call_scripts"}))

    def show_for(self, problem: str, kind: EventKind, party: Party, note: str) -> None:
        """Show what to ask this side about a problem, as far as the note has the answers ticked; nothing while folded.

        Nobody sees it then, and each case would wait for its boxes.
        """
        is_open = self.link.isChecked()
        if is_open:
            script = self._scripts.for_call(problem, party.value) if kind in _SCRIPTED else None
            self._show_script(script, f"问{party.label}", note)
        self.setVisible(is_open)

    def _show_script(self, script: Script | None, title: str, note: str) -> None:
        self._title.setText(title if script is not None else "这种记录没有提纲")
        if script != self._script:
            self._script = script
            self._build()
        self.follow(note)

    def follow(self, note: str) -> None:
        """Tick the points that have a line in the note."""
        for point, tick in self._ticks.items():
            tick.set_value(is_ticked(note, point))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _on_link(self) -> None:
        self._shell.keep_layout(_LAYOUT, {"open": self.link.isChecked()})
        self.changed.emit()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "call_scripts" in tables:
            self._shell.desk.read(self, call_scripts.read, self._know)

    def _know(self, found: Scripts) -> None:
        self._scripts = found
        self.changed.emit()

    def _build(self) -> None:
        empty_layout(self._grid)
        self._ticks = {}
        for point in self._script.points if self._script is not None else ():
            tick = Tick(point)
            tick.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # a long point asks for no width
            tick.changed.connect(lambda tick=tick, point=point: self._on_tick(tick, point))
            self._ticks[point] = tick
        self._place()

    def _place(self) -> None:
        room = self._area.width()
        box = max((tick.sizeHint().width() - _wide(tick, tick.text()) for tick in self._ticks.values()), default=0)
        widest = box + max((_wide(tick, point) for point, tick in self._ticks.items()), default=0)
        across = 2 if 2 * widest + _BETWEEN <= room else 1
        for at, (point, tick) in enumerate(self._ticks.items()):
            self._grid.addWidget(tick, *divmod(at, across))
            told = tick.fontMetrics().elidedText(point, Qt.TextElideMode.ElideRight, max(room - box, box))
            tick.setText(told.replace("&", "&&"))
            tick.setToolTip(theme.plain_tip(point) if told != point else "")
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < across else 0)
        self._area.setFixedHeight(max(1, -(-len(self._ticks) // across)) * theme.size("row"))

    def _on_tick(self, tick: Tick, point: str) -> None:
        (self.asked if tick.isChecked() else self.taken_back).emit(point)


def _wide(tick: Tick, words: str) -> int:
    return tick.fontMetrics().horizontalAdvance(words)
