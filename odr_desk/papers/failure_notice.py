"""和解不成告知书: tells the consumer that no settlement was reached and which ways remain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from odr_desk.papers.checking import Check, done, foreign_words, look
from odr_desk.papers.content import Block, Clauses, Content, Gap, Heading, Note, Pairs, Para, Signatures, Signer
from odr_desk.papers.facts import fact, several
from odr_desk.papers.matter import Host, Matter, matter_checks, number_pairs, party_pairs, story
from odr_desk.papers.wording import article, long_day
from odr_desk.rules import words

CODE = "failure_notice"
TITLE = "和解不成告知书"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All this paper needs; `process` tells the steps in order, each with its day."""

    number: str = fact("编号")
    matter: Matter
    host: Host
    process: tuple[str, ...] = several("协商经过")
    reason: str = fact("不成原因")
    handed_to: str = fact("移送单位")
    handed_on: date | None = None


def build(facts: Facts) -> Content:
    """Return what the notice says."""
    host, matter = facts.host, facts.matter
    steps = tuple(article(step) for step in facts.process)
    blocks: tuple[Block, ...] = (
        Para(f"{matter.consumer or '投诉人'}：", indent=False),
        Para(f"您提出的消费投诉，经{host.name or '商场'}组织双方协商，未能达成和解，现将有关情况告知如下。"),
        Pairs((*party_pairs(matter), *number_pairs(matter))),
        Heading("一、投诉事项"),
        *story(matter),
        Heading("二、协商经过"),
        Clauses(steps or ((Gap("协商经过没有记录", 24),),)),
        Heading("三、未能和解的原因"),
        Para((article(facts.reason) if facts.reason else Gap("原因没有记录", 24),)),
        Heading("四、您还可以选择的途径"),
        Para(f"依照{words.CONSUMER_LAW_39}，您还可以："),
        Clauses(tuple(f"{remedy}。" for remedy in words.REMEDIES if remedy != words.SETTLE)),
        *_where(facts),
        Signatures(
            (
                Signer(party="告知单位", name=host.name, lines=("经办人签名",), seal="（盖售后服务专用章）"),
                Signer(party="投诉人", name=matter.consumer, lines=("收到人签名",)),
            )
        ),
        Note("说明：本告知书只说明协商没有达成一致，不是对争议是非的认定，不影响您依法主张权利。"),
    )
    return Content(TITLE, facts.number, blocks)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Return what is looked at before the notice is printed."""
    found = list(matter_checks(facts.matter))
    if not facts.process:
        found.append(look("timeline", "协商经过没有填写", "请从进展里选出联系和调解的记录"))
    if not facts.reason.strip():
        found.append(look("reason", "不成原因没有填写", "请写明双方差在哪里"))
    complete = () if found else (done("", "事项、经过和原因齐全"),)
    return (*found, *complete, *foreign_words([("reason", "不成原因", facts.reason)]))


def _where(facts: Facts) -> Iterator[Para]:
    regulator = f"；本商场由{facts.host.regulator}管辖" if facts.host.regulator else ""
    yield Para(
        f"向市场监督管理部门投诉，可以拨打 12315 或者登录全国12315平台{regulator}。依照{words.COMPLAINT_RULE_16}，"
        "自知道或者应当知道权益受到侵害之日起超过三年的，不予受理。"
    )
    if facts.handed_to:
        day = long_day(facts.handed_on) if facts.handed_on else Gap("移送日期", 8)
        yield Para(("本件材料已于", day, f"移送{facts.handed_to}。"))
