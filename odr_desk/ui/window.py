"""The main window: rail, the open page, notices above it, the status bar below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from odr_desk.rules.errors import Conflict, DeskError
from odr_desk.ui import paging, reading_order
from odr_desk.ui.actions import Act, bind
from odr_desk.ui.ahead import Ahead
from odr_desk.ui.desk import Desk
from odr_desk.ui.finding.place import FinderPlace
from odr_desk.ui.notices import Notices
from odr_desk.ui.pages import PAGES, Page
from odr_desk.ui.rail import Rail
from odr_desk.ui.screen import Layout, LongWork, Screen
from odr_desk.ui.statusbar import Part, StatusBar
from odr_desk.ui.theme import Density, Mode
from odr_desk.ui.wardrobe import Wardrobe
from odr_desk.ui.widgets.boxes import NONE, column, line, on_ground, panel, row

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

TITLE = "消费纠纷调解台"
WIDE_FROM = 1800
LEAST = (1024, 540)
_LOOK = "look"
_STATUS_EVERY_MS = 60_000
_STATUS_AFTER_MS = 400


@dataclass(slots=True)
class Layouts:
    """The layouts a person kept, and how a new one is kept."""

    known: dict[str, Layout] = field(default_factory=dict)
    keep: Callable[[str, Layout], object] = lambda _name, _layout: None


class Window(QWidget):
    """The program on the screen; pages are made when they are first opened, or ahead in a quiet moment.

    Before somebody has logged in it shows a gate (`show_gate`); `enter` builds the rail for the
    rights of the person who did. `status` reads the parts of the status bar.
    """

    def __init__(
        self,
        desk: Desk,
        wardrobe: Wardrobe,
        pages: Sequence[Page] = PAGES,
        *,
        status: "Callable[[Work], Sequence[Part]] | None" = None,
        layouts: Layouts | None = None,
    ) -> None:
        super().__init__()
        on_ground(self, "window")
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*LEAST)
        self._desk = desk
        self._all = tuple(pages)
        self._pages: tuple[Page, ...] = ()
        self._screens: dict[str, Screen] = {}
        self._code = ""
        self._status = status
        self._layouts = layouts or Layouts()
        self._wardrobe = wardrobe
        self._rail: Rail | None = None
        self._page_keys: tuple[QAction, ...] = ()
        self.notices = Notices()
        self.stack = QStackedWidget()
        self.bar = StatusBar()
        self._gate: QWidget | None = None
        self._finding = FinderPlace(desk, self.notices, self.stack, self.open, self.refuse)
        self._middle = row(panel(self._finding.layout), gap=0)
        self._middle.setStretch(0, 1)
        self._shell = panel(column(self._middle, self.bar, gap=0))
        self._whole = column(self._shell, margins=NONE, gap=0)
        self.setLayout(self._whole)
        self._shell.hide()
        self._soon = QTimer(self, singleShot=True, interval=_STATUS_AFTER_MS)
        self._now_and_then = QTimer(self, interval=_STATUS_EVERY_MS)
        self._ahead = Ahead(self, lambda: desk.idle)
        self._connect()
        bind(self, self._own_acts())

    @property
    def desk(self) -> Desk:
        """The door to the data."""
        return self._desk

    def show_gate(self, gate: QWidget) -> None:
        """Show this alone: login, setup."""
        self._ahead.stop()
        self._drop_gate()
        self._shell.hide()
        self._gate = gate
        self._whole.addWidget(gate)

    def enter(self, code: str = "") -> None:
        """Show the pages that the person logged in may see, and open one."""
        self._drop_gate()
        for screen in self._screens.values():
            self.stack.removeWidget(screen)
            screen.deleteLater()
        self._screens.clear()
        self.notices.follow_nothing()
        self._finding.forget()
        self.bar.show_search(self._finding.may_find())
        self._code = ""
        self._pages = tuple(page for page in self._all if page.right is None or self._desk.actor.may(page.right))
        self._build_rail()
        self._shell.show()
        if self._pages:
            known = {page.code for page in self._pages}
            self.open(code if code in known else self._pages[0].code)
        self._now_and_then.start()
        self.refresh_status()  # behind the page, which people wait for
        self._ahead.begin(partial(self._get_ready, page) for page in self._pages if page.is_ahead)

    @property
    def gate(self) -> QWidget | None:
        """What stands alone in the window, None while the pages are shown."""
        return self._gate

    def resume(self) -> None:
        """Show the pages again as they were left when the gate was put before them."""
        self._drop_gate()
        self._shell.show()
        self.refresh_status()
        if (screen := self.current()) is not None:
            screen.setFocus()

    def open(self, page: str, record: object = None) -> None:
        """Go to a page and, if one is named, to a record on it; pages not allowed stay shut."""
        found = next((known for known in self._pages if known.code == page), None)
        if found is None:
            return
        self._finding.leave()
        screen = self._make(found)
        if page != self._code:
            self._code = page
            self.notices.clear()
            self.stack.setCurrentWidget(screen)
            screen.setFocus()
        if record is not None:
            screen.show_record(record)
        if self._rail is not None:
            self._rail.show_page(screen.home() or found.home or page)

    def title_of(self, page: str) -> str:
        """Return what a page is called."""
        return next(known.title for known in self._all if known.code == page)

    def look_for(self, words: str = "") -> None:
        """Put the cursor into the one search box; the page waits behind it as it is."""
        if not self._shell.isHidden():
            self._finding.show(words)

    def current(self) -> Screen | None:
        """Return the open page."""
        return self._screens.get(self._code)

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say in a strip what was done, with 撤销 if it can be undone."""
        from odr_desk.ui import undo_list  # behind the first paint

        self.notices.say(text, undo or undo_list.of_step(self, *self._desk.step))

    def lead(self, text: str, link: str, go: Callable[[], object]) -> None:
        """Say in a strip what can be gone on with now, and where to."""
        self.notices.lead(text, link, go)

    def refuse(self, error: DeskError, again: Callable[[], object] | None = None) -> None:
        """Show why something was not done; `again` stands behind 重试, else 重新载入 reads the page again."""
        screen = self.current()
        if again is None and isinstance(error, Conflict) and screen is not None:
            again = screen.refresh
        from odr_desk.ui import errors  # dialogs: not before the first paint

        errors.show(error, self.notices, again)

    def run(self, text: str, *, cancellable: bool = True) -> LongWork:
        """Show a strip for long work; what comes back is handed to it and finished after it."""
        strip = self.notices.run(text)
        progress = self._desk.progress(self, strip.show_progress)
        if cancellable:
            strip.set_cancel(progress.cancel)
        return LongWork(progress, strip.dismiss)

    def layout_of(self, name: str) -> Layout | None:
        """Return the layout this person kept under a name."""
        return self._layouts.known.get(name)

    def keep_layout(self, name: str, layout: Layout) -> None:
        """Keep a layout for this person."""
        self._layouts.known[name] = layout
        self._layouts.keep(name, layout)

    def set_layouts(self, layouts: Layouts) -> None:
        """Take the layouts of the person who has logged in, and dress as that person likes it, or as at first."""
        self._layouts = layouts
        if kept := layouts.known.get(_LOOK):
            self._wardrobe.wear(Mode(kept["mode"]), Density(kept["density"]))
        else:
            self._wardrobe.wear(*self._wardrobe.first)

    def forget_layouts(self) -> None:
        """Keep nothing any more for the person who has left; the look stays until somebody comes."""
        self._layouts = Layouts()

    @property
    def wardrobe(self) -> Wardrobe:
        """Light or dark, dense or roomy."""
        return self._wardrobe

    def dress(self, mode: Mode, density: Density) -> None:
        """Change the look and keep it for this person."""
        self._wardrobe.wear(mode, density)
        self.keep_layout(_LOOK, {"mode": mode.value, "density": density.value})

    def refresh_status(self) -> None:
        """Read the parts of the status bar again."""
        if self._status is not None and not self._shell.isHidden():
            self._desk.read(self, self._status, self.bar.show_parts)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._rail is not None:
            self._rail.set_wide(self.width() >= WIDE_FROM)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return reading_order.step(self, forward=next)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for timer in (self._now_and_then, self._soon, self._ahead):
            timer.stop()
        super().closeEvent(event)

    def _make(self, page: Page) -> Screen:
        """Return the screen of a page, made now if it is not there yet."""
        screen = self._screens.get(page.code)
        if screen is None:
            screen = self._screens[page.code] = page.make(self)
            self.stack.addWidget(screen)
            bind(screen, (act for act in screen.acts() if act.is_for(self._desk.actor)))
            for widget in (screen, *screen.findChildren(QWidget)):
                widget.ensurePolished()  # the dearest part of the first show
        return screen

    def _get_ready(self, page: Page) -> None:
        self._make(page).get_ready()

    def _connect(self) -> None:
        self._soon.timeout.connect(self.refresh_status)
        self._now_and_then.timeout.connect(self.refresh_status)
        self._desk.failed.connect(self.refuse)
        self._desk.busy.connect(self.bar.show_busy)
        self._desk.changed.connect(lambda _tables: self._soon.start())
        self.bar.wanted.connect(self.open)
        self.bar.search_wanted.connect(self.look_for)

    def _build_rail(self) -> None:
        if self._rail is not None:
            for at in (1, 0):  # the rail, and the line beside it
                if (item := self._middle.takeAt(at)) is not None and (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        self._rail = Rail(self._on_rail())
        self._rail.set_wide(self.width() >= WIDE_FROM)
        self._rail.chosen.connect(self.open)
        self._middle.insertWidget(0, self._rail)
        self._middle.insertWidget(1, line("down"))
        for action in self._page_keys:
            self.removeAction(action)
        self._page_keys = bind(self, self._page_acts())

    def _on_rail(self) -> tuple[Page, ...]:
        return tuple(page for page in self._pages if not page.home)

    def _page_acts(self) -> tuple[Act, ...]:
        ordered = sorted(self._on_rail(), key=lambda page: page.last)
        return tuple(
            Act(f"打开{page.title}", partial(self.open, page.code), shortcut=f"Alt+{number}")
            for number, page in enumerate(ordered, start=1)
        )

    def _own_acts(self) -> tuple[Act, ...]:
        return (
            Act("搜索全部", self._search, shortcut="Ctrl+F"),
            Act("搜索全部", self._search, shortcut="F3"),
            Act("在这一页的列表里找", self._filter, shortcut="Ctrl+Shift+F"),
            Act("撤销刚才这一步；没有提示条时列出最近的步骤", self._undo, shortcut="Ctrl+Z"),
            Act("往下翻页（进展、档案等）", partial(self._turn, 1), shortcut="Alt+PgDown"),
            Act("往上翻页", partial(self._turn, -1), shortcut="Alt+PgUp"),
            Act("换一种行高", self._change_density, shortcut="F4"),
            Act("全部快捷键", self._show_keys, shortcut="F1"),
        )

    def _search(self) -> None:
        self.look_for()

    def _filter(self) -> None:
        """Put the cursor into the box that narrows the list of this page, if it has one."""
        screen = self.current()
        if screen is not None and not self._finding.is_open():
            screen.focus_search()

    def _undo(self) -> None:
        """Take back what the strip on screen says; when none is there, list one's own last steps."""
        if not self.notices.undo():
            from odr_desk.ui import undo_list

            undo_list.show(self)

    def _turn(self, by: int) -> None:
        screen = self.current()
        if screen is not None:
            paging.turn(screen, by)

    def _change_density(self) -> None:
        known = tuple(Density)
        self.dress(self._wardrobe.mode, known[(known.index(self._wardrobe.density) + 1) % len(known)])

    def _show_keys(self) -> None:
        from odr_desk.ui import ask, keys

        screen = self.current()
        here = next((page.title for page in self._pages if page.code == self._code), "")
        groups = [(here, screen.acts())] if screen is not None else []
        groups += [("随处可用", (*self._own_acts(), *self._page_acts()))]
        ask.show(keys.keys_dialog(groups, self))

    def _drop_gate(self) -> None:
        if self._gate is not None:
            self._gate.hide()
            self._gate.deleteLater()
            self._gate = None
