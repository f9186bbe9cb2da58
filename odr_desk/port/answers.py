"""Records as the port writes them: money in yuan, days and instants in ISO form, words by their value."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from odr_desk.rules import moments, money
from odr_desk.rules.errors import Conflict, DeskError, IllegalMove, Invalid, Trouble
from odr_desk.rules.fields import Field, Kind, field_of, fields_of


def value(found: object) -> object:
    """Return one value as JSON can hold it; a fen amount must be made text by whoever knows that it is one."""
    match found:
        case Enum():
            return found.value
        case datetime():
            return moments.local(found).isoformat()
        case date():
            return found.isoformat()
        case Mapping():
            return {str(name): value(inner) for name, inner in found.items()}
        case list() | tuple() | set() | frozenset():
            return [value(inner) for inner in found]
        case _ if dataclasses.is_dataclass(found) and not isinstance(found, type):
            return {entry.name: value(getattr(found, entry.name)) for entry in dataclasses.fields(found)}
        case _:
            return found


def fen(amount: int | None) -> str | None:
    """Return an amount of fen as decimal yuan."""
    return None if amount is None else money.yuan(amount)


def field(kind: type, name: str, held: object) -> object:
    """Return the value of one declared field, an amount as yuan."""
    return _field(field_of(kind, name), held)


def draft(record: object) -> dict[str, object]:
    """Return a draft by its declared fields, amounts as yuan."""
    return {entry.name: _field(entry, getattr(record, entry.name)) for entry in fields_of(type(record))}


def _field(entry: Field, held: Any) -> object:  # noqa: ANN401 - whatever a field holds
    if entry.kind is Kind.MONEY:
        return fen(held)
    return [draft(row) for row in held] if entry.kind is Kind.ROWS else value(held)


def refusal(error: DeskError) -> dict[str, object]:
    """Return a refusal as the contract words it."""
    said: dict[str, object] = {"code": error.code, "message": str(error)}
    match error:
        case Invalid():
            said["field"] = error.problems[0].field
            said["problems"] = [{"field": p.field, "message": p.text} for p in error.problems]
        case Conflict():
            said["detail"] = value(error.detail)
        case IllegalMove():
            said["legal"] = list(error.legal)
        case Trouble():
            said["saved"] = error.saved
    return said
