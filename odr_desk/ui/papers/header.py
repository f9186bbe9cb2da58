"""The head of the paper page: whose paper it is, how it stands, and what is done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid
from odr_desk.services.paper_desk import PaperDesk
from odr_desk.ui import theme
from odr_desk.ui.actions import Act
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import on_ground, row
from odr_desk.ui.widgets.buttons import Button, SplitButton
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.number_edit import NumberEdit
from odr_desk.ui.widgets.words import Words

MOST_COPIES = 20


class Header(QWidget):
    """Says which paper is open; its buttons ask the page."""

    left = Signal()
    printing = Signal()
    choosing = Signal()
    saving = Signal()
    archiving = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self._back = Button("", "ghost", "back", clicked=self.left.emit)
        self._title = Words("", "title")
        self._parties = Words("", "secondary", elide=True)
        self._badge = Badge("act", "待打印")
        self._copies_name = Words("份数", "secondary")
        self.copies = NumberEdit()
        theme.widen(self.copies, 44)
        self.copies.setAccessibleName("份数")
        self.print = SplitButton("打印")
        self.print.main.set_icon("print")
        self.print.clicked.connect(self.printing)
        self.print.set_acts((Act("选择打印机…", self.choosing.emit, icon="print"),))
        self._key = Key("F7")
        self.save = Button("另存 PDF", icon="download", clicked=self.saving.emit)
        self.archive = Button("归档", icon="archive", clicked=self.archiving.emit)
        laid = row(
            self._back, self._title, self._parties, self._badge, None, self._copies_name, self.copies, self.print,
            self._key, self.save, self.archive, margins=(8, 0, 16, 0),
        )  # fmt: skip
        self.setLayout(laid)
        self.setFixedHeight(52)

    def show_paper(self, found: PaperDesk) -> None:
        """Show whose paper it is and what may be done with it."""
        tail = found.case_no.rsplit("-", 1)[-1]
        self._back.setText(tail)
        self._back.setAccessibleName(f"回到投诉件 {found.case_no}")
        self._title.setText(found.title)
        self._parties.setText(f"{found.consumer or '不详'} ↔ {found.merchant}")
        self._badge.show_state(*_state(found))
        for part in (self._copies_name, self.copies, self.print, self._key, self.save):
            part.setVisible(not found.void)
        self.archive.setVisible(found.issued is not None and not found.void and not found.issued.archived)
        if not self.copies.value():
            self.copies.set_value(found.copies)

    def forget(self) -> None:
        """Take the count of copies from the next paper."""
        self.copies.set_value("")

    def count(self) -> int:
        """Return how many copies are wanted; raise Invalid when it is no such number."""
        said = str(self.copies.value())
        if not said.isdigit() or not 1 <= int(said) <= MOST_COPIES:
            raise Invalid.of("copies", f"份数应是 1 至 {MOST_COPIES} 的整数")
        return int(said)

    def set_room(self, width: int) -> None:
        """Leave out what a narrow window has no room for."""
        self._key.setHidden(width < 1200 or self.print.isHidden())


def _state(found: PaperDesk) -> tuple[str, str]:
    if found.void:
        return "wait", "作废"
    if found.issued is None:
        return "act", "待打印"
    return "done", "已归档" if found.issued.archived else "已出具"
