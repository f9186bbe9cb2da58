"""Where the one search box stands in the window: in the place of the page, which waits behind it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from odr_desk.rules.errors import DeskError
from odr_desk.rules.people import Right
from odr_desk.ui.desk import Desk
from odr_desk.ui.widgets.boxes import column

if TYPE_CHECKING:
    from odr_desk.ui.finding.finder import Finder


class FinderPlace:
    """Lays the pages out below the notices, and the search box in their place; made when it is first wanted."""

    def __init__(
        self,
        desk: Desk,
        notices: QWidget,
        pages: QStackedWidget,
        go: Callable[[str, object], object],
        refuse: Callable[[DeskError], object],
    ) -> None:
        self._desk, self._pages = desk, pages
        self.layout = column(notices, pages, gap=0)
        self.layout.setStretch(1, 1)
        self._go, self._refuse = go, refuse
        self._finder: Finder | None = None

    def may_find(self) -> bool:
        """Tell whether the person logged in may read what is found."""
        return self._desk.actor.may(Right.READ_CASES)

    def is_open(self) -> bool:
        """Tell whether the search box stands before the pages."""
        return self._finder is not None and not self._finder.isHidden()

    def show(self, words: str = "") -> None:
        """Put the cursor into the search box."""
        if not self.may_find():
            return
        finder = self._finder or self._make()
        self._pages.hide()
        finder.show()
        finder.begin(words)

    def leave(self) -> None:
        """Go back to the page; the cursor goes where the page had it."""
        if self._finder is None or not self.is_open():
            return
        self._finder.hide()
        self._pages.show()
        if (page := self._pages.currentWidget()) is not None:
            (page.focusWidget() or page).setFocus()

    def forget(self) -> None:
        """Take the search box away with all it found, before somebody else comes in."""
        self.leave()
        if self._finder is not None:
            self.layout.removeWidget(self._finder)
            self._finder.deleteLater()
            self._finder = None

    def _make(self) -> "Finder":
        from odr_desk.ui.finding.finder import Finder, target  # not before the first paint

        made = self._finder = Finder(self._desk, self._refuse)
        made.left.connect(self.leave)
        made.picked.connect(lambda hit: self._go(*target(hit)))
        made.listed.connect(lambda words: self._go("cases", {"text": words}))
        self.layout.addWidget(made, 1)
        return made
