"""Drafts about a case that has become another one meanwhile: they follow it, so that they can be gone on with."""

from odr_desk.rules.errors import IllegalMove
from odr_desk.services import cases, drafts, families
from odr_desk.store.database import Work


def follow(work: Work, kind: str, number: str) -> None:
    """Let a draft follow its case into the one it was merged into; notes on both become one note.

    Raise IllegalMove where a form of the same kind is half filled in for the other case already.
    """
    lead = families.leader_of(work, cases.exact(work, number)).number
    ours = drafts.of(work, kind, number)
    if lead == number or not ours:
        return
    content = {name: part for name, part in ours[0].content.items() if name != drafts.SEEN}
    if there := drafts.of(work, kind, lead):
        if kind != drafts.LOG:
            what = drafts.LABELS.get(kind, kind)
            raise IllegalMove(f"{number} 已并入 {lead}，那一件上也有一份没写完的“{what}”，请先写完或放弃那一份")
        content = {**content, **there[0].content, "text": f"{there[0].content['text']}\n{content['text']}".strip()}
    drafts.keep_for(work, kind, lead, content)
    drafts.drop_for(work, kind, number)
