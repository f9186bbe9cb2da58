"""Presets of the intake form: what a usual dispute fills in, and what it reminds to ask."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from odr_desk.model.reference import Code
from odr_desk.services import codes
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Preset:
    """One usual dispute; codes that are no longer offered are left out of it."""

    code: str
    name: str
    short: str
    problem: str
    category: str
    claims: tuple[str, ...]
    asks: tuple[str, ...]
    is_prepaid: bool


def rows(work: Work) -> tuple[Preset, ...]:
    """Return the presets in use, in their order."""
    offered = {group: {option.code for option in codes.options(work, group)} for group in ("claims", "problems")}
    chosen = select(Code).where(Code.group == "presets", Code.retired.is_(False)).order_by(Code.rank, Code.id)
    return tuple(_preset(code, offered) for code in work.session.scalars(chosen))


def _preset(code: Code, offered: dict[str, set[str]]) -> Preset:
    extra = json.loads(code.extra)
    problem = extra.get("problem", "")
    return Preset(
        code=code.code,
        name=code.name,
        short=code.short,
        problem=problem if problem in offered["problems"] else "",
        category=extra.get("category", ""),
        claims=tuple(claim for claim in extra.get("claims", "").split() if claim in offered["claims"]),
        asks=tuple(ask for ask in extra.get("asks", "").split("｜") if ask),
        is_prepaid=extra.get("is_prepaid", "") == "Y",
    )
