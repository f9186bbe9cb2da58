"""A verb of the port said once: its arguments are the declared fields of a draft, its work one function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from odr_desk.port.session import Session
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import Kind, fields_of
from odr_desk.rules.parsing import check, parse

Answer = Mapping[str, object]
Draft = TypeVar("Draft")


@dataclass(frozen=True, slots=True)
class Given:
    """The arguments of one request, checked: the draft, the lists and maps beside it, the names that were sent."""

    draft: Any
    lists: Mapping[str, tuple[Any, ...]]
    named: frozenset[str]
    maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def changes(self) -> dict[str, object]:
        """Return only the draft's fields that were sent, for verbs that change what they name."""
        return {name: getattr(self.draft, name) for name in self.named - self.lists.keys()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb of the contract.

    `nested` maps an object argument to the prefix of the fields it holds: with {"consumer": "consumer_"}
    the argument consumer.phone is the field consumer_phone. `renamed` maps the contract's name of an
    argument to the draft's. `lists` names the arguments that are lists of a draft of their own, `maps` those
    that are objects of texts with names of the caller's. `affirmed` has, for a text that may be sent as true
    or false, the words that true stands for; false stands for none. `decided` returns the draft that a request
    takes where one of its arguments decides that; `takes` then has the fields of all. Verbs `despite_damage` run
    while the database does not open; every other one then says why it does not.
    """

    name: str
    takes: type
    run: Callable[[Session, Given], Answer]
    nested: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, type] = field(default_factory=dict)
    maps: frozenset[str] = frozenset()
    affirmed: Mapping[str, str] = field(default_factory=dict)
    decided: Callable[[Mapping[str, object]], type] | None = None
    partial: bool = False
    open_to_all: bool = False
    despite_damage: bool = False


def read(verb: Verb, sent: Mapping[str, object]) -> Given:
    """Return the checked arguments; raise Invalid naming every one that is unknown, missing or of the wrong type."""
    flat, problems = _flatten(verb, sent)
    lists: dict[str, tuple[Any, ...]] = {}
    for name, kind in verb.lists.items():
        lists[name] = _read_list(verb, name, kind, sent.get(name), problems)
    maps = {name: _read_map(name, sent.get(name), problems) for name in verb.maps}
    draft: Any = None
    try:
        draft = _parsed(verb.takes if verb.decided is None else verb.decided(flat), flat)
        if not verb.partial:
            check(draft)
    except Invalid as error:
        called = {inside: name for name, inside in verb.renamed.items()}
        problems += (Problem(called.get(problem.field, problem.field), problem.text) for problem in error.problems)
    if problems:
        raise Invalid(tuple(problems))
    given = {name for name in lists if sent.get(name) is not None}
    return Given(draft, lists, frozenset(flat) | given, maps)


def _flatten(verb: Verb, sent: Mapping[str, object]) -> tuple[dict[str, object], list[Problem]]:
    known = {entry.name for entry in fields_of(verb.takes)}
    lines = {entry.name for entry in fields_of(verb.takes) if entry.multiline}
    flat: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in sent.items():
        if name in verb.lists or name in verb.maps:
            continue
        if name in verb.nested:
            if not isinstance(value, Mapping):
                problems.append(Problem(name, f"{name} 应为对象"))
                continue
            for part, inner in value.items():
                inside = _inside(verb.nested[name], str(part), known)
                flat[inside] = _joined(inner)
        else:
            inside = verb.renamed.get(name, name)
            flat[inside] = _joined(value) if inside in lines else value
    return flat, problems


def _inside(prefix: str, part: str, known: set[str]) -> str:
    return part if part in known and f"{prefix}{part}" not in known else f"{prefix}{part}"


def _joined(value: object) -> object:
    """Return a list of texts as lines, which is how a draft holds a list of materials."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    return value


def _read_list(verb: Verb, name: str, kind: type, value: object, problems: list[Problem]) -> tuple[Any, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        problems.append(Problem(name, f"{name} 应为列表"))
        return ()
    found = []
    for place, item in enumerate(value):
        fields = _as_fields(verb, kind, item)
        if fields is None:
            problems.append(Problem(f"{name}[{place}]", f"{name} 第 {place + 1} 项应为对象"))
            continue
        try:
            draft: Any = _parsed(kind, fields)
            check(draft)
            found.append(draft)
        except Invalid as error:
            problems += [
                Problem(f"{name}[{place}].{problem.field}", f"第 {place + 1} 项：{problem.text}")
                for problem in error.problems
            ]
    return tuple(found)


def _as_fields(verb: Verb, kind: type, item: object) -> Mapping[str, object] | None:
    """Return the fields of one entry of a list; a bare text is the one text that such an entry must have."""
    if isinstance(item, Mapping):
        said = {name: words if item[name] else "" for name, words in verb.affirmed.items() if _is_flag(item.get(name))}
        return {**item, **said}
    needed = [entry for entry in fields_of(kind) if entry.required]
    if isinstance(item, str) and len(needed) == 1 and needed[0].kind is Kind.TEXT:
        return {needed[0].name: item}
    return None


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _parsed(kind: type[Draft], sent: Mapping[str, object]) -> Draft:
    """Parse, but take no bare number for money: a draft would read it as fen, and its caller means yuan."""
    bare = [
        Problem(entry.name, f'{entry.label}应为加引号的十进制文字，单位元，如 "1299.00"')
        for entry in fields_of(kind)
        if entry.kind is Kind.MONEY and isinstance(sent.get(entry.name), int | float)
    ]
    if bare:
        raise Invalid(tuple(bare))
    return parse(kind, sent)


def _read_map(name: str, value: object, problems: list[Problem]) -> Mapping[str, str]:
    if value is None:
        return {}
    if isinstance(value, Mapping) and all(isinstance(inner, str) for inner in value.values()):
        return dict(value)
    problems.append(Problem(name, f"{name} 应为对象，值都是文字"))
    return {}


def as_draft(kind: type[Draft], sent: object) -> Draft:
    """Return the part of the arguments that is this draft."""
    return kind(**{entry.name: getattr(sent, entry.name) for entry in fields_of(kind)})
