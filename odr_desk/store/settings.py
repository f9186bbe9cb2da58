"""Settings shared by all desks: each a declared dataclass, kept as JSON under its name."""

import dataclasses
import json
from typing import TypeVar

from odr_desk.model.reference import Setting
from odr_desk.rules.mall import Mall
from odr_desk.rules.reporting import Reporting
from odr_desk.store.database import Work

Kind = TypeVar("Kind")
KEYS: dict[type, str] = {Mall: "mall", Reporting: "reporting"}


def load(work: Work, kind: type[Kind]) -> Kind | None:
    """Return the stored settings of this kind, None before they were first saved."""
    row = work.session.get(Setting, KEYS[kind])
    if row is None:
        return None
    known = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in json.loads(row.value).items() if name in known})


def save(work: Work, settings: object) -> None:
    """Store settings under the name of their kind."""
    key = KEYS[type(settings)]
    value = json.dumps(dataclasses.asdict(settings), ensure_ascii=False)  # type: ignore[call-overload]
    row = work.session.get(Setting, key)
    if row is None:
        work.session.add(Setting(key=key, value=value))
    else:
        row.value = value


def read(work: Work, key: str, default: str = "") -> str:
    """Return a single stored value that is no declared settings class, such as a date last reached."""
    row = work.session.get(Setting, key)
    return row.value if row is not None else default


def write(work: Work, key: str, value: str) -> None:
    """Store a single value."""
    row = work.session.get(Setting, key)
    if row is None:
        work.session.add(Setting(key=key, value=value))
    else:
        row.value = value
