"""One sitting of a mediation: when, how, who was there, what each said and offered."""

from dataclasses import dataclass
from datetime import datetime

from odr_desk.rules import money as amounts
from odr_desk.rules.events import Party
from odr_desk.rules.fields import choice, flag, moment, money, text
from odr_desk.rules.labels import Word


class Answer(Word):
    """What the other side made of an offer."""

    WAITING = "waiting", "等答复"
    ACCEPTED = "accepted", "接受"
    DECLINED = "declined", "不接受"
    COUNTERED = "countered", "另提方案"


SIDES = (Party.CONSUMER, Party.MERCHANT)
_OF_SIDE = {
    "消费者": ("消费者", "甲方", "监护", "代理", "家属"),
    "商户": ("商户", "店", "乙方", "经营者", "品牌", "厂家"),
}


def side_of(role: str) -> str:
    """Return the side that somebody of this role sits on, nothing for those who sit on neither."""
    return next((side for side, words in _OF_SIDE.items() if any(word in role for word in words)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """A sitting as the mediator notes it (三方调解, 电话调解…)."""

    held_at: datetime | None = moment("调解时间", required=True)
    ended_at: datetime | None = moment("结束时间")
    mode: str = choice("调解方式", options="modes", required=True)
    mediator: str = text("调解员", required=True, max_length=50)
    place: str = text("地点", max_length=100, hint="空着为服务台")
    informed: bool = flag("已向双方告知权利", hint="自愿、可退出、可要求更换调解员")
    consumer_position: str = text("消费者意见", max_length=2000, multiline=True)
    merchant_position: str = text("商户意见", max_length=2000, multiline=True)
    opinion: str = text("调解意见", max_length=1000, multiline=True)
    outcome: str = text("结果", max_length=1000, multiline=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentDraft:
    """Somebody who took part."""

    name: str = text("姓名", required=True, max_length=50)
    role: str = text("身份", max_length=50, hint="消费者、店长、见证人…")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """What one side offered or asked, in the order in which it was said."""

    by: Party | None = choice("哪一方", options=Party, among=SIDES, required=True)
    amount: int | None = money("金额（元）")
    text: str = text("内容", max_length=400)
    at: datetime | None = moment("时间")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """What was answered to an offer, and when."""

    answer: Answer | None = choice("答复", options=Answer, required=True)
    note: str = text("怎么答的", max_length=400)
    at: datetime | None = moment("时间")


@dataclass(frozen=True, slots=True, kw_only=True)
class BottomLineDraft:
    """What a side would at most accept, told in confidence."""

    side: Party | None = choice("哪一方", options=Party, among=SIDES, required=True)
    amount: int | None = money("金额（元）")
    text: str = text("内容", max_length=400)

    @property
    def words(self) -> str:
        """Return amount and terms in one line."""
        amount = f"{amounts.show(self.amount)} 元" if self.amount is not None else ""
        return "，".join(part for part in (amount, self.text) if part)
