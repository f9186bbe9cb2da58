"""What is done with an issued paper: printed, saved as a file, put on file, made void; each leaves its trace."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import DeskError, Trouble
from odr_desk.services import drafts, issued_papers
from odr_desk.services.issued_papers import Issued
from odr_desk.sheets.writing import Prepared
from odr_desk.ui import ask, reason_dialog
from odr_desk.ui.printing import PrintRun, usual_printer
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell

Choose = Callable[[QPrinter], bool]


class Delivery(QObject):
    """Hands papers to printer, disk and file."""

    def __init__(self, shell: Shell, page: QWidget) -> None:
        super().__init__(page)
        self.new_printer: Callable[[], QPrinter] = usual_printer
        self._shell, self._page = shell, page

    def print(self, paper: Issued, copies: int, choose: Choose, failed: Callable[[DeskError], object]) -> None:
        """Print the stored pages; `choose` may ask for another printer first."""
        try:
            printer = self.new_printer()
        except Trouble as error:
            failed(error)
            return
        if not choose(printer):
            return

        def done() -> None:
            self._note(
                lambda work: issued_papers.note_print(work, paper.document_id, copies),
                f"已送打印机，{copies} 份",
                verb="document.print",
            )

        PrintRun(self._shell.desk, paper, printer, copies, self).start(done, failed)

    def save(self, paper: Issued) -> None:
        """Ask where to, and write a copy."""
        name = f"{paper.title} {paper.document_no}.pdf"
        chosen = ask.save_file(self._page, "另存 PDF", name, "PDF 文件 (*.pdf)")
        if chosen is None:
            return
        path = chosen if chosen.suffix else chosen.with_suffix(".pdf")

        def prepared(copy: Prepared) -> None:
            self._note(
                lambda work: issued_papers.note_saved(work, paper.document_id, copy),
                f"已存为 {path.name}",
                verb="document.save",
            )

        self._shell.desk.make(self, lambda: issued_papers.prepare(paper.pdf, path), prepared, self._shell.refuse)

    def archive(self, paper: Issued) -> None:
        """Note that the signed paper has been put on file."""
        self._note(
            lambda work: issued_papers.archive(work, paper.document_id),
            f"{paper.document_no} 已归档",
            verb="document.archive",
        )

    def void(self, paper: Issued, case_no: str, then: Callable[[object], object]) -> None:
        """Ask why, and make the paper void."""
        number, hint = paper.document_no, "改好以后可以重新出具，编号不再使用"
        reason_dialog.show(
            self._shell,
            self._page,
            Why(
                f"作废 {number}？",
                "作废文书",
                (drafts.VOIDING_PAPER, f"{case_no}/{number}"),
                label="作废原因",
                hint=hint,
            ),
            lambda work, reason: issued_papers.void(work, paper.document_id, reason),
            verb="document.void",
            said=f"{number} 已作废",
            then=then,
        )

    def _note(self, op: Callable[..., None], said: str, *, verb: str) -> None:
        self._shell.desk.write(self._page, op, lambda _: self._shell.say(said), self._shell.refuse, verb=verb)
