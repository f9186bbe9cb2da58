"""Extra compensation with its floors: 退一赔三 and 退一赔十."""

from dataclasses import dataclass

from odr_desk.rules import money
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.fields import money as amount
from odr_desk.rules.reckoning import Calculator, Figure, Reckoning

FRAUD_TIMES, FRAUD_FLOOR = 3, 500_00  # 消保法 55(1)
FOOD_TIMES, FOOD_LOSS_TIMES, FOOD_FLOOR = 10, 3, 1000_00  # 食品安全法 148(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class FraudDraft:
    """The price of what was sold by fraud."""

    price: int = amount("价款或费用（元）", required=True)
    loss: int | None = amount("其他损失（元）", hint="如检测费")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodDraft:
    """The price of the food, and the loss where three times that is more."""

    price: int = amount("食品价款（元）", required=True)
    loss: int | None = amount("损失（元）", hint="受害时填")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunawayDraft:
    """What is left on the card of a merchant that has run."""

    balance: int = amount("未用余额（元）", required=True)


def fraud(draft: FraudDraft, _calendar: Calendar) -> Reckoning:
    """Three times the price, at least 500 yuan, beside the refund (消保法 55(1))."""
    return _threefold(draft.price, draft.loss or 0)


def runaway(draft: RunawayDraft, _calendar: Calendar) -> Reckoning:
    """Run off with the money counts as fraud in Jiangsu (江苏条例 28(4))."""
    return _threefold(draft.balance, 0)


def food(draft: FoodDraft, _calendar: Calendar) -> Reckoning:
    """Ten times the price or three times the loss, whichever is more, at least 1,000 yuan (食品安全法 148(2))."""
    by_price, by_loss = FOOD_TIMES * draft.price, FOOD_LOSS_TIMES * (draft.loss or 0)
    steps = [f"{FOOD_TIMES} × {money.show(draft.price)} = {money.show(by_price)}"]
    remarks = []
    if draft.loss:
        steps.append(f"损失 {FOOD_LOSS_TIMES} × {money.show(draft.loss)} = {money.show(by_loss)}，取较高的一项")
        remarks.append("损失本身可另行主张，未计入合计")
    more = max(by_price, by_loss)
    steps[-1] += _floored(more, FOOD_FLOOR)
    return _with_refund(steps, draft.price, max(more, FOOD_FLOOR), 0, tuple(remarks))


def _threefold(price: int, loss: int) -> Reckoning:
    more = FRAUD_TIMES * price
    step = f"{FRAUD_TIMES} × {money.show(price)} = {money.show(more)}{_floored(more, FRAUD_FLOOR)}"
    return _with_refund([step], price, max(more, FRAUD_FLOOR), loss, ())


def _floored(fen: int, floor: int) -> str:
    if fen < floor:
        return f"，不足 {money.show(floor)}，按 {money.show(floor)}"
    return f"，不低于 {money.show(floor)}"


def _with_refund(steps: list[str], price: int, extra: int, loss: int, remarks: tuple[str, ...]) -> Reckoning:
    total = price + extra + loss
    lost = f" + 其他损失 {money.show(loss)}" if loss else ""
    summed = f"退款 {money.show(price)} + 增加赔偿 {money.show(extra)}{lost} = {money.show(total)}"
    return Reckoning(
        steps=(*steps, summed), figures=(Figure("合计", total), Figure("其中增加赔偿", extra)), remarks=remarks
    )


CALCULATORS = (
    Calculator("R_X3", FraudDraft, fraud),
    Calculator("R_X10", FoodDraft, food),
    Calculator("R_PREPAID_RUNAWAY", RunawayDraft, runaway, jiangsu=True),
)
