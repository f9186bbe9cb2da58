"""What a case must have before it can be reported: checks as data, each on the facts of a case."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from odr_desk.rules import money
from odr_desk.rules.case import ODR_CHANNELS, Outcome
from odr_desk.rules.labels import Word

SAME_MATTER = timedelta(days=30)
OUTLIER = 9  # times the usual amount of the class
ENOUGH = 5  # amounts of a class before one of them can be called unusual
OTHER_PROBLEM = "P12"


class Weight(Word):
    """How much a finding matters."""

    MUST = "must", "必须改"
    LOOK = "look", "请看一眼"


@dataclass(frozen=True, slots=True)
class Topic:
    """What a finding is about: the case's own name of the field, what people call it, and the verb that mends it."""

    field: str
    label: str
    act: str
    is_comparison: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one case that the report would get wrong or that deserves a look."""

    case_no: str
    topic: Topic
    said: str
    level: Weight
    merchant: str = ""
    other: str = ""
    """The case this one may be the same as, where that is what was found."""

    @property
    def field(self) -> str:
        """Return the case's own name of the field."""
        return self.topic.field

    @property
    def message(self) -> str:
        """Return the finding as one sentence."""
        return f"{self.topic.label}：{self.said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the checks look at in a case."""

    case_no: str
    merchant: str
    merchant_id: int
    channel: str
    platform_no: str
    phone: str
    received_on: date
    due_on: date
    category: str
    problem: str
    problem_note: str
    amount: int | None
    result: Outcome | None
    ended_on: date | None
    fed_back_on: date | None
    refund: int
    paid: int
    recovered: int | None

    @property
    def is_odr(self) -> bool:
        """Tell whether the answer goes back through the platform."""
        return self.channel in ODR_CHANNELS

    @property
    def is_settled(self) -> bool:
        """Tell whether it ended in a settlement."""
        return self.result is Outcome.SETTLED


@dataclass(frozen=True, slots=True)
class Check:
    """A check on one case; `look` says what is wrong or nothing."""

    topic: Topic
    level: Weight
    look: Callable[[CaseFacts], str]


def _no_problem(case: CaseFacts) -> str:
    return "" if case.problem else "没有选，表里先计入“其他”"


def _bare_other(case: CaseFacts) -> str:
    bare = case.problem == OTHER_PROBLEM and not case.problem_note.strip()
    return "选了“其他”，没有说明" if bare else ""


def _no_category(case: CaseFacts) -> str:
    return "" if case.category else "没有选，表里先计入“其他类”"


def _no_amount(case: CaseFacts) -> str:
    return "空着，没有金额的填 0" if case.amount is None and case.ended_on else ""


def _no_recovered(case: CaseFacts) -> str:
    if not case.is_settled or case.recovered is not None:
        return ""
    return f"空着，退款和赔偿共 ¥{money.show(case.paid)}" if case.paid else "空着，没有挽回的填 0"


def _ends_first(case: CaseFacts) -> str:
    if case.ended_on is None or case.ended_on >= case.received_on:
        return ""
    return f"{case.ended_on}，早于收到日期 {case.received_on}"


def _no_result(case: CaseFacts) -> str:
    return "已办结，没有处理结果" if case.ended_on and case.result is None else ""


def _no_feedback(case: CaseFacts) -> str:
    wanted = case.is_odr and case.ended_on and case.fed_back_on is None
    result = case.result.label if case.result else "已办结"
    return f"{result}，没有反馈平台的日期" if wanted else ""


def _feedback_first(case: CaseFacts) -> str:
    if case.fed_back_on is None or case.fed_back_on >= case.received_on:
        return ""
    return f"{case.fed_back_on}，早于收到日期 {case.received_on}"


def _no_platform_number(case: CaseFacts) -> str:
    return "平台来的件，没有平台编号" if case.is_odr and not case.platform_no.strip() else ""


def _differs(case: CaseFacts) -> str:
    if not case.is_settled or case.recovered is None or case.recovered == case.paid:
        return ""
    return f"¥{money.show(case.recovered)}，退款和赔偿共 ¥{money.show(case.paid)}"


PROBLEM = Topic("problem", "投诉问题", "选类别")
PROBLEM_NOTE = Topic("problem_note", "问题说明", "写说明")
CATEGORY = Topic("category", "商品服务类别", "选类别")
AMOUNT = Topic("amount", "涉及金额", "填金额")
RECOVERED = Topic("recovered", "挽回经济损失", "填金额")
ENDED_ON = Topic("ended_on", "办结日期", "改日期")
RESULT = Topic("result", "处理结果", "补结果")
FEEDBACK = Topic("fed_back_on", "平台反馈", "补反馈")
PLATFORM_NO = Topic("platform_no", "平台编号", "补编号")
DUPLICATE = Topic("consumer_phone", "可能重复", "比一比", is_comparison=True)
UNUSUAL = Topic("amount", "金额偏大", "看一眼", is_comparison=True)
NO_ROW = Topic("category", "表内无此类", "看一眼", is_comparison=True)

CHECKS: tuple[Check, ...] = (
    Check(PROBLEM, Weight.MUST, _no_problem),
    Check(PROBLEM_NOTE, Weight.MUST, _bare_other),
    Check(CATEGORY, Weight.MUST, _no_category),
    Check(AMOUNT, Weight.MUST, _no_amount),
    Check(RECOVERED, Weight.MUST, _no_recovered),
    Check(ENDED_ON, Weight.MUST, _ends_first),
    Check(RESULT, Weight.MUST, _no_result),
    Check(FEEDBACK, Weight.MUST, _no_feedback),
    Check(FEEDBACK, Weight.LOOK, _feedback_first),
    Check(PLATFORM_NO, Weight.LOOK, _no_platform_number),
    Check(RECOVERED, Weight.LOOK, _differs),
)
"""The checks on a case by itself; those that compare cases are functions of their own."""


COMPARISONS = (DUPLICATE, UNUSUAL)
"""What comes from comparing cases with each other."""


def examine(cases: Iterable[CaseFacts]) -> Iterator[Finding]:
    """Yield what the checks find, in the order of the cases."""
    for case in cases:
        for check in CHECKS:
            said = check.look(case)
            if said:
                yield _finding(case, check.topic, said, check.level)


def repeated(cases: Sequence[CaseFacts], earlier: Sequence[CaseFacts] = ()) -> Iterator[Finding]:
    """Yield the cases that may be the same matter as one before them, within the period or shortly `earlier`."""
    seen: dict[tuple[str, int], CaseFacts] = {}
    numbers: dict[str, CaseFacts] = {}
    own = {case.case_no for case in cases}
    for case in sorted((*earlier, *cases), key=lambda one: (one.received_on, one.case_no)):
        same = numbers.get(case.platform_no) if case.platform_no else None
        near = seen.get((case.phone, case.merchant_id)) if case.phone else None
        if case.case_no in own and same is not None:
            yield _finding(case, DUPLICATE, f"与 {same.case_no} 平台编号相同", Weight.LOOK, same.case_no)
        elif case.case_no in own and near is not None and case.received_on - near.received_on <= SAME_MATTER:
            said = f"与 {near.case_no} 同一电话、同一商户，{_apart(near, case)}"
            yield _finding(case, DUPLICATE, said, Weight.LOOK, near.case_no)
        seen[case.phone, case.merchant_id] = numbers[case.platform_no] = case


def unusual(cases: Iterable[CaseFacts], usual: Mapping[str, int]) -> Iterator[Finding]:
    """Yield the cases whose amount is many times the usual one of their class."""
    for case in cases:
        middle = usual.get(case.category, 0)
        if middle and case.amount is not None and case.amount >= OUTLIER * middle:
            times = case.amount // middle
            yield _finding(case, UNUSUAL, f"¥{money.show(case.amount)}，是同类中位数的 {times} 倍", Weight.LOOK)


def medians(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the usual amount of each class that has enough of them."""
    by_class: dict[str, list[int]] = {}
    for category, amount in amounts:
        by_class.setdefault(category, []).append(amount)
    return {category: int(median(known)) for category, known in by_class.items() if len(known) >= ENOUGH}


def without_row(cases: Iterable[CaseFacts], homeless: Container[str], row: str) -> Iterator[Finding]:
    """Yield the cases of the classes that have no row of their own in the form and are counted under another."""
    for case in cases:
        if case.category in homeless:
            yield _finding(case, NO_ROW, f"表里没有“{case.category}”一行，计入“{row}”", Weight.LOOK)


def _finding(case: CaseFacts, topic: Topic, said: str, level: Weight, other: str = "") -> Finding:
    return Finding(case.case_no, topic, said, level, case.merchant, other)


def _apart(one: CaseFacts, other: CaseFacts) -> str:
    days = (other.received_on - one.received_on).days
    return f"相隔 {days} 天" if days else "同一天"
