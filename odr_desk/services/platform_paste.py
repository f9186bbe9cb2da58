"""A complaint of the platform that is copied into the intake: what it says, as the form takes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from odr_desk.rules.case import CaseDraft
from odr_desk.rules.fields import field_of
from odr_desk.rules.people import Right
from odr_desk.services.platform_matching import NO_SHOP, Shops
from odr_desk.services.platform_words import Understood, Words
from odr_desk.sheets import platform_list, platform_page
from odr_desk.sheets.profiles import ImportedRow
from odr_desk.store.database import Work

_AS_READ = ("platform_no", "received_at", "consumer_name", "consumer_phone", "product", "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was read; `merchant` is number, words and id of the one on file, whose name is `called`."""

    values: Mapping[str, object]
    claims: tuple[str, ...]
    called: str
    merchant: tuple[str, str, int] | None
    remarks: tuple[str, ...]


def read(work: Work, text: str) -> Pasted | None:
    """Return what a copied complaint says; None when the text is none. Nothing is written."""
    work.actor.require(Right.WRITE_CASES)
    row = platform_page.row_of(text)
    if row is None:
        return None
    said, words = row.values, Words(work)
    called = str(said.get("merchant", ""))
    shop = Shops(work).named(called) if called else NO_SHOP
    problem, demands = words.problem(str(said.get("problem", ""))), words.demands(str(said.get("claims", "")))
    facts = [str(said.get("facts", "")), *[f"投诉请求：{said.get('claims')}"] * bool(demands.unknown)]
    values = {name: said[name] for name in _AS_READ if name in said} | {"facts": "\n".join(filter(None, facts))}
    if len(problem.codes) == 1:
        values["problem"] = problem.codes[0]
    found = shop.merchant
    return Pasted(
        values=values,
        claims=demands.codes,
        called=called,
        merchant=(found.number, f"{found.shown_name} {found.counter}".strip(), found.id) if found else None,
        remarks=tuple(filter(None, (_several(text), *_remarks(row), _doubt(said, problem), shop.remark))),
    )


def _several(text: str) -> str:
    return "贴进来的不止一件，只取了第一件，多件请用“导入”" if platform_page.is_several(text) else ""


def _doubt(said: Mapping[str, object], problem: Understood) -> str:
    words = said.get("problem")
    return f"投诉问题“{words}”认不准，没有选" if words and len(problem.codes) != 1 else ""


def _remarks(row: ImportedRow) -> list[str]:
    """Return the doubts about what was there; what was not the form asks for itself."""
    doubted = [one for one in row.remarks if one.field in row.shown]
    return [f"{_label(one.field)}：{one.message}" for one in doubted]


def _label(name: str) -> str:
    try:
        return field_of(CaseDraft, name).label
    except KeyError:
        return platform_list.PROFILE.field(name).label
