"""The list of merchants: search, groups with counts, and the way in for new ones."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.merchant import SOON_DAYS
from odr_desk.rules.people import Right
from odr_desk.services import merchant_list
from odr_desk.services.merchant_list import Group, MerchantFilter
from odr_desk.ui import theme
from odr_desk.ui.latest import Latest
from odr_desk.ui.merchants import columns
from odr_desk.ui.rows import Ask, Failed, Then, read_page
from odr_desk.ui.screen import Layout, Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, on_ground, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.search_box import SearchBox

LAYOUT = "merchants.list"
_CHIPS = (
    (Group.PRESENT, "在场", ""),
    (Group.LEASE, "租约", "act"),
    (Group.LICENCE, "证照", "act"),
    (Group.PROVISIONAL, "待建档", "act"),
    (Group.RETIRED, "已撤场", "wait"),
    (Group.ALL, "全部", ""),
)
_ROOM = (
    (480, columns.WIDE), (390, columns.NARROW), (330, columns.NARROWEST), (0, columns.FEWEST),
)  # width from with the small type, columns  # fmt: skip


class Directory(QWidget):
    """The list; `chosen` carries the row moved to, `wanted` asks for a new file, `importing` for a workbook."""

    chosen = Signal(object)
    opened = Signal(object)
    wanted = Signal()
    importing = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._shell = shell
        self._filter = MerchantFilter()
        self._room = -1
        self._counting = Latest(shell.desk, self)
        self.search = SearchBox("名称、首字母、柜位")
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self._into_list)
        self.search.entered.connect(self._take_best)
        self.new = Button("建档", icon="plus", clicked=self.wanted.emit)
        self.bring = Button("导入", clicked=self.importing.emit)
        for button, right in ((self.new, Right.WRITE_MERCHANTS), (self.bring, Right.PREVIEW_IMPORTS)):
            if not shell.desk.actor.may(right):
                button.hide()
        self.chips = Chips()
        for group, text, state in _CHIPS:
            chip = self.chips.add(group.value, text, state)
            if group in {Group.LEASE, Group.LICENCE}:
                chip.setToolTip(f"{text}已到期，或 {SOON_DAYS} 天内到期")
        self.chips.choose(self._filter.group.value)
        self.chips.chosen.connect(lambda code: self.show_group(Group(code)))
        self.empty = Empty("还没有商户", " ", icon="shop")
        self.table = self._make_table()
        top = row(self.search, self.new, self.bring, margins=(12, 8, 12, 6))
        self.setLayout(column(top, row(self.chips, margins=(12, 0, 12, 0)), 2, self.table, gap=0))

    def is_whole(self) -> bool:
        """Tell whether the list holds everybody present."""
        return not self._filter.text and self._filter.group is Group.PRESENT

    def show_group(self, group: Group) -> None:
        """Show the merchants of a group."""
        self.chips.choose(group.value)
        self._filter = replace(self._filter, group=group)
        self._ask()

    def show_text(self, text: str) -> None:
        """Search for something typed elsewhere."""
        self.search.setText(text)

    def refresh(self) -> None:
        """Read list and counts again; the chosen merchant stays chosen."""
        self.table.reload()
        self._count()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns that have room, as this person has arranged them for this width."""
        super().resizeEvent(event)
        at = next(at for at, (least, _names) in enumerate(_ROOM) if self.width() >= theme.wide(least))
        if at != self._room:
            self._room = at
            self.table.columns.show_only(*_ROOM[at][1])
            self.table.columns.restore(self._shell.layout_of(f"{LAYOUT}.{at}"))

    def _keep_layout(self, kept: Layout) -> None:
        self._shell.keep_layout(f"{LAYOUT}.{self._room}", kept)

    def _make_table(self) -> Table:
        table = Table(
            "商户",
            columns.MERCHANTS,
            self._fetch,
            identity=lambda row: row.number,
            marks=columns.mark,
            looks=columns.look,
            stretch="name",
        )
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.set_empty(self.empty)
        table.chosen.connect(self.chosen)
        table.opened.connect(self.opened)
        table.columns.changed.connect(self._keep_layout)
        return table

    def _fetch(self, ask: Ask, then: Then, failed: Failed) -> None:
        wanted = replace(self._filter, sort=ask.order, descending=ask.descending)
        self._say_why_empty()
        read_page(
            self._shell.desk,
            self,
            lambda work: merchant_list.window(work, wanted, ask.offset, ask.limit),
            lambda page: then(page.total, page.rows),
            failed,
        )

    def _search(self, text: str) -> None:
        """Search everybody: who has left may still be complained about."""
        self._filter = replace(self._filter, text=text, group=Group.ALL if text else Group.PRESENT)
        self.chips.choose(self._filter.group.value)
        self._ask()

    def _ask(self) -> None:
        self.table.set_fetch(self._fetch)
        self._count()

    def _count(self) -> None:
        text = self._filter.text
        self._counting.read(
            lambda work: merchant_list.counts(work, text),
            lambda found: self.chips.set_counts({group.value: count for group, count in found.items()}),
        )

    def _into_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.step(1)

    def _take_best(self) -> None:
        self.table.setCurrentIndex(QModelIndex())
        self._into_list()

    def _say_why_empty(self) -> None:
        if self._filter.text:
            self.empty.set_words(f"没有“{self._filter.text}”", "换一个字、首字母或柜位号试试")
        else:
            words = {
                Group.LEASE: "60 天内没有租约到期",
                Group.LICENCE: "60 天内没有证照到期",
                Group.PROVISIONAL: "没有待建档的商户",
                Group.RETIRED: "没有撤场的商户",
            }
            self.empty.set_words(words.get(self._filter.group, "还没有商户"), "")
