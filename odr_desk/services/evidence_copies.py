"""Copies of evidence for others: numbered, without what a camera noted, with an index that names each hash."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from odr_desk.model.case import Case
from odr_desk.pictures import looking
from odr_desk.rules.columns import Column
from odr_desk.rules.errors import Trouble
from odr_desk.rules.events import EventKind
from odr_desk.rules.evidence import FileKind, Side
from odr_desk.services import timeline
from odr_desk.sheets import table, writing
from odr_desk.store import attachments, journal, place
from odr_desk.store.database import Work

TITLE = "证据目录"
Report = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLine:
    """One line of the evidence index; `sha256` is that of the file as it was handed in."""

    sequence: int
    number: int
    party: Side
    title: str
    file_name: str
    pages: int
    sha256: str
    kind: FileKind
    is_shared: bool

    @property
    def note(self) -> str:
        """Return what a reader must know of this piece."""
        return "遮盖副本" if self.is_shared else ""


@dataclass(frozen=True, slots=True)
class Order:
    """Copies that somebody may take out of the desk."""

    case_no: str
    root: Path
    lines: tuple[IndexLine, ...]
    originals: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that lies where it was wanted; `sha256` is its own."""

    line: IndexLine
    path: Path
    sha256: str


COLUMNS: tuple[Column[Copy], ...] = (
    Column("序号", lambda copy: copy.line.sequence, width=6, align="right"),
    Column("提交方", lambda copy: copy.line.party.label, width=8),
    Column("材料名称", lambda copy: copy.line.title, width=30),
    Column("文件名", lambda copy: copy.path.name, width=36),
    Column("页数", lambda copy: copy.line.pages, width=6, align="right"),
    Column("备注", lambda copy: copy.line.note, width=10),
    Column("本文件 SHA-256", lambda copy: copy.sha256, width=34),
    Column("存档原件 SHA-256", lambda copy: copy.line.sha256, width=34),
)
"""The evidence index as it goes out beside the copies."""


def ordered(work: Work, case: Case, lines: tuple[IndexLine, ...], *, originals: bool) -> Order:
    """Write down that copies leave the desk and return the order for them."""
    numbers = [line.number for line in lines]
    journal.record_deed(work, f"cases:{case.number}", {"evidence": numbers, "originals": originals})
    how = "原始文件（含拍摄信息）" if originals else "副本，已去掉拍摄信息"
    timeline.system(work, case, EventKind.EVIDENCE, f"导出材料 {len(lines)} 份：{how}")
    return Order(case.number, work.folder / place.ATTACHMENTS, lines, originals)


def save_copies(order: Order, folder: Path, report: Report | None = None) -> tuple[Copy, ...]:
    """Write the copies into a folder that is there; none takes the name of a file that is. Needs no database."""
    say = report or (lambda _done, _total: None)
    copies = []
    for done, line in enumerate(order.lines):
        say(done, len(order.lines))
        copies.append(_copy(order, line, folder, partial(say, done, len(order.lines))))
    say(len(order.lines), len(order.lines))
    return tuple(copies)


def save_index(order: Order, copies: tuple[Copy, ...], folder: Path) -> Path:
    """Write the evidence index as a workbook beside the copies."""
    path = writing.free_name(folder / f"00 {TITLE}.xlsx")
    return table.prepare(path, f"{TITLE} {order.case_no}", COLUMNS, copies).put().path


def save_all(order: Order, folder: Path, report: Report | None = None) -> Path:
    """Write one piece into a folder, several with their index into a folder of their own, whole or not at all."""
    if len(order.lines) == 1:
        return save_copies(order, folder, report)[0].path
    made = new_folder(order, folder)
    try:
        save_index(order, save_copies(order, made, report), made)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return made


def new_folder(order: Order, inside: Path) -> Path:
    """Make a folder for the copies of a case and return it."""
    path = writing.free_name(inside / f"材料 {order.case_no}")
    try:
        path.mkdir()
    except OSError as error:
        raise Trouble(f"在“{inside}”里建不了文件夹，材料没有导出。", "请换一个文件夹，或检查磁盘后再试。") from error
    return path


def _copy(order: Order, line: IndexLine, folder: Path, pulse: looking.Pulse) -> Copy:
    source = whole(order.root, line.sha256, line.title)
    if order.originals:
        name = Path(line.file_name).with_suffix(line.kind.ending).name
        content = source.read_bytes()
    else:
        name, content = line.file_name, looking.share(source, line.title, pulse)

    def same(found: bytes) -> None:
        if found != content:
            raise Trouble(f"“{name}”写完后读回不一致。", "请检查磁盘，换一个文件夹再导出一次。")

    path = writing.free_name(folder / name)
    written = writing.finish(path, content, same, path.suffix)
    return Copy(line, written.path, written.sha256)


def whole(root: Path, sha256: str, called: str) -> Path:
    """Return where a file lies; raise Trouble unless it is there and unchanged."""
    if not attachments.holds(root, sha256):
        raise Trouble(
            f"材料“{called}”的文件不见了或被改动过，这一步没有做。",
            "请运行“检查数据”看详情，再从最近一次备份恢复。",
        )
    return attachments.place_of(root, sha256)
