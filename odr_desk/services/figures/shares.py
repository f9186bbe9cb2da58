"""Shares and averages as forms print them: exact, rounded half up, a dash where there is nothing to divide by."""

from decimal import ROUND_HALF_UP, Decimal

NOTHING = "—"
_HUNDREDTH = Decimal("0.01")


def percent(numerator: int, denominator: int) -> str:
    """Return `98.50`: the quotient is rounded to four decimals, then shown as per cent."""
    return str(rounded(Decimal(numerator) * 100 / denominator)) if denominator else NOTHING


def average(total: int, count: int) -> str:
    """Return the mean with two decimals."""
    return str(rounded(Decimal(total) / count)) if count else NOTHING


def rounded(value: Decimal, step: Decimal = _HUNDREDTH) -> Decimal:
    """Return the value rounded half up, as people round."""
    return value.quantize(step, ROUND_HALF_UP)


def ten_thousands(fen: int) -> Decimal:
    """Return an amount in 万元 with four decimals."""
    return rounded(Decimal(fen) / 1_000_000, Decimal("0.0001"))
