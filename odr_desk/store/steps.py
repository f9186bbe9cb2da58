"""The steps of people: which links of the journal one press of a key made, so that it can be undone whole."""

from typing import TYPE_CHECKING

from sqlalchemy import insert, update

from odr_desk.model.journal import Step

if TYPE_CHECKING:
    from odr_desk.store.database import Work


def close(work: "Work") -> None:
    """Write down which links this piece of work made; the program's own work is no step of anybody."""
    if work.first_link and work.actor.user_id:
        _note(work, first_seq=work.first_link, last_seq=work.seal[0] if work.seal else work.first_link)


def note_draft(work: "Work", draft_id: int) -> None:
    """Write down that a draft was thrown away, which makes no link."""
    _note(work, draft_id=draft_id)


def settle_draft(work: "Work", draft_id: int) -> None:
    """Note that a draft is back, by whatever way: its throwing away cannot be undone once more."""
    thrown = update(Step).where(Step.draft_id == draft_id, Step.undone_at.is_(None))
    work.session.execute(thrown.values(undone_at=work.now))


def mark_undone(work: "Work", step: Step) -> None:
    """Note that this piece of work takes a step back; taking back an undoing makes its step undoable again."""
    step.undone_at = work.now
    work.undoes = step.id
    if step.undoes:
        work.session.execute(update(Step).where(Step.id == step.undoes).values(undone_at=None))


def _note(work: "Work", *, first_seq: int = 0, last_seq: int = 0, draft_id: int = 0) -> None:
    step = {
        "user_id": work.actor.user_id,
        "name": work.actor.name,
        "verb": work.verb,
        "at": work.now,
        "first_seq": first_seq,
        "last_seq": last_seq,
        "draft_id": draft_id,
        "undoes": work.undoes,
    }
    made = work.session.connection().execute(insert(Step).values(step).returning(Step.id))
    work.step = made.scalar_one()
