"""消费纠纷调解笔录: what was said at one sitting, read and signed by all present.

What a side would at most accept is no fact of this paper: it is told to the mediator alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from odr_desk.papers.checking import Check, done, foreign_words, look, must
from odr_desk.papers.content import Block, Content, Gap, Heading, Pair, Pairs, Para, Signatures, Signer, Table
from odr_desk.papers.facts import fact
from odr_desk.papers.matter import Host, Matter
from odr_desk.papers.wording import article, long_day, or_gap

CODE = "mediation_record"
TITLE = "消费纠纷调解笔录"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody present, for which side and as what."""

    name: str = fact("参加人姓名")
    side: str = fact("参加人所属一方")
    role: str = fact("参加人身份")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one side said."""

    speaker: str = fact("陈述人")
    words: str = fact("陈述")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All this paper needs; `informed` tells that the rights were read to both sides."""

    number: str = fact("编号")
    matter: Matter
    host: Host
    held_on: date | None = None
    begins: str = fact("开始时间")
    ends: str = fact("结束时间")
    mode: str = fact("调解方式")
    place: str = fact("调解地点")
    recorder: str = fact("记录人")
    present: tuple[Person, ...] = ()
    informed: bool = False
    statements: tuple[Statement, ...] = ()
    opinion: str = fact("调解意见")
    outcome: str = fact("调解结果")


def build(facts: Facts) -> Content:
    """Return what the record says."""
    host, matter = facts.host, facts.matter
    blocks: tuple[Block, ...] = (
        Pairs(tuple(_frame(facts))),
        *_present(facts.present),
        Heading("一、告知事项"),
        Para(
            "主持人告知：协商以自愿为原则，任何一方可以不同意，也可以随时退出；认为主持人与本件有利害关系的，可以要求更换；"
            "可以要求补正笔录；不收取费用。"
        ),
        Para(
            "双方表示：已经听清，同意继续，不要求更换主持人。"
            if facts.informed
            else ("双方表示：", Gap("是否听清", 16))
        ),
        Heading("二、双方陈述"),
        *_statements(facts),
        Heading("三、调解意见"),
        Para((article(facts.opinion) if facts.opinion else Gap("调解意见", 24),)),
        Heading("四、结果"),
        Para((article(facts.outcome) if facts.outcome else Gap("结果", 24),)),
        Para("以上笔录经参加人阅读或者向其宣读，与所述一致。"),
        Signatures(
            (
                Signer(party="消费者", name=matter.consumer),
                Signer(party="商户", name=matter.merchant, lines=("参加人签名",)),
                Signer(party="主持人", name=host.mediator),
                Signer(party="记录人", name=facts.recorder),
            )
        ),
    )
    return Content(TITLE, facts.number, blocks)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Return what is looked at before the record is printed."""
    found: list[Check] = []
    if facts.held_on is None:
        found.append(must("held_at", "调解时间没有填写", "请填写日期和时间"))
    if not facts.present:
        found.append(must("present", "参加人没有填写", "请写明双方谁到场"))
    if not facts.informed:
        found.append(look("informed", "没有记录已告知权利", "请先告知自愿、可以退出、可以要求更换主持人"))
    if not facts.statements:
        found.append(look("statements", "双方陈述没有填写", "可以先打印，当面补写"))
    complete = () if found else (done("", "时间、参加人、告知和陈述齐全"),)
    own = [("opinion", "调解意见", facts.opinion), ("outcome", "调解结果", facts.outcome)]
    return (*found, *complete, *foreign_words(own))


def _frame(facts: Facts) -> Iterator[Pair]:
    until = f"至 {facts.ends}" if facts.ends else ""
    when = f"{long_day(facts.held_on)} {facts.begins}{until}".strip() if facts.held_on else Gap("调解时间", 14)
    yield Pair("时间", when)
    yield Pair("方式", or_gap(facts.mode, "现场、电话…", 6))
    yield Pair("地点", or_gap(facts.place, "调解地点"))
    yield Pair("主持人", or_gap(facts.host.mediator, "主持人", 6))
    yield Pair("记录人", or_gap(facts.recorder, "记录人", 6))
    yield Pair("投诉件编号", or_gap(facts.matter.case_number, "投诉件编号"))
    yield Pair("纠纷", _dispute(facts.matter))


def _dispute(matter: Matter) -> str:
    consumer, merchant = matter.consumer or "消费者", matter.merchant or "商户"
    return f"{consumer}与{merchant}因{matter.product or '商品或者服务'}发生的消费纠纷"


def _present(people: tuple[Person, ...]) -> Iterator[Table]:
    if people:
        rows = tuple((each.name, each.side, each.role) for each in people)
        yield Table(("参加人", "所属一方", "身份"), rows, (2, 2, 3))


def _statements(facts: Facts) -> Iterator[Para]:
    for each in facts.statements:
        yield Para(f"{each.speaker}：{article(each.words)}")
    if not facts.statements:
        yield Para(("消费者：", Gap("消费者陈述", 24)))
        yield Para(("商户：", Gap("商户陈述", 24)))
