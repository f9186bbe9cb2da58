"""The code tables for those who look after them: what there is, and what is no longer offered."""

from dataclasses import dataclass

from sqlalchemy import select

from odr_desk.model.reference import Code
from odr_desk.rules.errors import Invalid, Missing
from odr_desk.rules.people import Right
from odr_desk.store.database import Work

GROUPS: tuple[tuple[str, str], ...] = (
    ("channels", "来源渠道"),
    ("claims", "诉求"),
    ("problems", "问题类别"),
    ("categories", "商品服务类别"),
    ("trades", "业态"),
    ("outcomes", "办理结果"),
    ("modes", "协商方式"),
)
RETIRABLE = frozenset({"channels", "claims", "trades"})
"""Groups no form of the regulator counts by: in the others every row of the form must stay."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a group."""

    id: int
    code: str
    name: str
    short: str
    retired: bool


def rows(work: Work, group: str) -> tuple[CodeRow, ...]:
    """Return every code of a group, retired ones too."""
    chosen = select(Code.id, Code.code, Code.name, Code.short, Code.retired).where(Code.group == group)
    return tuple(CodeRow(*row) for row in work.session.execute(chosen.order_by(Code.rank, Code.id)))


def retire(work: Work, code_id: int, *, retired: bool) -> None:
    """Offer a code no longer, or again; records that hold it keep it."""
    work.actor.require(Right.REFERENCE)
    code = work.session.get(Code, code_id)
    if code is None:
        raise Missing("这个代码已经不在了，请重新打开这一页")
    if code.group not in RETIRABLE:
        raise Invalid.of("code", "监管部门的报表按这组代码统计，不能停用")
    if retired:
        chosen = select(Code.id).where(Code.group == code.group, Code.retired.is_(False), Code.id != code.id)
        if work.session.scalars(chosen.limit(1)).first() is None:
            raise Invalid.of("code", "至少要留一个可用的，没有停用")
    code.retired = retired
