"""Returns and repairs by date, and who has to prove a defect."""

from dataclasses import dataclass
from datetime import date, timedelta

from odr_desk.rules.calendar import Calendar
from odr_desk.rules.fields import day, flag, number
from odr_desk.rules.period import moved
from odr_desk.rules.reckoning import Calculator, Figure, Reckoning, last_day, require_order

RETURN_DAYS = REFUND_DAYS = 7
REPAIR_DAYS = 30  # 江苏条例 20
BURDEN_MONTHS = 6  # 消保法 23(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDraft:
    """When the goods came and when they were to go back."""

    received_on: date = day("收到商品日", required=True)
    asked_on: date = day("提出退货日", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteDraft:
    """The same for goods bought from afar; the refund runs from the day they are back."""

    received_on: date = day("收到商品日", required=True)
    asked_on: date = day("提出退货日", required=True)
    back_on: date | None = day("商户收到退货日", hint="已退回时填")
    intact: bool = flag("商品完好")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDraft:
    """What the shop promised about returns without a reason."""

    bought_on: date = day("购买日", required=True)
    asked_on: date = day("提出退货日", required=True)
    days: int = number("承诺期限（天）", required=True, minimum=1, maximum=3_650)
    in_scope: bool = flag("属于承诺范围")


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairDraft:
    """When the goods were handed in for repair, and when they came back if they did."""

    handed_in_on: date = day("商户收到待修商品日", required=True)
    as_of: date = day("查看日", required=True, hint="已修好填修好日")


@dataclass(frozen=True, slots=True, kw_only=True)
class BurdenDraft:
    """When durable goods came and when the defect was found."""

    received_on: date = day("收到商品或服务日", required=True)
    found_on: date = day("发现瑕疵日", required=True)


def faulty(draft: ReturnDraft, calendar: Calendar) -> Reckoning:
    """Return faulty goods within seven days (消保法 24)."""
    in_time, last, said = _within(calendar, draft.received_on, draft.asked_on, RETURN_DAYS, "收到")
    if not in_time:
        return Reckoning(steps=(said,), stands=False, remarks=("符合法定解除条件的仍可退货；不符合的可要求更换、修理",))
    return Reckoning(steps=(said,), figures=(Figure("消费者可选", "退货"), Figure("最后一日", last)))


def remote(draft: RemoteDraft, calendar: Calendar) -> Reckoning:
    """Return goods bought from afar within seven days, without a reason (消保法 25)."""
    in_time, last, said = _within(calendar, draft.received_on, draft.asked_on, RETURN_DAYS, "收到")
    if not in_time:
        return Reckoning(steps=(said,), stands=False)
    if not draft.intact:
        return Reckoning(steps=(said, "尚未确认商品完好；不完好的不适用"), stands=False)
    figures = [Figure("消费者可选", "无理由退货"), Figure("最后一日", last)]
    steps = [said]
    if draft.back_on is not None:
        require_order(draft.received_on, draft.back_on, "back_on", "商户收到退货日早于收到商品日，请核对日期")
        due, rolled = last_day(calendar, draft.back_on + timedelta(REFUND_DAYS))
        steps.append(f"商户 {draft.back_on.isoformat()} 收到退货，{REFUND_DAYS} 日内退款，至 {due.isoformat()}{rolled}")
        figures.append(Figure("退款最迟", due))
    return Reckoning(steps=tuple(steps), figures=tuple(figures), remarks=("退货运费由消费者承担，另有约定的除外",))


def promised(draft: PromiseDraft, calendar: Calendar) -> Reckoning:
    """Hold the shop to its own promise (实施条例 12)."""
    in_time, last, said = _within(calendar, draft.bought_on, draft.asked_on, draft.days, "购买")
    if not in_time:
        return Reckoning(steps=(said,), stands=False)
    if not draft.in_scope:
        return Reckoning(steps=(said, "尚未确认属于承诺范围；不属于的不适用"), stands=False)
    return Reckoning(steps=(said,), figures=(Figure("消费者可选", "按承诺退货"), Figure("最后一日", last)))


def repair(draft: RepairDraft, calendar: Calendar) -> Reckoning:
    """Demand a refund or an exchange once a repair takes more than thirty days (江苏条例 20)."""
    in_time, last, said = _within(calendar, draft.handed_in_on, draft.as_of, REPAIR_DAYS, "送修", "as_of")
    claim = "等待修好" if in_time else "退货或更换"
    return Reckoning(steps=(said,), figures=(Figure("消费者可选", claim), Figure("修好最迟", last)))


def burden(draft: BurdenDraft, calendar: Calendar) -> Reckoning:
    """Leave the proof to the merchant for six months (消保法 23(3))."""
    require_order(draft.received_on, draft.found_on, "found_on", "发现瑕疵日早于收到日，请核对日期")
    last, rolled = last_day(calendar, moved(draft.received_on, BURDEN_MONTHS))
    in_time = draft.found_on <= last
    said = f"收到之日起 {BURDEN_MONTHS} 个月，至 {last.isoformat()}{rolled}；{draft.found_on.isoformat()} 发现"
    verdict = "在期限内" if in_time else "已过最后一日，由消费者举证"
    figures = (Figure("由谁举证", "商户举证"), Figure("最后一日", last)) if in_time else ()
    return Reckoning(steps=(f"{said}，{verdict}",), figures=figures, stands=in_time)


def _within(
    calendar: Calendar, start: date, on: date, length: int, what: str, field: str = "asked_on"
) -> tuple[bool, date, str]:
    require_order(start, on, field, f"{on.isoformat()} 早于{what}日，请核对日期")
    last, rolled = last_day(calendar, start + timedelta(length))
    in_time = on <= last
    verdict = "在期限内" if in_time else "已过最后一日"
    said = f"{what}次日起 {length} 日，至 {last.isoformat()}{rolled}；第 {(on - start).days} 日，{verdict}"
    return in_time, last, said


CALCULATORS = (
    Calculator("R_RETURN7", ReturnDraft, faulty),
    Calculator("R_NOREASON_REMOTE", RemoteDraft, remote),
    Calculator("R_NOREASON_STORE", PromiseDraft, promised),
    Calculator("R_REPAIR", RepairDraft, repair, jiangsu=True),
    Calculator("R_BURDEN6M", BurdenDraft, burden),
)
