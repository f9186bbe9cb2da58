"""消费投诉退回函: gives a complaint back to the body that passed it on, and says why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from odr_desk.papers.checking import Check, done, look, must
from odr_desk.papers.content import Block, Clauses, Content, Gap, Heading, Pair, Pairs, Para, Signatures, Signer
from odr_desk.papers.facts import fact, several
from odr_desk.papers.matter import Host, Matter, matter_checks, number_pairs, party_pairs
from odr_desk.papers.wording import article, long_day, or_gap

CODE = "return_letter"
TITLE = "消费投诉退回函"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All this paper needs; `answer_by` is the day by which the complaint had to be answered or given back."""

    number: str = fact("编号")
    to: str = fact("主送单位")
    sent_on: date | None = None
    original_number: str = fact("原编号")
    came_on: date | None = None
    answer_by: date | None = None
    matter: Matter
    host: Host
    cause: str = fact("退回原因")
    reason: str = fact("核实情况")
    materials: tuple[str, ...] = several("退回材料")
    contact: str = fact("联系人")


def build(facts: Facts) -> Content:
    """Return what the letter says."""
    host, matter = facts.host, facts.matter
    came = long_day(facts.came_on) if facts.came_on else Gap("转来日期", 8)
    blocks: tuple[Block, ...] = (
        Para((or_gap(facts.to, "主送单位", 14), "："), indent=False),
        Para(("你单位于", came, f"转来的下列消费投诉，经{host.name or '本商场'}核实，现予退回，请依法处理。")),
        Pairs((*party_pairs(matter), *_numbers(facts))),
        Heading("一、投诉内容"),
        Para((article(matter.facts) if matter.facts else Gap("投诉内容没有记录", 24),)),
        Heading("二、退回原因"),
        Para((or_gap(facts.cause, "退回原因", 10), "。", article(facts.reason) if facts.reason else "")),
        Heading("三、退回材料"),
        Clauses(tuple(article(name) for name in facts.materials)) if facts.materials else Para("无。"),
        Signatures(
            (
                Signer(party="退回单位", name=host.name, lines=("经办人签名",), seal="（盖公章）"),
                Signer(party="接收单位", name=facts.to, lines=("接收人签名",), seal="（盖章）"),
            )
        ),
    )
    return Content(TITLE, facts.number, blocks)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Return what is looked at before the letter is printed."""
    found = list(matter_checks(facts.matter))
    if not facts.to.strip():
        found.append(must("to", "主送单位没有填写", "请填写退回给哪个单位"))
    if not facts.cause.strip() or not facts.reason.strip():
        found.append(must("reason", "退回原因没有填写", "请写明为什么退回、怎么核实的"))
    if facts.answer_by is not None and facts.sent_on is not None and facts.sent_on > facts.answer_by:
        found.append(look("sent_on", f"退回已过期限 {facts.answer_by}", "请同时向转来的单位说明"))
    return (*found,) or (done("", "主送单位、原因和期限齐全"),)


def _numbers(facts: Facts) -> Iterator[Pair]:
    yield from number_pairs(facts.matter)
    yield Pair("投诉件编号", or_gap(facts.matter.case_number, "投诉件编号"))
    if facts.original_number and facts.original_number not in {
        facts.matter.platform_number,
        facts.matter.case_number,
    }:
        yield Pair("原编号", facts.original_number)
    yield Pair("退回日期", long_day(facts.sent_on) if facts.sent_on else Gap("退回日期", 8))
    if facts.answer_by:
        yield Pair("答复期限", long_day(facts.answer_by))
    yield Pair("联系人", or_gap(facts.contact, "联系人", 6))
    yield Pair("联系电话", or_gap(facts.host.phone, "投诉电话"))
