import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from odr_desk.rules.errors import Conflict, Invalid, Missing, NotAllowed, Trouble
from odr_desk.rules.people import Right
from odr_desk.ui import errors, theme
from odr_desk.ui.actions import Act
from odr_desk.ui.desk import Stopped
from odr_desk.ui.pages import PAGES as REAL_PAGES
from odr_desk.ui.pages import Page
from odr_desk.ui.screen import Screen
from odr_desk.ui.statusbar import Part
from odr_desk.ui.widgets.banner import Banner, ProgressStrip, UndoStrip
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.search_box import SearchBox
from odr_desk.ui.window import LEAST, TITLE, Layouts, Window
from tests.ui import gallery
from tests.ui.looks import clipped, dump, settle, unnamed


class Plain(Screen):
    WATCHES = frozenset({"cases"})
    made = 0

    def __init__(self, shell):
        super().__init__(shell)
        type(self).made += 1
        self.read, self.records, self.done = 0, [], []
        self.box = SearchBox("找")
        self.setLayout(column(self.box, None))

    def refresh(self):
        self.read += 1

    def acts(self):
        return (
            Act("登记", lambda: self.done.append("new"), shortcut="Ctrl+N"),
            Act("记账", lambda: self.done.append("manage"), shortcut="Ctrl+M", right=Right.ACCOUNTS),
        )

    def show_record(self, record):
        self.records.append(record)


class Bare(Screen):
    """A page without a search box."""


PAGES = (
    Page("today", "今日", "today", Bare),
    Page("cases", "投诉件", "cases", Plain, right=Right.READ_CASES),
    Page("secret", "账号", "user", Plain, right=Right.ACCOUNTS),
    Page("settings", "设置", "settings", Bare, last=True),
)


@pytest.fixture
def window(qtbot, desk, wardrobe):
    Plain.made = 0
    made = Window(
        desk, wardrobe, PAGES, status=lambda work: (Part("备份正常", "shield", "done", "settings", "backup"),)
    )
    qtbot.addWidget(made)
    made.enter()
    with qtbot.waitActive(made):
        settle(made, 1366, 697)
    return made


def banners(window, kind=Banner):
    return [strip for strip in window.notices.findChildren(Banner) if isinstance(strip, kind) and strip.isVisible()]


def test_pages_are_made_when_first_opened(window):
    assert window.windowTitle() == TITLE
    assert Plain.made == 0
    window.open("cases")
    window.open("today")
    window.open("cases")
    assert Plain.made == 1
    assert isinstance(window.current(), Plain)


def test_a_page_without_the_right_is_not_there(window):
    window.open("secret")
    assert isinstance(window.current(), Bare)
    assert "账号" not in dump(window)


def test_alt_and_a_number_open_the_pages(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.current(), Plain)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.current(), Bare)


def test_a_record_is_handed_to_its_page(window):
    window.open("cases", 12)
    assert window.current().records == [12]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)],
)
def test_search_stands_in_the_place_of_any_page_and_escape_goes_back(qtbot, window, key, modifier):
    for code in ("today", "cases", "settings"):
        window.open(code)
        page = window.current()
        qtbot.keyClick(window, key, modifier)
        assert QApplication.focusWidget().accessibleName() == "搜索全部" and not page.isVisible()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert page.isVisible() and window.current() is page


def test_the_box_of_the_page_has_a_key_of_its_own(qtbot, window):
    window.open("cases")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.current().box


def test_who_may_not_read_cases_is_offered_no_search(qtbot, window, admin):
    window.desk.actor = admin
    window.enter()
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert window.current().isVisible()
    assert "搜索" not in dump(window.bar)


def test_acts_work_only_on_the_page_that_is_open_and_with_the_right(qtbot, window):
    window.open("cases")
    page = window.current()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    window.open("today")
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.done == ["new"]


def test_a_page_reads_again_when_its_tables_changed(window):
    window.open("cases")
    page = window.current()
    assert page.read == 1
    window.desk.changed.emit(frozenset({"merchants"}))
    assert page.read == 1
    window.desk.changed.emit(frozenset({"cases", "journal"}))
    assert page.read == 2


def test_a_hidden_page_reads_again_only_when_it_is_shown(window):
    window.open("cases")
    page = window.current()
    window.open("today")
    for _ in range(3):
        window.desk.changed.emit(frozenset({"cases"}))
    assert page.read == 1
    window.open("cases")
    assert page.read == 2


def test_the_list_of_keys_names_those_of_the_page(qtbot, window, asked):
    window.open("cases")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    words = dump(asked.dialogs[0])
    assert asked.titles == ["全部快捷键"]
    assert "Ctrl N" in words and "登记" in words
    assert "Alt 2" in words


def test_no_key_is_given_twice(window):
    window.open("cases")
    acts = (*window.current().acts(), *window._own_acts(), *window._page_acts())
    shortcuts = [act.shortcut for act in acts if act.shortcut]
    assert len(shortcuts) == len(set(shortcuts))


def test_a_part_of_the_status_bar_leads_where_it_can_be_mended(qtbot, window):
    button = next(button for button in window.bar.findChildren(Button) if button.words() == "备份正常")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window._code == "settings"


def test_the_rail_is_wide_on_a_wide_screen(window):
    assert window._rail.width() == 52
    settle(window, 1920, 1009)
    assert window._rail.width() == 150


def test_the_rail_marks_the_page_that_one_without_a_place_there_belongs_to(qtbot, desk, wardrobe):
    class Borne(Bare):
        def home(self):
            return self.borne if hasattr(self, "borne") else ""

        def show_record(self, record):
            self.borne = record

    made = Window(desk, wardrobe, (*PAGES, Page("inner", "导入", "download", Borne, home="today")))
    qtbot.addWidget(made)
    made.enter("settings")

    def marked():
        return [code for code, button in made._rail._buttons.items() if button.isChecked()]

    assert marked() == ["settings"]
    made.open("inner")
    assert marked() == ["today"]
    made.open("inner", "cases")  # what it shows now belongs elsewhere
    assert marked() == ["cases"]
    made.open("today")
    assert marked() == ["today"]


def test_every_page_without_a_place_in_the_rail_has_the_same_two_ways_back(qtbot, desk, wardrobe):
    made = Window(desk, wardrobe)
    qtbot.addWidget(made)
    made.enter()
    for page in (page for page in REAL_PAGES if page.home):
        for key in ("Alt+Left", "Esc"):
            made.open(page.code)
            home = made.current().home() or page.home
            next(act for act in made.current().acts() if act.shortcut == key).slot()
            assert made._code == home, (page.code, key)


def test_a_gate_hides_the_pages_until_somebody_enters(qtbot, desk, wardrobe):
    window = Window(desk, wardrobe, PAGES)
    qtbot.addWidget(window)
    gate = QLabel("登录")
    window.show_gate(gate)
    settle(window, *LEAST)
    assert gate.isVisible()
    assert not window.stack.isVisible()
    window.enter("cases")
    settle(window, *LEAST)
    assert isinstance(window.current(), Plain)
    assert not window.findChildren(QLabel, "登录")


def test_another_person_gets_the_pages_of_his_rights(qtbot, window, admin):
    window.desk.actor = admin
    window.enter()
    window.open("cases")
    assert isinstance(window.current(), Bare)
    window.open("secret")
    assert isinstance(window.current(), Plain)


def test_what_was_done_can_be_undone_by_key(qtbot, window, asked):
    undone = []
    window.say("0125 已结案", lambda: undone.append("0125"))
    assert "0125 已结案" in dump(window)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["0125"]
    assert banners(window, UndoStrip) == []


def test_what_was_done_can_be_undone_by_click(qtbot, window):
    undone = []
    window.say("0125 已结案", lambda: undone.append("0125"))
    link = next(button for button in window.notices.findChildren(Button) if button.words() == "撤销")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert undone == ["0125"]


@pytest.mark.parametrize("error", [Missing("已被合并"), NotAllowed("没有权限"), Invalid.of("phone", "差一位")])
def test_a_refusal_stands_at_the_top_until_it_is_closed(qtbot, window, error):
    window.desk.failed.emit(error)
    assert [strip.words.text() for strip in banners(window)] == [str(error)]
    close = next(button for button in window.notices.findChildren(Button) if button.accessibleName() == "关闭这条提示")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert banners(window) == []
    assert not window.notices.isVisible()


def test_a_conflict_offers_to_load_again(qtbot, window):
    loaded = []
    window.refuse(Conflict("别人已改"), lambda: loaded.append(1))
    button = next(button for button in window.notices.findChildren(Button) if button.words() == "重新载入")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert loaded == [1]
    assert banners(window) == []


def test_only_the_newest_refusal_is_shown_and_leaving_the_page_takes_it_away(window):
    window.refuse(Missing("一"))
    window.refuse(Missing("二"))
    assert [strip.words.text() for strip in banners(window)] == ["二"]
    window.open("settings")
    assert banners(window) == []


def test_trouble_is_a_box_that_offers_to_try_again(window, asked):
    tried = []
    asked.answers = [True, False]
    window.refuse(Trouble("磁盘已满，没有保存。", "请清理磁盘。"), lambda: tried.append(1))
    window.refuse(Trouble("磁盘已满，没有保存。", "请清理磁盘。"), lambda: tried.append(2))
    assert tried == [1]
    assert "磁盘已满，没有保存。" in asked.texts[0]


def test_cancelled_work_is_no_error(window):
    window.refuse(Stopped("已取消，没有作任何改动"))
    assert [type(strip) for strip in banners(window)] == [UndoStrip]


def test_long_work_is_shown_cancelled_and_taken_away(qtbot, window):
    work = window.run("正在导入 439 行")
    work.progress(310, 439)
    strip = banners(window, ProgressStrip)[0]
    assert strip.words.text() == "正在导入 439 行，已到 310 / 439"
    cancel = next(button for button in strip.findChildren(Button) if button.words() == "取消")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    with pytest.raises(Stopped):
        work.progress(311, 439)
    work.finish()
    assert banners(window) == []


def test_layouts_are_kept_for_the_person(qtbot, desk, wardrobe):
    kept = []
    window = Window(
        desk,
        wardrobe,
        PAGES,
        layouts=Layouts({"queue": {"order": "due"}}, lambda name, layout: kept.append((name, layout))),
    )
    qtbot.addWidget(window)
    assert window.layout_of("queue") == {"order": "due"}
    window.keep_layout("queue", {"order": "amount"})
    assert window.layout_of("queue") == {"order": "amount"}
    assert kept == [("queue", {"order": "amount"})]
    assert window.layout_of("other") is None


def test_a_bug_report_holds_no_words_of_people(dressed):
    def fail(name):
        raise ValueError(f"没有 {name}")

    try:
        fail("周雅琴 13800005678")
    except ValueError as error:
        text = errors.report(error)
    assert "ValueError" in text and "PySide6" in text and "fail" in text
    assert "周雅琴" not in text and "13800005678" not in text


def test_a_bug_opens_one_window_that_can_copy_the_report(qtbot, window, asked):
    errors.show_bug(ValueError("x"), window)
    errors.show_bug(ValueError("y"), window)
    assert asked.titles == ["程序出错了"]
    copy = next(button for button in asked.dialogs[0].findChildren(Button) if button.words() == "复制报告")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "ValueError" in QApplication.clipboard().text()
    qtbot.mouseClick(asked.dialogs[0].do, Qt.MouseButton.LeftButton)
    assert not asked.dialogs[0].isVisible()


def test_the_hooks_send_bugs_to_the_crash_window(window, asked, monkeypatch):
    import sys
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    errors.install(lambda: window)
    error = KeyError("x")
    sys.excepthook(KeyError, error, None)
    assert asked.titles == ["程序出错了"]


@pytest.mark.parametrize("size", [(1366, 697), (1280, 649), (1920, 1009), LEAST])
@pytest.mark.parametrize("page", ["settings", "today"])
def test_every_part_fits_at_every_size(qtbot, desk, size, page, wardrobe):
    window = Window(desk, wardrobe, gallery.pages())
    qtbot.addWidget(window)
    window.enter(page)
    window.bar.show_parts(gallery.PARTS)
    settle(window, *size)
    assert (window.width(), window.height()) == size
    assert clipped(window) == []
    assert unnamed(window) == []


def test_the_row_height_changes_by_key_and_is_kept(qtbot, window, dressed):
    kept = []
    window.set_layouts(Layouts({}, lambda name, layout: kept.append((name, layout))))
    high = theme.size("row")
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert theme.size("row") > high
    assert kept == [("look", {"mode": "light", "density": "middle"})]
    window.set_layouts(Layouts({"look": {"mode": "light", "density": "compact"}}))
    assert theme.size("row") == high


def test_a_person_gets_the_look_he_chose(window, wardrobe):
    window.set_layouts(Layouts({"look": {"mode": "dark", "density": "large"}}))
    assert theme.now().dark and theme.size("body") == 16
    window.dress(theme.Mode.LIGHT, theme.Density.COMPACT)
    assert not theme.now().dark
    assert window.layout_of("look") == {"mode": "light", "density": "compact"}


def test_whoever_has_chosen_nothing_does_not_get_the_look_of_the_one_before(window):
    window.set_layouts(Layouts({"look": {"mode": "dark", "density": "large"}}))
    window.forget_layouts()
    assert theme.now().dark, "the look stays until somebody comes"
    assert window.layout_of("look") is None
    window.set_layouts(Layouts({}))
    assert not theme.now().dark and theme.now().density is theme.Density.COMPACT


def test_the_system_mode_is_followed_only_when_it_is_meant(wardrobe, dressed):
    wardrobe._on_system()
    assert not theme.now().dark
    wardrobe.wear(theme.Mode.SYSTEM, theme.Density.COMPACT)
    dressed.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.now().dark == theme.wants_dark(dressed, theme.Mode.SYSTEM)
    wardrobe.wear(theme.Mode.LIGHT, theme.Density.COMPACT)


def test_a_conflict_without_more_reads_the_page_again(qtbot, window):
    window.open("cases")
    page = window.current()
    window.desk.failed.emit(Conflict("别人已改"))
    button = next(button for button in window.notices.findChildren(Button) if button.words() == "重新载入")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.read == 2


def test_the_status_bar_never_makes_the_window_wider(qtbot, window):
    window.bar.show_parts([Part(f"很长的一句话，第 {number} 句", "flag") for number in range(30)])
    settle(window, *LEAST)
    assert window.width() == LEAST[0]
    assert clipped(window.bar) == []
