"""Paying in the merchant's stead and taking it back (江苏省消费者权益保护条例 32)."""

from dataclasses import dataclass
from datetime import date

from odr_desk.rules import money as amounts
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import choice, day, money, text
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import check


class AdvanceState(Word):
    """Where an advance payment stands."""

    REQUESTED = "requested", "待审批"
    APPROVED = "approved", "待付款"
    REFUSED = "refused", "未批准"
    PAID = "paid", "追偿中"
    RECOVERED = "recovered", "已追偿"


class AdvanceCause(Word):
    """Why the consumer got nothing from the merchant."""

    REFUSES = "refuses", "拒赔"
    DELAYS = "delays", "拖延"
    LEFT = "left", "撤场"
    UNREACHABLE = "unreachable", "失联"


SOURCES = ("商户保证金", "商场垫付")
DEPOSIT, MALL = "保证金", "商场"
"""By these a source tells where the money comes from: what names the deposit is taken out of it, the mall's is not."""
FROM_DEPOSIT, PAID_BY_MERCHANT = "扣划保证金", "商户付款"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceDraft:
    """What is asked for: the law wants a claim on the merchant to have failed first."""

    amount: int | None = money("先付金额（元）", required=True)
    cause: AdvanceCause | None = choice("事由", options=AdvanceCause)
    reason: str = text(
        "向商户索赔未果的情况", required=True, max_length=400, multiline=True, hint="哪天、怎样向商户要求，结果如何"
    )
    source: str = text("资金来源", max_length=20, hint="商户保证金或商场垫付")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDraft:
    """The mall's payment to the consumer."""

    on: date | None = day("付款日期", required=True)
    voucher: str = text("付款凭证号", max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """The notice that asks the merchant to pay back."""

    on: date | None = day("通知日期", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryDraft:
    """Money taken back from the merchant."""

    amount: int | None = money("追回金额（元）", required=True)
    on: date | None = day("日期", required=True)
    source: str = text("来源", required=True, max_length=60, hint="扣划保证金、商户付款…")


def check_advance(draft: AdvanceDraft, outstanding: int | None) -> None:
    """Raise Invalid unless so much may be asked for; `outstanding` is what an agreement still owes, if there is one."""
    check(draft)
    if not draft.reason.strip():
        raise Invalid.of("reason", "请写明怎样向商户索赔、结果如何；没有索赔未果，不能先行赔付（江苏条例 32）")
    if not draft.amount:
        raise Invalid.of("amount", "先付金额应大于 0")
    if draft.source and DEPOSIT not in draft.source and MALL not in draft.source:
        known = "”或“".join(SOURCES)
        words = f"看不出资金来源“{draft.source}”动不动用保证金，请写“{known}”"
        raise Invalid.of("source", words)
    if outstanding is not None and draft.amount > outstanding:
        raise Invalid.of("amount", f"先付金额多于协议尚未履行的 {amounts.show(outstanding)} 元，请核对")


def check_recovery(draft: RecoveryDraft, remaining: int, paid_on: date, today: date) -> None:
    """Raise Invalid unless the recovery fits what is still to be taken back."""
    check(draft)
    assert draft.on is not None  # noqa: S101 - required, checked before
    assert draft.amount is not None  # noqa: S101
    problems: list[Problem] = []
    if not 0 < draft.amount <= remaining:
        problems.append(Problem("amount", f"追回金额应大于 0，且不多于未追回的 {amounts.show(remaining)} 元"))
    if not paid_on <= draft.on <= today:
        problems.append(Problem("on", f"追回日期应在付款日 {paid_on} 与今天之间"))
    if problems:
        raise Invalid(tuple(problems))
