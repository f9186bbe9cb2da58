"""What a page is, and what it may ask of the window around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules.errors import DeskError
from odr_desk.ui.actions import Act
from odr_desk.ui.desk import Desk, Progress
from odr_desk.ui.theme import Density, Mode
from odr_desk.ui.wardrobe import Wardrobe
from odr_desk.ui.widgets.boxes import on_ground
from odr_desk.ui.widgets.search_box import SearchBox

Layout = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LongWork:
    """Work with a strip on the screen: hand `progress` to it, call `finish` when it has ended."""

    progress: Progress
    finish: Callable[[], object]


class Shell(Protocol):
    """The window as a page sees it."""

    @property
    def desk(self) -> Desk:
        """The door to the data."""

    @property
    def wardrobe(self) -> Wardrobe:
        """Light or dark, dense or roomy."""

    def dress(self, mode: Mode, density: Density) -> None:
        """Change the look and keep it for this person."""

    def open(self, page: str, record: object = None) -> None:
        """Go to a page and, if one is named, to a record or a filter on it."""

    def title_of(self, page: str) -> str:
        """Return what a page is called."""

    def look_for(self, words: str = "") -> None:
        """Put the cursor into the one search box, with these words in it."""

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say in a strip what was done, with 撤销 if it can be undone."""

    def lead(self, text: str, link: str, go: Callable[[], object]) -> None:
        """Say in a strip what can be gone on with now, and where to."""

    def refuse(self, error: DeskError, again: Callable[[], object] | None = None) -> None:
        """Show why something was not done; `again` stands behind 重试 and 重新载入."""

    def run(self, text: str, *, cancellable: bool = True) -> LongWork:
        """Show a strip for long work."""

    def layout_of(self, name: str) -> Layout | None:
        """Return the layout this person kept under a name."""

    def keep_layout(self, name: str, layout: Layout) -> None:
        """Keep a layout for this person."""


class Screen(QWidget):
    """A page of the program, made when it is first opened.

    `refresh` is called when the page is first shown, and again after a write has touched one of
    the tables in WATCHES: at once if the page is visible, else when it is next shown. A page that
    READS_AHEAD is read when it has been made in a quiet moment, so that it stands there complete.
    """

    WATCHES: ClassVar[frozenset[str]] = frozenset()
    READS_AHEAD: ClassVar[bool] = False

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "window")
        self.shell = shell
        self.desk = shell.desk
        self._stale = True
        self.desk.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read again what the page shows."""

    def get_ready(self) -> None:
        """Read before anybody looks, if the page is one that people go to all the time."""
        if self.READS_AHEAD and self._stale:
            self._stale = False
            self.refresh()

    def acts(self) -> tuple[Act, ...]:
        """Return what can be done here, for shortcuts and the list of keys."""
        return ()

    def home(self) -> str:
        """Return the page this one belongs to now, where that depends on what it shows."""
        return ""

    def show_record(self, record: object) -> None:
        """Go to a record or a filter; what it is, the page says."""

    def focus_search(self) -> bool:
        """Put the cursor into the search box if the page has one in sight."""
        box = self.findChild(SearchBox)
        if box is None or not box.isVisible():
            return False
        box.setFocus()
        box.selectAll()
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if not tables & self.WATCHES:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
