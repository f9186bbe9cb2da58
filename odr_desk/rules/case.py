"""The complaint case: its words, its steps and what may follow what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from odr_desk.rules import money as amounts
from odr_desk.rules.errors import IllegalMove, Invalid, Problem
from odr_desk.rules.fields import choice, day, flag, moment, money, rows, text
from odr_desk.rules.identity import phone_problem
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import check


class CaseState(Word):
    """Where a case stands in the hands of the desk.

    Result, feedback to the platform and performance are facts of their own: a case can be settled,
    fed back and not yet paid.
    """

    PENDING = "pending", "待登记"
    REGISTERED = "registered", "已登记"
    ASSIGNED = "assigned", "已分派"
    CONTACTED = "contacted", "已联系消费者"
    NEGOTIATING = "negotiating", "协商中"
    AWAITING_MERCHANT = "awaiting_merchant", "待商户答复"
    AWAITING_TESTING = "awaiting_testing", "待检测鉴定"
    AWAITING_CONSUMER = "awaiting_consumer", "待消费者"
    SETTLED = "settled", "和解成功"
    FAILED = "failed", "和解不成"
    WITHDRAWN = "withdrawn", "消费者撤回"
    UNREACHABLE = "unreachable", "无法联系消费者"
    NOT_OURS = "not_ours", "非本场商户"
    SUSPECTED = "suspected", "疑似恶意待核"
    CLOSED = "closed", "已归档"


_S = CaseState
AWAITING = frozenset({_S.AWAITING_MERCHANT, _S.AWAITING_TESTING, _S.AWAITING_CONSUMER})
ENDED = frozenset({_S.SETTLED, _S.FAILED, _S.WITHDRAWN, _S.UNREACHABLE, _S.NOT_OURS})
RESULTS = ENDED | {_S.SUSPECTED}
UNSETTLED = RESULTS - {_S.SETTLED}
WORKING = frozenset({_S.NEGOTIATING}) | AWAITING
OPEN = frozenset(CaseState) - {_S.CLOSED}

NEXT: dict[CaseState, frozenset[CaseState]] = {
    _S.PENDING: frozenset({_S.REGISTERED, _S.ASSIGNED, _S.NOT_OURS}),
    _S.REGISTERED: frozenset({_S.ASSIGNED, _S.CONTACTED}) | WORKING | RESULTS,
    _S.ASSIGNED: frozenset({_S.REGISTERED, _S.CONTACTED}) | WORKING | RESULTS,
    _S.CONTACTED: WORKING | RESULTS,
    _S.NEGOTIATING: AWAITING | RESULTS,
    _S.AWAITING_MERCHANT: (WORKING | RESULTS) - {_S.AWAITING_MERCHANT},
    _S.AWAITING_TESTING: (WORKING | RESULTS) - {_S.AWAITING_TESTING},
    _S.AWAITING_CONSUMER: (WORKING | RESULTS) - {_S.AWAITING_CONSUMER},
    _S.SETTLED: frozenset({_S.NEGOTIATING, _S.CLOSED}),
    _S.FAILED: frozenset({_S.NEGOTIATING, _S.CLOSED}),
    _S.WITHDRAWN: frozenset({_S.NEGOTIATING, _S.CLOSED}),
    _S.UNREACHABLE: frozenset({_S.NEGOTIATING, _S.CLOSED}),
    _S.NOT_OURS: frozenset({_S.NEGOTIATING, _S.CLOSED}),
    _S.SUSPECTED: frozenset({_S.NEGOTIATING}) | ENDED,
    _S.CLOSED: frozenset({_S.NEGOTIATING}),
}

REASON_NEEDED = RESULTS
"""A result is never recorded without a word on how it came about."""


def require_step(now: CaseState, to: CaseState) -> None:
    """Raise IllegalMove, naming what is possible, unless a case may go from `now` to `to`."""
    if to not in NEXT[now]:
        legal = tuple(state for state in CaseState if state in NEXT[now])
        words = "、".join(state.label for state in legal)
        raise IllegalMove(f"{now.label}的投诉件不能改为{to.label}，可以改为：{words}", tuple(legal))


class Outcome(Word):
    """The result reported to platform and regulator (outcomes.csv, odr_result)."""

    SETTLED = "O1", "和解成功"
    FAILED = "O2", "和解不成"
    WITHDRAWN = "O3", "消费者撤回"
    UNREACHABLE = "O4", "无法联系消费者"
    NOT_OURS = "O5", "非本企业/非场内商户"
    SUSPECTED = "O6", "疑似恶意索赔待核"
    UNHANDLED = "O7", "超期未处理"


OUTCOME_OF: dict[CaseState, Outcome] = {
    _S.SETTLED: Outcome.SETTLED,
    _S.FAILED: Outcome.FAILED,
    _S.WITHDRAWN: Outcome.WITHDRAWN,
    _S.UNREACHABLE: Outcome.UNREACHABLE,
    _S.NOT_OURS: Outcome.NOT_OURS,
    _S.SUSPECTED: Outcome.SUSPECTED,
}


class Performance(Word):
    """How far an agreement has been kept (outcomes.csv, performance)."""

    NONE = "", "无履行事项"
    NOT_DUE = "F0", "未到期"
    AT_ONCE = "F1", "即时履行"
    DONE = "F2", "已按约履行"
    PARTLY = "F3", "部分履行"
    OVERDUE = "F4", "逾期未履行"
    ADVANCED = "F5", "商场先行赔付"


PERFORMING = frozenset({Performance.NOT_DUE, Performance.PARTLY, Performance.OVERDUE})
"""Something agreed is still to be done."""


class Level(Word):
    """How grave a case is."""

    NORMAL = "normal", "一般"
    URGENT = "urgent", "紧急"
    MAJOR = "major", "重大"


class AgeBand(Word):
    """A mark for those who need more care; under fourteen needs separate consent (个人信息保护法 28、31)."""

    ADULT = "adult", "成年人"
    ELDERLY = "elderly", "老年人"
    MINOR = "minor", "未成年人"
    UNDER_14 = "under_14", "不满十四周岁"


class IdKind(Word):
    """What a person was identified by."""

    ID_CARD = "id_card", "居民身份证"
    PASSPORT = "passport", "护照"
    OTHER = "other", "其他证件"


ODR_CHANNELS = frozenset({"CH01", "CH02"})
"""Cases of these channels are answered on the platform (channels.csv)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDraft:
    """What the desk writes down when a complaint comes in."""

    channel: str = choice("来源渠道", "来源", options="channels", required=True)
    received_at: datetime | None = moment("收到时间", "来源", required=True)
    platform_no: str = text("平台编号", "来源", max_length=60)
    first_asked_by: str = text("首问人", "来源", max_length=30)
    late_entry: bool = flag("补录", "来源", hint="纸单日后录入，两个日期都保留")
    consumer_name: str = text("消费者姓名", "消费者", max_length=50, hint="不详可空")
    consumer_phone: str = text("联系电话", "消费者", max_length=30, hint="不详可空")
    consumer_address: str = text("联系地址", "消费者", max_length=200)
    id_type: IdKind | None = choice("证件类型", "消费者", options=IdKind)
    id_no: str = text("证件号码", "消费者", max_length=40)
    age_band: AgeBand | None = choice("年龄标记", "消费者", options=AgeBand)
    guardian: str = text("监护人", "消费者", max_length=50)
    agent: str = text("委托代理人", "消费者", max_length=50)
    agent_letter: bool = flag("已收授权委托书", "消费者")
    agree_publish: bool = flag("同意公示投诉信息", "消费者")
    agree_delegate: bool = flag("同意委托调解", "消费者")
    privacy_notice_at: datetime | None = moment("隐私告知时间", "消费者")
    merchant_no: str = text("商户", "商户", required=True, max_length=20)
    product: str = text("商品或服务", "标的", max_length=120)
    brand: str = text("品牌", "标的", max_length=60)
    model: str = text("型号规格", "标的", max_length=60)
    category: str = choice("商品服务类别", "标的", options="categories")
    amount: int | None = money("涉及金额（元）", "标的")
    purchase_date: date | None = day("购买日期", "标的")
    receipt_no: str = text("凭证号", "标的", max_length=60)
    is_online: bool = flag("网购", "标的")
    is_prepaid: bool = flag("预付卡", "标的")
    problem: str = choice("投诉问题", "争议", options="problems")
    problem_note: str = text("问题说明", "争议", max_length=120, hint="选“其他”时写明")
    level: Level | None = choice("事件级别", "争议", options=Level)
    facts: str = text("事实和诉求", "争议", max_length=4000, multiline=True)
    solved_on_spot: bool = flag("当场解决", "争议")


@dataclass(frozen=True, slots=True)
class Claim:
    """One demand of the consumer: a code of claims.csv and the amount asked, if any, in fen."""

    code: str = text("诉求代码", required=True, max_length=10)
    amount: int | None = money("诉求金额")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEdit(CaseDraft):
    """A case as it is changed later on: its fields, and what the consumer demands."""

    claims: tuple[Claim, ...] = rows("诉求", "争议", of=Claim)


def claims_in_words(claims: tuple[Claim, ...], names: Mapping[str, str]) -> str:
    """Return the demands as people read them, with the amounts that were named."""
    return "、".join(_in_words(claim, names.get(claim.code, claim.code)) for claim in claims)


def _in_words(claim: Claim, name: str) -> str:
    return name if claim.amount is None else f"{name} ¥{amounts.show(claim.amount)}"


def check_case(draft: CaseDraft, today: date, received_on: date | None) -> None:
    """Raise Invalid unless the case may be registered as written."""
    check(draft)
    problems: list[Problem] = []
    wrong_phone = phone_problem(draft.consumer_phone)
    if wrong_phone:
        problems.append(Problem("consumer_phone", wrong_phone))
    if received_on is not None and received_on > today:
        problems.append(Problem("received_at", f"收到时间 {received_on} 在今天之后，请核对日期"))
    if draft.purchase_date is not None and draft.purchase_date > today:
        problems.append(Problem("purchase_date", f"购买日期 {draft.purchase_date} 在今天之后，请核对日期"))
    if problems:
        raise Invalid(tuple(problems))


SUBJECT_LENGTH = 40


def subject_of(product: str, facts: str, claims: tuple[str, ...]) -> str:
    """Return the few words that name a case in a list: what it is about and what is asked."""
    matter = product.strip() or re.split(r"[，。；！？,;\n]", facts.strip(), maxsplit=1)[0]
    wanted = f"，要求{'、'.join(claims[:2])}" if claims else ""
    return (matter[: SUBJECT_LENGTH - len(wanted)] + wanted).lstrip("，") or "未写事由"
