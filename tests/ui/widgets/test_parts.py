import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from odr_desk.ui import theme
from odr_desk.ui.widgets import marked_text
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.banner import Banner, ProgressStrip
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.day_cells import DayCells
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.marked_words import MarkedWords
from odr_desk.ui.widgets.marks import Icon, Key, Mark
from odr_desk.ui.widgets.pdf_view import PdfView
from odr_desk.ui.widgets.search_box import SearchBox
from odr_desk.ui.widgets.steps import Steps
from odr_desk.ui.widgets.tile import Tile
from odr_desk.ui.widgets.timeline import Entry, Folded
from odr_desk.ui.widgets.wizard import Wizard
from odr_desk.ui.widgets.words import Words
from tests.ui.gallery import sheet
from tests.ui.hands import write
from tests.ui.looks import clipped, dump
from tests.ui.widgets.showing import shown

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize("text", ["<b>粗</b>", "<img src='x'>", "a & b", "第一行\n第二行"])
def test_words_are_never_read_as_html(qtbot, text):
    words = Words(text)
    shown(qtbot, words)
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert words.text() == text


def test_words_that_do_not_fit_are_cut_and_whole_in_the_tooltip(qtbot):
    words = Words("储值卡退余额，等门店对账，已约周五三方调解", elide=True)
    shown(qtbot, words, width=120)
    assert words.is_cut()
    assert words.toolTip() == words.text()
    words.setText("短")
    assert not words.is_cut()
    assert words.toolTip() == ""


def test_a_tone_can_change(qtbot):
    words = Words("今天", "small", "act")
    shown(qtbot, words)
    words.set_tone("late")
    assert words.palette().color(words.foregroundRole()) == theme.colour("late")
    assert words.font().pixelSize() == 12


def test_icons_follow_the_colours_when_they_change(dressed, qtbot):
    button, mark = Button("登记", icon="plus"), Mark("act")
    shown(qtbot, button, mark)
    before = mark.pixmap().toImage()
    theme.apply(dressed, theme.read(dark=True))
    try:
        assert mark.pixmap().toImage() != before
    finally:
        theme.apply(dressed, theme.read())
    assert mark.pixmap().toImage() == before


def test_a_search_is_told_once_the_typing_pauses(qtbot):
    box, said = SearchBox("找"), []
    shown(qtbot, box)
    box.searched.connect(said.append)
    with qtbot.waitSignal(box.searched):
        write(box, "金禧")
    assert said == ["金禧"]
    with qtbot.waitSignal(box.entered):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    with qtbot.waitSignal(box.left_down):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert said == ["金禧", ""]
    assert box.text() == ""


def test_enter_searches_without_waiting(qtbot):
    box, said = SearchBox("找"), []
    shown(qtbot, box)
    box.searched.connect(said.append)
    write(box, "0123")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert said == ["0123"]


def entry(kind, text):
    made = Entry()
    made.tell("10:42", "phone", kind, text, "王敏")
    return made


@pytest.mark.parametrize(
    ("widget", "name"),
    [
        (lambda: Badge("late", "逾期 2 天"), "逾期：逾期 2 天"),
        (lambda: Mark("wait"), "等待"),
        (lambda: Steps(["受理", "结案"], 1), "进度：结案，第 2 步，共 2 步"),
        (lambda: DayCells(7, 10), "已用 7 个工作日，共 10 个"),
        (lambda: Wizard(["选期间", "体检"]), "第 1 步，共 2 步：选期间"),
        (lambda: Banner("late", "没有打印"), "没有打印"),
        (lambda: entry("致电", "同意换货"), "10:42 致电，王敏：同意换货"),
    ],
)
def test_what_is_painted_is_also_said(qtbot, widget, name):
    made = widget()
    qtbot.addWidget(made)
    assert made.accessibleName() == name
    assert not made.grab().isNull()


def test_states_can_change(qtbot):
    badge, steps, cells, wizard, mark = (
        Badge("act", "协商中"),
        Steps(["一", "二"]),
        DayCells(),
        Wizard(["一", "二"]),
        Mark("act"),
    )
    shown(qtbot, badge, steps, cells, wizard, mark)
    badge.show_state("done", "已履行")
    steps.set_at(2)
    cells.set_days(12, 10)
    wizard.set_at(1)
    wizard.set_note(1, "4 项必须改")
    mark.set_state("late")
    assert badge.text() == "已履行"
    assert steps.accessibleName().startswith("进度：全部完成")
    assert wizard.accessibleName() == "第 2 步，共 2 步：二"
    assert mark.accessibleName() == "逾期"


def test_a_counter_tells_its_number_and_opens(qtbot):
    tile = Tile("逾期")
    shown(qtbot, tile)
    assert tile.count() is None
    tile.show_count(1234, "先办 0108 讯达手机", "late")
    assert tile.accessibleName() == "逾期 1,234 件。先办 0108 讯达手机"
    tile.setFocus()
    with qtbot.waitSignal(tile.clicked):
        qtbot.keyClick(tile, Qt.Key.Key_Space)
    tile.show_count(0, "下一件 12-07 周一", "late")
    assert tile._state == "done"


def test_a_paper_is_fitted_scrolled_and_counted(qtbot):
    view = PdfView()
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    view.show_pages([sheet(), sheet(), sheet()])
    assert view.count() == 3
    assert view.verticalScrollBar().maximum() > 1000
    told = []
    view.page_changed.connect(lambda x, y: told.append((x, y)))
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert told == [(3, 3), (1, 3)]
    assert view.accessibleName() == "文书预览，第 1 页，共 3 页"
    with qtbot.waitSignal(view.scaled) as blocker:
        view.set_fit("page")
    assert view.fit() == "page"
    assert blocker.args[0] < 70
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space):
        qtbot.keyClick(view, key)
    picture = view.grab().toImage()
    assert picture.pixelColor(250, 40).name() == "#ffffff"
    view.show_pages([])
    assert view.count() == 0


def test_banners_offer_what_to_do(qtbot):
    done = []
    banner = Banner("late", "打印机没有应答。协议已存好，没有打印。")
    banner.add_button("再打一次", lambda: done.append("again"))
    link = banner.add_link("先存 PDF", lambda: done.append("save"), keys="F7")
    place = shown(qtbot, banner, width=320)
    qtbot.mouseClick(link, LEFT)
    assert done == ["save"]
    assert "F7" in dump(place)
    assert clipped(place) == []
    with qtbot.waitSignal(banner.closed):
        banner.dismiss()


def test_progress_counts_and_says_when_it_is_being_cancelled(qtbot):
    strip, done = ProgressStrip("正在导出"), []
    strip.set_cancel(lambda: done.append(1))
    shown(qtbot, strip)
    strip.show_progress(1310, 4390)
    assert strip.words.text() == "正在导出，已到 1,310 / 4,390"
    cancel = next(button for button in strip.findChildren(Button) if button.words() == "取消")
    qtbot.mouseClick(cancel, LEFT)
    assert done == [1]
    assert not cancel.isEnabled()
    assert strip.words.text() == "正在导出，正在取消"


def test_an_empty_page_leads_on(qtbot):
    done = []
    empty = Empty("没有逾期的件", "最近一件明天到期", link="看明天到期的", clicked=lambda: done.append(1))
    shown(qtbot, empty)
    qtbot.mouseClick(next(button for button in empty.findChildren(Button) if button.words()), LEFT)
    assert done == [1]
    empty.set_words("没有找到")
    assert "最近一件明天到期" not in dump(empty)


def test_folded_rows_unfold(qtbot):
    folded = Folded()
    folded.tell("系统记录 3 条")
    shown(qtbot, folded)
    with qtbot.waitSignal(folded.unfolded):
        qtbot.mouseClick(folded.findChild(Button), LEFT)


@pytest.fixture
def undressed_later(dressed):
    """The application, in the usual type again afterwards."""
    yield dressed
    theme.apply(dressed, theme.read())


def test_the_kind_of_an_entry_is_whole_when_the_type_grows(qtbot, undressed_later):
    told = entry("致电消费者", "同意换货")
    shown(qtbot, told)
    theme.apply(undressed_later, theme.read(density=theme.Density.LARGE))
    QApplication.processEvents()
    wide, kind_begins = QFontMetrics(theme.bold()).horizontalAdvance("致电消费者"), 82
    assert kind_begins + wide <= told.body.x() - 8


def test_an_entry_breaks_its_words_and_takes_links(qtbot):
    told = entry("致电商户", "店长同意换按克计价吊坠并退差价。" * 4)
    told.offer("修改")
    place = shown(qtbot, told, width=360)
    assert clipped(place) == []
    assert told.body.height() > 40
    with qtbot.waitSignal(told.asked):
        qtbot.mouseClick(told.findChild(Button), LEFT)


def test_an_entry_told_anew_forgets_the_one_before(qtbot):
    told = entry("致电商户", "店长同意退差价")
    told.offer("修改")
    told.point_out()
    pointed = shown(qtbot, told).grab().toImage()
    told.tell("11:02", "note", "备注", "等店长回话", "欧阳建国国", last=True)
    QApplication.processEvents()
    assert told.accessibleName() == "11:02 备注，欧阳建国国：等店长回话"
    assert not told.findChild(Button).isVisible() and told.toolTip() == "欧阳建国国"
    assert told.grab().toImage().pixelColor(2, 2) != pointed.pixelColor(2, 2)


def test_boxes_hold_what_they_are_given(qtbot):
    label, inner = QLabel("一"), row(QLabel("二"), None, 8)
    box = column(
        card(column(label)),
        inner,
        line(),
        scroll(column(Key("F7"), Icon("eye", says="看"))),
        panel(row(), "surface", width=40, height=20),
    )
    place = QWidget()
    qtbot.addWidget(place)
    place.setLayout(box)
    assert box.count() == 5
    empty_layout(box)
    assert box.count() == 0


def test_a_hit_is_seen_in_a_narrow_cell_too(dressed):
    said = ("联系电话：139****5678", ((12, 16),))
    assert marked_text.led(*said, 400) == said
    text, ((start, end),) = marked_text.led(*said, 60)
    assert text.startswith("…") and text[start:end] == "5678" and len(text) < 16
    assert marked_text.led("锦绣家纺", ((0, 2),), 10) == ("锦绣家纺", ((0, 2),)), "nothing stands before it"


class Scribe(QPainter):
    """Keeps what is written instead of painting it."""

    def __init__(self, picture):
        super().__init__(picture)
        self.written = ""

    def drawText(self, _room, _flags, text):  # noqa: N802 - as Qt names it
        self.written += text


@pytest.mark.parametrize("width", range(20, 200, 7))
def test_a_line_with_hits_never_ends_as_if_it_were_whole(dressed, width):
    said = "要求退货、退货款"
    picture = QImage(400, 30, QImage.Format.Format_ARGB32)
    scribe = Scribe(picture)
    marked_text.draw(scribe, QRect(0, 0, width, 30), said, ((2, 4), (5, 7)))
    scribe.end()
    assert scribe.written == said or scribe.written.endswith("…")


LINK = "https://item.example.com/item.htm?id=1234567890&spm=a1z10.5-c.w4002-1234567890.25&skuId=5012345678901"


def test_a_pasted_link_breaks_where_its_line_ends_and_is_copied_as_it_was(qtbot):
    words = Words(f"消费者发来 {LINK}", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown(qtbot, words, width=200)
    assert words.text() == f"消费者发来 {LINK}"
    assert words.minimumSizeHint().width() <= 200
    assert words.heightForWidth(200) > 3 * words.fontMetrics().height()
    words.setSelection(0, len(words.shown()))
    qtbot.keyClick(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == f"消费者发来 {LINK}"


def test_a_hit_in_a_pasted_link_is_marked_where_it_stands(qtbot):
    words = MarkedWords(f"{LINK}金镯", [(len(LINK), len(LINK) + 2)])
    shown(qtbot, words, width=200)
    (hit,) = words.hits()
    assert hit.bottom() > 3 * words.fontMetrics().height()
    assert hit.width() <= 2 * words.fontMetrics().horizontalAdvance("金") + 2
