"""What the desk does with its list: views of one's own, tags, and one step on one case or on many."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from odr_desk.port import answers
from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb
from odr_desk.rules import moments
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import day, fields_of, flag, number, text
from odr_desk.rules.handling import NextStep
from odr_desk.rules.narrowing import MOST_TAGS, Narrowing, ViewDraft
from odr_desk.services import bulk, people, saved_views, tags
from odr_desk.store.database import Work

_LINES = 25_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cases:
    """The case a verb speaks of, or several; with `rest` those that refuse are left out."""

    case_no: str = text("投诉件编号", max_length=40)
    case_nos: str = text("投诉件编号", multiline=True, max_length=_LINES)
    rest: bool = flag("其余照办")

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers that were named."""
        return tuple(number for number in (self.case_no, *self.case_nos.split("\n")) if number)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SeenCase:
    """The version of one of several cases that the caller was looking at."""

    case_no: str = text("投诉件编号", required=True, max_length=40)
    version: int | None = number("版本", required=True, minimum=1, maximum=10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Replacing(_Cases):
    """What another person may be replacing at the same time."""

    version: int | None = number("版本", minimum=1, maximum=10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assign(_Replacing):
    handler: str = text("承办人", required=True, max_length=30, hint="登录名")


@dataclass(frozen=True, slots=True, kw_only=True)
class _NextStep(_Replacing):
    due: date | None = day("日期")
    text: str = text("下一步", max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tag(_Cases):
    add: str = text("加上的标签", multiline=True, max_length=200)
    remove: str = text("去掉的标签", multiline=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    name: str = text("名称", required=True, max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move(_View):
    to: str = text("新名称", max_length=40)
    by: int | None = number("移动", minimum=-100, maximum=100)


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A verb without arguments."""


def _assign(session: Session, given: Given) -> Answer:
    def deed(work: Work) -> bulk.Deed:
        return bulk.assign(people.handler_named(work, given.draft.handler), _seen(given))

    return _each(session, given, "case.assign", deed)


def _next_step(session: Session, given: Given) -> Answer:
    sent = given.draft
    deed = bulk.next_step(sent.text, sent.due, _seen(given))
    said = NextStep(sent.text, sent.due).warning(moments.day_of(session.database.clock()))
    return {**_each(session, given, "case.next_step", lambda _: deed), "said": said}


def _tag(session: Session, given: Given) -> Answer:
    add, remove = _lines(given.draft.add), _lines(given.draft.remove)
    if not add and not remove:
        raise Invalid.of("add", "请写要加上或去掉的标签")
    return _each(session, given, "case.tag", lambda _: bulk.tag(add, remove))


def _each(session: Session, given: Given, verb: str, deed: Callable[[Work], bulk.Deed]) -> Answer:
    numbers = given.draft.numbers
    if not numbers:
        raise Invalid.of("case_no", "请给出 case_no，或用 case_nos 给出几个")
    with session.writing(verb) as work:
        if not given.draft.case_nos:  # one case refuses in its own words
            return {"done": list(numbers), "refused": [], "version": deed(work)(work, numbers[0])}
        found = bulk.run(work, numbers, deed(work), rest=given.draft.rest)
    return {"done": list(found.done), "refused": [one.said for one in found.refused]}


def _seen(given: Given) -> bulk.Seen:
    """Return the versions that the caller was looking at, by number: of one case, or of each of several."""
    sent = given.draft
    if sent.version is None:
        return {one.case_no: one.version for one in given.lists["versions"]}
    if sent.case_nos or not sent.case_no:
        raise Invalid.of("version", "version 只用于 case_no 的那一件；几件请用 versions 逐件给出 case_no 和 version")
    return {sent.case_no: sent.version}


def _save(session: Session, given: Given) -> Answer:
    with session.writing("view.save") as work:
        saved_views.save(work, given.draft)
    return {"name": given.draft.name}


def _change(session: Session, given: Given) -> Answer:
    sent = given.draft
    with session.writing("view.change") as work:
        if sent.by:
            saved_views.move(work, sent.name, sent.by)
        if sent.to:
            saved_views.rename(work, sent.name, sent.to)
    return {"name": sent.to or sent.name}


def _delete(session: Session, given: Given) -> Answer:
    with session.writing("view.delete") as work:
        saved_views.delete(work, given.draft.name)
    return {}


def _views(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        own = saved_views.rows(work)
        counts = saved_views.counts(work, own)
    return {"rows": [{"name": view.name, "count": counts[view.name], **_shown(view)} for view in own]}


def _shown(view: saved_views.OwnView) -> dict[str, object]:
    given = {field.name: getattr(view.wanted, field.name) for field in fields_of(Narrowing)}
    filters = {name: answers.value(value) for name, value in given.items() if value}
    return {"view": view.wanted.view, "text": view.wanted.text, "filters": filters}


def _tags(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        return {"rows": [{"tag": name, "cases": count} for name, count in tags.in_use(work)]}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())[: 2 * MOST_TAGS]


_SEEN = {"versions": _SeenCase}
VERBS = (
    Verb(name="case.assign", takes=_Assign, run=_assign, lists=_SEEN),
    Verb(name="case.next_step", takes=_NextStep, run=_next_step, lists=_SEEN),
    Verb(name="case.tag", takes=_Tag, run=_tag),
    Verb(name="tag.list", takes=_Nothing, run=_tags),
    Verb(name="view.save", takes=ViewDraft, run=_save, nested={"filters": ""}),
    Verb(name="view.change", takes=_Move, run=_change),
    Verb(name="view.delete", takes=_View, run=_delete),
    Verb(name="view.list", takes=_Nothing, run=_views),
)
