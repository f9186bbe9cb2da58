"""Codes of the reference tables as the screens and the port need them."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from odr_desk.model.reference import Code
from odr_desk.rules.errors import Invalid
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Option:
    """One code that can be chosen."""

    code: str
    name: str
    short: str


def options(work: Work, group: str) -> tuple[Option, ...]:
    """Return the codes of a group in their order."""
    known = _all(work).values()
    return tuple(Option(e.code, e.name, e.short) for e in known if e.group == group and not e.retired)


def names(work: Work, group: str) -> dict[str, str]:
    """Return the short word of every code of a group, retired ones too."""
    return {code.code: code.short for code in _all(work).values() if code.group == group}


def require(work: Work, group: str, code: str, field: str, label: str) -> str:
    """Return the code a value stands for, given as code or as its Chinese name; raise Invalid otherwise."""
    if not code:
        return ""
    known = [entry for entry in _all(work).values() if entry.group == group]
    for entry in known:
        if code in (entry.code, entry.name, entry.short):
            return entry.code
    words = "；".join(
        entry.code if entry.short == entry.code else f"{entry.code} {entry.short}"
        for entry in known
        if not entry.retired
    )
    raise Invalid.of(field, f"{label}没有“{code[:30]}”这个代码，可选：{words}")


def category(work: Work, text: str) -> str:
    """Return the class of goods or services of a class name, a 12315 code or a trade of the mall."""
    if not text:
        return ""
    for group in ("categories", "ch20", "trades"):
        for entry in _all(work).values():
            if entry.group == group and text in (entry.code, entry.name):
                return entry.code if group == "categories" else entry.parent
    return require(work, "categories", text, "category", "商品服务类别")


def forget(work: Work) -> None:
    """Read the codes again in this piece of work: one of them has changed."""
    work.memory.pop("codes", None)


@dataclass(frozen=True, slots=True)
class _Entry:
    group: str
    code: str
    name: str
    short: str
    parent: str
    retired: bool


def _all(work: Work) -> dict[tuple[str, str], _Entry]:
    return work.remember("codes", lambda: _read(work))


def _read(work: Work) -> dict[tuple[str, str], _Entry]:
    columns = select(Code.group, Code.code, Code.name, Code.short, Code.extra, Code.retired).order_by(Code.id)
    return {
        (group, code): _Entry(group, code, name, short, str(json.loads(extra).get("cca_class", "")), retired)
        for group, code, name, short, extra, retired in work.session.execute(columns)
    }
