"""The columns of the merchants' list, for the screen and for the export of what is shown."""

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.rules.merchant import Expiry
from odr_desk.services.merchant_list import MerchantRow
from odr_desk.ui.cells import Look


def _count(cases: int) -> str:
    """Leave nought empty: only what there is shall catch the eye."""
    return str(cases) if cases else ""


def _lease(row: MerchantRow) -> str:
    """Return the last day as precisely as it matters now."""
    if row.lease_end is None:
        return ""
    if row.lease is Expiry.OVER:
        return "已到期"
    return row.lease_end.strftime("%m-%d" if row.lease is Expiry.SOON else "%Y-%m")


MERCHANTS: tuple[Column[MerchantRow], ...] = (
    Column("柜位", lambda row: row.counter or "待补", width=11, key="counter"),
    Column("商户", lambda row: row.name, width=14, key="name"),
    Column("业态", lambda row: row.trade, width=8, key="trade"),
    Column("在办", lambda row: row.open_cases, _count, width=6, align="right", key="open"),
    Column("近90天", lambda row: row.recent_cases, _count, width=8, align="right", key="recent"),
    Column("租约止", _lease, width=9, align="right", key="lease"),
    Column("保证金", lambda row: row.deposit, money.show, width=12, align="right", key="deposit"),
    Column("联系人", lambda row: row.contact, width=9),
    Column("电话", lambda row: row.phone, width=14),
    Column("执照名称", lambda row: row.full_name, width=30),
    Column("编号", lambda row: row.number, width=8, key="number"),
)
FEWEST = ("counter", "name", "open")
NARROWEST = ("counter", "name", "open", "lease")
NARROW = ("counter", "name", "open", "recent", "lease")
WIDE = ("counter", "name", "trade", "open", "recent", "lease")


def mark(row: MerchantRow) -> str:
    """Return the state of a file: red has run out, amber will soon or is not on file, grey has left."""
    if row.retired:
        return "wait"
    near = {row.lease, row.licence}
    if Expiry.OVER in near:
        return "late"
    return "act" if Expiry.SOON in near or row.provisional else ""


def look(row: MerchantRow, column: Column[MerchantRow]) -> Look:
    """Return how a cell differs from plain ink."""
    if row.retired:
        return Look(tone="secondary")
    if column.key == "lease":
        tones = {Expiry.OVER: "late", Expiry.SOON: "act"}
        tone = tones.get(row.lease, "secondary")
        return Look(tone=tone, bold=tone != "secondary", small=True)
    if column.key == "open":
        return Look(tone="act", bold=True)
    if column.key == "name":
        return Look(bold=row.open_cases > 0)
    if column.key == "counter" and row.provisional:
        return Look(tone="act", small=True)
    return Look(tone="secondary", small=True) if column.key != "recent" else Look()
