"""The tabs of a case: what lies behind one is made when it is first opened, and read when it is looked at."""

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from odr_desk.services.case_file import CaseDetail
from odr_desk.ui.cases.precedents_card import PrecedentsLine
from odr_desk.ui.widgets.boxes import column, line, panel, row
from odr_desk.ui.widgets.tabs import Tabs


class CaseTab(Protocol):
    """What lies behind a tab: a widget that can show a case."""

    def show_case(self, found: CaseDetail) -> None: ...


class CaseTabs(QWidget):
    """Shows one tab of the case; the others learn of it when they are opened."""

    def __init__(self) -> None:
        super().__init__()
        self._makers: dict[str, Callable[[], CaseTab]] = {}
        self._made: dict[str, CaseTab] = {}
        self._found: CaseDetail | None = None
        self._behind: set[str] = set()
        self.bar = Tabs(says="投诉件页签")
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.chosen.connect(self._open)
        self._bodies = QStackedWidget()
        self._head = row(self.bar, gap=0)
        self._beside: PrecedentsLine | None = None
        self._may_show = False
        laid = column(self._head, self._bodies, gap=0)
        laid.setStretch(1, 1)
        self.setLayout(laid)

    def put_beside(self, made: PrecedentsLine) -> None:
        """Let something stand at the right of the tabs where there is room for it."""
        self._beside = made
        inside = column(None, made, None, line(), gap=0)
        self._head.addWidget(panel(inside))
        made.known.connect(self._share)

    def set_room(self, *, beside: bool) -> None:
        """Say whether what stands beside the tabs is wanted in a window of this size."""
        self._may_show = beside
        if beside and self._found is not None and self._beside is not None:
            self._beside.show_case(self._found.row.number)
        self._share()

    def _share(self) -> None:
        if self._beside is not None and (holder := self._beside.parentWidget()) is not None:
            wide = self.bar.sizeHint().width() + self._beside.sizeHint().width()
            holder.setVisible(self._may_show and self._beside.is_known and wide <= self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def add(self, code: str, words: str, make: Callable[[], CaseTab]) -> None:
        """Add a tab at the end."""
        self._makers[code] = make
        self.bar.add(code, words)

    def show_case(self, found: CaseDetail) -> None:
        """Show the open tab of this case."""
        if self._may_show and self._beside is not None and not self._is_shown(found):
            self._beside.show_case(found.row.number)
        self._found = found
        self._behind = set(self._made)
        self._catch_up(self.bar.code())

    def _is_shown(self, found: CaseDetail) -> bool:
        """Tell whether this case stands here as it is, so that nothing need be counted again."""
        before = self._found
        return before is not None and (before.row.number, before.version) == (found.row.number, found.version)

    def choose(self, code: str) -> None:
        """Open a tab."""
        self.bar.choose(code)

    def code(self) -> str:
        """Return the code of the open tab."""
        return self.bar.code()

    def of(self, code: str) -> CaseTab:
        """Return what lies behind a tab, as it is for the case shown."""
        body = self._made.get(code)
        if body is None:
            body = self._made[code] = self._makers[code]()
            self._bodies.addWidget(cast("QWidget", body))
            self._behind.add(code)
        self._catch_up(code)
        return body

    def _open(self, code: str) -> None:
        self._bodies.setCurrentWidget(cast("QWidget", self.of(code)))

    def _catch_up(self, code: str) -> None:
        if self._found is not None and code in self._behind:
            self._behind.discard(code)
            self._made[code].show_case(self._found)
