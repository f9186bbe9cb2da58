"""What a code of the desk's own lists is made of."""

import re
from dataclasses import dataclass

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import choice, flag, text
from odr_desk.rules.parsing import check

LONGEST = {"channels": 10, "claims": 4, "trades": 10, "presets": 10}
"""The groups the desk may add to, with the most characters that the records have room for in their codes."""
_CODE = re.compile(r"[A-Z]{1,4}\d{1,6}")
MOST_ASKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeDraft:
    """One code as it is entered; the later fields belong to trades and presets."""

    code: str = text("代码", required=True, max_length=10, hint="大写字母加数字，如 C19")
    name: str = text("名称", required=True, max_length=40)
    short: str = text("简称", max_length=10, hint="空着就用名称")
    category: str = choice("商品服务类别", options="categories")
    problem: str = choice("投诉问题", options="problems")
    claims: str = text("诉求代码", max_length=60, hint="空格分开，如 C04 C06")
    asks: str = text("要问的", max_length=300, multiline=True, hint="一行一个，最多五行")
    is_prepaid: bool = flag("预付卡")


OF_GROUP: dict[str, tuple[str, ...]] = {
    "channels": ("code", "name", "short"),
    "claims": ("code", "name", "short"),
    "trades": ("code", "name", "short", "category"),
    "presets": ("code", "name", "short", "problem", "category", "claims", "asks", "is_prepaid"),
}
"""The fields a code of each group has."""


def check_code(group: str, draft: CodeDraft) -> None:
    """Raise Invalid unless the code may be added to the group."""
    check(draft)
    problems: list[Problem] = []
    if not _CODE.fullmatch(draft.code) or len(draft.code) > LONGEST[group]:
        problems.append(Problem("code", f"代码用大写字母加数字，最多 {LONGEST[group]} 位，如 C19"))
    if group == "trades" and not draft.category:
        problems.append(Problem("category", "请选择这个业态归入哪一类商品服务，月报要用"))
    if len([line for line in draft.asks.splitlines() if line.strip()]) > MOST_ASKS:
        problems.append(Problem("asks", f"要问的最多 {MOST_ASKS} 行，登记时要一眼看完"))
    if problems:
        raise Invalid(tuple(problems))
