"""Views of the queue that people keep for themselves: a filter under a name, in an order of their own."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, fields

from sqlalchemy import select

from odr_desk.model.queue import SavedView
from odr_desk.rules.errors import Conflict, Invalid, Missing
from odr_desk.rules.fields import fields_of
from odr_desk.rules.narrowing import MOST_VIEWS, Narrowing, ViewDraft, check_period
from odr_desk.rules.parsing import check, parse
from odr_desk.rules.people import Right
from odr_desk.services import narrowing, queue, view_counts, views
from odr_desk.services.queue import CaseFilter
from odr_desk.store.database import Work

PATIENCE = 0.12
"""Seconds after which no further view over all cases is counted; what is not counted shows no number."""
_KEPT = ("view", "text", *(field.name for field in fields_of(Narrowing)))


@dataclass(frozen=True, slots=True)
class OwnView:
    """A kept view and the cases it holds."""

    name: str
    wanted: CaseFilter


def rows(work: Work) -> tuple[OwnView, ...]:
    """Return the views of the actor in their order."""
    work.actor.require(Right.READ_CASES)
    return tuple(OwnView(kept.name, _filter_of(kept.content)) for kept in _kept(work))


@dataclass(frozen=True, slots=True)
class Gone:
    """A view that was deleted, and where it stood among the others, from 0."""

    draft: ViewDraft
    place: int


def save(work: Work, draft: ViewDraft) -> None:
    """Keep a view; one of the same name is replaced and keeps its place."""
    work.actor.require(Right.READ_CASES)
    check(draft)
    _require_own(draft.name)
    check_period(draft)
    if (draft.view or "all") not in views.BY_CODE:
        raise Invalid.of("view", f"没有“{draft.view}”这个视图，可选：{'、'.join(views.BY_CODE)}")
    known = {kept.name: kept for kept in _kept(work)}
    kept = known.get(draft.name)
    if kept is None:
        if len(known) >= MOST_VIEWS:
            raise Invalid.of("name", f"自己的视图最多 {MOST_VIEWS} 个，请先删掉不用的")
        place = max((other.place for other in known.values()), default=0) + 1
        kept = SavedView(user_id=work.actor.user_id, name=draft.name, place=place)
        work.session.add(kept)
    kept.content = _content(draft)


def keep(work: Work, name: str, wanted: CaseFilter) -> None:
    """Keep the filter of the list under a name."""
    if not narrowing.is_own(wanted):
        raise Invalid.of("name", "这份列表是从统计数字点开的，带着不能手工设置的条件，存不成视图")
    save(work, parse(ViewDraft, {"name": name, **{field: getattr(wanted, field) for field in _KEPT}}))


def rename(work: Work, name: str, to: str) -> None:
    """Give a view another name."""
    kept = _named(work, name)
    draft = parse(ViewDraft, {"name": to})
    check(draft)
    _require_own(draft.name)
    if draft.name != name and draft.name in {other.name for other in _kept(work)}:
        raise Conflict(f"已有叫“{draft.name}”的视图，请换一个名字", {})
    kept.name = draft.name


def delete(work: Work, name: str) -> Gone:
    """Forget a view and return what it was, so that it can be put back."""
    kept = _named(work, name)
    draft = parse(ViewDraft, {"name": name, **json.loads(kept.content)})
    place = _kept(work).index(kept)
    work.session.delete(kept)
    return Gone(draft, place)


def put_back(work: Work, gone: Gone) -> None:
    """Keep a deleted view again, where it stood."""
    save(work, gone.draft)
    _put(work, gone.draft.name, gone.place)


def move(work: Work, name: str, by: int) -> None:
    """Move a view to the left (-1) or to the right (1) of its neighbour."""
    _put(work, name, _kept(work).index(_named(work, name)) + by)


def _put(work: Work, name: str, to: int) -> None:
    kept = _named(work, name)
    row = _kept(work)
    row.remove(kept)
    row.insert(max(0, min(len(row), to)), kept)
    for place, other in enumerate(row, start=1):
        other.place = place


def counts(work: Work, own: Iterable[OwnView]) -> dict[str, int | None]:
    """Count the cases of several views: those of open cases in one pass, the others while patience lasts."""
    work.actor.require(Right.READ_CASES)
    asked = tuple(own)
    quick = [view for view in asked if view.wanted.view not in views.WIDE and not view.wanted.text]
    held = {view.name: queue.condition(work, view.wanted) for view in quick}
    found: dict[str, int | None] = {**view_counts.in_hand(work, held)}
    began = time.thread_time()
    for view in asked:
        if view.name not in found:
            patient = time.thread_time() - began < PATIENCE
            found[view.name] = queue.count(work, view.wanted) if patient else None
    return found


def _kept(work: Work) -> list[SavedView]:
    chosen = select(SavedView).where(SavedView.user_id == work.actor.user_id)
    return list(work.session.scalars(chosen.order_by(SavedView.place, SavedView.id)))


def _named(work: Work, name: str) -> SavedView:
    work.actor.require(Right.READ_CASES)
    found = next((kept for kept in _kept(work) if kept.name == name), None)
    if found is None:
        raise Missing(f"没有叫“{name}”的视图，可能已经删掉或改了名")
    return found


def _require_own(name: str) -> None:
    """Raise Invalid for the name of a view that everybody has: nobody could tell the two apart."""
    if name in {view.title for view in views.VIEWS}:
        raise Invalid.of("name", f"“{name}”是原有视图的名字，请换一个")


def _content(draft: ViewDraft) -> str:
    given = {field.name: getattr(draft, field.name) for field in fields(draft) if field.name != "name"}
    plain = {name: str(value) if not isinstance(value, bool) else value for name, value in given.items() if value}
    return json.dumps(plain, ensure_ascii=False)


def _filter_of(content: str) -> CaseFilter:
    draft = parse(ViewDraft, {"name": "", **json.loads(content)})
    kept = {name: getattr(draft, name) for name in _KEPT}
    return CaseFilter(**{**kept, "view": draft.view or "all"})
