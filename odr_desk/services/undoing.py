"""Undo: the opposite of one's own last steps, each taken back whole, as a new step in the journal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import select

from odr_desk.model.base import Base, Versioned
from odr_desk.model.case import Case, Event, MediationSession
from odr_desk.model.journal import Step
from odr_desk.model.merge import CaseMerge
from odr_desk.rules import moments
from odr_desk.rules.errors import Conflict, IllegalMove, Missing
from odr_desk.rules.events import EventKind
from odr_desk.rules.people import Right
from odr_desk.services import clocks, drafts, merging, timeline
from odr_desk.store import history, journal, references, steps
from odr_desk.store.database import Work
from odr_desk.store.history import Alteration

KEPT_STEPS = 20
UNDO = "undo"
THROWN = "draft.throw"


@dataclass(frozen=True, slots=True)
class Undoable:
    """What a verb is called in the list of steps, and the right that taking it back needs.

    `turn` is for what knows itself how it is reversed; everything else gets its old values back.
    """

    label: str
    right: Right = Right.WRITE_CASES
    turn: Callable[[Work, Sequence[Alteration]], object] | None = None


def _part_or_join(work: Work, done: Sequence[Alteration]) -> None:
    """Take a merge apart, or join again what was taken apart; other merges of the case may have been touched too."""
    of_it = (one for one in done if one.kind is CaseMerge and (one.created or "parted_at" in one.after))
    turned = next(of_it)
    merging.turn(work, turned.identity, join=not turned.created)


UNDOABLE: dict[str, Undoable] = {
    "case.advance": Undoable("改进度"),
    "case.assign": Undoable("分派"),
    "case.next_step": Undoable("设下一步"),
    "case.tag": Undoable("加标签"),
    "case.update": Undoable("改资料"),
    "case.mend": Undoable("补资料"),
    "case.observe": Undoable("记购买情况"),
    "case.delete": Undoable("删除", Right.MANAGE),
    "case.restore": Undoable("恢复", Right.MANAGE),
    "case.merge": Undoable("合并", turn=_part_or_join),
    "case.split": Undoable("拆开", turn=_part_or_join),
    "event.add": Undoable("记进展"),
    "event.edit": Undoable("改记录"),
    "event.amend": Undoable("补充更正"),
    "explain": Undoable("登记说明"),
    "transfer.in": Undoable("登记转入"),
    "transfer.acknowledge": Undoable("登记收讫"),
    "session.add": Undoable("记调解", Right.MEDIATE),
    "session.change": Undoable("改调解记录", Right.MEDIATE),
    "points.save": Undoable("改主张对照"),
    "offer.add": Undoable("记方案", Right.MEDIATE),
    "offer.answer": Undoable("记答复", Right.MEDIATE),
    "appointment.add": Undoable("约调解"),
    "appointment.move": Undoable("改预约"),
    "appointment.cancel": Undoable("取消预约"),
    "case.pause": Undoable("暂停计时"),
    "case.resume": Undoable("恢复计时"),
    "case.due": Undoable("定内部期限"),
    "feedback": Undoable("记反馈平台", Right.MEDIATE),
    "feedback.tick": Undoable("记反馈平台", Right.MEDIATE),
    "revisit": Undoable("记回访"),
    "attachment.update": Undoable("改材料"),
    "attachment.remove": Undoable("拿掉材料"),
    "attachment.restore": Undoable("放回材料"),
    THROWN: Undoable("放弃草稿"),
}
"""What can be undone. Money, papers, agreements and numbers are not: they are voided with a reason.

What a verb does must lie wholly in its records: a step that writes a file or takes a number has no place here.
"""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One of one's own steps, as the list shows it; `subject` names the case, or says how many there are."""

    id: int
    verb: str
    label: str
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Undone:
    """What has been taken back; `again` says that it was an undoing that was, so that the thing stands again."""

    label: str
    subject: str
    again: bool = False

    @property
    def words(self) -> str:
        """Return what has happened, as the strip on screen says it."""
        return f"{'已恢复' if self.again else '已撤销'}：{self.label}" + (f" {self.subject}" if self.subject else "")


def is_undoable(verb: str) -> bool:
    """Tell whether steps of this verb can be taken back."""
    return verb in UNDOABLE or verb == UNDO


def recent(work: Work, limit: int = KEPT_STEPS) -> tuple[StepRow, ...]:
    """Return one's own last steps that can be taken back, the last one first."""
    work.actor.require(Right.READ_CASES)
    chosen = select(Step).where(
        Step.user_id == work.actor.user_id, Step.verb.in_(tuple(UNDOABLE)), Step.undone_at.is_(None)
    )
    found = work.session.scalars(chosen.order_by(Step.id.desc()).limit(min(limit, KEPT_STEPS)))
    return tuple(_row(work, step) for step in found)


def last(work: Work) -> int:
    """Return the last of one's own steps that can be taken back; raise Missing when there is none."""
    work.actor.require(Right.WRITE_CASES)
    found = recent(work, 1)
    if not found:
        raise Missing("最近没有可以撤销的步骤")
    return found[0].id


def undo(work: Work, step_id: int) -> Undone:
    """Take one of one's own steps back; refuse, naming who and when, if somebody has built on it since."""
    work.actor.require(Right.WRITE_CASES)
    step = _own(work, step_id)
    allowed = UNDOABLE[_origin(work, step).verb]
    work.actor.require(allowed.right)
    if step.draft_id:
        drafts.take_back(work, step.draft_id)
        steps.mark_undone(work, step)
        return Undone(allowed.label, "")
    done = history.of_step(work, step)
    subject = _subject(work, history.objects_of(work, step))
    if allowed.turn is not None:
        allowed.turn(work, done)
        steps.mark_undone(work, step)
        return Undone(allowed.label, subject, step.undoes != 0)
    _require_untouched(work, step, done)
    _take_back(work, step, done, allowed.label)
    steps.mark_undone(work, step)
    return Undone(allowed.label, subject, step.undoes != 0)


def _take_back(work: Work, step: Step, done: Sequence[Alteration], label: str) -> None:
    """Do the opposite, record by record, and bring what follows from the records up to date."""
    concerned = history.cases_among(work, [one.name for one in done])
    instants = _instants(work, done)
    for one in reversed(done):
        _reverse(work, one)
        work.session.flush()
    for case_id in sorted(concerned):
        case = work.session.get(Case, case_id)
        if case is not None:
            timeline.settle_contacts(work, case, instants)
            clocks.renew(work, case)
            timeline.system(work, case, EventKind.UNDONE, _words(step, label))


def _own(work: Work, step_id: int) -> Step:
    step = work.session.get(Step, step_id)
    if step is None or step.user_id != work.actor.user_id:
        raise Missing("没有这一步，或不是您自己做的；只能撤销自己的步骤")
    if not is_undoable(step.verb):
        raise IllegalMove("这一步不能撤销；协议、付款和文书请用“作废”并写明原因")
    if step.undone_at is not None:
        raise IllegalMove(f"这一步已在 {moments.show_moment(step.undone_at)} 撤销过")
    return step


def _origin(work: Work, step: Step) -> Step:
    """Return the step that a chain of undoing and redoing began with."""
    while step.undoes:
        step = work.session.get_one(Step, step.undoes)
    return step


def _require_untouched(work: Work, step: Step, done: Sequence[Alteration]) -> None:
    since = history.since(work, step, [one.name for one in done])
    if since is not None:
        _refuse(step, since.by, since.at, since.verb)
    for one in done:
        if one.created and not one.gone and not issubclass(one.kind, Event):
            used = references.to(work, one, among=done)
            if used is not None:
                raise Conflict(f"没有撤销，什么都没有动：之后又有了别的{used}，请先撤销那一步", {"used": used})


def _refuse(step: Step, by: str, at: datetime, verb: str) -> NoReturn:
    what = UNDOABLE[verb].label if verb in UNDOABLE else "改动"
    words = f"{by} {moments.show_moment(at)} 又改过同一处（{what}）"
    raise Conflict(
        f"没有撤销，什么都没有动：{words}。请先撤销那一步，或直接改成想要的样子",
        {"step": step.id, "by": by, "at": at, "verb": verb},
    )


def _reverse(work: Work, one: Alteration) -> None:
    """Do the opposite of what a step did to one record."""
    if one.created and one.gone:
        return
    if one.gone:
        work.session.add(_again(work, one))
        return
    record = work.session.get_one(one.kind, one.identity)
    if one.created:
        _take_away(work, record)
        return
    for name, value in one.before.items():
        setattr(record, name, value)
    if not one.before and isinstance(record, Versioned):  # what belongs to it was changed, which its version counts
        journal.outdate(record)


def _again(work: Work, one: Alteration) -> Base:
    """Make a record again that is gone; its version is none that anybody can have seen of it."""
    values: dict[str, Any] = {name: value for name, value in one.before.items() if value is not None}
    record = one.kind(**values)
    if isinstance(record, Versioned):
        record.version_id = 1 + history.entries(work, one.name)
    return record


def _take_away(work: Work, record: Base) -> None:
    """Remove what a step made; an entry of the timeline keeps its place, what the program noted stays."""
    if not isinstance(record, Event):
        work.session.delete(record)
    elif not record.system:
        timeline.withdraw(work, record)


def _instants(work: Work, done: Sequence[Alteration]) -> set[datetime]:
    """Return when the entries and sittings happened that come or go, because days of first contact rest on them."""
    found: set[datetime] = set()
    for one in done:
        name = {Event: "at", MediationSession: "held_at"}.get(one.kind)
        if name is not None:
            record = work.session.get(one.kind, one.identity)
            found.add(getattr(record, name) if record is not None else one.before[name])
    return found


def _words(step: Step, label: str) -> str:
    return f"恢复：{label}" if step.undoes else f"撤销：{label}（{moments.show_moment(step.at)}）"


def _row(work: Work, step: Step) -> StepRow:
    is_draft = step.draft_id != 0
    subject = drafts.words_of(work, step.draft_id) if is_draft else _subject(work, history.objects_of(work, step))
    return StepRow(step.id, step.verb, UNDOABLE[step.verb].label, subject, step.at)


def _subject(work: Work, objects: Sequence[str]) -> str:
    ids = history.cases_among(work, objects)
    if len(ids) == 1:
        return work.session.get_one(Case, ids.pop()).number
    if len(ids) == 2:
        return "、".join(work.session.get_one(Case, case_id).number for case_id in sorted(ids))
    return f"{len(ids)} 件" if ids else ""
