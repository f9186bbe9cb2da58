"""Prepaid cards: what is paid back by time, by fault and by what was used."""

from dataclasses import dataclass
from datetime import date, timedelta

from odr_desk.rules import money
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import day, flag, number, text
from odr_desk.rules.fields import money as amount
from odr_desk.rules.reckoning import (
    SCALE,
    Calculator,
    Figure,
    Reckoning,
    decimal,
    last_day,
    not_below_zero,
    require_order,
    share,
)

WEEK, FORTNIGHT = 7, 15
_YEAR = 365
_PER_CENT = 100 * SCALE
_INTEREST_APART = "利息另计，填写利率和天数后一并算出"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyDraft:
    """A card given back within days of paying for it."""

    principal: int = amount("预付款（元）", required=True)
    paid_on: date = day("付款日", required=True)
    asked_on: date = day("要求退款日", required=True)
    had_before: bool = flag("此前得过相同商品或服务")


@dataclass(frozen=True, slots=True, kw_only=True)
class JiangsuDraft:
    """The same in Jiangsu, with the cost the merchant has had."""

    principal: int = amount("预付款（元）", required=True)
    paid_on: date = day("付款日", required=True)
    asked_on: date = day("要求退款日", required=True)
    cost: int | None = amount("已发生的合理费用（元）", hint="商户举证")


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantFaultDraft:
    """What was paid, given on top and used, as the merchant's fault ends it."""

    paid: int = amount("实付（元）", required=True)
    gift: int | None = amount("赠送（元）", hint="打折卡留空")
    used: int | None = amount("已消费（元）", hint="按卡面或折后价")
    rate: str = text("年利率（%）", max_length=14, hint="成立时一年期LPR")
    days: int | None = number("计息天数", maximum=36_500)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerFaultDraft:
    """What was paid and what the use would have cost without discount, as the consumer ends it."""

    paid: int = amount("实付（元）", required=True)
    used: int | None = amount("已消费（元）", hint="按打折前价格")
    rate: str = text("年利率（%）", max_length=14, hint="一年定期存款")
    days: int | None = number("计息天数", maximum=36_500)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlimitedDraft:
    """A card for any number of times within a term."""

    paid: int = amount("预付款（元）", required=True)
    total_days: int = number("总期限（天）", required=True, minimum=1, maximum=36_500)
    left_days: int = number("剩余（天）", required=True, maximum=36_500)


def within_week(draft: EarlyDraft, calendar: Calendar) -> Reckoning:
    """Give the whole principal back within seven days (法释〔2025〕4号 14)."""
    in_time, steps = _in_time(calendar, draft.paid_on, draft.asked_on, WEEK)
    if draft.had_before:
        return Reckoning(steps=(*steps, "此前得过相同商品或服务，不适用七日退款"), stands=False)
    if not in_time:
        return Reckoning(steps=steps, stands=False)
    said = f"退还全部预付款 {money.show(draft.principal)}"
    return Reckoning(steps=(*steps, said), figures=(Figure("退款", draft.principal),))


def within_fortnight(draft: JiangsuDraft, calendar: Calendar) -> Reckoning:
    """Give back within fifteen days all but the cost already incurred (江苏条例 28(1))."""
    in_time, steps = _in_time(calendar, draft.paid_on, draft.asked_on, FORTNIGHT)
    if not in_time:
        return Reckoning(steps=steps, stands=False)
    back, said = not_below_zero(draft.principal, draft.cost or 0)
    return Reckoning(steps=(*steps, said), figures=(Figure("退款", back),))


def merchant_fault(draft: MerchantFaultDraft, _calendar: Calendar) -> Reckoning:
    """Count what was used by the share really paid for it (法释〔2025〕4号 15, 16, 18)."""
    gift, used, whole = draft.gift or 0, draft.used or 0, draft.paid + (draft.gift or 0)
    if used > whole:
        raise Invalid.of("used", f"已消费比卡内总额 {money.show(whole)} 还多，请核对")
    steps = []
    if gift:
        steps.append(f"实付占比 {money.show(draft.paid)} ÷ {money.show(whole)}")
        counted, rounded = share(used, draft.paid, whole)
        formula = f"{money.show(used)} × {money.show(draft.paid)} ÷ {money.show(whole)}"
        steps.append(f"已用 {formula} = {money.show(counted)}{rounded}")
    else:
        counted = used
    back, said = not_below_zero(draft.paid, counted)
    return _with_interest((*steps, said), back, draft.rate, draft.days)


def consumer_fault(draft: ConsumerFaultDraft, _calendar: Calendar) -> Reckoning:
    """Count what was used at the price without discount; nothing is claimed back beyond it (20)."""
    back, said = not_below_zero(draft.paid, draft.used or 0)
    return _with_interest((said,), back, draft.rate, draft.days)


def unlimited(draft: UnlimitedDraft, _calendar: Calendar) -> Reckoning:
    """Share the price by the days that are left (法释〔2025〕4号 22)."""
    if draft.left_days > draft.total_days:
        raise Invalid.of("left_days", "剩余天数比总期限还长，请核对")
    back, rounded = share(draft.paid, draft.left_days, draft.total_days)
    said = f"{money.show(draft.paid)} × {draft.left_days} ÷ {draft.total_days} = {money.show(back)}{rounded}"
    return Reckoning(steps=(said,), figures=(Figure("退款", back),))


def _in_time(calendar: Calendar, paid_on: date, asked_on: date, length: int) -> tuple[bool, tuple[str, ...]]:
    require_order(paid_on, asked_on, "asked_on", "要求退款日早于付款日，请核对日期")
    last, moved = last_day(calendar, paid_on + timedelta(length))
    passed = (asked_on - paid_on).days
    in_time = asked_on <= last
    verdict = "在期限内" if in_time else f"已过最后一日，{length} 日退款不适用"
    return in_time, (f"付款次日起 {length} 日，至 {last.isoformat()}{moved}；第 {passed} 日提出，{verdict}",)


def _with_interest(steps: tuple[str, ...], back: int, rate: str, days: int | None) -> Reckoning:
    if not rate.strip() and not days:
        return Reckoning(steps=steps, figures=(Figure("退款", back),), remarks=(_INTEREST_APART,))
    if not rate.strip():
        raise Invalid.of("rate", "填了计息天数，还要填年利率")
    if not days:
        raise Invalid.of("days", "填了年利率，还要填计息天数")
    yearly = decimal(rate, "rate", "年利率")
    interest, rounded = share(back, yearly.units * days, _PER_CENT * _YEAR)
    total = back + interest
    said = (
        f"利息 {money.show(back)} × {yearly.text}% × {days} ÷ {_YEAR} = {money.show(interest)}{rounded}",
        f"{money.show(back)} + {money.show(interest)} = {money.show(total)}",
    )
    return Reckoning(
        steps=(*steps, *said), figures=(Figure("退款连利息", total), Figure("退款", back), Figure("利息", interest))
    )


CALCULATORS = (
    Calculator("R_PREPAID_15_JS", JiangsuDraft, within_fortnight, jiangsu=True),
    Calculator("R_PREPAID_7", EarlyDraft, within_week),
    Calculator("R_PREPAID_MERCHANT_FAULT", MerchantFaultDraft, merchant_fault),
    Calculator("R_PREPAID_JS", MerchantFaultDraft, merchant_fault, jiangsu=True),
    Calculator("R_PREPAID_CONSUMER_FAULT", ConsumerFaultDraft, consumer_fault),
    Calculator("R_PREPAID_UNLIMITED", UnlimitedDraft, unlimited),
)
