"""The clauses of an agreement: what each kind of claim becomes on paper, and the words it is written in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from odr_desk.rules import moments, money
from odr_desk.rules.capitals import rmb_capitals
from odr_desk.rules.fields import choice, day, flag, text
from odr_desk.rules.fields import money as amount
from odr_desk.rules.labels import Word


class Share(Word):
    """What a payment counts as in the figures of a case."""

    REFUND = "refund", "退款"
    COMPENSATION = "compensation", "赔偿"
    PUNITIVE = "punitive", "增加赔偿"


@dataclass(frozen=True, slots=True)
class ClauseKind:
    """How a clause of one claim code begins, what its money counts as, and whether it is nothing without money."""

    words: str
    share: Share = Share.COMPENSATION
    pays: bool = False


RETURN_GOODS, REFUND_OF_PRICE = "C04", "C06"
_PRICED = frozenset({RETURN_GOODS, REFUND_OF_PRICE, "C07"})
PUNITIVE = frozenset({"C09", "C10"})
INJURY = frozenset({"C08", "C17"})
KINDS: dict[str, ClauseKind] = {
    "C01": ClauseKind("乙方为甲方修理商品"),
    "C02": ClauseKind("乙方为甲方重作"),
    "C03": ClauseKind("乙方为甲方更换商品", Share.REFUND),
    RETURN_GOODS: ClauseKind("乙方为甲方办理退货，退还货款", Share.REFUND, pays=True),
    "C05": ClauseKind("乙方为甲方补足商品数量", Share.REFUND),
    REFUND_OF_PRICE: ClauseKind("乙方退还甲方货款", Share.REFUND, pays=True),
    "C07": ClauseKind("乙方退还甲方服务费用", Share.REFUND, pays=True),
    "C08": ClauseKind("乙方赔偿甲方损失", pays=True),
    "C09": ClauseKind("乙方向甲方支付增加赔偿", Share.PUNITIVE, pays=True),
    "C10": ClauseKind("乙方向甲方支付增加赔偿", Share.PUNITIVE, pays=True),
    "C11": ClauseKind("乙方退还甲方预付款余额", Share.REFUND, pays=True),
    "C12": ClauseKind("乙方继续履行对甲方的承诺"),
    "C13": ClauseKind("乙方退还甲方定金（押金）", Share.REFUND, pays=True),
    "C14": ClauseKind("乙方向甲方赔礼道歉"),
    "C15": ClauseKind("乙方向甲方提供发票或者购货凭证"),
    "C16": ClauseKind("乙方停止侵害并删除甲方的个人信息"),
    "C17": ClauseKind("乙方赔偿甲方精神损害", pays=True),
}
WAYS = ("原路退回", "银行转账", "现金", "微信支付", "支付宝")
"""The usual ways of payment; anything else may be written."""
FREE = "C18"
OTHER = ClauseKind("")
"""C18 and codes the desk has added itself: the clause has to be written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDraft:
    """One clause as the clerk enters it."""

    kind: str = choice("事项", options="claims", required=True)
    amount: int | None = amount("金额（元）")
    method: str = text("方式", max_length=60, hint="原路退回、银行转账、现金…")
    due: date | None = day("期限", hint="空着为签订当日")
    at_once: bool = flag("当场已履行")
    goods_back: str = text("商品交还", max_length=100, hint="甲方交还什么，不交还就空着")
    text: str = text("条文", max_length=1000, multiline=True, hint="空着就按上面各项写成条文")


_FIGURE = re.compile(r"[¥￥]\s?([\d,]+(?:\.\d{1,2})?)|([\d,]+(?:\.\d{1,2})?)\s?元")
_CAPITALS = re.compile("人民币(?:（大写）)?[：:]?([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+元[零壹贰叁肆伍陆柒捌玖角分整]*)")
_SUM_IN_WORDS = re.compile("[壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*元[零壹贰叁肆伍陆柒捌玖角分整]*")
_AT_ONCE = re.compile("当场|当日|当天|立即")
_DAY = re.compile(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})日")
_ENDS = "。；;，, \n"


def kind_of(code: str) -> ClauseKind:
    """Return how clauses of this code are written."""
    return KINDS.get(code, OTHER)


def usual_way(code: str) -> str:
    """Return how a payment of this kind is usually made, nothing for what is not a payment."""
    kind = kind_of(code)
    if not kind.pays:
        return ""
    return WAYS[0] if kind.share is Share.REFUND else WAYS[1]


def proposed(claimed: Sequence[tuple[str, int | None]], price: int | None) -> tuple[TermDraft, ...]:
    """Return the clauses to begin with: what the consumer asks for, without what presupposes a fraud.

    Returned goods and the refund of their price are one clause; the price stands in where no amount was named.
    """
    codes = {code for code, _ in claimed}
    left_out = PUNITIVE | ({REFUND_OF_PRICE} if RETURN_GOODS in codes else frozenset())
    return tuple(
        TermDraft(kind=code, amount=fen or (price if code in _PRICED else None), method=usual_way(code))
        for code, fen in claimed
        if code not in left_out
    )


def wording(term: TermDraft) -> str:
    """Return the clause as it stands on paper; what a text of the clerk's own leaves out is added to it."""
    said = term.text.strip().rstrip(_ENDS)
    parts = [said or kind_of(term.kind).words]
    if term.amount is not None and not _CAPITALS.search(said):
        parts[0] += f"{'，计' if said else ''}人民币{in_capitals(term.amount)}"
    if not _names_day(said, term.due):
        parts.append(_when(term))
    if term.method and term.method not in said:
        parts.append(f"付款方式：{term.method}" if term.amount is not None else f"方式：{term.method}")
    clause = "，".join(part for part in parts if part) + "。"
    if term.goods_back and term.goods_back not in said:
        clause += f"甲方同时交还{term.goods_back.rstrip(_ENDS)}。"
    return clause


def in_capitals(fen: int) -> str:
    """Return an amount both ways, after the word 人民币: 陆佰捌拾元整（¥680.00）."""
    return f"{rmb_capitals(fen).removeprefix('人民币')}（¥{money.show(fen)}）"


def amount_in(said: str) -> int | None:
    """Return the one amount that words name in figures, None when there is none or more than one."""
    figures = set(_figures(said))
    return figures.pop() if len(figures) == 1 else None


def contradiction(term: TermDraft) -> str:
    """Say how a clerk's own words and the amount of the clause differ, empty when they agree."""
    if term.amount is None:
        return ""
    figures = _figures(term.text)
    if figures and term.amount not in figures:
        return f"条文里写的是 {money.show(figures[0])} 元，金额栏是 {money.show(term.amount)} 元，请改成一样"
    right = rmb_capitals(term.amount).removeprefix("人民币")
    written = _SUM_IN_WORDS.findall(term.text)
    if len(written) == 1 and written[0].rstrip("整") != right.rstrip("整"):
        return f"条文里的大写“{written[0]}”与金额 {money.show(term.amount)} 元不一致，应为“{right}”"
    return ""


def other_days(said: str, signed_on: date, due: date) -> tuple[date, ...]:
    """Return the days after the signing that a clause names besides its due day."""
    named = (_day_after(signed_on, match) for match in _DAY.finditer(said))
    return tuple(dict.fromkeys(one for one in named if one is not None and one != due))


def _day_after(signed_on: date, match: re.Match[str]) -> date | None:
    """Return the day that was written if it comes after the signing; without a year it is the nearest one."""
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        found = [date(one, month, day) for one in ((year,) if year else (signed_on.year, signed_on.year + 1))]
    except ValueError:  # no such day: a number of something else
        return None
    nearest = min(found, key=lambda one: abs(one - signed_on))
    return nearest if nearest > signed_on else None


def _figures(said: str) -> list[int]:
    found: list[int] = []
    for match in _FIGURE.finditer(said):
        try:
            found.append(money.parse(match[1] or match[2]))
        except ValueError:  # a lone comma, a number of many digits: no amount
            continue
    return found


def _names_day(said: str, due: date | None) -> bool:
    if due is None:
        return bool(_AT_ONCE.search(said))
    written = rf"(?<!\d)0?{due.month}月0?{due.day}日"
    return due.isoformat() in said or re.search(written, said) is not None


def _when(term: TermDraft) -> str:
    done = "付清" if term.amount is not None else "完成"
    if term.at_once:
        return f"已在签订本协议时当场{done}"
    if term.due is None:
        return f"于签订本协议当日{done}"
    return f"于{moments.show_long(term.due)}（含当日）前{done}"
