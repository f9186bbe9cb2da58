"""What a list of cases can be narrowed by: the panel, the chips, kept views and the port read it here."""

import dataclasses
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import choice, day, flag, text

LONGEST_TAG = 12
MOST_TAGS = 8
LONGEST_VIEW = 20
MOST_VIEWS = 30
_SEPARATORS = "，,、；;/|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Each field takes cases away; one that is left empty does not. `handler` is a login name."""

    state: CaseState | None = choice("状态", options=CaseState)
    result: Outcome | None = choice("结果", options=Outcome)
    channel: str = choice("来源", options="channels")
    problem: str = choice("问题", options="problems")
    category: str = choice("类别", options="categories")
    handler: str = choice("承办", options="handlers")
    unassigned: bool = flag("未分派")
    tag: str = choice("标签", options="tags")
    merchant_no: str = text("商户", max_length=20)
    received_from: date | None = day("收到自")
    received_to: date | None = day("收到至")
    due_before: date | None = day("到期早于")
    overdue: bool = flag("逾期")
    no_next_step: bool = flag("无下一步")


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewDraft(Narrowing):
    """A view somebody keeps: its name, the view of the desk it begins from, words looked for, and what narrows it."""

    name: str = text("名称", required=True, max_length=LONGEST_VIEW)
    view: str = text("视图", max_length=20)
    text: str = text("查找", max_length=100)


Narrowed = TypeVar("Narrowed", bound=Narrowing)


def check_period(narrowing: Narrowing) -> None:
    """Raise Invalid when a period ends before it begins: nothing could ever be in it."""
    first, last = narrowing.received_from, narrowing.received_to
    if first is not None and last is not None and first > last:
        raise Invalid.of("received_to", "收到的止日早于起日，请把两个日期对调")


def without(narrowing: Narrowed, *names: str) -> Narrowed:
    """Return the same with these fields empty again."""
    defaults: dict[str, Any] = {field.name: field.default for field in dataclasses.fields(narrowing)}
    return dataclasses.replace(narrowing, **{name: defaults[name] for name in names})


def tag_of(words: str) -> str:
    """Return a tag in its one way of writing it; raise Invalid when it is none."""
    tag = " ".join(unicodedata.normalize("NFKC", words).split())
    if not tag:
        raise Invalid.of("tag", "请写标签，例如：等鉴定")
    if len(tag) > LONGEST_TAG:
        raise Invalid.of("tag", f"标签最多 {LONGEST_TAG} 个字，请写短些")
    if any(character in _SEPARATORS or not character.isprintable() for character in tag):
        raise Invalid.of("tag", "一个标签里不要有标点，多个标签请分几次加")
    return tag
