from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.ui.table import Table
from tests.ui.gallery import COLUMNS, LINES


def narrow(qtbot):
    table = Table("件", COLUMNS, marks=lambda row: row.state)
    qtbot.addWidget(table)
    table.resize(260, 140)
    table.show()
    table.set_rows(LINES * 20)
    QApplication.processEvents()
    return table


def test_the_first_column_stays_while_the_others_scroll_past(qtbot):
    table = narrow(qtbot)
    assert not table._pinned.isVisible()
    table.horizontalScrollBar().setValue(200)
    QApplication.processEvents()
    assert table._pinned.isVisible()
    shown = [at for at in range(len(COLUMNS)) if not table._pinned.isColumnHidden(at)]
    assert shown == [0]
    assert table._pinned.x() == table.viewport().x()
    table.horizontalScrollBar().setValue(0)
    assert not table._pinned.isVisible()


def test_both_halves_scroll_and_choose_together(qtbot):
    table = narrow(qtbot)
    table.horizontalScrollBar().setValue(200)
    table.verticalScrollBar().setValue(30)
    QApplication.processEvents()
    assert table._pinned.verticalScrollBar().value() == 30
    spot = table._pinned.visualRect(table.rows.index(31, 0)).center()
    qtbot.mouseClick(table._pinned.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert table.currentIndex().row() == 31
    with qtbot.waitSignal(table.opened):
        qtbot.mouseDClick(table._pinned.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_a_moved_column_becomes_the_one_that_stays(qtbot):
    table = narrow(qtbot)
    table.horizontalHeader().moveSection(2, 0)
    table.horizontalScrollBar().setValue(150)
    QApplication.processEvents()
    assert [at for at in range(len(COLUMNS)) if not table._pinned.isColumnHidden(at)] == [2]
