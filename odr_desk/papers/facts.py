"""What a paper has to know: frozen dataclasses of plain values, each text with the label people know it by."""

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

_LABEL = "label"
_Facts = TypeVar("_Facts")


def fact(label: str, default: str = "") -> str:
    """Declare one text; the label names it in complaints."""
    return dataclasses.field(default=default, metadata={_LABEL: label})


def several(label: str) -> tuple[str, ...]:
    """Declare a list of texts."""
    return dataclasses.field(default=(), metadata={_LABEL: label})


def texts(facts: object, path: str = "", label: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield path, label and text of everything that is going to be printed."""
    if isinstance(facts, str):
        yield path, label, facts
    elif isinstance(facts, tuple):
        for place, item in enumerate(facts):
            yield from texts(item, f"{path}[{place}]", f"{label}第 {place + 1} 项")
    elif dataclasses.is_dataclass(facts):
        for field in dataclasses.fields(facts):
            inner = f"{path}.{field.name}" if path else field.name
            yield from texts(getattr(facts, field.name), inner, label + field.metadata.get(_LABEL, ""))


def as_json(facts: object) -> str:
    """Return the facts as canonical JSON: equal facts, equal text."""
    return json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: type[_Facts], text: str) -> _Facts:
    """Return the facts that gave this JSON; what was added since has its default."""
    return cast("_Facts", _made(kind, json.loads(text)))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def _made(kind: object, value: object) -> object:
    if value is None:
        return None
    if get_origin(kind) in {Union, UnionType}:
        kind = next(each for each in get_args(kind) if each is not type(None))
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_made(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and isinstance(value, dict):
        hints = get_type_hints(kind)
        make: type[Any] = kind
        return make(**{name: _made(hints[name], item) for name, item in value.items()})
    return value
