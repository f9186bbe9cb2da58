"""A list that fills a card: its words begin below those of the card's head."""

from typing import Any

from odr_desk.rules.columns import Column
from odr_desk.ui.table import Table

EDGE: Column[Any] = Column("", lambda _row: "", width=1)
"""The empty first column of such a list."""
_WIDTH = 12


def keep_edge(table: Table) -> None:
    """Make the first column as wide as the card's padding."""
    table.horizontalHeader().setMinimumSectionSize(_WIDTH)
    table.setColumnWidth(0, _WIDTH)
