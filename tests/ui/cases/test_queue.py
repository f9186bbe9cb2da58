import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from sqlalchemy import select

from odr_desk.model.journal import JournalEntry
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import case_bin, cases, timeline
from odr_desk.services.queue import CaseFilter
from odr_desk.ui.cases import columns
from odr_desk.ui.cases.queue import LAYOUT
from odr_desk.ui.imports.page import ImportsPage
from odr_desk.ui.window import Layouts, Window
from tests.ui.hands import write
from tests.ui.looks import dump, settle

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def queue(page):
    return page.queue


def _numbers(queue):
    rows = queue.table.rows
    return [rows.row(at).number for at in range(rows.rowCount())]


def _chips(queue):
    return {chip.text(): chip for chip in queue.chips.chips()}


def test_the_most_urgent_case_stands_open(page, house):
    assert _numbers(page.queue) == [house.third, house.first, house.second]
    assert "吴女士" in dump(page.case.header)


def test_views_narrow_the_list_and_count(qtbot, queue, house):
    chips = _chips(queue)
    assert (chips["在办"].accessibleName(), chips["逾期"].accessibleName()) == ("在办 3", "逾期 1")
    qtbot.mouseClick(chips["逾期"], Qt.MouseButton.LeftButton)
    assert _numbers(queue) == [house.third]
    queue.show_view("archived")
    assert queue.table.rows.rowCount() == 0
    assert queue.empty.isVisible() and "这里没有投诉件" in dump(queue.empty)


def test_counts_follow_what_is_written(page, press, house):
    page.open_case(house.third)
    page.case.log.start(0)
    write(page.case.log.edit, "已经退款，她不追究了")
    press(Qt.Key.Key_Return, CTRL)
    assert _chips(page.queue)["无下一步"].accessibleName() == "无下一步 3"
    page.case.log.open_step()
    write(page.case.log.step.text, "等回执")
    page.case.log.step.due.setText("+1")
    press(Qt.Key.Key_Return, CTRL)
    assert _chips(page.queue)["无下一步"].accessibleName() == "无下一步 2"


@pytest.mark.parametrize(
    ("words", "found"), [("0031", "second"), ("吴女士", "third"), ("jxzb", "first"), ("0001", "first")]
)
def test_search_finds_by_tail_name_letters_and_number(qtbot, queue, press, house, words, found):
    write(queue.search, words)
    press(Qt.Key.Key_Return)
    assert _numbers(queue) == [getattr(house, found)]
    assert _chips(queue)["全部"].isChecked()


def test_emptying_the_search_goes_back_to_the_view_from_before(queue, press, house):
    queue.show_view("late")
    write(queue.search, "李先生")
    press(Qt.Key.Key_Return)
    assert _numbers(queue) == [house.second]
    press(Qt.Key.Key_Escape)
    assert queue.shown.view == "late"
    assert _numbers(queue) == [house.third]


def test_hits_come_newest_first_and_the_own_order_comes_back(qtbot, queue, press, house, window):
    queue.table.columns._on_head_clicked(2)  # by merchant
    own = _numbers(queue)
    write(queue.search, "王")
    press(Qt.Key.Key_Return)
    assert queue.table.rows.order == ("number", True)
    queue.search.setText("女士")
    press(Qt.Key.Key_Return)
    assert _numbers(queue) == [house.third, house.first]
    queue.table.columns._keep.timeout.emit()
    assert window.layout_of(LAYOUT)["order"] == "merchant"
    press(Qt.Key.Key_Escape)
    assert queue.table.rows.order == ("merchant", False)
    assert _numbers(queue) == own


def test_keys_go_through_the_list(page, press, house):
    page.open_case(house.third)
    press(Qt.Key.Key_Down, CTRL)
    assert "周女士" in dump(page.case.header)
    press(Qt.Key.Key_Down, CTRL)
    press(Qt.Key.Key_Up, CTRL)
    assert page.queue.table.current().number == house.first


def test_a_filter_from_elsewhere_is_said_and_can_be_left(window, page, click, house):
    window.open("cases", CaseFilter(view="open", merchant_no=house.gold))
    assert _numbers(page.queue) == [house.first]
    QApplication.processEvents()
    assert "去掉 商户：金禧珠宝" in dump(page.queue)
    assert _chips(page.queue)["待办"].accessibleName() == "待办 1"
    click(page.queue, "不筛了")
    assert len(_numbers(page.queue)) == 3
    assert "商户：" not in dump(page.queue)
    assert _chips(page.queue)["待办"].accessibleName() == "待办 2"


def test_a_filter_from_elsewhere_is_not_undone_by_an_older_search(qtbot, window, page, press, house):
    write(page.queue.search, "李先生")
    press(Qt.Key.Key_Return)
    window.open("cases", {"view": "late"})
    qtbot.waitUntil(lambda: not page.queue.search._pause.isActive())
    assert page.queue.search.text() == ""
    assert _numbers(page.queue) == [house.third]


def test_a_case_that_is_not_there_is_refused_in_words(window, page, house):
    page.open_case("XSBBB-2026-9999")
    QApplication.processEvents()
    assert "没有编号为 XSBBB-2026-9999 的投诉件" in dump(window.notices)


def _visible(queue):
    state = queue.table.columns.state()
    return {entry["name"] for entry in state["columns"] if not entry["hidden"]}


def test_columns_follow_the_width_until_somebody_chooses(qtbot, desk, wardrobe, house):
    kept = {}
    window = Window(desk, wardrobe, layouts=Layouts({}, kept.__setitem__))
    qtbot.addWidget(window)
    window.enter("cases")
    settle(window, 1920, 1009)
    queue = window.current().queue
    assert _visible(queue) == {"due", "number", "merchant", "事由", "amount"}
    settle(window, 1024, 540)
    assert _visible(queue) == {"due", "merchant", "事由"}
    queue.table.columns._on_head_clicked(3)  # an order of one's own says nothing about columns
    qtbot.waitUntil(lambda: LAYOUT in kept)
    assert not kept[LAYOUT]["own"]
    kept.clear()
    queue.table.columns._show_column([c.heading for c in queue.table.rows.columns].index("承办"), on=True)
    qtbot.waitUntil(lambda: LAYOUT in kept)
    assert kept[LAYOUT]["own"]
    settle(window, 1920, 1009)
    assert "承办" in _visible(queue)
    again = Window(desk, wardrobe, layouts=Layouts(dict(kept), kept.__setitem__))
    qtbot.addWidget(again)
    again.enter("cases")
    settle(again, 1366, 697)
    assert "承办" in _visible(again.current().queue)


def _cells(path):
    from openpyxl import load_workbook

    return [[cell.value for cell in line] for line in load_workbook(path).active.iter_rows()]


def test_what_is_shown_is_exported_in_its_order_and_noted(asked, page, window, database, manager, house, tmp_path):
    asked.paths = [tmp_path / "list"]
    page.queue.table.columns._on_head_clicked(1)
    page.queue.table.columns._on_head_clicked(1)
    page.queue.export()
    QApplication.processEvents()
    assert "已导出 3 件到 list.xlsx" in dump(window.notices)
    cells = _cells(tmp_path / "list.xlsx")
    head = next(at for at, line in enumerate(cells) if "编号" in line)
    assert cells[head] == ["剩余", "编号", "商户", "事由"]
    assert [line[1] for line in cells[head + 1 :]] == ["0003", "0002", "0001"]
    with database.reading(manager) as work:
        verbs = work.session.scalars(select(JournalEntry.verb).order_by(JournalEntry.seq))
        assert list(verbs)[-1] == "case.export"


def test_an_export_that_is_not_wanted_writes_nothing(asked, page, press, tmp_path):
    asked.paths = [None]
    press(Qt.Key.Key_E, CTRL)
    assert asked.titles == ["导出列表"]
    assert list(tmp_path.glob("*.xlsx")) == []


def test_rows_found_by_words_say_why(queue, press, house, database, manager):
    with database.writing(manager, "event.add") as work:
        draft = EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="店长说周六看货")
        timeline.add(work, cases.named(work, house.second), draft)
    matter = next(column for column in columns.QUEUE if column.heading == "事由")
    shop = next(column for column in columns.QUEUE if column.heading == "商户")

    def looks(words):
        queue.look_for(words)
        row = queue.table.rows.row_or_ask(0)
        assert row.number == house.second
        return [
            [text[a:b] for a, b in look.spans]
            for column in (matter, shop)
            for look in [queue._reasons.look(row, column)]
            for text in [look.text or column.show(column.value(row))]
        ]

    assert looks("周六") == [["周六"], []]
    assert queue._reasons.look(queue.table.rows.row_or_ask(0), matter).text == "进展：店长说周六看货"
    assert looks("蚕丝被") == [["蚕丝被"], []]
    assert queue._reasons.look(queue.table.rows.row_or_ask(0), matter).text == "", "the matter itself says it"
    assert looks("0031") == [["0031"], []]
    assert looks("锦绣 李先生")[1] == ["锦绣"]
    assert looks("199****0031") == [["0031"], []]
    assert looks("19900000031") == [["199****0031"], []]
    number = next(column for column in columns.QUEUE if column.key == "number")
    queue.look_for(house.second)
    row = queue.table.rows.row_or_ask(0)
    assert queue._reasons.look(row, number).spans == ((0, len(row.tail)),), "said in full, shown by its end"
    queue.look_for("jxzb")
    assert queue._reasons.look(queue.table.rows.row_or_ask(0), shop).spans == ((0, len("金禧珠宝")),), "by its letters"
    queue.look_for("4F-408")
    assert queue._reasons.look(queue.table.rows.row_or_ask(0), matter).text == "柜位：A馆4F-408"
    queue.look_for("")
    assert queue._reasons.look(queue.table.rows.row_or_ask(0), matter).spans == ()


def test_enter_on_a_row_found_by_words_goes_to_where_they_stand(qtbot, page, queue, press, house, database, manager):
    with database.writing(manager, "event.add") as work:
        draft = EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text="店长说周六看货")
        number = timeline.add(work, cases.named(work, house.second), draft)
    page.case.tabs.choose("data")
    queue.table.setFocus()
    press(Qt.Key.Key_Return)
    assert page.case.tabs.code() == "data", "nothing is looked for"
    queue.look_for("周六")
    queue.table.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Return)
    assert page.case.shown.row.number == house.second and page.case.tabs.code() == "progress"
    assert page.case.progress._aim.entry == number
    queue.look_for("蚕丝被")
    press(Qt.Key.Key_Return)
    assert page.case.tabs.code() == "data"


def test_the_import_of_complaints_is_opened_from_the_menu_and_by_one_key(page, window):
    page.queue.open_menu()
    (shown,) = page.queue.findChildren(QMenu)
    (action,) = [action for action in shown.actions() if action.text().startswith("导入平台投诉")]
    action.trigger()
    shown.close()
    imports = window.current()
    assert isinstance(imports, ImportsPage)
    assert imports.flow.kinds.value() == "platform"
    keys = [act.shortcut for act in page.acts() if act.shortcut]
    assert keys.count("Ctrl+I") == 1
    assert len(keys) == len(set(keys))


def test_columns_are_chosen_by_keys_too(window, page, press, house):
    press(Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = {action.text(): action for action in menu.actions()}
    assert actions["剩余"].isChecked() and not actions["承办"].isChecked()
    actions["承办"].trigger()
    menu.close()
    assert "承办" in _visible(page.queue)


def test_what_a_person_has_arranged_is_there_after_a_restart(qtbot, desk, wardrobe, house):
    kept = {}

    def begin():
        window = Window(desk, wardrobe)
        qtbot.addWidget(window)
        window.set_layouts(Layouts(dict(kept), kept.__setitem__))
        window.enter("cases")
        settle(window, 1920, 1009)
        return window, window.current().queue.table

    window, table = begin()
    head = table.horizontalHeader()
    table.columns._on_head_clicked(2)
    table.columns._on_head_clicked(2)
    head.resizeSection(1, 111)
    head.moveSection(1, 2)
    table.columns._show_column(8, on=True)
    window._change_density()
    width = head.sectionSize(1)
    assert width > 111, "columns grow with the type"
    table.columns._keep.timeout.emit()
    assert "look" in kept
    window.hide()
    before = wardrobe.density
    window._change_density()
    kept["look"]["density"] = before.value
    again, table = begin()
    assert table.rows.order == ("merchant", True)
    assert table.horizontalHeader().sectionSize(1) == width
    assert table.horizontalHeader().visualIndex(1) == 2
    assert not table.isColumnHidden(8)
    assert wardrobe.density == before
    again.current().queue._reset_columns()
    assert table.horizontalHeader().visualIndex(1) == 1 and table.isColumnHidden(8)
    for _ in range(3):
        if wardrobe.density is not type(before)("compact"):
            again._change_density()


def test_rows_of_many_come_before_they_are_counted(monkeypatch, page, house):
    monkeypatch.setattr("odr_desk.services.queue.FEW", 0)
    sizes = []
    page.queue.table.counted.connect(sizes.append)
    page.queue.show_filter(CaseFilter(view="all", channel="CH01"))
    found = page.queue.table.rows.rowCount()
    assert found == len(_numbers(page.queue)) > 0
    assert sizes[-2:] == [found, found]
    page.queue.refresh()
    assert page.queue.table.rows.rowCount() == found


def test_the_case_of_the_list_is_opened_again_after_one_that_is_not_in_it(page, house, database, manager):
    page.open_case(house.second)
    with database.writing(manager, "case.delete") as work:
        case_bin.delete(work, house.third, "登记错了")
    page.refresh()
    page.open_case(house.third)
    assert page.queue.table.current() is None
    page.open_case(house.second)
    assert page.case.isVisible() and page.case.shown.row.number == house.second
    assert page.queue.table.current().number == house.second
