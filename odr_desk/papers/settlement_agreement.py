"""消费纠纷和解协议书: the contract both sides sign, the mall as host and witness."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from odr_desk.papers.content import (
    Block,
    Clauses,
    Content,
    Gap,
    Heading,
    Note,
    Pair,
    Pairs,
    Para,
    Signatures,
    Signer,
)
from odr_desk.papers.facts import fact, several
from odr_desk.papers.matter import Host
from odr_desk.papers.wording import article, copies_words, long_day, or_gap, purchase_words, remedies_after_failure
from odr_desk.rules import clauses, masking, words

CODE = "settlement_agreement"
TITLE = "消费纠纷和解协议书"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    name: str = fact("甲方姓名")
    phone: str = fact("甲方电话")
    id_kind: str = fact("甲方证件类型", "居民身份证")
    id_number: str = fact("甲方证件号码")
    address: str = fact("甲方地址")
    is_minor: bool = False
    guardian: str = fact("甲方监护人")
    agent: str = fact("甲方委托代理人")
    agent_authorised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchant:
    name: str = fact("乙方名称")
    brand: str = fact("乙方品牌")
    uscc: str = fact("乙方统一社会信用代码")
    counter: str = fact("乙方柜位")
    head: str = fact("乙方法定代表人（经营者）")
    handler: str = fact("乙方经办人")
    handler_authorised: bool = False
    phone: str = fact("乙方电话")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    case_number: str = fact("投诉件编号")
    received_on: date | None = None
    channel: str = fact("投诉渠道")
    platform_number: str = fact("平台编号")
    product: str = fact("商品或服务")
    bought_on: date | None = None
    price_fen: int | None = None
    receipt: str = fact("凭证号")
    facts: str = fact("纠纷事实")
    consumer_view: str = fact("甲方意见")
    merchant_view: str = fact("乙方意见")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One clause as it was agreed; `words` is its full text, `due_is_working` unknown where the calendar ends."""

    code: str
    words: str = fact("协议内容")
    amount_fen: int | None = None
    method: str = fact("方式")
    due_on: date | None = None
    due_is_working: bool | None = None
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All this paper needs; `masked` makes the mall's copy, where the document number is not shown whole."""

    number: str = fact("编号")
    signed_on: date | None = None
    place: str = fact("签订地点")
    consumer: Consumer
    merchant: Merchant
    host: Host
    dispute: Dispute
    terms: tuple[Term, ...] = ()
    total_fen: int = 0
    final: bool = False
    reserved: str = fact("保留事项")
    late: str = fact("逾期后果")
    advance_payment: bool = False
    confidential: bool = False
    confirm_on_platform: bool = False
    copies: int = 3
    attachments: tuple[str, ...] = several("附件")
    masked: bool = False


def build(facts: Facts) -> Content:
    """Return what the agreement says."""
    blocks: tuple[Block, ...] = (
        _occasion(facts),
        _consumer(facts),
        _merchant(facts.merchant),
        _host(facts.host),
        Heading("一、纠纷事实"),
        *_facts(facts),
        Heading("二、争议和双方意见"),
        *_views(facts.dispute),
        Heading("三、协议内容"),
        Para("经自愿协商，双方达成如下协议："),
        Clauses(tuple(term.words for term in facts.terms) or ((Gap("协议内容还没有写", 24),),)),
        *_total(facts),
        Heading("四、了结范围"),
        Para(_scope(facts)),
        Heading("五、履行与违约"),
        Clauses(tuple(_breach(facts))),
        Heading("六、其他"),
        Clauses(tuple(_other(facts))),
        _signatures(facts),
        *_attachments(facts.attachments),
        Note(_nature(facts.host)),
    )
    return Content(TITLE, facts.number, blocks)


def _occasion(facts: Facts) -> Pairs:
    dispute = facts.dispute
    rows = [
        Pair("签订日期", long_day(facts.signed_on) if facts.signed_on else Gap("签订日期", 8)),
        Pair("签订地点", or_gap(facts.place, "签订地点")),
        Pair("投诉件编号", or_gap(dispute.case_number, "投诉件编号")),
    ]
    if dispute.platform_number:
        rows.append(Pair("平台编号", dispute.platform_number))
    return Pairs(tuple(rows))


def _consumer(facts: Facts) -> Pairs:
    who = facts.consumer
    number = masking.id_number(who.id_number) if facts.masked else who.id_number
    rows = [
        Pair("甲方（消费者）", or_gap(who.name, "甲方姓名"), strong=True),
        Pair("电话", or_gap(who.phone, "未留电话")),
        Pair(f"{who.id_kind}号码", or_gap(number, "身份未核对", 15)),
        Pair("地址", or_gap(who.address, "未留地址", 15)),
    ]
    if who.is_minor or who.guardian:
        rows.append(Pair("监护人", or_gap(who.guardian, "未成年人须有监护人", 10)))
    if who.agent:
        rows += _agent(who.agent, authorised=who.agent_authorised)
    return Pairs(tuple(rows))


def _merchant(who: Merchant) -> Pairs:
    brand = f"（{who.brand}）" if who.brand and who.brand not in who.name else ""
    rows = [
        Pair("乙方（经营者）", who.name + brand if who.name else Gap("乙方名称"), strong=True),
        Pair("统一社会信用代码", or_gap(who.uscc, "未登记", 11)),
        Pair("柜位", or_gap(who.counter, "柜位")),
        Pair("法定代表人（经营者）", or_gap(who.head, "未登记", 6)),
        Pair("电话", or_gap(who.phone, "未登记")),
        *_agent(who.handler, authorised=who.handler_authorised, role="经办人"),
    ]
    return Pairs(tuple(rows))


def _agent(name: str, *, authorised: bool, role: str = "委托代理人") -> list[Pair]:
    return [
        Pair(role, or_gap(name, role)),
        Pair("授权委托书", "已提交" if authorised else Gap("未收到", 6)),
    ]


def _host(who: Host) -> Pairs:
    return Pairs(
        (
            Pair("主持和见证方", or_gap(who.full_name, "商场名称"), strong=True),
            Pair("调解员", or_gap(who.mediator, "调解员", 6)),
            Pair("电话", or_gap(who.phone, "投诉电话")),
        )
    )


def _facts(facts: Facts) -> Iterator[Para]:
    dispute = facts.dispute
    bought = purchase_words(
        buyer="甲方",
        seller="在乙方处",
        product=dispute.product,
        day=dispute.bought_on,
        price_fen=dispute.price_fen,
        receipt=dispute.receipt,
    )
    told = f"{long_day(dispute.received_on)}，" if dispute.received_on else ""
    way = f"通过{dispute.channel}" if dispute.channel else ""
    yield Para(f"{bought}{told}甲方{way}提出投诉。")
    if dispute.facts:
        yield Para(article(dispute.facts))


def _views(dispute: Dispute) -> Iterator[Para]:
    for side, view in (("甲方", dispute.consumer_view), ("乙方", dispute.merchant_view)):
        yield Para((f"{side}意见：", article(view) if view else Gap(f"{side}意见没有记录", 20)))


def _total(facts: Facts) -> Iterator[Para]:
    if len([term for term in facts.terms if term.amount_fen]) > 1:
        yield Para(f"以上应付金额合计人民币{clauses.in_capitals(facts.total_fen)}。")


def _scope(facts: Facts) -> str:
    reserved = f"下列事项不在本协议了结范围之内，另行处理：{article(facts.reserved)}" if facts.reserved else ""
    if facts.final:
        return f"以上各项履行完毕，本次纠纷即一次性了结，双方不再就同一事实提出其他请求。{reserved}"
    return reserved or "本协议只解决上列事项，不影响双方就其他事项另行协商或者依法主张权利。"


def _breach(facts: Facts) -> Iterator[str]:
    yield "双方应当按约定的期限和方式全面履行，付款以凭证为准。"
    if facts.late:
        yield article(facts.late)
    yield "一方逾期不履行或者没有全部履行的，对方可以凭本协议要求继续履行，也可以依法通过其他途径解决。"
    if facts.advance_payment:
        host = facts.host.name or "商场"
        yield (
            f"乙方逾期未付款，甲方向乙方直接索赔未果的，可以凭索赔未果的证明向{host}申请先行赔付；{host}依照"
            f"{words.JIANGSU_ADVANCE_PAYMENT}及其与乙方关于消费者权益保证金的约定先行赔付，赔付后有权向乙方追偿。"
        )


def _other(facts: Facts) -> Iterator[str]:
    if facts.confidential:
        yield (
            "双方和商场对协商中知悉的个人信息、经营信息和本协议内容保密；依法投诉、举报、诉讼或者向有关部门提供情况的除外。"
        )
    if facts.confirm_on_platform:
        platform = facts.dispute.channel or "投诉平台"
        yield f"各项履行完毕后，甲方在{platform}确认和解结果或者撤回相应投诉。"
    yield f"本协议{copies_words(facts.copies, facts.host.name or '商场')}，自双方签名或者盖章之日起生效。"


def _signatures(facts: Facts) -> Signatures:
    who = facts.consumer
    helper = ("监护人签名",) if who.is_minor or who.guardian else ("代理人签名",) if who.agent else ()
    return Signatures(
        (
            Signer(party="甲方（消费者）", name=who.name, lines=("签名", *helper), fingerprint=True),
            Signer(
                party="乙方（经营者）",
                name=facts.merchant.name,
                lines=("经办人签名",),
                seal="（盖公章或者合同专用章）",
            ),
            Signer(
                party="主持和见证方",
                name=facts.host.name,
                lines=("调解员签名",),
                seal="（盖售后服务专用章）",
            ),
        )
    )


def _attachments(names: tuple[str, ...]) -> Iterator[Note]:
    if names:
        yield Note("附件：" + "；".join(f"{place}．{name}" for place, name in enumerate(names, start=1)) + "。")


def _nature(host: Host) -> str:
    return (
        f"说明：本协议由双方在{host.name or '商场'}主持下自愿订立，是双方之间的合同，不限制法律规定不得放弃的权利。"
        f"一方不履行的，{remedies_after_failure()}"
    )
