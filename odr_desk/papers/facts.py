"""What a paper has to know: frozen dataclasses of plain values, each text with the label people know it by."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar, cast

_LABEL = "label"
F = TypeVar("F")


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


def rewritten(facts: F, write: Callable[[str], str]) -> F:
    """Return the same facts with every text as `write` puts it."""
    return cast("F", _rewritten(facts, write))


def _rewritten(value: object, write: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return write(value)
    if isinstance(value, tuple):
        return tuple(_rewritten(item, write) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {field.name: _rewritten(getattr(value, field.name), write) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **found)
    return value


def as_json(facts: object) -> str:
    """Return the facts as canonical JSON: equal facts, equal text."""
    return json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value
