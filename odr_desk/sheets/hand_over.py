"""The two workbooks of a hand-over: the case fact by fact, and the list of what is enclosed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from odr_desk.rules import money
from odr_desk.rules.columns import Column
from odr_desk.rules.moments import show_long
from odr_desk.sheets import table
from odr_desk.sheets.writing import Written

FACTS_TITLE = "投诉件信息"
INDEX_TITLE = "材料目录"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """What the regulator takes over about a case, under the names of its form 投诉登记表."""

    case_no: str
    platform_no: str
    original_no: str
    channel: str
    received_on: date
    consumer: str
    phone: str
    address: str
    agree_publish: bool
    agree_delegate: bool
    merchant: str
    uscc: str
    counter: str
    merchant_contact: str
    merchant_phone: str
    product: str
    category: str
    amount: int | None
    purchase_date: date | None
    problem: str
    facts: str
    request: str
    work_done: str
    reason: str
    explained_on: date | None
    to: str
    sent_on: date
    letter_no: str
    materials: int
    contact: str
    contact_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """One file of the package, or what goes along on paper."""

    kind: str
    name: str
    file: str = ""
    party: str = ""
    pages: int | None = None
    on: date | None = None
    sha256: str = ""
    original: str = ""


FACTS: tuple[Column[HandedOver], ...] = (
    Column("投诉件编号", lambda case: case.case_no),
    Column("平台编号", lambda case: case.platform_no),
    Column("原渠道编号", lambda case: case.original_no),
    Column("来源", lambda case: case.channel),
    Column("收到日期", lambda case: case.received_on),
    Column("投诉人", lambda case: case.consumer),
    Column("联系电话", lambda case: case.phone),
    Column("联系地址", lambda case: case.address),
    Column("是否同意公示", lambda case: case.agree_publish),
    Column("是否同意委托调解", lambda case: case.agree_delegate),
    Column("被投诉商户", lambda case: case.merchant),
    Column("统一社会信用代码", lambda case: case.uscc),
    Column("柜位", lambda case: case.counter),
    Column("商户联系人", lambda case: case.merchant_contact),
    Column("商户电话", lambda case: case.merchant_phone),
    Column("商品或服务", lambda case: case.product),
    Column("商品服务类别", lambda case: case.category),
    Column("涉及金额（元）", lambda case: case.amount, money.show),
    Column("购买日期", lambda case: case.purchase_date),
    Column("投诉问题", lambda case: case.problem),
    Column("事实依据", lambda case: case.facts),
    Column("投诉请求", lambda case: case.request),
    Column("已做工作", lambda case: case.work_done),
    Column("移送原因", lambda case: case.reason),
    Column("已告知投诉人", lambda case: case.explained_on),
    Column("移送单位", lambda case: case.to),
    Column("移送日期", lambda case: case.sent_on),
    Column("移送函编号", lambda case: case.letter_no),
    Column("材料件数", lambda case: case.materials),
    Column("联系人", lambda case: case.contact),
    Column("联系人电话", lambda case: case.contact_phone),
)

SHEET: tuple[Column[tuple[Column[HandedOver], HandedOver]], ...] = (
    Column("项目", lambda line: line[0].heading, width=20),
    Column("内容", lambda line: _said(*line), width=66),
)

INDEX: tuple[Column[tuple[int, Enclosed]], ...] = (
    Column("序号", lambda line: line[0], width=6, align="right"),
    Column("类别", lambda line: line[1].kind, width=10),
    Column("材料", lambda line: line[1].name, width=34),
    Column("文件", lambda line: line[1].file, width=40),
    Column("提供方", lambda line: line[1].party, width=10),
    Column("页数", lambda line: line[1].pages, width=6, align="right"),
    Column("日期", lambda line: line[1].on, width=12),
    Column("本文件 SHA-256", lambda line: line[1].sha256, width=34),
    Column("存档原件 SHA-256", lambda line: line[1].original, width=34),
)


def save_facts(path: Path, case: HandedOver) -> Written:
    """Write one fact to a line: beside one another thirty of them cannot be read on a page."""
    lines = [(fact, case) for fact in FACTS]
    note = f"{case.to} · {show_long(case.sent_on)}移送"
    return table.prepare(path, FACTS_TITLE, SHEET, lines, note=note, upright=True).put()


def save_index(path: Path, entries: Sequence[Enclosed], note: str) -> Written:
    """Write the list of what is enclosed."""
    return table.prepare(path, INDEX_TITLE, INDEX, list(enumerate(entries, start=1)), note=note).put()


def _said(fact: Column[HandedOver], case: HandedOver) -> str | None:
    value = fact.value(case)
    return None if value is None else fact.show(value)
