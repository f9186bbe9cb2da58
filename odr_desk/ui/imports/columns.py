"""The columns of an import's preview and of the register of imports."""

from odr_desk.rules.columns import Column
from odr_desk.rules.importing import TAKEN, PreviewRow, Verdict
from odr_desk.rules.moments import show_moment
from odr_desk.services.import_batches import BatchRow
from odr_desk.ui.cells import Look
from odr_desk.ui.imports.kinds import Kind

NEEDS_LOOK = "look"


def needs_look(row: PreviewRow) -> bool:
    """Tell whether a person should look at a row: it cannot be taken, or something about it is odd."""
    return row.verdict is Verdict.BAD or (row.verdict in TAKEN and bool(row.remarks))


def mark(row: PreviewRow) -> str:
    """Return the state of a row: red cannot be taken, amber needs a look, green will be taken, grey is left."""
    if row.verdict is Verdict.BAD:
        return "late"
    if needs_look(row):
        return "act"
    return "done" if row.verdict in TAKEN else "wait"


def preview_columns(kind: Kind) -> tuple[Column[PreviewRow], ...]:
    """Return the columns in the words of the kind."""
    return (
        Column("结果", lambda row: row.verdict.label, width=10, key="verdict"),
        Column("行", lambda row: row.row, width=5, key="row"),
        Column(kind.place, lambda row: row.place, width=kind.place_width, key="place"),
        Column(kind.name, lambda row: row.name, width=14, key="name"),
        Column("说明", lambda row: row.message, width=30),
    )


def look(row: PreviewRow, column: Column[PreviewRow]) -> Look:
    """Return how a cell differs from plain ink."""
    if row.verdict is Verdict.BAD and column.key in {"verdict", ""}:
        return Look(tone="late", bold=column.key == "verdict")
    if row.verdict not in TAKEN:
        return Look(tone="secondary")
    if column.heading == "说明" and row.remarks:
        return Look(tone="act")
    return Look(tone="secondary", small=True) if column.key in {"row", "place"} else Look()


def _counted(batch: BatchRow) -> str:
    parts = (f"{verdict.label} {batch.counts.get(verdict, 0)}" for verdict in TAKEN if batch.counts.get(verdict))
    return "，".join(parts)


BATCHES: tuple[Column[BatchRow], ...] = (
    Column("编号", lambda row: row.number, width=12),
    Column("时间", lambda row: row.applied_at, show_moment, width=16),
    Column("文件", lambda row: row.file_name, width=24),
    Column("做了什么", _counted, width=16),
    Column("经手", lambda row: row.applied_by, width=8),
    Column("撤销", lambda row: f"{row.undone_by} 已撤销" if row.undone_at else "", width=14),
)
