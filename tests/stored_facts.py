"""Read the facts of an issued paper back: the proof that what is stored of it is whole."""

import json
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def read(kind: type, text: str) -> Any:
    """Return the facts that gave this JSON; what was added since has its default."""
    return _made(kind, json.loads(text))


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
        return kind(**{name: _made(hints[name], item) for name, item in value.items()})
    return value
