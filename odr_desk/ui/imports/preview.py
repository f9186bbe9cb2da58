"""The preview of an import: a verdict per row, filters with counts, the row being looked at beside them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from odr_desk.rules.importing import TAKEN, FieldChange, Preview, PreviewRow, ReadValue, Verdict
from odr_desk.ui.imports import columns
from odr_desk.ui.imports.kinds import Kind
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Tone, Words

_ALL = "all"
_ONE_LINE = 20  # letters that have room beside their label
_STATES = {
    Verdict.NEW: "done",
    Verdict.UPDATE: "done",
    Verdict.SAME: "wait",
    Verdict.DUPLICATE: "wait",
    Verdict.BAD: "late",
    Verdict.SKIPPED: "wait",
}


class PreviewList(QWidget):
    """Shows what an import would do; `changed` says that rows were left out or taken in again."""

    changed = Signal()

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._preview = Preview(rows=())
        self._kind = kind
        self._out: set[int] = set()
        self._notes = column(margins=(16, 8, 16, 0), gap=4)
        self._chips = Chips()
        self._chips.chosen.connect(self._filter)
        self.table = Table(
            "逐行预览",
            columns.preview_columns(kind),
            identity=lambda shown: shown.row,
            marks=columns.mark,
            looks=self._look,
            stretch="说明",
        )
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.set_empty(Empty("这一类没有行", "换一个筛选"))
        self.table.chosen.connect(self._show_row)
        self.beside = RowCard()
        self.beside.left_out.connect(self._leave_out)
        left = column(self._chips, card(column(self.table), margins=(1, 1, 1, 1)), gap=8)
        body = row(panel(left), self.beside, margins=(16, 12, 16, 12), gap=12)
        body.setStretch(0, 1)
        self.setLayout(column(self._notes, body, gap=0))

    def show_preview(self, preview: Preview) -> None:
        """Show another preview, from its beginning."""
        self._preview, self._out = preview, set()
        empty_layout(self._notes)
        for text in preview.notes:
            self._notes.addWidget(Banner("act", text))
        if preview.applied_before:
            text = f"这个文件导入过（{preview.applied_before}）。{self._kind.again}"
            self._notes.addWidget(Banner("soft", text, icon="note"))
        if preview.absent:
            text = f"{self._kind.absent} {len(preview.absent)} {self._kind.unit}：{_first(preview.absent)}"
            self._notes.addWidget(Banner("soft", text, icon="eye"))
        self._fill_chips()
        self._filter(columns.NEEDS_LOOK if any(map(columns.needs_look, preview.rows)) else _ALL)

    def left_out(self) -> frozenset[int]:
        """Return the numbers of the rows that are not to be imported."""
        return frozenset(self._out)

    def to_take(self) -> int:
        """Return how many rows would be imported."""
        return sum(shown.verdict in TAKEN and shown.row not in self._out for shown in self._preview.rows)

    def to_look(self) -> tuple[int, int]:
        """Return how many rows cannot be taken, and how many of the others should be checked."""
        looks = [shown for shown in self._preview.rows if columns.needs_look(shown) and shown.row not in self._out]
        bad = sum(shown.verdict is Verdict.BAD for shown in looks)
        return bad, len(looks) - bad

    def _fill_chips(self) -> None:
        self._chips.clear()
        look = sum(map(columns.needs_look, self._preview.rows))
        if look:
            self._chips.add(columns.NEEDS_LOOK, "要看", "act", count=look)
        self._chips.add(_ALL, "全部", count=len(self._preview.rows))
        for verdict, count in self._preview.counts.items():
            if count:
                self._chips.add(verdict.value, verdict.label, _STATES[verdict], count=count)

    def _filter(self, code: str) -> None:
        self._chips.choose(code)
        self.table.set_rows([shown for shown in self._preview.rows if _belongs(shown, code)])
        self.table.scrollToTop()
        if self.table.current() is None:
            self.beside.show_row(None, out=False)
            self.table.step(1)
        else:
            self._show_row(self.table.current())

    def _show_row(self, shown: PreviewRow) -> None:
        self.beside.show_row(shown, out=shown.row in self._out)

    def _leave_out(self, number: int, out: bool) -> None:
        (self._out.add if out else self._out.discard)(number)
        self.table.viewport().update()
        self.changed.emit()

    def _look(self, shown: PreviewRow, of: object) -> columns.Look:
        if shown.row in self._out:
            return columns.Look(tone="disabled")
        return columns.look(shown, of)  # type: ignore[arg-type]


class RowCard(QWidget):
    """The row being looked at: what it says, what it changes, and whether it is taken at all."""

    left_out = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self._row: PreviewRow | None = None
        self._title = Words("", "head", elide=True)
        self._where = Words("", "small", right=True)
        self._body = column(gap=8)
        self.tick = Tick("这一行不导入")
        self.tick.changed.connect(self._on_tick)
        inside = column(self._body, None, margins=(0, 0, 8, 0))  # beside the scroll bar
        self.setLayout(
            column(
                card(
                    column(row(self._title, None, self._where), line(), scroll(inside), self.tick, gap=8),
                    margins=(12, 10, 12, 10),
                )
            )
        )
        self.setFixedWidth(300)

    def show_row(self, shown: PreviewRow | None, *, out: bool) -> None:
        """Show another row, or none."""
        self._row = shown
        self.setVisible(shown is not None)
        empty_layout(self._body)
        if shown is None:
            return
        self._title.setText(shown.name or shown.verdict.label)
        self._where.setText(f"第 {shown.row} 行")
        words = f"{shown.verdict.label} {shown.number}".strip()
        self._body.addLayout(row(Words("结果", "secondary"), None, Words(words)))
        for remark in shown.remarks:
            self._body.addLayout(_remark(remark, shown.verdict))
        for fact in shown.facts:
            self._body.addLayout(_remark(fact, Verdict.SAME))
        for change in shown.changes:
            self._body.addLayout(_change(change))
        if shown.values:
            self._body.addLayout(column(line(), Words("这一行读到的", "small"), gap=6))
        for value in shown.values:
            self._body.addLayout(_value(value))
        self.tick.setVisible(shown.verdict in TAKEN)
        self.tick.set_value(out)

    def _on_tick(self) -> None:
        if self._row is not None:
            self.left_out.emit(self._row.row, bool(self.tick.value()))


def _remark(remark: str, verdict: Verdict) -> QHBoxLayout:
    tone: Tone = "late" if verdict is Verdict.BAD else "act" if verdict in TAKEN else ""
    sign = Icon("alert", tone) if tone else Icon("note", "secondary")
    return row(sign, Words(remark, tone=tone, wrap=True), gap=6)


def _value(value: ReadValue) -> QVBoxLayout:
    label = Words(value.label, "secondary")
    if len(value.value) > _ONE_LINE:
        read = column(label, Words(value.value, wrap=True), gap=2)
    else:
        read = column(row(label, None, Words(value.value, right=True, elide=True)), gap=0)
    return column(read, *([Words(f"原文 {value.cell}", "small", right=True, elide=True)] if value.cell else []), gap=0)


def _change(change: FieldChange) -> QVBoxLayout:
    old, new = Words(change.before or "空", "secondary", wrap=True), Words(change.after or "空", wrap=True)
    return column(Words(change.label, "small"), row(old, Icon("right", "secondary", 14), new, None, gap=6), gap=2)


def _belongs(shown: PreviewRow, code: str) -> bool:
    if code == columns.NEEDS_LOOK:
        return columns.needs_look(shown)
    return code in {_ALL, shown.verdict.value}


def _first(names: tuple[str, ...], most: int = 4) -> str:
    return "、".join(names[:most]) + ("……" if len(names) > most else "")
