"""A complaint as the papers of the desk tell it: who, about what, what is asked; and the mall that hosts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from odr_desk.papers.checking import Check, look, must
from odr_desk.papers.content import Gap, Pair, Para
from odr_desk.papers.facts import fact
from odr_desk.papers.wording import article, long_day, or_gap, purchase_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The mall and its desk."""

    name: str = fact("商场名称")
    desk: str = fact("服务台名称")
    mediator: str = fact("调解员")
    phone: str = fact("商场投诉电话")
    address: str = fact("商场地址")
    regulator: str = fact("辖区市场监管部门")

    @property
    def full_name(self) -> str:
        return f"{self.name}{self.desk}" if self.desk and self.desk not in self.name else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The complaint itself."""

    case_number: str = fact("投诉件编号")
    received_on: date | None = None
    channel: str = fact("投诉渠道")
    platform_number: str = fact("平台编号")
    consumer: str = fact("投诉人姓名")
    consumer_phone: str = fact("投诉人电话")
    consumer_address: str = fact("投诉人地址")
    merchant: str = fact("被投诉商户")
    uscc: str = fact("商户统一社会信用代码")
    counter: str = fact("商户柜位")
    merchant_phone: str = fact("商户电话")
    product: str = fact("商品或服务")
    bought_on: date | None = None
    price_fen: int | None = None
    receipt: str = fact("凭证号")
    facts: str = fact("事实经过")
    request: str = fact("投诉请求")


def party_pairs(matter: Matter) -> Iterator[Pair]:
    """Name both sides, each with where to reach it."""
    yield Pair("投诉人", or_gap(matter.consumer, "投诉人姓名"), strong=True)
    yield Pair("电话", or_gap(matter.consumer_phone, "未留电话"))
    if matter.consumer_address:
        yield Pair("地址", matter.consumer_address)
    yield Pair("被投诉商户", or_gap(matter.merchant, "商户名称"), strong=True)
    yield Pair("柜位", or_gap(matter.counter, "柜位"))


def number_pairs(matter: Matter) -> Iterator[Pair]:
    """Tell under which numbers, when and how the complaint came in."""
    yield Pair("收到日期", long_day(matter.received_on) if matter.received_on else Gap("收到日期", 8))
    if matter.channel:
        yield Pair("来源", matter.channel)
    if matter.platform_number:
        yield Pair("平台编号", matter.platform_number)


def story(matter: Matter) -> Iterator[Para]:
    """Tell what happened and what is asked."""
    yield Para(
        purchase_words(
            buyer="投诉人",
            seller=f"在{matter.merchant or '被投诉商户'}",
            product=matter.product,
            day=matter.bought_on,
            price_fen=matter.price_fen,
            receipt=matter.receipt,
        )
    )
    if matter.facts:
        yield Para(article(matter.facts))
    yield Para(("投诉请求：", article(matter.request) if matter.request else Gap("投诉请求没有记录", 20)))


def matter_checks(matter: Matter) -> Iterator[Check]:
    """Look whether both sides are named and can be reached."""
    if not matter.consumer.strip():
        yield must("consumer_name", "投诉人姓名没有填写", "请填写姓名或者称呼")
    if not matter.consumer_phone.strip():
        yield look("consumer_phone", "投诉人电话没有填写", "没有电话就无法答复，请问清后补上")
    if not matter.merchant.strip():
        yield must("merchant_no", "被投诉商户没有选", "请选择商户")
    if not matter.request.strip():
        yield look("claims", "投诉请求没有填写", "请问清想要怎么解决")
