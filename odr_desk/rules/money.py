"""Amounts of money: whole fen inside, yuan at the edges."""

import re
import unicodedata

LARGEST_FEN = 10**12  # ten billion yuan: beyond it a slip of the keyboard, not a complaint

_LONGEST = 20  # characters
_SHAPE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")


def yuan(fen: int) -> str:
    """Return the amount as the port writes it: 129900 is `1299.00`."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole}.{rest:02}"


def show(fen: int | None) -> str:
    """Return the amount as people read it: `1,299.00`, nothing for no amount."""
    if fen is None:
        return ""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02}"


def parse(text: str) -> int:
    """Return the fen of an amount as people type it; raise ValueError with the reason in Chinese.

    Full-width digits, ￥ in front, 元 behind and thousands separators are understood.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("¥").removesuffix("元").strip()
    found = _SHAPE.fullmatch(plain)
    if not found:
        raise ValueError("应为金额，如 1299.00，最多两位小数")
    if len(plain) > _LONGEST:
        raise ValueError("太大，请核对位数")
    fen = int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    if fen > LARGEST_FEN:
        raise ValueError("太大，请核对位数")
    return fen
