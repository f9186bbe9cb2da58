"""The code tables for those who look after them: what there is, what comes in, what is no longer offered.

A code on record never changes its meaning: another name is another code, and the old one is retired.
"""

import json
import re
from dataclasses import dataclass

from sqlalchemy import func, select

from odr_desk.model.reference import Code
from odr_desk.rules.codes import LONGEST, CodeDraft, check_code
from odr_desk.rules.errors import Invalid, Missing
from odr_desk.rules.people import Right
from odr_desk.services import codes
from odr_desk.store.database import Work

GROUPS: tuple[tuple[str, str], ...] = (
    ("channels", "来源渠道"),
    ("claims", "诉求"),
    ("presets", "登记预设"),
    ("problems", "问题类别"),
    ("categories", "商品服务类别"),
    ("trades", "业态"),
    ("outcomes", "办理结果"),
    ("modes", "协商方式"),
)
OWN = frozenset(LONGEST)
"""Groups no form of the regulator counts by, so that the desk may add to them; in the others every row must stay."""
_COUNT = re.compile(r"\d+$")


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


def draft_of(work: Work, code_id: int) -> CodeDraft:
    """Return a code as the form shows it."""
    code = _code(work, code_id)
    extra = json.loads(code.extra)
    return CodeDraft(
        code=code.code,
        name=code.name,
        short=code.short,
        category=extra.get("category", "") or extra.get("cca_class", ""),
        problem=extra.get("problem", ""),
        claims=extra.get("claims", ""),
        asks=extra.get("asks", "").replace("｜", "\n"),
        is_prepaid=extra.get("is_prepaid", "") == "Y",
    )


def id_of(work: Work, group: str, code: str) -> int:
    """Return the id of a code of a group; raise Missing when there is none."""
    found = work.session.scalars(select(Code.id).where(Code.group == group, Code.code == code)).one_or_none()
    if found is None:
        raise Missing(f"{dict(GROUPS).get(group, group)}里没有代码“{code}”")
    return found


def next_code(work: Work, group: str) -> str:
    """Return a code that is free, one on from the last of its series."""
    taken = list(work.session.scalars(select(Code.code).where(Code.group == group).order_by(Code.code)))
    last = next((code for code in reversed(taken) if _COUNT.search(code)), "")
    count = _COUNT.search(last)
    return last[: count.start()] + str(int(count[0]) + 1).zfill(len(count[0])) if count else ""


def add(work: Work, group: str, draft: CodeDraft) -> int:
    """Add a code at the end of a group and return its id."""
    work.actor.require(Right.REFERENCE)
    _require_own(group)
    check_code(group, draft)
    if work.session.scalars(select(Code.id).where(Code.group == group, Code.code == draft.code)).first():
        raise Invalid.of("code", f"代码 {draft.code} 已经有了，用过的代码不改意思，请换一个")
    same = select(Code.code).where(Code.group == group, Code.name == draft.name, Code.retired.is_(False))
    if taken := work.session.scalars(same).first():
        raise Invalid.of("name", f"“{draft.name}”已经是代码 {taken}")
    last = work.session.scalar(select(func.max(Code.rank)).where(Code.group == group)) or 0
    made = Code(
        group=group, code=draft.code, name=draft.name, short=draft.short or draft.name, rank=last + 1,
        extra=json.dumps(_extra(work, group, draft), ensure_ascii=False),
    )  # fmt: skip
    work.session.add(made)
    work.session.flush()
    codes.forget(work)
    return made.id


def rename(work: Work, code_id: int, draft: CodeDraft) -> int:
    """Put a new code in the place of an old one, which records that hold it keep; return the id of the new one."""
    old = _code(work, code_id)
    if draft.code == old.code:
        raise Invalid.of("code", "改名要用新的代码：用过的代码不改意思，已有的记录才不会变")
    if not old.retired:
        old.retired = True
        work.session.flush()
    made = add(work, old.group, draft)
    work.session.get_one(Code, made).rank = old.rank
    return made


def retire(work: Work, code_id: int, *, retired: bool) -> None:
    """Offer a code no longer, or again; records that hold it keep it."""
    work.actor.require(Right.REFERENCE)
    code = _code(work, code_id)
    _require_own(code.group)
    if retired:
        chosen = select(Code.id).where(Code.group == code.group, Code.retired.is_(False), Code.id != code.id)
        if work.session.scalars(chosen.limit(1)).first() is None:
            raise Invalid.of("code", "至少要留一个可用的，没有停用")
    code.retired = retired
    codes.forget(work)


def _code(work: Work, code_id: int) -> Code:
    code = work.session.get(Code, code_id)
    if code is None:
        raise Missing("这个代码已经不在了，请重新打开这一页")
    return code


def _require_own(group: str) -> None:
    if group not in OWN:
        raise Invalid.of("group", "监管部门的报表按这组代码统计，不能增加、改名或停用")


def _extra(work: Work, group: str, draft: CodeDraft) -> dict[str, str]:
    """Return what belongs to a code beside its name, every code in it checked."""
    category = codes.category(work, draft.category)
    if group == "trades":
        return {"cca_class": category}
    if group != "presets":
        return {}
    wanted = [codes.require(work, "claims", claim, "claims", "诉求") for claim in draft.claims.split()]
    asks = "｜".join(line.strip() for line in draft.asks.splitlines() if line.strip())
    problem = codes.require(work, "problems", draft.problem, "problem", "投诉问题")
    found = {"problem": problem, "category": category, "claims": " ".join(wanted), "asks": asks}
    return {name: value for name, value in (found | {"is_prepaid": "Y" if draft.is_prepaid else ""}).items() if value}
