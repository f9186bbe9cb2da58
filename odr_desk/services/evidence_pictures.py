"""Evidence to look at: thumbnails, pages as points, copies with places blacked out. None of it needs the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from odr_desk.pictures import looking
from odr_desk.pictures.looking import Points, Pulse
from odr_desk.rules import evidence as rules
from odr_desk.rules.errors import Invalid
from odr_desk.rules.evidence import WHOLE, BoxDraft
from odr_desk.rules.parsing import check
from odr_desk.rules.people import Right
from odr_desk.services import cases, evidence, evidence_copies, evidence_intake
from odr_desk.services.evidence import Piece
from odr_desk.services.evidence_intake import Box, Taken
from odr_desk.store import place, thumbnails
from odr_desk.store.database import Work

SIDE = 2_600  # points on the longer side of a page on screen: small print stays readable at three times its size


@dataclass(frozen=True, slots=True)
class Sight:
    """A piece that somebody may look at."""

    folder: Path
    case_no: str
    piece: Piece

    @property
    def root(self) -> Path:
        """Return the folder of the files."""
        return self.folder / place.ATTACHMENTS


def sights(work: Work, case_no: str, *, removed: bool = False) -> tuple[Sight, ...]:
    """Return the pieces of a case that this person may look at.

    Pictures show faces, telephone numbers and identity cards: who may not see personal data sees only
    the copies in which they are blacked out.
    """
    found = evidence.pieces(work, case_no, removed=removed)
    whole = work.actor.may(Right.SEE_PERSONAL)
    return tuple(Sight(work.folder, case_no, one) for one in found if whole or one.shared_of is not None)


def thumbnail(sight: Sight) -> bytes:
    """Return a small JPEG of a piece, made anew when the cache has lost it."""
    kept = thumbnails.read(sight.folder, sight.piece.sha256)
    if kept is not None:
        return kept
    made = looking.examine(_file(sight), sight.piece.called).thumbnail
    thumbnails.keep(sight.folder, sight.piece.sha256, made)
    return made


def page(sight: Sight, number: int, side: int = SIDE) -> Points:
    """Return one page of a piece, counted from 1."""
    return looking.show(_file(sight), sight.piece.called, min(max(number, 1), sight.piece.pages), side)


def order_black_out(work: Work, case_no: str, number: int) -> Sight:
    """Let somebody make a blacked-out copy of a piece."""
    work.actor.require(Right.WRITE_CASES)
    work.actor.require(Right.SEE_PERSONAL)
    evidence_intake.writable(work, case_no)
    found = {sight.piece.number: sight for sight in sights(work, case_no)}
    if number not in found:
        evidence_intake.piece(work, cases.named(work, case_no), number)
        raise Invalid.of("attachment_no", f"第 {number} 号材料已被拿掉，请先放回")
    return found[number]


def black_out(sight: Sight, boxes: Sequence[BoxDraft], pulse: Pulse | None = None) -> Taken:
    """Make a copy of a piece with the boxes black, ready to be put on record with `evidence_intake.add_shared`."""
    check_boxes(boxes, sight.piece.pages)
    piece = sight.piece
    content = looking.black_out(_file(sight), piece.called, boxes, pulse)
    name = f"{Path(piece.name).stem}（遮盖）{piece.kind.shared_ending}"
    return evidence_intake.take_bytes(Box(sight.folder, sight.case_no), rules.plain_name(name), content, pulse)


def check_boxes(boxes: Sequence[BoxDraft], pages: int) -> None:
    """Raise Invalid unless there is something to black out and all of it lies on the pages."""
    if not boxes:
        raise Invalid.of("boxes", "还没有画要遮盖的地方，没有做副本")
    for box in boxes:
        check(box)
        if box.page > pages or box.left + box.width > WHOLE or box.top + box.height > WHOLE:
            raise Invalid.of("boxes", f"有一处遮盖画在第 {box.page} 页外面，没有做副本；请重画")


def _file(sight: Sight) -> Path:
    return evidence_copies.whole(sight.root, sight.piece.sha256, sight.piece.called)
