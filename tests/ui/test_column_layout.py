from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHeaderView

from odr_desk.ui import theme
from tests.ui.long_list import Source, show


def test_clicking_a_head_asks_the_query_for_that_order(qtbot):
    source = Source()
    table = show(qtbot, source)
    head = table.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(4) + 10, 5)
    for _ in range(2):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [(ask.order, ask.descending) for ask in source.asked[-2:]] == [("amount", False), ("amount", True)]


def test_a_layout_is_kept_and_taken_up_again(qtbot):
    table = show(qtbot, Source())
    with qtbot.waitSignal(table.columns.changed) as blocker:
        table.horizontalHeader().moveSection(4, 0)
        table.horizontalHeader().resizeSection(2, 140)
    kept = blocker.args[0]
    other = show(qtbot, Source())
    other.columns.restore({**kept, "order": "due", "descending": True})
    assert other.columns.state()["columns"] == kept["columns"]
    assert other.horizontalHeader().logicalIndex(0) == 4
    assert other.columnWidth(2) == 140
    assert other.rows.order == ("due", True)


def test_a_layout_with_columns_that_are_gone_does_no_harm(qtbot):
    table = show(qtbot, Source())
    table.columns.restore(
        {"columns": [{"name": "gone", "width": 50, "hidden": False}, {"name": "shop", "width": 99, "hidden": True}]}
    )
    assert table.isColumnHidden(2)
    table.columns.restore(None)


def test_the_stretched_column_takes_the_room(qtbot):
    table = show(qtbot, Source())
    assert table.horizontalHeader().sectionResizeMode(3) == QHeaderView.ResizeMode.Stretch
    assert table.horizontalHeader().length() == table.viewport().width()


def _widths(table):
    head = table.horizontalHeader()
    fixed = (at for at in range(head.count()) if head.sectionResizeMode(at) == QHeaderView.ResizeMode.Interactive)
    return [head.sectionSize(at) for at in fixed]


def test_columns_follow_the_type_of_another_density_and_come_back(qtbot, wardrobe):
    table = show(qtbot, Source(total=9))
    before = _widths(table)
    table.setColumnHidden(1, True)
    kept, told = table.columns.state(), []
    table.columns.redressed.connect(lambda: told.append(True))
    wardrobe.wear(theme.Mode.LIGHT, theme.Density.LARGE)
    table.setColumnHidden(1, False)
    grown = _widths(table)
    table.columns.restore(kept)
    again = _widths(table)[0]
    wardrobe.wear(theme.Mode.LIGHT, theme.Density.COMPACT)
    assert all(now > then for now, then in zip(grown, before, strict=True)) and told
    assert again == grown[0], "a width kept at another density"
    table.setColumnHidden(1, False)
    back = _widths(table)
    assert all(abs(now - then) <= 1 for now, then in zip(back, before, strict=True))
