"""消费投诉移送函: hands a complaint over to the regulator, with its materials counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from odr_desk.papers.checking import Check, done, look, must
from odr_desk.papers.content import Block, Content, Gap, Heading, Pair, Pairs, Para, Signatures, Signer, Table
from odr_desk.papers.facts import fact
from odr_desk.papers.matter import Host, Matter, matter_checks, number_pairs, party_pairs, story
from odr_desk.papers.wording import article, long_day, or_gap

CODE = "transfer_letter"
TITLE = "消费投诉移送函"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One enclosure."""

    name: str = fact("材料名称")
    copies: int = 1
    pages: int | None = None
    note: str = fact("材料备注")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All this paper needs; `told_on` is the day on which the consumer was told of the hand-over."""

    number: str = fact("编号")
    to: str = fact("主送单位")
    sent_on: date | None = None
    original_number: str = fact("原渠道编号")
    matter: Matter
    host: Host
    work_done: str = fact("已做工作")
    reason: str = fact("移送原因")
    told_on: date | None = None
    materials: tuple[Material, ...] = ()
    contact: str = fact("联系人")


def build(facts: Facts) -> Content:
    """Return what the letter says."""
    host, matter = facts.host, facts.matter
    blocks: tuple[Block, ...] = (
        Para((or_gap(facts.to, "主送单位", 14), "："), indent=False),
        Para(f"{host.name or '本商场'}收到的下列消费投诉，现连同材料移送你单位，请依法处理。"),
        Pairs((*party_pairs(matter), *_more(facts))),
        Heading("一、投诉内容"),
        *story(matter),
        Heading("二、已做工作"),
        Para((article(facts.work_done) if facts.work_done else Gap("已做工作没有记录", 24),)),
        Heading("三、移送原因"),
        Para((article(facts.reason) if facts.reason else Gap("移送原因没有写", 24),)),
        *_told(facts),
        Heading("四、移送材料"),
        *_enclosed(facts.materials),
        Signatures(
            (
                Signer(party="移送单位", name=host.name, lines=("经办人签名",), seal="（盖公章）"),
                Signer(party="接收单位", name=facts.to, lines=("接收人签名",), seal="（盖章）"),
            )
        ),
    )
    return Content(TITLE, facts.number, blocks)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Return what is looked at before the letter is printed."""
    found = list(matter_checks(facts.matter))
    if not facts.to.strip():
        found.append(must("to", "主送单位没有填写", "请填写移送给哪个单位"))
    if not facts.reason.strip():
        found.append(must("reason", "移送原因没有填写", "请写明为什么移送"))
    if not facts.materials:
        found.append(look("materials", "没有移送材料", "投诉登记和协商记录一般都要附上"))
    if facts.told_on is None:
        found.append(look("told_on", "没有记录已告知投诉人", "移送个人信息前请先告知投诉人"))
    return (*found,) or (done("", "主送单位、原因和材料齐全"),)


def _more(facts: Facts) -> Iterator[Pair]:
    matter = facts.matter
    if matter.uscc:
        yield Pair("统一社会信用代码", matter.uscc)
    if matter.merchant_phone:
        yield Pair("商户电话", matter.merchant_phone)
    yield from number_pairs(matter)
    yield Pair("投诉件编号", or_gap(matter.case_number, "投诉件编号"))
    if facts.original_number and facts.original_number not in {matter.platform_number, matter.case_number}:
        yield Pair("原渠道编号", facts.original_number)
    yield Pair("移送日期", long_day(facts.sent_on) if facts.sent_on else Gap("移送日期", 8))
    yield Pair("联系人", or_gap(facts.contact, "联系人", 6))
    yield Pair("联系电话", or_gap(facts.host.phone, "投诉电话"))


def _told(facts: Facts) -> Iterator[Para]:
    if facts.told_on:
        yield Para(f"本次移送已于{long_day(facts.told_on)}告知投诉人。")


def _enclosed(materials: tuple[Material, ...]) -> Iterator[Block]:
    if not materials:
        yield Para("无。")
        return
    rows = tuple(
        (str(place), each.name, str(each.copies), "" if each.pages is None else str(each.pages), each.note)
        for place, each in enumerate(materials, start=1)
    )
    copies, pages = sum(each.copies for each in materials), sum((each.pages or 0) * each.copies for each in materials)
    yield Table(("序号", "材料", "份数", "页数", "备注"), rows, (1.2, 6, 1.2, 1.2, 2.4), right=(2, 3))
    counted = "" if all(each.pages for each in materials) else "写明页数的 "
    yield Para(f"共 {len(materials)} 件 {copies} 份" + (f"，{counted}{pages} 页。" if pages else "。"))
