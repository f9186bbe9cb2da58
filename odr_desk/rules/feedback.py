"""The four texts an ODR enterprise feeds back to the platform, composed from plain facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from odr_desk.rules import masking, moments, money, words
from odr_desk.rules.case import Outcome, Performance
from odr_desk.rules.events import EventKind, Party
from odr_desk.rules.fields import text

LIMIT = 1200
"""The regulators' own systems take 1200 characters in these fields."""
_SHORTER = (LIMIT, 120, 60, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackTexts:
    """What goes into the platform's four fields."""

    time_text: str = text("处理时间", required=True, max_length=LIMIT, multiline=True)
    process_text: str = text("协商过程", required=True, max_length=LIMIT, multiline=True)
    mode_text: str = text("协商方式", required=True, max_length=LIMIT, multiline=True)
    result_text: str = text("协商结果", required=True, max_length=LIMIT, multiline=True)


@dataclass(frozen=True, slots=True)
class Talk:
    """One contact of the timeline; notes of the desk to itself are not among them."""

    on: date
    kind: EventKind
    party: Party
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackFacts:
    """What the four texts are made from; amounts in fen, `modes` the words for how sittings were held.

    `working_days` run from the day after the complaint to its end, `paused_days` of them while something was tested.
    `explained` tells that the consumer has been told every way that remains.
    """

    received_on: date
    first_contact_on: date | None
    ended_on: date | None
    working_days: int
    paused_days: int = 0
    due_on: date
    talks: tuple[Talk, ...]
    modes: tuple[str, ...]
    outcome: Outcome
    note: str
    agreement_no: str = ""
    signed_on: date | None = None
    clauses: tuple[str, ...] = ()
    refund: int = 0
    compensation: int = 0
    punitive: int = 0
    performance: Performance = Performance.NONE
    explained: bool = False


_WAYS = {
    EventKind.CALL: "电话",
    EventKind.VISIT: "现场",
    EventKind.WECHAT: "微信",
    EventKind.LETTER: "书面",
    EventKind.MEETING: "三方调解",
}
_VERBS = {EventKind.CALL: "致电", EventKind.VISIT: "到店见", EventKind.LETTER: "书面联系", EventKind.WECHAT: "微信联系"}


def compose(facts: FeedbackFacts) -> FeedbackTexts:
    """Return the four texts; telephones and document numbers inside them are masked."""
    return FeedbackTexts(
        time_text=_time(facts),
        process_text=_process(facts),
        mode_text=_mode(facts),
        result_text=_result(facts),
    )


def told(talks: Iterable[Talk], longest: int = LIMIT) -> tuple[str, ...]:
    """Tell contacts in the order of time, a sentence each; personal numbers are masked."""
    return tuple(_talk(talk, longest) for talk in sorted(talks, key=lambda talk: talk.on))


def _time(facts: FeedbackFacts) -> str:
    said = [f"{moments.show_long(facts.received_on)}收到投诉"]
    if facts.first_contact_on is not None:
        said.append(f"{_when(facts, facts.first_contact_on)}首次联系消费者")
    if facts.ended_on is not None:
        said.append(f"{_when(facts, facts.ended_on)}办结{_took(facts)}")
        passed = "已" if facts.ended_on > facts.due_on else "未"
        said.append(f"{passed}超过{moments.show_long(facts.due_on)}的期限")
    return "，".join(said) + "。"


def _when(facts: FeedbackFacts, day: date) -> str:
    return "当日" if day == facts.received_on else moments.show_long(day)


def _took(facts: FeedbackFacts) -> str:
    if facts.ended_on == facts.received_on:
        return ""
    paused = f"（其中鉴定、检测{facts.paused_days}个工作日不计入期限）" if facts.paused_days else ""
    return f"，用时{facts.working_days or '不足1'}个工作日{paused}"


def _process(facts: FeedbackFacts) -> str:
    for longest in _SHORTER:
        composed = _course(facts, longest)
        if len(composed) <= LIMIT:
            return composed
    return _course(facts, 0)[:LIMIT]


def _course(facts: FeedbackFacts, longest: int) -> str:
    """Tell the whole course, each contact with at most so many characters of its own words."""
    course = [*told(facts.talks, longest)]
    if facts.signed_on is not None:
        course.append(f"{_day(facts.signed_on)}双方签订和解协议。")
    return "".join(course) or _sentence(facts.note) or "登记后没有另行记录协商经过。"


def _talk(talk: Talk, longest: int) -> str:
    who = "" if talk.kind is EventKind.MEETING else talk.party.label
    verb = _VERBS.get(talk.kind, talk.kind.label)
    words_ = " ".join(masking.in_text(talk.text).split())
    if len(words_) > longest:
        words_ = words_[:longest].rstrip("，。；、") + "……" if longest else ""
    tail = f"：{words_.rstrip('。；')}" if words_ else ""
    return f"{_day(talk.on)}{verb}{who}{tail}。"


def _mode(facts: FeedbackFacts) -> str:
    ways = (*facts.modes, *(_WAYS[talk.kind] for talk in facts.talks if talk.kind in _WAYS))
    return "、".join(_once(ways)) or "没有记录"


def _result(facts: FeedbackFacts) -> str:
    if facts.outcome is not Outcome.SETTLED:
        known = "已告知消费者可以" if facts.explained else "消费者还可以"
        left = f"{known}{'；'.join(words.REMEDIES[1:])}。" if facts.outcome is Outcome.FAILED else ""
        return _fitted(f"{facts.outcome.label}。{_sentence(facts.note)}{left}")
    agreed = "".join(f"{n}．{clause}" for n, clause in enumerate(facts.clauses, start=1))
    kept = f"履行情况：{facts.performance.label}。" if facts.performance is not Performance.NONE else ""
    rest = f"{_money(facts)}{kept}"
    whole = f"{Outcome.SETTLED.label}。{_signed(facts, agreed)}{rest}"
    return whole if len(whole) <= LIMIT else _fitted(f"{Outcome.SETTLED.label}。{_signed(facts)}{rest}")


def _signed(facts: FeedbackFacts, agreed: str = "") -> str:
    if not facts.agreement_no:
        return _sentence(facts.note)
    return f"消费者（甲方）与商户（乙方）签订和解协议（{facts.agreement_no}）{f'：{agreed}' if agreed else '。'}"


def _money(facts: FeedbackFacts) -> str:
    parts = (("退款", facts.refund), ("赔偿", facts.compensation), ("增加赔偿", facts.punitive))
    paid = [f"{name}{money.show(fen)}元" for name, fen in parts if fen]
    total = sum(fen for _, fen in parts)
    return f"{'，'.join(paid)}，共挽回经济损失{money.show(total)}元。" if paid else ""


def _sentence(note: str) -> str:
    plain = " ".join(masking.in_text(note).split()).rstrip("。")
    return f"{plain}。" if plain else ""


def _fitted(said: str) -> str:
    return said if len(said) <= LIMIT else said[: LIMIT - 2] + "……"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _once(ways: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ways))
