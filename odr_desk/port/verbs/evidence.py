"""Evidence: files put into the box of a case, what is said about them, copies for others."""

from dataclasses import dataclass
from pathlib import Path

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb, as_draft
from odr_desk.port.verbs.cases import CaseArgument
from odr_desk.rules.errors import Invalid
from odr_desk.rules.evidence import BoxDraft, EvidenceDraft, Side
from odr_desk.rules.fields import choice, flag, number, text
from odr_desk.services import evidence, evidence_copies, evidence_intake, evidence_pictures
from odr_desk.services.evidence_intake import Added, Source, Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attach(EvidenceDraft):
    case_no: str = text("投诉件编号", required=True, max_length=40)
    path: str = text("文件", required=True, max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _One(CaseArgument):
    attachment_no: int = number("材料号", required=True, minimum=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Update(_One):
    label: str = text("说明", max_length=100)
    party: Side | None = choice("提交方", options=Side)
    place: int | None = number("在同一方里的次序", minimum=1)
    seen_label: str = text("看到的说明", max_length=100)
    seen_party: Side | None = choice("看到的提交方", options=Side)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remove(_One):
    reason: str = text("原因", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Export(CaseArgument):
    out: str = text("文件夹", required=True, max_length=1000)
    originals: bool = flag("连同拍摄信息的原始文件")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    attachment_no: int = number("材料号", required=True, minimum=1)


_SAID = ("label", "party")


def _attach(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.reading() as work:
        box = evidence_intake.open_box(work, sent.case_no)
    path = Path(sent.path)
    taken = evidence_intake.take_in(box, Source(path.name, path))
    try:
        with session.writing("attach") as work:
            [added] = evidence_intake.add(work, sent.case_no, [taken], as_draft(EvidenceDraft, sent))
    finally:
        evidence_intake.put_back([taken])
    return _added(added, taken)


def _update(session: Session, given: Given) -> Answer:
    sent = given.draft
    if not sent.case_no or not sent.attachment_no:
        raise Invalid.of("attachment_no", "请给出 case_no 和 attachment_no")
    with session.writing("attachment.update") as work:
        label = sent.label if "label" in given.named else None
        seen = {name: getattr(sent, f"seen_{name}") or "" for name in _SAID if f"seen_{name}" in given.named}
        evidence.update(work, sent.case_no, sent.attachment_no, label=label, party=sent.party, seen=seen)
        if sent.place is not None:
            evidence.arrange(work, sent.case_no, sent.attachment_no, sent.place)
    return {}


def _remove(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("attachment.remove", sent.reason) as work:
        evidence.remove(work, sent.case_no, sent.attachment_no, sent.reason)
    return {}


def _restore(session: Session, given: Given) -> Answer:
    with session.writing("attachment.restore") as work:
        evidence.restore(work, given.draft.case_no, given.draft.attachment_no)
    return {}


def _export(session: Session, given: Given) -> Answer:
    sent, only = given.draft, given.lists["only"]
    folder = Path(sent.out)
    if not folder.is_dir():
        raise Invalid.of("out", f"没有文件夹“{folder}”，请先建好或换一个")
    numbers = [one.attachment_no for one in only] or None
    with session.writing("attachment.export") as work:
        order = evidence.order_copies(work, sent.case_no, numbers, originals=sent.originals)
    copies = evidence.save_copies(order, folder)
    index = evidence_copies.save_index(order, copies, folder)
    return {"index": str(index), "files": [_copy(copy) for copy in copies]}


def _black_out(session: Session, given: Given) -> Answer:
    sent, boxes = given.draft, given.lists["boxes"]
    with session.reading() as work:
        sight = evidence_pictures.order_black_out(work, sent.case_no, sent.attachment_no)
    taken = evidence_pictures.black_out(sight, boxes)
    try:
        with session.writing("attachment.blackout") as work:
            added = evidence_intake.add_shared(work, sent.case_no, sent.attachment_no, taken)
    finally:
        evidence_intake.put_back([taken])
    return _added(added, taken)


def _added(added: Added, taken: Taken) -> Answer:
    return {
        "attachment_no": added.number,
        "sha256": added.sha256,
        "bytes": added.size,
        "kind": taken.kind,
        "pages": taken.pages,
        "known": added.known,
    }


def _copy(copy: evidence_copies.Copy) -> dict[str, object]:
    return {"attachment_no": copy.line.number, "path": str(copy.path), "sha256": copy.sha256}


VERBS = (
    Verb(name="attach", takes=_Attach, run=_attach),
    Verb(name="attachment.update", takes=_Update, run=_update, partial=True, nested={"seen": "seen_"}),
    Verb(name="attachment.remove", takes=_Remove, run=_remove),
    Verb(name="attachment.restore", takes=_One, run=_restore),
    Verb(name="attachment.export", takes=_Export, run=_export, lists={"only": _Number}),
    Verb(name="attachment.blackout", takes=_One, run=_black_out, lists={"boxes": BoxDraft}),
)
