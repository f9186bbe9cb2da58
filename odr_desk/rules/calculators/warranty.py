"""三包: return, exchange and repair by the days since the sale, the wear that is deducted, the period."""

from dataclasses import dataclass
from datetime import date, timedelta

from odr_desk.rules import money
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.fields import day, flag, number, text
from odr_desk.rules.fields import money as amount
from odr_desk.rules.period import moved
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

RETURN_DAYS, EXCHANGE_DAYS, REPAIRS = 7, 15, 2
_PER_CENT = 100 * SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldDraft:
    """When it was sold and when the fault was brought up."""

    sold_on: date = day("售出日（开票日）", required=True)
    asked_on: date = day("提出日", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairsDraft:
    """How often the same fault was repaired."""

    repairs: int = number("同类故障已修次数", required=True, maximum=99)
    in_stock: bool = flag("商户有同型号可换")
    wants_money: bool = flag("消费者不愿换，要求退款")


@dataclass(frozen=True, slots=True, kw_only=True)
class WearDraft:
    """The invoiced price, the days of use and the daily rate of the annex."""

    price: int = amount("发票价（元）", required=True)
    used_days: int = number("使用天数", required=True, maximum=36_500, hint="开票至退货")
    repair_days: int | None = number("修理占用天数", maximum=36_500, hint="从使用中扣除")
    rate: str = text("日折旧率（%）", required=True, max_length=14, hint="查该商品三包目录")


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodDraft:
    """When the period began, how long it is and what repairs took of it."""

    sold_on: date = day("开票日", required=True)
    months: int = number("三包有效期（月）", required=True, minimum=1, maximum=120, hint="手机主机 12")
    repair_days: int | None = number("修理占用天数", maximum=3_650)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedDraft:
    """When the exchange was done and how long the new period is."""

    replaced_on: date = day("更换完成日", required=True)
    months: int = number("保修期（月）", required=True, minimum=1, maximum=120)
    repair_days: int | None = number("更换后修理占用天数", maximum=3_650)


def within_week(draft: SoldDraft, calendar: Calendar) -> Reckoning:
    """Return, exchange or repair within seven days."""
    last, passed, said = _days(draft, calendar, RETURN_DAYS)
    if draft.asked_on > last:
        return Reckoning(steps=(f"{said}，{RETURN_DAYS} 日退换修不适用",), stands=False)
    return Reckoning(
        steps=(said,), figures=(Figure("消费者可选", "退货、换货或修理"), Figure("第几日", f"{passed} 日"))
    )


def within_fortnight(draft: SoldDraft, calendar: Calendar) -> Reckoning:
    """Exchange or repair within fifteen days."""
    last, passed, said = _days(draft, calendar, EXCHANGE_DAYS)
    if draft.asked_on > last:
        return Reckoning(steps=(f"{said}，{EXCHANGE_DAYS} 日换修不适用",), stands=False)
    week, _moved = last_day(calendar, draft.sold_on + timedelta(RETURN_DAYS))
    remarks = (f"{week.isoformat()} 以内提出，还可以选退货，看三包7日退换修",) if draft.asked_on <= week else ()
    return Reckoning(
        steps=(said,), figures=(Figure("消费者可选", "换货或修理"), Figure("第几日", f"{passed} 日")), remarks=remarks
    )


def after_two_repairs(draft: RepairsDraft, _calendar: Calendar) -> Reckoning:
    """Exchange what two repairs did not mend; refund it when there is none to exchange."""
    if draft.repairs < REPAIRS:
        return Reckoning(steps=(f"已修 {draft.repairs} 次，未满 {REPAIRS} 次，继续修理",), stands=False)
    if not draft.in_stock:
        claim, said = "按发票价退款", "无同型号可换，消费者要求退货的，一次退清"
    elif draft.wants_money:
        claim, said = "退款，扣折旧费", "有同型号可换而要求退款的，按折旧费规则另算"
    else:
        claim, said = "换同型号", "有同型号可换"
    return Reckoning(steps=(f"已修 {draft.repairs} 次仍不能正常使用，{said}",), figures=(Figure("消费者可选", claim),))


def wear(draft: WearDraft, _calendar: Calendar) -> Reckoning:
    """Deduct the daily rate for every day of use, repairs left out, never more than the price."""
    rate = decimal(draft.rate, "rate", "日折旧率")
    days = max(draft.used_days - (draft.repair_days or 0), 0)
    fee, rounded = share(draft.price, rate.units * days, _PER_CENT)
    said = f"折旧费 {money.show(draft.price)} × {rate.text}% × {days} = {money.show(fee)}{rounded}"
    if fee > draft.price:
        fee, said = draft.price, f"{said}，不超过发票价，按 {money.show(draft.price)}"
    back, summed = not_below_zero(draft.price, fee)
    counted = (f"计 {draft.used_days} − {draft.repair_days} = {days} 日",) if draft.repair_days else ()
    return Reckoning(steps=(*counted, said, summed), figures=(Figure("退款", back), Figure("折旧费", fee)))


def period(draft: PeriodDraft, calendar: Calendar) -> Reckoning:
    """Extend the period by the time of repairs."""
    return _until(calendar, draft.sold_on, draft.months, draft.repair_days or 0, "三包有效期至")


def replaced(draft: ReplacedDraft, calendar: Calendar) -> Reckoning:
    """Begin the period anew with the exchange (实施条例 18(1), 江苏条例 21)."""
    return _until(calendar, draft.replaced_on, draft.months, draft.repair_days or 0, "新保修期至")


def _days(draft: SoldDraft, calendar: Calendar, length: int) -> tuple[date, int, str]:
    require_order(draft.sold_on, draft.asked_on, "asked_on", "提出日早于售出日，请核对日期")
    last, rolled = last_day(calendar, draft.sold_on + timedelta(length))
    passed = (draft.asked_on - draft.sold_on).days
    verdict = "在期限内" if draft.asked_on <= last else "已过最后一日"
    return last, passed, f"售出次日起 {length} 日，至 {last.isoformat()}{rolled}；第 {passed} 日提出，{verdict}"


def _until(calendar: Calendar, start: date, months: int, repair_days: int, label: str) -> Reckoning:
    last, rolled = last_day(calendar, moved(start, months) + timedelta(repair_days))
    added = f" + 修理 {repair_days} 日" if repair_days else ""
    said = f"{start.isoformat()} + {months} 个月{added} = {last.isoformat()}{rolled}"
    return Reckoning(steps=(said,), figures=(Figure(label, last),))


CALCULATORS = (
    Calculator("R_3BAO_7", SoldDraft, within_week),
    Calculator("R_3BAO_15", SoldDraft, within_fortnight),
    Calculator("R_3BAO_2REPAIR", RepairsDraft, after_two_repairs),
    Calculator("R_3BAO_DEPR", WearDraft, wear),
    Calculator("R_3BAO_PERIOD", PeriodDraft, period),
    Calculator("R_REPLACE", ReplacedDraft, replaced),
)
