"""Shares and averages as forms print them: exact, rounded half up, a dash where there is nothing to divide by."""

from decimal import ROUND_HALF_UP, Decimal

NOTHING = "—"
_HUNDREDTH = Decimal("0.01")


def per_cent(numerator: int, denominator: int) -> Decimal | None:
    """Return a share in per cent with two decimals, none where there is nothing to divide by."""
    return rounded(Decimal(numerator) * 100 / denominator) if denominator else None


def mean(total: int, count: int) -> Decimal | None:
    """Return an average with two decimals, none of nothing."""
    return rounded(Decimal(total) / count) if count else None


def percent(numerator: int, denominator: int) -> str:
    """Return `98.50`: the quotient is rounded to four decimals, then shown as per cent."""
    share = per_cent(numerator, denominator)
    return NOTHING if share is None else str(share)


def average(total: int, count: int) -> str:
    """Return the mean with two decimals."""
    value = mean(total, count)
    return NOTHING if value is None else str(value)


def rounded(value: Decimal, step: Decimal = _HUNDREDTH) -> Decimal:
    """Return the value rounded half up, as people round."""
    return value.quantize(step, ROUND_HALF_UP)


def ten_thousands(fen: int) -> Decimal:
    """Return an amount in 万元 with four decimals."""
    return rounded(Decimal(fen) / 1_000_000, Decimal("0.0001"))
