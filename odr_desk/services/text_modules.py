"""The text modules of the desk: kept by the desk itself, filled from the case at hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from odr_desk.model.wording import TextModule
from odr_desk.rules import money
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.deadlines import Clock
from odr_desk.rules.errors import Invalid, Missing
from odr_desk.rules.mall import Mall
from odr_desk.rules.people import Right
from odr_desk.rules.text_module import ModuleDraft, check_module, fill, long_day
from odr_desk.services import setup
from odr_desk.services.case_file import CaseDetail
from odr_desk.store import reference
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One module as it is kept."""

    code: str
    title: str
    text: str
    kinds: str
    rank: int
    retired: bool

    def is_for(self, kind: str) -> bool:
        """Tell whether the module is for this way of contact; without kinds it is for all."""
        return not self.kinds or kind in self.kinds.split()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The modules in use with what filling them needs; `mall` is what the desk says of itself."""

    modules: tuple[ModuleRow, ...]
    calendar: Calendar
    mall: Mapping[str, str]

    def filled(self, module: ModuleRow, values: Mapping[str, str], today: date) -> str:
        """Return the words of a module for a case."""
        return fill(module.text, {**self.mall, **values}, today, self.calendar)


def rows(work: Work) -> tuple[ModuleRow, ...]:
    """Return every module in the desk's order, retired ones last."""
    work.actor.require(Right.READ_CASES)
    columns = (
        TextModule.code, TextModule.title, TextModule.text, TextModule.kinds, TextModule.rank, TextModule.retired,
    )  # fmt: skip
    chosen = select(*columns).order_by(TextModule.retired, TextModule.rank, TextModule.id)
    return tuple(ModuleRow(**row._asdict()) for row in work.session.execute(chosen))


def shelf(work: Work) -> Shelf:
    """Return what a screen needs to write with modules."""
    in_use = tuple(row for row in rows(work) if not row.retired)
    return Shelf(in_use, reference.load_calendar(work), _mall(setup.profile(work), work.actor.name))


def save(work: Work, draft: ModuleDraft, code: str = "") -> None:
    """Add a module, or change the one of this code; two may not have the same."""
    work.actor.require(Right.WRITE_CASES)
    check_module(draft)
    short = draft.code.lower()
    module = _named(work, code) if code else TextModule()
    if short != module.code:
        _refuse_twice(work, short)
    if not code:
        work.session.add(module)
    module.code, module.title, module.text = short, draft.title, draft.text
    module.kinds = " ".join(draft.kinds.split())
    module.rank = draft.rank if draft.rank is not None else module.rank or _last_rank(work) + 10


def retire(work: Work, code: str, *, retired: bool = True) -> None:
    """Offer a module no longer, or again; notes that were written with it stay as they are."""
    work.actor.require(Right.WRITE_CASES)
    _named(work, code).retired = retired


def values(found: CaseDetail) -> dict[str, str]:
    """Return what the fields stand for in a case; what is not known is left out."""
    draft, merchant = found.draft, found.merchant
    due = {deadline.rule.clock: deadline.due for deadline in found.deadlines}
    known = {
        "消费者": draft.consumer_name,
        "商户": merchant.name,
        "柜位": merchant.counter,
        "店方联系人": merchant.contact,
        "商品": draft.product,
        "金额": f"{money.show(draft.amount)} 元" if draft.amount else "",
        "购买日期": long_day(draft.purchase_date) if draft.purchase_date else "",
        "编号": found.row.number,
        "平台编号": draft.platform_no,
        "首答期限": long_day(due[Clock.FIRST_ANSWER]) if Clock.FIRST_ANSWER in due else "",
        "和解期限": long_day(found.row.due_on),
        "下一步": found.row.next_step,
    }
    return {name: value for name, value in known.items() if value}


def _mall(mall: Mall, name: str) -> dict[str, str]:
    return {"商场": mall.short_name or mall.name, "服务台": mall.desk_name, "商场电话": mall.phone, "我": name}


def _named(work: Work, code: str) -> TextModule:
    found = work.session.scalars(select(TextModule).where(TextModule.code == code.lower())).one_or_none()
    if found is None:
        raise Missing(f"没有短码为“{code[:12]}”的常用语，请刷新后再改")
    return found


def _refuse_twice(work: Work, code: str) -> None:
    taken = work.session.scalars(select(TextModule).where(TextModule.code == code)).one_or_none()
    if taken is not None:
        state = "（已停用，可以恢复使用）" if taken.retired else ""
        raise Invalid.of("code", f"短码“{code}”已用在“{taken.title}”{state}，请换一个")


def _last_rank(work: Work) -> int:
    return work.session.scalar(select(func.max(TextModule.rank))) or 0
