"""Turns of phrase that several papers share."""

from datetime import date

from odr_desk.papers.content import Gap
from odr_desk.rules import clauses, moments, words

_NUMERALS = "零一二三四五六七八九十"
_ENDS = "。！？；"


def or_gap(text: str, hint: str, width: float = 9) -> str | Gap:
    """Return the text, or a gap for it."""
    return text if text.strip() else Gap(hint, width)


def long_day(day: date) -> str:
    return moments.show_long(day)


def article(text: str) -> str:
    """Return the text ending in a full stop, as a sentence on paper does."""
    plain = text.strip()
    return plain if plain.endswith(tuple(_ENDS)) else plain.rstrip("，,;.") + "。"


def purchase_words(
    *, buyer: str, seller: str, product: str, day: date | None, price_fen: int | None, receipt: str
) -> str:
    """Tell in one sentence what was bought, when, for how much and with which receipt."""
    when = f"{long_day(day)}，" if day else ""
    price = f"，价款人民币{clauses.in_capitals(price_fen)}" if price_fen else ""
    proof = f"（凭证号：{receipt}）" if receipt else ""
    return f"{when}{buyer}{seller}购买{product or '商品或者服务'}{price}{proof}。"


def numeral(number: int) -> str:
    """Return 三 for 3; beyond ten the figure with blanks."""
    return _NUMERALS[number] if number < len(_NUMERALS) else f" {number} "


def copies_words(copies: int, host: str) -> str:
    """Say how many copies there are and who keeps them."""
    share = "各执一份" if copies == 3 else "至少各执一份"
    return f"一式{numeral(copies)}份，甲方、乙方、{host}{share}，各份效力相同"


def remedies_after_failure() -> str:
    """Name the ways of 消保法39 that are left when settling has not led there."""
    rest = "；".join(remedy for remedy in words.REMEDIES if remedy != words.SETTLE)
    return f"消费者可以依照{words.CONSUMER_LAW_39}{rest}。"
