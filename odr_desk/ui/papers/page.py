"""文书: the file of a case, the true sheet, and what to check before it is printed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from odr_desk.papers.pages import Picture
from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.people import Right
from odr_desk.services import issued_papers, issuing, paper_desk
from odr_desk.services.dossier import FileLine
from odr_desk.services.issued_papers import Issued
from odr_desk.services.paper_desk import PaperDesk
from odr_desk.ui import ask
from odr_desk.ui.actions import Act, way_back
from odr_desk.ui.latest import Latest
from odr_desk.ui.papers.beside import OF_MERCHANT, Beside
from odr_desk.ui.papers.delivery import Choose, Delivery
from odr_desk.ui.papers.file_list import FileList
from odr_desk.ui.papers.header import Header
from odr_desk.ui.papers.preview import WIDTH, Preview
from odr_desk.ui.screen import Screen, Shell
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import column, line, panel, row
from odr_desk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

_LEFT, _LEFT_NARROW = 240, 216
_RIGHT, _RIGHT_NARROW = 272, 240
_ROOMY = 1200


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper: of an agreement, of a kind about a case, or of a number."""

    case_no: str = ""
    kind: str = ""
    document_id: int = 0
    agreement_no: str = ""
    document_no: str = ""


class PapersPage(Screen):
    """Shows, prints, saves and files the papers of a case."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"agreements", "documents", "duties", "cases", "merchants"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.delivery = Delivery(shell, self)
        self._wanted = Wanted()
        self._found: PaperDesk | None = None
        self._drawn: object = None
        self._reading = Latest(self.desk, self)
        self.header = Header()
        self.files = FileList()
        self.preview = Preview()
        self.beside = Beside()
        self._notice = column(margins=(12, 8, 12, 8))
        self._notices = panel(self._notice, "surface")
        self._notices.hide()
        self._nothing = Empty("没有出具过这份文书", "协议作废前没有打印，这里没有存底", icon="paper")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.preview)
        self._middle.addWidget(self._nothing)
        self._lay()
        self._connect()

    @override
    def refresh(self) -> None:
        if self._wanted != Wanted():
            self._read()

    @override
    def acts(self) -> tuple[Act, ...]:
        return (
            Act("打印", self.print_paper, icon="print", shortcut="F7", right=Right.PERFORM),
            Act("另存 PDF", self.save_pdf, icon="download", shortcut="Ctrl+S", right=Right.PERFORM),
            *way_back("回到投诉件", self._leave),
        )

    @override
    def show_record(self, record: object) -> None:
        """Go to a paper by {"document": its number}, {"agreement": number} or {"case": number, "kind": code}."""
        match record:
            case {"agreement": str(number)}:
                self._go(Wanted(agreement_no=number))
            case {"document": str(number)}:
                self._go(Wanted(document_no=number))
            case {"case": str(number), "kind": str(kind)}:
                self._go(Wanted(number, kind))
            case {"case": str(number)}:
                self._go(Wanted(number))

    def print_paper(self) -> None:
        """Issue the paper if it is not yet, and print it on the usual printer."""
        self._print(lambda _printer: True)

    def choose_printer(self) -> None:
        """Ask for the printer, then print."""
        self._print(lambda printer: ask.printer(self, printer))

    def save_pdf(self) -> None:
        """Issue the paper if it is not yet, and write a copy of it."""
        self._issued(self.delivery.save)

    def archive(self) -> None:
        """Note that the signed paper has been put on file."""
        if self._found is not None and self._found.issued is not None:
            self.delivery.archive(self._found.issued)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_room()

    def _lay(self) -> None:
        middle = column(self._notices, self._middle, gap=0)
        middle.setStretch(1, 1)
        body = row(self.files, line("down"), panel(middle), line("down"), self.beside, gap=0)
        body.setStretch(2, 1)
        whole = column(self.header, line(), body, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.header.left.connect(self._leave)
        self.header.printing.connect(self.print_paper)
        self.header.choosing.connect(self.choose_printer)
        self.header.saving.connect(self.save_pdf)
        self.header.archiving.connect(self.archive)
        self.files.chosen.connect(self._on_line)
        self.beside.asked.connect(self._fill_in)
        self.beside.voiding.connect(self._void)

    def _go(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.header.forget()
        self._warn(None)
        self._read()

    def _read(self) -> None:
        wanted = self._wanted
        self._reading.read(lambda work: _paper(work, wanted), self._show, self.shell.refuse)

    def _show(self, found: PaperDesk) -> None:
        self._found = found
        self.header.show_paper(found)
        self._set_room()
        self.files.show_paper(found)
        self.beside.show_paper(found)
        has_paper = found.issued is not None or found.sheet is not None
        self._middle.setCurrentWidget(self.preview if has_paper else self._nothing)
        if found.void:
            self._warn(Banner("soft", f"{found.title}已作废，只留档备查，不再打印。", icon="archive", closable=False))
        self._draw(found)

    def _draw(self, found: PaperDesk) -> None:
        known = found.issued.sha256 if found.issued else found.sheet
        if known is None or known == self._drawn:
            return
        self._drawn = known
        issued, sheet = found.issued, found.sheet

        def draw() -> tuple[Picture, ...]:
            pdf = issued.pdf if issued is not None else issuing.draw(sheet) if sheet is not None else b""
            return issued_papers.pictures(pdf, WIDTH)

        self.desk.make(self, draw, self.preview.show_pictures, self._not_drawn)

    def _not_drawn(self, error: DeskError) -> None:
        self.preview.clear()
        self._drawn = None
        self._warn(Banner("late", str(error), closable=False))

    def _issued(self, then: Callable[[Issued], object]) -> None:
        """Hand the issued paper on, after issuing it if need be."""
        found = self._found
        if found is None or found.void:
            return
        if found.issued is not None:
            then(found.issued)
            return
        kind, case_no, agreement_no = found.kind, found.case_no, found.agreement_no
        self.desk.write(
            self,
            lambda work: issuing.issue(work, kind, case_no, agreement_no),
            then,
            self._refuse,
            verb="document.issue",
        )

    def _print(self, choose: Choose) -> None:
        try:
            copies = self.header.count()
        except Invalid as error:
            self.shell.refuse(error)
            self.header.copies.setFocus()
            return
        self._warn(None)
        self._issued(lambda issued: self.delivery.print(issued, copies, choose, self._not_printed))

    def _not_printed(self, error: DeskError) -> None:
        banner = Banner("late", str(error))
        banner.add_button("重试", self.print_paper)
        banner.add_link("另存 PDF", self.save_pdf)
        self._warn(banner)

    def _refuse(self, error: DeskError) -> None:
        self._warn(Banner("late", str(error)))

    def _warn(self, banner: Banner | None) -> None:
        while self._notice.count():
            item = self._notice.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if banner is not None:
            self._notice.addWidget(banner)
            banner.closed.connect(self._notices.hide)
        self._notices.setVisible(banner is not None)

    def _on_line(self, chosen: FileLine) -> None:
        case_no = self._found.case_no if self._found is not None else ""
        if chosen.agreement_no:
            self._go(Wanted(agreement_no=chosen.agreement_no))
        else:
            self._go(Wanted(case_no, chosen.kind, chosen.document_id))

    def _void(self) -> None:
        found = self._found
        if found is None or found.issued is None:
            return

        def draw_anew(_: object) -> None:
            self._wanted = Wanted(found.case_no, found.kind)
            self._drawn = None

        self.delivery.void(found.issued, found.case_no, draw_anew)

    def _fill_in(self, field: str) -> None:
        if self._found is None:
            return
        if field in OF_MERCHANT:
            self.shell.open("merchants", self._found.merchant_no)
        else:
            self.shell.open("cases", self._found.case_no)

    def _leave(self) -> None:
        self.shell.open("cases", self._found.case_no if self._found is not None else None)

    def _set_room(self) -> None:
        roomy = self.width() >= _ROOMY
        self.files.setFixedWidth(_LEFT if roomy else _LEFT_NARROW)
        self.beside.setFixedWidth(_RIGHT if roomy else _RIGHT_NARROW)
        self.header.set_room(self.width())


def _paper(work: "Work", wanted: Wanted) -> PaperDesk:
    if wanted.document_no:
        return paper_desk.of_document(work, wanted.document_no)
    if wanted.agreement_no:
        return paper_desk.of_agreement(work, wanted.agreement_no)
    return paper_desk.of_case(work, wanted.case_no, wanted.kind, wanted.document_id)
