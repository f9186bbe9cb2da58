"""The scan of a licence on its way: put to it beside the other work, taken off and back, saved elsewhere."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.services import evidence_intake, licence_scans
from odr_desk.services.evidence_intake import Shelf, Taken
from odr_desk.services.licence_scans import ScanSight
from odr_desk.services.licences import Licence, Scan
from odr_desk.ui import ask, handed_over
from odr_desk.ui.handed_over import Thing
from odr_desk.ui.page_reader import PageReader
from odr_desk.ui.screen import Shell

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

_KINDS = "图片和 PDF (*.jpg *.jpeg *.png *.heic *.heif *.pdf);;所有文件 (*)"


class Scans:
    """What can be done with the scans of one merchant's licences at a time; `over` is the page that asks."""

    def __init__(self, shell: Shell, over: QWidget) -> None:
        self._shell, self._over = shell, over
        self.number = ""

    def put(self, licence: Licence) -> None:
        """Ask for a file and put it to a licence, in place of the scan that is there."""
        path = ask.open_file(self._over, f"放入{licence.draft.kind}的扫描件", _KINDS)
        if path is not None:
            self.give(licence, (path,))

    def give(self, licence: Licence, given: Sequence[Thing]) -> None:
        """Put what was chosen, pasted or dropped to a licence, in place of the scan that is there."""
        if len(given) != 1:
            words = f"一张证照放一份扫描件，这里有 {len(given)} 份，没有放入；几页的请合成一个 PDF"
            self._shell.refuse(Invalid.of("path", words))
            return
        number, identity, thing = self.number, licence.draft.id or 0, given[0]
        self._shell.desk.read(
            self._over,
            lambda work: licence_scans.open_shelf(work, number, identity),
            lambda shelf: self._take_in(shelf, thing, number, licence),
            self._shell.refuse,
        )

    def paste(self, licence: Licence | None) -> None:
        """Put what the clipboard holds to a licence."""
        given = handed_over.things(QApplication.clipboard().mimeData())
        if not given:
            words = "剪贴板里没有图片或文件；请先在微信或文件夹里复制，再来粘贴"
        elif licence is None:
            words = "没有放入：先按 Tab 走到要放的那张证照，再粘贴"
        else:
            self.give(licence, given)
            return
        self._shell.refuse(Invalid.of("path", words))

    def look(self, licence: Licence, reader: PageReader) -> None:
        """Show the pages of a scan."""
        self._read(
            licence, lambda shown: reader.show_pages(shown.title, shown.pages, partial(licence_scans.page, shown))
        )

    def save(self, licence: Licence) -> None:
        """Ask for a folder and write the scan there as it was handed in."""
        folder = ask.folder(self._over, f"把{licence.draft.kind}的扫描件存到")
        if folder is not None:
            self._read(licence, lambda shown: self._write(shown, folder))

    def remove(self, licence: Licence) -> None:
        """Take a scan off; the strip puts it back."""
        number, identity = self.number, licence.draft.id or 0

        def removed(scan: Scan) -> None:
            self._shell.say(f"{licence.draft.kind}的扫描件已拿掉", lambda: self._put_back(number, identity, scan))

        self._shell.desk.write(
            self._over,
            lambda work: licence_scans.remove(work, number, identity),
            removed,
            self._shell.refuse,
            verb="licence.scan_remove",
        )

    def _put_back(self, number: str, identity: int, scan: Scan, *, instead: bool = False) -> None:
        def back(work: "Work") -> None:
            if instead:
                licence_scans.remove(work, number, identity)
            licence_scans.put_back(work, number, identity, scan)

        self._shell.desk.write(self._over, back, None, self._shell.refuse, verb="licence.scan")

    def _put(self, number: str, licence: Licence, one: Taken) -> None:
        before, identity, called = licence.scan, licence.draft.id or 0, licence.draft.kind

        def put(_scan: Scan) -> None:
            if before is None:
                self._shell.say(f"{called}的扫描件已放入")
            else:
                self._shell.say(f"{called}的扫描件已换", lambda: self._put_back(number, identity, before, instead=True))

        self._shell.desk.write(
            self._over,
            lambda work: licence_scans.put(work, number, identity, one),
            put,
            lambda error: self._let_go(one, error),
            verb="licence.scan",
        )

    def _take_in(self, shelf: Shelf, thing: Thing, number: str, licence: Licence) -> None:
        running = self._shell.run(f"正在放入{licence.draft.kind}的扫描件")
        report = running.progress

        def taken(one: Taken) -> None:
            running.finish()
            self._put(number, licence, one)

        def failed(error: DeskError) -> None:
            running.finish()
            self._shell.refuse(error)

        self._shell.desk.make(
            self._over, lambda: evidence_intake.take_in(shelf, handed_over.source(thing), report), taken, failed
        )

    def _let_go(self, taken: Taken, error: DeskError) -> None:
        evidence_intake.put_back((taken,))
        self._shell.refuse(error)

    def _write(self, shown: ScanSight, folder: Path) -> None:
        self._shell.desk.make(
            self._over,
            lambda: licence_scans.save(shown, folder),
            lambda path: self._shell.say(f"扫描件已存到 {path}"),
            self._shell.refuse,
        )

    def _read(self, licence: Licence, then: Callable[[ScanSight], object]) -> None:
        number, identity = self.number, licence.draft.id or 0
        self._shell.desk.read(
            self._over, lambda work: licence_scans.sight(work, number, identity), then, self._shell.refuse
        )
