"""What may be seen of a purchase when it is asked whether somebody bought for daily life: facts, no judgement.

The regulator weighs such facts (市场监督管理投诉举报处理办法，总局令第 121 号，第十七条); the desk only notes what it saw.
"""

from odr_desk.rules.labels import Word


class Observed(Word):
    """One kind of fact the article names, worded as what was seen."""

    QUANTITY = "quantity", "购买数量或次数超出保质期内或平常的用量"
    SERIES = "series", "短时间内就同一商户、同类商品或同类问题多次投诉"
    NO_PURCHASE = "no_purchase", "没有出示购买凭据"
    SHARED_CONTACT = "shared_contact", "多人使用同一电话或同一地址"
