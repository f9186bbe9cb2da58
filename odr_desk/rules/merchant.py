"""The tenant of the mall: what the desk keeps on file."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from odr_desk.rules import money as amounts
from odr_desk.rules.columns import plain
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import Field, Kind, day, flag, money, number, rows, text
from odr_desk.rules.identity import phone_problem, uscc_problem
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.parsing import check


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantDraft:
    """What the desk writes down about a tenant; name and counter are enough to begin with."""

    name: str = text("商户名称", "主体", required=True, max_length=100, hint="营业执照上的名称")
    brand: str = text("品牌（店招）", "主体", max_length=60)
    nickname: str = text("俗称", "主体", max_length=60, hint="柜员平时怎么叫，查找时用")
    counter: str = text("柜位号", "主体", required=True, max_length=30)
    floor: str = text("楼层", "主体", max_length=20)
    trade: str = text("业态", "主体", max_length=30)
    uscc: str = text("统一社会信用代码", "主体", max_length=20)
    subject_type: str = text("主体类型", "主体", max_length=30, hint="企业、个体工商户…")
    legal_person: str = text("法定代表人（经营者）", "主体", max_length=50)
    contact: str = text("联系人", "联系", max_length=50)
    phone: str = text("联系电话", "联系", max_length=30)
    after_hours: str = text("闭店后联系", "联系", max_length=60)
    odr_contact: str = text("ODR 联系人", "联系", max_length=60)
    lease_start: date | None = day("租约起", "租约")
    lease_end: date | None = day("租约止", "租约")
    deposit: int | None = money("保证金（元）", "租约", hint="消费者权益保证金，江苏条例 32")
    prepaid_filing_no: str = text("预付卡备案号", "证照", max_length=60)
    is_food: bool = flag("食品经营", "证照")
    is_cosmetics: bool = flag("化妆品经营", "证照")
    no_reason_days: int | None = number("无理由退货（天）", "承诺", maximum=365)
    no_reason_scope: str = text("适用商品", "承诺", max_length=200)
    no_reason_since: date | None = day("承诺日期", "承诺")
    no_reason_terms: str = text("退货约定", "承诺", max_length=400, multiline=True)
    credit_level: str = text("信用等级", "管理", max_length=10)
    training: str = text("培训记录", "管理", max_length=1000, multiline=True)
    note: str = text("备注", "管理", max_length=1000, multiline=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantEdit(MerchantDraft):
    """A tenant as its file is changed later on: its fields, and the licences that it holds."""

    licences: tuple[LicenceDraft, ...] = rows("证照", "证照", of=LicenceDraft)


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - `Warning` is Python's own
    """Something odd that does not stop the saving."""

    field: str
    text: str


def check_merchant(draft: MerchantDraft) -> tuple[Warning_, ...]:
    """Raise Invalid unless the file may be saved; return what looks wrong but may be so.

    Code and phone only warn: old registration numbers and foreign phones exist.
    """
    check(draft)
    if draft.lease_start and draft.lease_end and draft.lease_end < draft.lease_start:
        raise Invalid((Problem("lease_end", "租约止早于租约起，请核对两个日期"),))
    return typed_doubts(draft)


def typed_doubts(draft: MerchantDraft) -> tuple[Warning_, ...]:
    """Return what looks wrong in what was typed, or is missing where papers will want it."""
    found = (
        ("uscc", uscc_problem(draft.uscc) if draft.uscc else "统一社会信用代码没有填，出协议时需要"),
        ("phone", phone_problem(draft.phone) if draft.phone else "联系电话没有填"),
    )
    return tuple(Warning_(field, wrong) for field, wrong in found if wrong)


SOON_DAYS = 60
"""How long before its last day a lease or a licence is worth a word."""


class Expiry(StrEnum):
    """How near the last day of a lease or licence is."""

    NONE = "none"
    FAR = "far"
    SOON = "soon"
    OVER = "over"


def expiry(last_day: date | None, today: date) -> Expiry:
    """Return how near a last day is; on the day itself it is still running."""
    if last_day is None:
        return Expiry.NONE
    if last_day < today:
        return Expiry.OVER
    return Expiry.SOON if last_day - today <= timedelta(days=SOON_DAYS) else Expiry.FAR


def expiry_remark(what: str, last_day: date | None, today: date) -> str:
    """Return `租约 12-31 到期` when it is near, `租约 10-31 已到期` when it is past, else nothing."""
    near = expiry(last_day, today)
    if last_day is None or near not in {Expiry.SOON, Expiry.OVER}:
        return ""
    written = f"{last_day:%m-%d}" if last_day.year == today.year else last_day.isoformat()
    return f"{what} {written} {'已到期' if near is Expiry.OVER else '到期'}"


def shown_value(field: Field, value: object) -> str:
    """Return the value of a field as the file and an import show it."""
    if field.kind is Kind.MONEY and isinstance(value, int):
        return amounts.show(value)
    return plain(value)
