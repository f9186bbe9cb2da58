"""消费投诉登记回执: what the consumer takes home when a complaint has been written down."""

from dataclasses import dataclass
from datetime import date

from odr_desk.papers.checking import Check, done, look
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
    Words,
)
from odr_desk.papers.facts import fact, several
from odr_desk.papers.matter import Host, Matter, matter_checks, number_pairs, party_pairs, story
from odr_desk.papers.wording import long_day, or_gap
from odr_desk.rules import words

CODE = "registration_receipt"
TITLE = "消费投诉登记回执"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All this paper needs; `result_due` only where a date is promised for the result."""

    number: str = fact("编号")
    matter: Matter
    host: Host
    first_asked_by: str = fact("首问人")
    handler: str = fact("承办人")
    registered_on: date | None = None
    answer_due: date | None = None
    answer_basis: str = fact("首次答复依据")
    result_due: date | None = None
    materials: tuple[str, ...] = several("已收材料")
    keep_years: int = 3


def build(facts: Facts) -> Content:
    """Return what the receipt says."""
    host = facts.host
    rows = (
        *party_pairs(facts.matter),
        *number_pairs(facts.matter),
        Pair("登记日期", long_day(facts.registered_on) if facts.registered_on else Gap("登记日期", 8)),
        Pair("首问人", or_gap(facts.first_asked_by, "首问人", 6)),
        Pair("承办人", or_gap(facts.handler, "承办人", 6)),
        Pair("联系电话", or_gap(host.phone, "投诉电话")),
    )
    materials = "；".join(f"{place}．{name}" for place, name in enumerate(facts.materials, start=1))
    blocks: tuple[Block, ...] = (
        Pairs(rows),
        Heading("一、登记事项"),
        *story(facts.matter),
        Para(f"已收材料：{materials}。" if materials else "已收材料：无。"),
        Heading("二、答复日期"),
        Para(_promise(facts)),
        Heading("三、您可以选择的途径"),
        Para(f"依照{words.CONSUMER_LAW_39}，发生消费争议时您可以："),
        Clauses(tuple(f"{remedy}。" for remedy in words.REMEDIES)),
        Signatures(
            (
                Signer(party="登记单位", name=host.name, lines=("经办人签名",), seal="（盖售后服务专用章）"),
                Signer(party="投诉人", name=facts.matter.consumer),
            )
        ),
        Note(_privacy(facts)),
    )
    return Content(TITLE, facts.number, blocks)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Return what is looked at before the receipt is printed."""
    found = list(matter_checks(facts.matter))
    if facts.answer_due is None:
        found.append(look("received_at", "首次答复日期没有填写", "请核对收到时间和期限规则"))
    elif _is_late(facts):
        day = long_day(facts.answer_due)
        found.append(look("received_at", f"登记时首次答复期限 {day} 已过", "补录的件照印；收到时间不对请先改"))
    return (*found,) or (done("", "当事人、请求和答复日期齐全"),)


def _is_late(facts: Facts) -> bool:
    """Tell whether the complaint was written down only after it had to be answered, as a paper slip may be."""
    return bool(facts.answer_due and facts.registered_on and facts.answer_due < facts.registered_on)


def _promise(facts: Facts) -> Words:
    basis = f"（{facts.answer_basis}）" if facts.answer_basis else ""
    day = long_day(facts.answer_due) if facts.answer_due else Gap("首次答复日期", 8)
    result = f"，协商结果于{long_day(facts.result_due)}前告知您" if facts.result_due else ""
    if _is_late(facts):
        return ("首次答复的期限为", day, f"{basis}{result}。处理期间有疑问，请凭本回执编号联系承办人。")
    return ("我们最迟于", day, f"首次答复您{basis}{result}。处理期间有疑问，请凭本回执编号联系承办人。")


def _privacy(facts: Facts) -> str:
    return (
        "个人信息说明：登记的姓名、联系方式等只用于处理本次投诉，为此告知被投诉商户，并依法提供给有关部门；"
        f"自结案之日起保存 {facts.keep_years} 年，期满删除。您可以到服务台查询、更正，或者要求删除。"
    )
