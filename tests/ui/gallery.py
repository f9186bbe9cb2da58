"""Every part in every state on one page, to be looked at and to be tested; never shipped."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.rules.fields import choice, day, flag, number, text
from odr_desk.rules.fields import money as amount
from odr_desk.rules.labels import Word
from odr_desk.ui.actions import Act
from odr_desk.ui.cells import Look
from odr_desk.ui.form import Form
from odr_desk.ui.pages import Page
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.statusbar import Part
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.banner import Banner, ProgressStrip, UndoStrip
from odr_desk.ui.widgets.boxes import card, column, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button, SplitButton
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Radio, Tick
from odr_desk.ui.widgets.day_cells import DayCells
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.lookup import Hit, LookupList
from odr_desk.ui.widgets.marks import STATES, Icon, Key, Mark
from odr_desk.ui.widgets.number_edit import MoneyEdit
from odr_desk.ui.widgets.pdf_view import PageImage, PdfView
from odr_desk.ui.widgets.search_box import SearchBox
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.steps import Steps
from odr_desk.ui.widgets.tabs import Tabs
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from odr_desk.ui.widgets.tile import Tile
from odr_desk.ui.widgets.timeline import DayHead, Entry, Folded
from odr_desk.ui.widgets.wizard import Wizard
from odr_desk.ui.widgets.words import Words


class Wish(Word):
    """What somebody may ask for."""

    RETURN = "return", "退货"
    SWAP = "swap", "换货"
    REPAIR = "repair", "修理"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDraft:
    """One field of each kind."""

    name: str = text("姓名", "消费者", required=True, max_length=20)
    phone: str = text("电话", "消费者", hint="不详可空", max_length=20)
    wish: Wish | None = choice("要求", "诉求", options=Wish, required=True)
    channel: str = choice("来源", "诉求", options="channels")
    said: str = text("一句话", "诉求", multiline=True, max_length=500)
    amount_fen: int | None = amount("金额（元）", "诉求")
    bought_on: object = day("购买日期", "诉求")
    copies: int | None = number("份数", "诉求", minimum=1, maximum=9)
    consent: bool = flag("同意公示", "诉求")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sample list."""

    id: int
    state: str
    due: str
    shop: str
    what: str
    amount_fen: int


COLUMNS: tuple[Column[Line], ...] = (
    Column("剩余", lambda row: row.due, width=9, key="due"),
    Column("编号", lambda row: f"{row.id:04}", width=5, key="number"),
    Column("商户", lambda row: row.shop, width=11, key="shop"),
    Column("事由", lambda row: row.what, width=20, key="what"),
    Column("金额", lambda row: row.amount_fen, money.show, width=11, align="right", key="amount"),
)
LINES = (
    Line(108, "late", "逾期 2 天", "讯达手机", "手机听筒无声，要求退货", 429900),
    Line(113, "act", "今天到期", "乐童天地", "蹦床磕伤，医药费与次卡", 206640),
    Line(117, "wait", "1 天", "明视眼镜", "验光差 50 度，等复验结果", 108000),
    Line(123, "act", "3 天", "金禧珠宝", "一口价吊坠克重未讲清", 328000),
    Line(125, "done", "3 天", "步行者鞋业", "皮鞋开胶，已换同款", 59900),
)
NEW = {123}


def looks(row: Line, column: Column[Line]) -> Look:
    """Paint the sample list as the queue is painted."""
    if column.key == "due" and row.state == "late":
        return Look(tone="late", bold=True)
    if column.key == "due" and row.due.startswith("今天"):
        return Look(tone="act", bold=True)
    if column.key == "number":
        return Look(tone="secondary", small=True)
    return Look(bold=row.id in NEW and column.key in {"shop", "what"})


class Gallery(Screen):
    """The parts, in three columns."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.table = table()
        head = row(Words("零件", "title"), Words("每种状态一张", "secondary"), None, margins=(16, 12, 16, 8), gap=12)
        body = row(
            _column(_buttons(), _fields(), _marks()),
            _column(_list(self.table), _messages(), _case()),
            panel(column(_empty(), _dialog(), _choices(), None, gap=8), width=284),
            margins=(16, 0, 16, 12),
        )
        body.setStretch(0, 4)
        body.setStretch(1, 5)
        self.setLayout(column(head, scroll(body), gap=0))


class More(Screen):
    """The larger parts: form, look-up, timeline, counters, wizard, paper."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        tiles = row(_tile("逾期", 2, "先办 0108 讯达手机", "late"), _tile("今日到期", 12, "先办 0113 乐童天地", "act"))
        tiles.addWidget(_tile("待回访", 0, "下一件 12-07 周一", "act"))
        tiles.addWidget(Tile("本月待报送"))
        wizard = Wizard(["选期间", "体检", "核对数字", "审核", "导出报送"])
        wizard.set_at(1)
        wizard.set_note(0, "10-26 至 11-25")
        wizard.set_note(1, "4 项必须改")
        steps = panel(row(wizard, margins=(16, 0, 0, 0)), "surface", height=60)
        self.paper = PdfView()
        self.paper.show_pages([sheet(), sheet()])
        body = row(_column(_form()), _column(_lookup(), _timeline()), self.paper, margins=(16, 8, 16, 12))
        for at in range(3):
            body.setStretch(at, 1)
        top = column(tiles, margins=(16, 12, 16, 8))
        self.setLayout(column(top, steps, scroll(body), gap=0))


def pages() -> tuple[Page, ...]:
    """The rail of the program with the gallery behind it."""
    return (
        Page("today", "今日", "today", More),
        Page("cases", "投诉件", "cases", More),
        Page("merchants", "商户", "shop", More),
        Page("agreements", "协议与履行", "deal", More, short="履行"),
        Page("submissions", "报送", "send", More),
        Page("figures", "统计", "stats", More),
        Page("settings", "设置", "settings", Gallery, last=True),
    )


PARTS = (
    Part("备份正常 今天 08:30", "shield", "done", "settings"),
    Part("无下一步 2 件", "flag", "act", "cases"),
    Part("11 月月报未报送", "send", "act", "submissions"),
    Part("王敏 · 一楼服务台", "user", page="settings", at_right=True),
)


def table(lines: Sequence[Line] = LINES) -> Table:
    """Return the sample list."""
    made = Table("样例列表", COLUMNS, marks=lambda row: row.state, looks=looks, stretch="what")
    made.set_rows(lines)
    made.choose(123)
    return made


def sheet() -> PageImage:
    """Return a page with a grey block where words would stand."""
    image = QImage(620, 877, QImage.Format.Format_RGB888)
    image.fill(QColor("white"))
    for top in range(80, 800, 24):
        for x in range(80, 540):
            image.setPixelColor(x, top, QColor("#888888"))
    image.convertTo(QImage.Format.Format_RGB888)
    rows = [bytes(image.constScanLine(y))[: 3 * image.width()] for y in range(image.height())]
    return PageImage(image.width(), image.height(), b"".join(rows), 75)


def _column(*items: QWidget) -> QWidget:
    return panel(column(*items, None, gap=8))


def _block(title: str, *items: QWidget | QBoxLayout) -> QFrame:
    return card(column(Words(title, "head"), *items, gap=8), margins=(16, 10, 16, 12))


def _buttons() -> QFrame:
    shows = (("平时", ""), ("移上", "hover"), ("按下", "pressed"), ("焦点", "focus"))
    head = row(_wide(Words("", "small"), 56), *(_wide(Words(name, "small"), 76) for name, _show in shows))
    head.addWidget(_wide(Words("不可用", "small"), 76))
    head.addStretch(1)
    lines: list[QBoxLayout] = [head]
    kinds = (
        ("主要", "primary", "出协议"),
        ("普通", "plain", "记录"),
        ("安静", "ghost", "放弃"),
        ("链接", "link", "看计数"),
    )
    for name, kind, words in kinds:
        buttons = []
        for _name, show in shows:
            button = Button(words, kind)  # type: ignore[arg-type]
            button.setProperty("show", show)
            buttons.append(_wide(button, 76))
        off = Button(words, kind)  # type: ignore[arg-type]
        off.setEnabled(False)
        lines.append(row(_wide(Words(name, "small"), 56), *buttons, _wide(off, 76), None))
    split = SplitButton("出协议")
    split.set_acts([Act("转出", lambda: None, "swap"), Act("合并", lambda: None)])
    more = row(
        split,
        Button("登记", icon="plus"),
        Button("删除", "danger"),
        Key("Ctrl ⏎"),
        Button("去体检", "link", "jump"),
        None,
    )
    return _block("按钮：一页一个主要", *lines, more)


def _fields() -> QFrame:
    focused = LineEdit(text="周女士")
    focused.setProperty("show", "focus")
    off = LineEdit(text="锡八调〔2026〕0123")
    off.setEnabled(False)
    two = row(
        panel(column(Labelled("平时", LineEdit(text="周女士")), Labelled("焦点", focused), gap=8)),
        panel(
            column(Labelled("没填", LineEdit("商户、首字母、柜位号"), required=True), Labelled("不可改", off), gap=8)
        ),
        gap=16,
    )
    bad = Labelled("有错", LineEdit(text="1380000567"), note="不详可空")
    bad.show_problem("差一位：手机号是 11 位，这里 10 位。已先存下。")
    pay, when = MoneyEdit(), DayEdit()
    pay.set_value(218000)
    three = row(
        Labelled("金额（元）", pay),
        Labelled("日期", when),
        Labelled("来源", ChoiceEdit([(1, "平台"), (2, "来电")])),
        gap=16,
    )
    return _block("输入：名称在上，出错写在下面", two, bad, three, Labelled("一句话", TextEdit("发生了什么")))


def _marks() -> QFrame:
    means = {
        "act": ("该我们动手", "协商中"),
        "wait": ("等别人", "待商户答复"),
        "done": ("办完", "已履行"),
        "late": ("过了期限", "逾期 2 天"),
    }
    lines = [
        row(
            Mark(state),
            _wide(Words(word, "head", state), 40),
            _wide(Words(means[state][0], "secondary"), 88),
            Badge(state, means[state][1]),
            None,
        )  # type: ignore[arg-type]
        for state, word in STATES.items()
    ]
    lines.append(
        row(
            Icon("alert", "act"),
            Words("缺、要补", "head", "act"),
            12,
            Icon("eye"),
            Words("请看一眼", "head", "wait"),
            12,
            Icon("check", "done"),
            Words("齐", "head", "done"),
            None,
        )
    )
    chips = Chips()
    chips.add("all", "全部", count=25)
    for state, word in STATES.items():
        chips.add(state, word, state, count=8)
    chips.choose("all")
    return _block("状态：颜色、形状、字，三样都在", *lines, chips, SearchBox("编号、姓名、尾号、商户首字母"))


def _list(shown: Table) -> QFrame:
    shown.setFixedHeight(26 + 5 * 28 + 2)
    return card(column(shown, gap=0), margins=(1, 1, 1, 1))


def _messages() -> QFrame:
    banner = Banner("late", "打印机没有应答。协议已存好，没有打印。")
    banner.add_button("再打一次", lambda: None)
    banner.add_link("先存 PDF", lambda: None)
    work = ProgressStrip("正在导出 439 行")
    work.set_cancel(lambda: None)
    work.show_progress(310, 439)
    look = Banner("act", "日历只到 2026-12-31，之后的期限为暂估。")
    return _block("出错、撤销、进行中", banner, look, UndoStrip("0125 已结案", lambda: None), work)


def _case() -> QFrame:
    tabs = Tabs()
    for code, words, badge in (
        ("log", "进展", ""),
        ("claims", "双方主张", ""),
        ("papers", "材料", "缺 2"),
        ("data", "资料", ""),
    ):
        tabs.add(code, words, badge)
    return _block(
        "一件",
        Steps(["受理", "联系商户", "安排调解", "出协议", "登记履行", "反馈平台", "结案"], 3),
        DayCells(7, 10),
        tabs,
    )


def _empty() -> QFrame:
    inside = Empty("没有逾期的件", "最近一件 0116 贝芽早教，明天到期", link="看明天到期的", clicked=lambda: None)
    return card(column(inside), margins=(0, 8, 0, 8))


def _dialog() -> QFrame:
    facts = [
        row(Words(name, "secondary"), None, Words(value))
        for name, value in (("同一手机尾号", "5678"), ("同一商户", "邻鲜超市"))
    ]
    words = Words("两件的记录会按时间排在一起，编号用 0129。以后可以拆开。", "secondary", wrap=True)
    return card(
        column(
            Words("把 0133 并入 0129？", "title"),
            words,
            *facts,
            row(None, Button("不并"), Button("并入 0129", "primary")),
        ),
        margins=(16, 12, 16, 16),
    )


def _choices() -> QFrame:
    segments = Segments([(1, "到店"), (2, "来电"), (3, "微信")], 1)
    return _block(
        "选",
        segments,
        Tick("同意公示", checked=True),
        Tick("同意委托调解"),
        Radio("商户承担", checked=True),
        Radio("商场先付"),
    )


def _form() -> QFrame:
    form = Form(SampleDraft, choices={"channels": [("odr", "ODR 直达"), ("walk", "到店")]}, columns=2)
    return card(column(form), margins=(16, 12, 16, 12))


def _lookup() -> QFrame:
    field = LineEdit(text="jx")
    found = LookupList(field, take="用这家")
    found.add_link(Button("不在名录，先记名字", "link"))
    hits = [
        Hit(1, "金禧珠宝", "jxzb", 2, ("A馆1F-101", "珠宝首饰"), "在办 2 件", "act"),
        Hit(2, "锦绣家纺", "jxjf", 2, ("A馆4F-408", "床上用品")),
        Hit(3, "吉祥馄饨", "jxht", 2, ("B1-033", "快餐")),
    ]
    found.show_hits(hits, "家")
    return _block("查找：在字段下面展开", Labelled("商户", field, required=True, note="汉字、首字母或柜位号"), found)


def _entry(*told: str, last: bool = False) -> Entry:
    made = Entry()
    made.tell(*told, last=last)
    return made


def _timeline() -> QFrame:
    folded = Folded()
    folded.tell("系统记录 3 条：改派王敏、期限提醒、材料更名", last=True)
    entries = (
        DayHead("今天 12-02 周三"),
        _entry(
            "10:42", "shop", "致电商户", "店长陈莉同意换按克计价吊坠并退差价 680 元，证书随货。待周女士确认。", "王敏"
        ),
        _entry("10:20", "phone", "致电消费者", "周女士坚持退货；说明可先谈换购、退差。", "王敏", last=True),
        DayHead("12-01 周二"),
        _entry("16:05", "visit", "到店", "看货：标价签有克重 3.9 克，字号过小。", "刘洋"),
        folded,
    )
    return card(column(*entries, gap=0), margins=(8, 4, 12, 8))


def _tile(label: str, count: int, note: str, state: str) -> Tile:
    made = Tile(label)
    made.show_count(count, note, state)  # type: ignore[arg-type]
    return made


def _wide(widget: QWidget, width: int) -> QWidget:
    widget.setFixedWidth(width)
    return widget
