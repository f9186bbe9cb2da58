"""What may be seen of a purchase when it is asked whether somebody bought for daily life: facts, no judgement.

The regulator weighs such facts (市场监督管理投诉举报处理办法，总局令第 121 号，第十七条);
the desk only notes what it saw.
"""

from odr_desk.rules.labels import Word


class Observed(Word):
    """One kind of fact the article names, worded as what was seen."""

    QUANTITY = "quantity", "数量或次数超出常用量、保质期"
    SERIES = "series", "短期内同商户或同类多次投诉"
    NO_PURCHASE = "no_purchase", "没有出示购买凭据"
    SHARED_CONTACT = "shared_contact", "多人共用一个电话或地址"
