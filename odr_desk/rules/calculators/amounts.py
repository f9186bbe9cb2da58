"""Refunds, deposits, short weight and losses."""

from dataclasses import dataclass

from odr_desk.rules import money
from odr_desk.rules.calendar import Calendar
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import choice, fields_of, flag, text
from odr_desk.rules.fields import money as amount
from odr_desk.rules.labels import Word
from odr_desk.rules.reckoning import SCALE, Calculator, Figure, Reckoning, decimal, share


class Breach(Word):
    """Who broke the contract that the deposit secures."""

    TAKER = "taker", "收定金的商户违约"
    GIVER = "giver", "付定金的消费者违约"
    NONE = "none", "双方未违约"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDraft:
    """What was invoiced and what was paid."""

    price: int = amount("票面价（元）", required=True)
    paid_price: int | None = amount("实付价（元）", hint="低于票面时填")
    proven: bool = flag("商户能证明实付价")


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositDraft:
    """A deposit, the contract it secures and who broke it."""

    deposit: int = amount("定金（元）", required=True)
    subject: int = amount("主合同标的额（元）", required=True)
    breach: Breach = choice("违约方", options=Breach, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortDraft:
    """A price by unit, the quantity sold and the quantity found."""

    unit_price: int = amount("单价（元）", required=True, hint="与数量同一单位")
    sold: str = text("标示数量", required=True, max_length=14, hint="如 1.5")
    found: str = text("复秤数量", required=True, max_length=14)
    on_purpose: bool = flag("可能是故意短缺")


@dataclass(frozen=True, slots=True, kw_only=True)
class LossDraft:
    """The items of 消保法 49."""

    medical: int | None = amount("医疗费（元）")
    nursing: int | None = amount("护理费（元）")
    transport: int | None = amount("交通费（元）")
    other: int | None = amount("其他合理费用（元）")
    income: int | None = amount("误工减少收入（元）")
    aids: int | None = amount("残疾辅助器具费（元）", hint="致残时")
    disability: int | None = amount("残疾赔偿金（元）", hint="致残时")
    funeral: int | None = amount("丧葬费（元）", hint="致死时")
    death: int | None = amount("死亡赔偿金（元）", hint="致死时")


def refund(draft: RefundDraft, _calendar: Calendar) -> Reckoning:
    """Refund the invoiced price, or the price paid where the merchant proves it (实施条例 18(2))."""
    if draft.proven and draft.paid_price is None:
        raise Invalid.of("paid_price", "商户能证明实付价时，请填写实付价")
    if draft.proven and draft.paid_price is not None and draft.paid_price != draft.price:
        back, said = (
            draft.paid_price,
            f"商户能证明实付 {money.show(draft.paid_price)}，票面 {money.show(draft.price)}，按实付退",
        )
    else:
        back, said = draft.price, f"按票面价一次退清 {money.show(draft.price)}"
    return Reckoning(steps=(said,), figures=(Figure("退款", back),))


def deposit(draft: DepositDraft, _calendar: Calendar) -> Reckoning:
    """Double, forfeit or return a deposit, of which only a fifth of the contract counts (民法典 586, 587)."""
    cap = draft.subject // 5
    counted = min(draft.deposit, cap)
    beyond = draft.deposit - counted
    steps = [f"上限 {money.show(draft.subject)} × 20% = {money.show(cap)}，按定金计 {money.show(counted)}"]
    if beyond:
        steps.append(f"超出 {money.show(beyond)} 不作定金，照退")
    match draft.breach:
        case Breach.TAKER:
            back = 2 * counted + beyond
            steps.append(f"2 × {money.show(counted)}{_plus(beyond)} = {money.show(back)}")
        case Breach.GIVER:
            back = beyond
            steps.append(f"定金 {money.show(counted)} 不退")
        case Breach.NONE:
            back = draft.deposit
            steps.append(f"双方未违约，退还 {money.show(back)}")
    return Reckoning(steps=tuple(steps), figures=(Figure("应返还", back),))


def shortage(draft: ShortDraft, _calendar: Calendar) -> Reckoning:
    """Refund what was not delivered."""
    sold, found = decimal(draft.sold, "sold", "标示数量"), decimal(draft.found, "found", "复秤数量")
    missing = sold.units - found.units
    if missing < 0:
        raise Invalid.of("found", "复秤数量比标示数量多，没有短缺，请核对")
    back, rounded = share(draft.unit_price, missing, SCALE)
    less = f"{missing // SCALE}.{missing % SCALE:04}".rstrip("0").rstrip(".")
    return Reckoning(
        steps=(
            f"短缺 {sold.text} − {found.text} = {less}",
            f"{money.show(draft.unit_price)} × {less} = {money.show(back)}{rounded}",
        ),
        figures=(Figure("退差价", back),),
        stands=missing > 0,
        remarks=("故意短缺的，可另按“退一赔三”计算",) if draft.on_purpose else (),
    )


def loss(draft: LossDraft, _calendar: Calendar) -> Reckoning:
    """Add up the items of an injury (消保法 49)."""
    named = [(field.label.removesuffix("（元）"), getattr(draft, field.name)) for field in fields_of(LossDraft)]
    items = [(label, fen) for label, fen in named if fen]
    if not items:
        raise Invalid.of("medical", "请至少填写一项损失")
    total = sum(fen for _label, fen in items)
    said = " + ".join(f"{label} {money.show(fen)}" for label, fen in items)
    return Reckoning(
        steps=(f"{said} = {money.show(total)}",),
        figures=(Figure("损失合计", total),),
        remarks=("只计合理支出，逐项对照票据",),
    )


def _plus(fen: int) -> str:
    return f" + {money.show(fen)}" if fen else ""


CALCULATORS = (
    Calculator("R_REFUND", RefundDraft, refund),
    Calculator("R_DEPOSIT", DepositDraft, deposit),
    Calculator("R_SHORT", ShortDraft, shortage),
    Calculator("R_LOSS", LossDraft, loss),
)
