"""Printing the stored pages, one at a time: what comes out of the printer is the paper as it was issued."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from odr_desk.papers.pages import Picture
from odr_desk.rules.errors import DeskError, Trouble
from odr_desk.services import issued_papers
from odr_desk.ui.desk import Desk

DPI = 300
SAVED = "文书已存好，没有打印"


class Printable(Protocol):
    """What is printed: a finished PDF and what it is called."""

    @property
    def title(self) -> str:
        """Return what it is."""

    @property
    def document_no(self) -> str:
        """Return what tells it from others of its kind."""

    @property
    def pdf(self) -> bytes:
        """Return its bytes."""

    @property
    def pages(self) -> int:
        """Return how many pages it has."""


def usual_printer(not_printed: str = SAVED) -> QPrinter:
    """Return the printer of this computer; raise Trouble, with what has become of the paper, when there is none."""
    if QPrinterInfo.defaultPrinter().isNull() and not QPrinterInfo.availablePrinterNames():
        raise Trouble(
            f"{not_printed}：这台电脑没有打印机。", "请接好打印机再打印，或“另存 PDF”到别的电脑打印。", saved="true"
        )
    return QPrinter(QPrinter.PrinterMode.HighResolution)


class PrintRun(QObject):
    """Draws page after page; `done` is told when the printer has taken all, `failed` why it did not."""

    def __init__(
        self,
        desk: Desk,
        paper: Printable,
        printer: QPrinter,
        copies: int,
        parent: QObject | None = None,
        *,
        not_printed: str = SAVED,
    ) -> None:
        super().__init__(parent)
        self._not_printed = not_printed
        self._desk, self._paper, self._printer = desk, paper, printer
        self._painter = QPainter()
        self._rounds = 1 if printer.supportsMultipleCopies() else copies
        printer.setCopyCount(copies if self._rounds == 1 else 1)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setDocName(f"{paper.title} {paper.document_no}")

    def start(self, done: Callable[[], object], failed: Callable[[DeskError], object]) -> None:
        """Begin to print."""
        if not self._painter.begin(self._printer):
            failed(self._refused())
            return
        self._next(0, done, failed)

    def _next(self, drawn: int, done: Callable[[], object], failed: Callable[[DeskError], object]) -> None:
        if drawn == self._paper.pages * self._rounds:
            self._painter.end()
            if self._printer.printerState() in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error):
                failed(self._refused())
            else:
                done()
            return
        number = drawn % self._paper.pages + 1
        pdf = self._paper.pdf

        def draw(picture: Picture) -> None:
            if drawn and not self._printer.newPage():
                self._painter.end()
                failed(self._refused())
                return
            self._painter.drawImage(QRectF(self._painter.viewport()), image(picture))
            self._next(drawn + 1, done, failed)

        def stop(error: DeskError) -> None:
            self._painter.end()
            failed(error)

        self._desk.make(self, lambda: issued_papers.printed(pdf, number, DPI), draw, stop)

    def _refused(self) -> Trouble:
        advice = "请检查打印机是否开机、有纸、连着网，再按“重试”。"
        return Trouble(f"{self._not_printed}：打印机没有响应。", advice, saved="true")


def image(picture: Picture) -> QImage:
    """Return a page as Qt draws it; the bytes stay with the picture."""
    return QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
