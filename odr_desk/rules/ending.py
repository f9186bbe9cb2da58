"""Ending without a settlement, and calling back after an end: what is entered."""

from dataclasses import dataclass
from datetime import date

from odr_desk.rules.fields import choice, day, text
from odr_desk.rules.labels import Word


class FailReason(Word):
    """Why no settlement came about."""

    MERCHANT_REFUSES = "merchant_refuses", "商户拒绝"
    CONSUMER_REFUSES = "consumer_refuses", "消费者不接受"
    TOO_FAR_APART = "too_far_apart", "双方差距过大"
    NO_ANSWER = "no_answer", "商户逾期不答复"
    TEST_FEE = "test_fee", "检测费用谈不拢"
    UNPROVEN = "unproven", "事实无法查清"
    MERCHANT_GONE = "merchant_gone", "商户撤场或失联"
    OTHER = "other", "其他原因"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailDraft:
    """Why it failed and what happened, as the consumer is told."""

    reason: FailReason | None = choice("原因", options=FailReason, required=True)
    text: str = text("说明", max_length=1000, multiline=True, hint="双方差在哪里，会印在告知书上")


def fail_reason(said: str) -> FailReason | None:
    """Return the reason a code or word stands for, none when it is the caller's own words."""
    return next((reason for reason in FailReason if said in (reason.value, reason.label)), None)


class Satisfaction(Word):
    """How content the consumer is; stored as the word itself, which is what the forms print."""

    SATISFIED = "满意", "满意"
    FAIRLY = "基本满意", "基本满意"
    DISSATISFIED = "不满意", "不满意"
    NO_ANSWER = "未接通", "未接通"


class Kept(Word):
    """What the consumer says of the merchant's keeping the agreement."""

    YES = "yes", "已经履行"
    PARTLY = "partly", "履行了一部分"
    NO = "no", "没有履行"
    NOTHING_DUE = "nothing_due", "无须履行"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitDraft:
    """A call back: kept or not, content or not, anything left."""

    on: date | None = day("回访日期", required=True)
    mode: str = text("方式", required=True, max_length=20, hint="电话、微信、到店…")
    performed: Kept | None = choice("协议履行了吗", options=Kept)
    satisfaction: Satisfaction | None = choice("满意程度", options=Satisfaction, required=True)
    text: str = text("还有什么问题", max_length=1000, multiline=True)
