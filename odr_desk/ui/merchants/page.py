"""商户: the list at the left, beside it a merchant's file, the form for it, or the import of a workbook."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget
from typing_extensions import override

from odr_desk.rules import money
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.rules.people import Right
from odr_desk.services import merchant_file, merchants
from odr_desk.services.licences import Licence
from odr_desk.services.merchant_file import MerchantDetail
from odr_desk.services.merchant_list import Group, MerchantRow
from odr_desk.ui import ask
from odr_desk.ui.actions import Act
from odr_desk.ui.latest import Latest
from odr_desk.ui.merchants.directory import Directory
from odr_desk.ui.merchants.editing import MerchantForm
from odr_desk.ui.merchants.file import MerchantFile
from odr_desk.ui.merchants.licence_list import ADD_KEYS
from odr_desk.ui.merchants.merging import MergeDialog
from odr_desk.ui.merchants.scans import Scans
from odr_desk.ui.page_reader import PageReader
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.boxes import column, on_ground
from odr_desk.ui.widgets.empty import Empty

_LIST_WIDTHS = ((1800, 520), (1500, 420), (1200, 400), (0, 352))  # window from, list
_LEAST_LIST = 320
_THREE_COLUMNS = 1000
SPLIT = "merchants.split"
_BEGIN = ("先把商户建起来", "把招商部的商户清单导进来，或者一户一户建档")
_CHOOSE = ("还没有打开商户", "在左边选一户")


class MerchantsPage(Screen):
    """Lists the merchants, shows one, puts new ones on file."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"merchants", "merchant_licences", "cases", "advances", "recoveries"})
    READS_AHEAD: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._reading = Latest(self.desk, self)
        self._number = ""
        self._shown: MerchantDetail | None = None
        self.form: MerchantForm | None = None
        self._typed: Mapping[str, object] | None = None
        self._may_write = self.desk.actor.may(Right.WRITE_MERCHANTS)
        self.directory = Directory(shell)
        self.directory.chosen.connect(self._on_chosen)
        self.directory.opened.connect(lambda _row: self.change())
        self.directory.wanted.connect(self.begin_new)
        self.directory.importing.connect(self.import_workbook)
        self.file = MerchantFile(shell)
        self.file.changing.connect(self.change)
        self.file.complaining.connect(self._complain)
        self.file.leaving.connect(self._turn_presence)
        self.file.merging.connect(self._merge)
        self.scans = Scans(shell, self)
        self.reader: PageReader | None = None
        self._connect_scans()
        self._nothing = Empty(*_BEGIN, icon="shop", link="导入商户清单", clicked=self.import_workbook)
        on_ground(self._nothing, "surface")
        self._beside = QStackedWidget()
        for widget in (self._nothing, self.file):
            self._beside.addWidget(widget)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.directory)
        self._split.addWidget(self._beside)
        self._split.setStretchFactor(1, 1)
        self._split.setStretchFactor(0, 0)
        self._split.splitterMoved.connect(self._on_dragged)
        self._band = -1
        self.setLayout(column(self._split, gap=0))
        self.directory.table.counted.connect(self._open_first)

    @override
    def refresh(self) -> None:
        self.directory.refresh()
        if self._number:
            self._read(self._number)

    @override
    def acts(self) -> tuple[Act, ...]:
        return (
            Act("建档", self.begin_new, icon="plus", shortcut="Ctrl+N", right=Right.WRITE_MERCHANTS),
            Act("修改", self.change, shortcut="F2", right=Right.WRITE_MERCHANTS),
            Act("保存", self._save, shortcut="Ctrl+Return", right=Right.WRITE_MERCHANTS),
            Act("加一张证照", self._add_licence, shortcut=ADD_KEYS, right=Right.WRITE_MERCHANTS),
            Act("粘贴为证照的扫描件", self._paste, shortcut="Ctrl+V", right=Right.WRITE_MERCHANTS),
            Act("导入商户清单", self.import_workbook, shortcut="Ctrl+I", right=Right.PREVIEW_IMPORTS),
            Act("下一户", lambda: self.directory.table.step(1), shortcut="Ctrl+Down"),
            Act("上一户", lambda: self.directory.table.step(-1), shortcut="Ctrl+Up"),
        )

    @override
    def show_record(self, record: object) -> None:
        """Go to a merchant by number, a group, a search, or a form ("new")."""
        match record:
            case "new":
                self.begin_new()
            case str():
                self.open_file(record)
            case {"group": str(code)}:
                self.directory.show_group(Group(code))
            case {"text": str(words)}:
                self.directory.show_text(words)
            case {"edit": "", "typed": dict(typed)}:
                self._open_form(self._new_form(), typed)
            case {"edit": str(number), "typed": dict(typed)}:
                self._typed = typed
                self.open_file(number)
            case {"change": str(number)}:
                self._typed = {}
                self.open_file(number)

    def open_file(self, number: str) -> None:
        """Show a merchant, whether the list holds it or not."""
        self.directory.table.choose(number)
        self._read(number)

    def begin_new(self) -> None:
        """Open the form for a new merchant; one that is open already stays as it is."""
        if self.form is not None and not self.form.number:
            self.form.begin()
            return
        self._open_form(self._new_form())

    def change(self) -> None:
        """Open the form for the merchant on the screen."""
        if self._shown is None or not self._may_write or self._beside.currentWidget() is not self.file:
            return
        found = self._shown
        form = MerchantForm(
            self.shell,
            found.draft,
            tuple(one.draft for one in found.licences),
            number=found.row.number,
            version=found.version,
            columns=self._form_columns(),
        )
        self._open_form(form)

    def import_workbook(self) -> None:
        """Open the import of the leasing department's list."""
        self.shell.open("imports", "tenants")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self.file.set_room(self.window().height())

    def _share_width(self) -> None:
        """Give the list the width meant for this size of window, or the one this person has dragged it to."""
        floor, width = next(band for band in _LIST_WIDTHS if self.window().width() >= band[0])
        if floor != self._band:
            self._band = floor
            self.directory.setMinimumWidth(min(width, _LEAST_LIST))
            kept = (self.shell.layout_of(SPLIT) or {}).get(str(floor), width)
            self._split.setSizes([kept, max(1, self.width() - kept)])

    def _on_dragged(self, at: int, _handle: int) -> None:
        kept = dict(self.shell.layout_of(SPLIT) or {})
        self.shell.keep_layout(SPLIT, {**kept, str(self._band): at})

    def _new_form(self) -> MerchantForm:
        return MerchantForm(self.shell, MerchantDraft(name="", counter=""), columns=self._form_columns())

    def _form_columns(self) -> int:
        return 3 if self._beside.width() >= _THREE_COLUMNS else 2

    def _open_form(self, form: MerchantForm, typed: Mapping[str, object] | None = None) -> None:
        self._close_form()
        self.form = form
        form.saved.connect(self._on_saved)
        form.left.connect(self._on_left)
        self._beside.addWidget(form)
        self._beside.setCurrentWidget(form)
        if typed:
            form.fill(typed)
        form.begin()

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.leave_for_now()
            self._beside.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _save(self) -> None:
        if self.form is not None:
            self.form.save()

    def _add_licence(self) -> None:
        self.change()
        if self.form is not None:
            self.form.licences.add()

    def _connect_scans(self) -> None:
        held = self.file.particulars
        held.looked.connect(self._look)
        held.wanted.connect(self.scans.put)
        held.saved.connect(self.scans.save)
        held.removed.connect(self.scans.remove)
        held.given.connect(self.scans.give)

    def _paste(self) -> None:
        """Put what was copied to the licence that is meant, while the licences are what is looked at."""
        if self.file.particulars.isVisible():
            self.scans.paste(self.file.particulars.meant())

    def _look(self, licence: Licence) -> None:
        """Show the scan of a licence in the place of the file."""
        if self.reader is None:
            self.reader = PageReader(self.shell, "扫描件", "返回档案")
            self.reader.left.connect(self._show_beside)
            self._beside.addWidget(self.reader)
        self._beside.setCurrentWidget(self.reader)
        self.scans.look(licence, self.reader)

    def _on_saved(self, number: str) -> None:
        self._close_form()
        self.open_file(number)

    def _on_left(self) -> None:
        self._close_form()
        self._show_beside()

    def _on_chosen(self, chosen: MerchantRow) -> None:
        if chosen.number == self._number and self._shown is not None:
            return
        self._close_form()
        self._read(chosen.number)

    def _read(self, number: str) -> None:
        self._number = number
        self._reading.read(lambda work: merchant_file.detail(work, number), self._show, self.shell.refuse)

    def _show(self, found: MerchantDetail) -> None:
        same = self._shown is not None and self._shown.row.number == found.row.number
        self._shown, self.scans.number = found, found.row.number
        self.file.show_file(found)
        if self.form is None and not (same and self._is_looking()):
            self._beside.setCurrentWidget(self.file)
        if self._typed is not None:
            typed, self._typed = self._typed, None
            self.change()
            if self.form is not None and typed:
                self.form.fill(typed)

    def _is_looking(self) -> bool:
        return self.reader is not None and self._beside.currentWidget() is self.reader

    def _show_beside(self) -> None:
        shown: QWidget = self.file if self._shown is not None else self._nothing
        self._beside.setCurrentWidget(shown)

    def _open_first(self, total: int) -> None:
        """Show the first merchant as long as nothing else was asked for; in an empty house say where to begin."""
        if self.directory.is_whole():
            self._nothing.set_words(*(_BEGIN if not total else _CHOOSE))
        if total and not self._number and self.form is None:
            QTimer.singleShot(0, self, self._choose_first)

    @Slot()
    def _choose_first(self) -> None:
        if not self._number and self.form is None:
            self.directory.table.step(1)

    def _complain(self) -> None:
        if self._shown is not None:
            row = self._shown.row
            self.shell.open("cases", {"new": (row.number, f"{row.name} {row.counter}".strip(), row.id)})

    def _merge(self) -> None:
        if self._shown is not None:
            ask.show(MergeDialog(self.shell, self._shown, self))

    def _turn_presence(self) -> None:
        """Mark a merchant as gone, or as back; the strip takes it back again."""
        if self._shown is None:
            return
        number, name, retired = self._shown.row.number, self._shown.row.name, not self._shown.row.retired
        if retired and self._shown.row.open_cases and not self._is_sure(self._shown):
            return
        self._set_presence(number, name, retired=retired)

    def _set_presence(self, number: str, name: str, *, retired: bool) -> None:
        self.desk.write(
            self,
            lambda work: merchants.retire(work, number, retired=retired),
            lambda _: self.shell.say(
                f"{name} 已标为{'撤场' if retired else '在场'}",
                lambda: self._set_presence(number, name, retired=not retired),
            ),
            self.shell.refuse,
            verb="merchant.update",
        )

    def _is_sure(self, found: MerchantDetail) -> bool:
        return ask.question(
            self,
            f"把 {found.row.name} 标为撤场？",
            "投诉件不受影响。租约到期后消费者仍可向商场主张（消费者权益保护法第四十三条），请先看保证金。",
            do="标为撤场",
            facts=(
                ("在办投诉", f"{found.row.open_cases} 件"),
                ("保证金现余", money.show(found.deposit.left) or "没有"),
            ),
        )
