"""A merchant found by a few keys, as every look-up list shows it."""

from odr_desk.services.merchant_search import MerchantHit
from odr_desk.ui.widgets.lookup import Hit


def as_hit(merchant: MerchantHit) -> Hit:
    """Return the line of a look-up list; a merchant in hand says how many cases, another what is odd about it."""
    span = merchant.initials_span
    return Hit(
        merchant,
        merchant.name,
        merchant.initials,
        span[1] if span is not None and span[0] == 0 else 0,
        (merchant.counter, merchant.trade),
        f"在办 {merchant.open_cases} 件" if merchant.open_cases else merchant.remark,
        "act" if merchant.open_cases else "secondary",
    )
