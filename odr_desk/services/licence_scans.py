"""The scan of a licence: taken in like evidence, one to a licence, to be looked at and saved elsewhere."""

from dataclasses import dataclass
from pathlib import Path

from odr_desk.model.merchant import MerchantLicence
from odr_desk.pictures import looking
from odr_desk.pictures.looking import Points
from odr_desk.rules import evidence as rules
from odr_desk.rules.errors import IllegalMove, Missing, Trouble
from odr_desk.rules.people import Right
from odr_desk.services import evidence_copies, licences, merchants
from odr_desk.services.evidence_intake import Shelf, Taken
from odr_desk.services.evidence_pictures import SIDE
from odr_desk.services.licences import Scan
from odr_desk.sheets import writing
from odr_desk.store import attachments, place
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class ScanSight:
    """A scan that somebody may look at; `called` says what it shows, `shop` whose it is."""

    folder: Path
    shop: str
    called: str
    scan: Scan

    @property
    def title(self) -> str:
        """Return what stands over its pages."""
        return f"{self.called}　{self.shop}"

    @property
    def pages(self) -> int:
        """Return how many pages there are to look at."""
        return self.scan.pages


def open_shelf(work: Work, number: str, licence_id: int) -> Shelf:
    """Let somebody put a scan to a licence; `evidence_intake.take_in` then takes the file in."""
    work.actor.require(Right.WRITE_MERCHANTS)
    _row(work, number, licence_id)
    return Shelf(work.folder)


def put(work: Work, number: str, licence_id: int, taken: Taken) -> Scan:
    """Put a file that was taken in to a licence, in place of the scan that was there.

    The file of that one stays in the data folder, as that of evidence taken out does: the journal names it.
    """
    work.actor.require(Right.WRITE_MERCHANTS)
    row = _row(work, number, licence_id)
    coming = taken.coming
    attachments.settle(work.folder / place.ATTACHMENTS, coming)
    _write(row, coming.sha256, coming.size, taken.kind.value, taken.name, taken.pages)
    return Scan(coming.sha256, coming.size, taken.kind, taken.name, taken.pages)


def remove(work: Work, number: str, licence_id: int) -> Scan:
    """Take the scan off a licence and return it, by which it can be put back."""
    work.actor.require(Right.WRITE_MERCHANTS)
    row = _row(work, number, licence_id)
    scan = _scan(row)
    _write(row, "", 0, "", "", 0)
    return scan


def put_back(work: Work, number: str, licence_id: int, scan: Scan) -> None:
    """Put a scan back that was taken off; its file has stayed."""
    work.actor.require(Right.WRITE_MERCHANTS)
    row = _row(work, number, licence_id)
    if row.sha256:
        raise IllegalMove("这张证照已经有了别的扫描件，没有改动")
    evidence_copies.whole(work.folder / place.ATTACHMENTS, scan.sha256, row.kind)
    _write(row, scan.sha256, scan.size, scan.kind.value, scan.name, scan.pages)


def sight(work: Work, number: str, licence_id: int) -> ScanSight:
    """Return the scan of a licence to be looked at."""
    work.actor.require(Right.READ_MERCHANTS)
    row = _row(work, number, licence_id)
    shop = merchants.known(work, number).shown_name
    return ScanSight(work.folder, shop, " ".join(filter(None, (row.kind, row.number))), _scan(row))


def page(shown: ScanSight, number: int) -> Points:
    """Return one page of a scan, counted from 1."""
    return looking.show(_file(shown), shown.called, min(max(number, 1), shown.pages), SIDE)


def save(shown: ScanSight, folder: Path) -> Path:
    """Write the scan as it was handed in into a folder, called by shop and licence, and return the file."""
    content = _file(shown).read_bytes()
    name = rules.plain_file_name(f"{shown.shop} {shown.called}", shown.scan.kind.ending)
    path = writing.free_name(folder / name)

    def same(found: bytes) -> None:
        if found != content:
            raise Trouble(f"“{path.name}”写完后读回不一致。", "请检查磁盘，换一个文件夹再存一次。")

    return writing.finish(path, content, same, path.suffix).path


def _file(shown: ScanSight) -> Path:
    return evidence_copies.whole(shown.folder / place.ATTACHMENTS, shown.scan.sha256, shown.called)


def _row(work: Work, number: str, licence_id: int) -> MerchantLicence:
    merchant = merchants.known(work, number)
    for row in licences.rows(work, merchant.id):
        if row.id == licence_id:
            return row
    raise Missing(f"商户 {number} 没有第 {licence_id} 号证照，请重新打开档案")


def _scan(row: MerchantLicence) -> Scan:
    scan = licences.scan_of(row)
    if scan is None:
        raise Missing(f"“{row.kind}”还没有扫描件，请先放入")
    return scan


def _write(row: MerchantLicence, sha256: str, size: int, kind: str, name: str, pages: int) -> None:
    row.sha256, row.size, row.scan_kind, row.scan_name, row.scan_pages = sha256, size, kind, name, pages
