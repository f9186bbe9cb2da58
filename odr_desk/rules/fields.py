"""Fields described once: label, section and limits beside the attribute they belong to.

The form on screen, the checks, the import template and the arguments of the port all read these.
"""

import dataclasses
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from odr_desk.rules.labels import Word

_KEY = "odr_field"


class Kind(Enum):
    """What sort of value a field holds."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    MONEY = "money"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """How one attribute of a draft is named and limited.

    `options` is a vocabulary, or the name of a group of reference codes that a service checks; `among` are the words
    of the vocabulary that may be chosen here, where not all may. `rows` is the draft that each of several is.
    """

    label: str
    kind: Kind
    section: str = ""
    required: bool = False
    max_length: int | None = None
    multiline: bool = False
    hint: str = ""
    options: type[Word] | str | None = None
    among: tuple[Word, ...] = ()
    rows: type | None = None
    minimum: int | None = None
    maximum: int | None = None
    name: str = ""


def _declare(default: object, **spec: Any) -> Any:  # noqa: ANN401 - stands in for the attribute's own type
    return dataclasses.field(default=default, metadata={_KEY: Field(**spec)})


def text(
    label: str,
    section: str = "",
    *,
    required: bool = False,
    max_length: int = 200,
    multiline: bool = False,
    hint: str = "",
) -> Any:  # noqa: ANN401
    """Declare a text of at most `max_length` characters."""
    return _declare(
        "",
        label=label,
        kind=Kind.TEXT,
        section=section,
        required=required,
        max_length=max_length,
        multiline=multiline,
        hint=hint,
    )


def day(label: str, section: str = "", *, required: bool = False, hint: str = "") -> Any:  # noqa: ANN401
    """Declare a calendar day or none."""
    return _declare(None, label=label, kind=Kind.DAY, section=section, required=required, hint=hint)


def moment(label: str, section: str = "", *, required: bool = False, hint: str = "") -> Any:  # noqa: ANN401
    """Declare an instant (aware, UTC) or none."""
    return _declare(None, label=label, kind=Kind.MOMENT, section=section, required=required, hint=hint)


def money(label: str, section: str = "", *, required: bool = False, hint: str = "") -> Any:  # noqa: ANN401
    """Declare an amount in whole fen or none."""
    return _declare(None, label=label, kind=Kind.MONEY, section=section, required=required, hint=hint)


def number(
    label: str,
    section: str = "",
    *,
    required: bool = False,
    minimum: int = 0,
    maximum: int = 1_000_000,
    hint: str = "",
) -> Any:  # noqa: ANN401
    """Declare a whole number or none."""
    return _declare(
        None,
        label=label,
        kind=Kind.NUMBER,
        section=section,
        required=required,
        minimum=minimum,
        maximum=maximum,
        hint=hint,
    )


def flag(label: str, section: str = "", *, hint: str = "") -> Any:  # noqa: ANN401
    """Declare a yes or no, no at first."""
    return _declare(False, label=label, kind=Kind.FLAG, section=section, hint=hint)


def choice(
    label: str,
    section: str = "",
    *,
    options: type[Word] | str,
    among: tuple[Word, ...] = (),
    required: bool = False,
    hint: str = "",
) -> Any:  # noqa: ANN401
    """Declare one word of a vocabulary (None at first) or one code of a reference group (empty at first)."""
    default = "" if isinstance(options, str) else None
    return _declare(
        default,
        label=label,
        kind=Kind.CHOICE,
        section=section,
        options=options,
        among=among,
        required=required,
        hint=hint,
    )


def rows(label: str, section: str = "", *, of: type) -> Any:  # noqa: ANN401
    """Declare several drafts of one kind, none at first."""
    return _declare((), label=label, kind=Kind.ROWS, section=section, rows=of)


def fields_of(draft: type) -> tuple[Field, ...]:
    """Return the declared fields of a draft class, in the order they are written."""
    return _fields_of(draft)


@cache
def _fields_of(draft: type) -> tuple[Field, ...]:
    return tuple(
        dataclasses.replace(field.metadata[_KEY], name=field.name)
        for field in dataclasses.fields(draft)
        if _KEY in field.metadata
    )


def field_of(draft: type, name: str) -> Field:
    """Return one declared field; KeyError when there is none of that name."""
    return {field.name: field for field in fields_of(draft)}[name]
