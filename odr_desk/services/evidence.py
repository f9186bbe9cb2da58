"""The evidence box of a case: what is in it, what is said about each piece, what was taken out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.document import Attachment
from odr_desk.rules import evidence as rules
from odr_desk.rules import moments
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.evidence import EvidenceDraft, FileKind, Side
from odr_desk.rules.fields import field_of
from odr_desk.rules.parsing import check, sentence
from odr_desk.rules.people import Right
from odr_desk.services import cases, evidence_copies, evidence_intake, timeline, versions
from odr_desk.services.evidence_copies import IndexLine
from odr_desk.store import history
from odr_desk.store.database import Work

_LONGEST_REASON = 200
NOT_SEEN: Mapping[str, str] = MappingProxyType({})
COLUMNS = evidence_copies.COLUMNS
save_copies = evidence_copies.save_copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence, as shown.

    `place` counts from 1 among what the same party handed in, 0 for what was taken out; `shared_of` is the number
    of the original of a blacked-out copy.
    """

    id: int
    number: int
    place: int
    kind: FileKind
    party: Side
    label: str
    name: str
    sha256: str
    size: int
    pages: int
    width: int
    height: int
    shared_of: int | None
    added_at: datetime
    added_by: str
    deleted_at: datetime | None
    deleted_by: str
    delete_reason: str

    @property
    def called(self) -> str:
        """Return what people call it."""
        return rules.title(self.label, self.name)

    @property
    def is_removed(self) -> bool:
        """Tell whether it was taken out of the box."""
        return self.deleted_at is not None


def pieces(work: Work, case_no: str, *, removed: bool = False) -> tuple[Piece, ...]:
    """Return what is in the box in the order of the index; with `removed` also what was taken out."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    found = list(work.session.scalars(select(Attachment).where(Attachment.case_id == case.id)))
    numbers = {one.id: one.number for one in found}
    places: dict[str, int] = {}
    shown = []
    for one in sorted(found, key=_in_order):
        if one.deleted_at is None:
            places[one.party] = places.get(one.party, 0) + 1
        elif not removed:
            continue
        shown.append(_piece(one, numbers, places[one.party] if one.deleted_at is None else 0))
    return tuple(shown)


def index(work: Work, case_no: str, numbers: Iterable[int] | None = None) -> tuple[IndexLine, ...]:
    """Return the evidence index of a case: everything in the box, or the pieces of these numbers."""
    inside = pieces(work, case_no)
    wanted = {one.number for one in inside} if numbers is None else set(numbers)
    lacking = wanted - {one.number for one in inside}
    if lacking:
        raise Missing(f"投诉件 {case_no} 的材料里没有第 {'、'.join(map(str, sorted(lacking)))} 号")
    chosen = [one for one in inside if one.number in wanted]
    return tuple(
        IndexLine(
            sequence=sequence,
            number=one.number,
            party=one.party,
            title=one.called,
            file_name=rules.file_name(sequence, one.party, one.called, one.kind.shared_ending),
            pages=one.pages,
            sha256=one.sha256,
            kind=one.kind,
            is_shared=one.shared_of is not None,
        )
        for sequence, one in enumerate(chosen, start=1)
    )


def order_copies(
    work: Work, case_no: str, numbers: Iterable[int] | None = None, *, originals: bool = False
) -> evidence_copies.Order:
    """Let somebody take copies out of the desk, and write down that they did; `save_copies` makes them."""
    work.actor.require(Right.SEE_PERSONAL)
    lines = index(work, case_no, numbers)
    if not lines:
        raise IllegalMove(f"投诉件 {case_no} 还没有材料可以导出")
    return evidence_copies.ordered(work, cases.named(work, case_no), lines, originals=originals)


def update(
    work: Work,
    case_no: str,
    number: int,
    *,
    label: str | None = None,
    party: Side | None = None,
    seen: Mapping[str, str] = NOT_SEEN,
) -> None:
    """Change what is said about a piece.

    Raise Conflict with both versions when somebody else has changed `label` or `party` since it was `seen`.
    """
    work.actor.require(Right.WRITE_CASES)
    check(EvidenceDraft(label=label or "", party=party))
    found = _inside(work, evidence_intake.writable(work, case_no), number)
    for name, mine in (("label", label), ("party", party)):
        if mine is not None and name in seen and getattr(found, name) not in (seen[name], mine):
            raise _overtaken(work, found, name, mine)
    if label is not None and found.label != label:
        found.label = label
    if party is not None and found.party != party.value:
        found.party = party.value


def arrange(work: Work, case_no: str, number: int, place: int) -> None:
    """Put a piece to another place, counted from 1, among those of its party."""
    work.actor.require(Right.WRITE_CASES)
    case = evidence_intake.writable(work, case_no)
    moved = _inside(work, case, number)
    chosen = select(Attachment).where(
        Attachment.case_id == case.id, Attachment.party == moved.party, Attachment.deleted_at.is_(None)
    )
    beside = sorted(work.session.scalars(chosen), key=lambda one: (one.position, one.number))
    places = [one.position for one in beside]
    beside.remove(moved)
    beside.insert(min(max(place, 1), len(places)) - 1, moved)
    for one, position in zip(beside, places, strict=True):
        if one.position != position:
            one.position = position


def remove(work: Work, case_no: str, number: int, reason: str) -> None:
    """Take a piece out of the box; it stays on record with the reason, its file too."""
    work.actor.require(Right.WRITE_CASES)
    reason = reason.strip()
    if not reason:
        raise Invalid.of("reason", "请写明为什么拿掉这份材料")
    reason = sentence("原因", reason, max_length=_LONGEST_REASON)
    case = evidence_intake.writable(work, case_no)
    found = _inside(work, case, number)
    found.deleted_at, found.deleted_by, found.delete_reason = work.now, work.actor.name, reason
    words = f"拿掉材料“{rules.title(found.label, found.name)}”：{reason}"
    timeline.system(work, case, EventKind.EVIDENCE, words)


def restore(work: Work, case_no: str, number: int) -> None:
    """Put a piece that was taken out back into the box."""
    work.actor.require(Right.WRITE_CASES)
    case = evidence_intake.writable(work, case_no)
    found = evidence_intake.piece(work, case, number)
    if found.deleted_at is None:
        return
    evidence_intake.put_on_again(found)
    timeline.system(work, case, EventKind.EVIDENCE, f"放回材料“{rules.title(found.label, found.name)}”")


def _overtaken(work: Work, found: Attachment, name: str, mine: str) -> Conflict:
    record = f"attachments:{found.id}"
    last = history.field_touch(work, record, (name,))
    by, at = (last.by, last.at) if last is not None else versions.touched(work, record)
    theirs = getattr(found, name)
    what = f"第 {found.number} 号材料的{field_of(EvidenceDraft, name).label}"
    words = f"{what}在 {moments.show_moment(at)} 被{by}改过，您的改动没有存。请比较两个版本后再存"
    detail: dict[str, object] = {
        "by": by,
        "at": moments.local(at).isoformat(),
        "mine": {name: str(mine)},
        "theirs": {name: theirs},
    }
    return Conflict(words, detail)


def _inside(work: Work, case: Case, number: int) -> Attachment:
    found = evidence_intake.piece(work, case, number)
    if found.deleted_at is not None:
        raise IllegalMove(f"第 {number} 号材料已被拿掉，请先放回", ("attachment.restore",))
    return found


def _in_order(one: Attachment) -> tuple[int, int, int]:
    return list(Side).index(Side(one.party)), one.position, one.number


def _piece(found: Attachment, numbers: dict[int, int], place: int) -> Piece:
    return Piece(
        id=found.id,
        number=found.number,
        place=place,
        kind=FileKind(found.kind),
        party=Side(found.party),
        label=found.label,
        name=found.name,
        sha256=found.sha256,
        size=found.size,
        pages=found.pages,
        width=found.width,
        height=found.height,
        shared_of=numbers[found.shared_of] if found.shared_of is not None else None,
        added_at=found.added_at,
        added_by=found.added_by,
        deleted_at=found.deleted_at,
        deleted_by=found.deleted_by,
        delete_reason=found.delete_reason,
    )
