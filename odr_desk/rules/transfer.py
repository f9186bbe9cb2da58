"""A case that came from another body, went to one, or went back: what is entered."""

from dataclasses import dataclass
from datetime import date

from odr_desk.rules.fields import choice, day, text
from odr_desk.rules.labels import Word


class Direction(Word):
    """Which way a case went."""

    IN = "in", "转入"
    OUT = "out", "移送"
    BACK = "back", "退回"


DIVERTED = frozenset({"CH02", "CH03", "CH04", "CH05", "CH11"})
"""Channels on which another body passes a complaint on, and waits to hear what became of it (channels.csv)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDraft:
    """To whom a case is handed, and with what papers."""

    to: str = text("移送给", max_length=100, hint="空着为辖区市场监管部门")
    on: date | None = day("移送日期", hint="空着为今天")
    original_no: str = text("原渠道编号", max_length=60, hint="空着为转来的编号、平台编号")
    reason: str = text("移送原因", max_length=1000, multiline=True, hint="和解不成的可空着，照不成的原因")
    materials: str = text("另附纸质材料", max_length=1000, multiline=True, hint="每行一件；文书和“材料”里的自动列入")
    receiver: str = text("接收人", max_length=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferInDraft:
    """From whom a case came; `answer_by` is the day the slip names for an answer or for giving it back."""

    body: str = text("转来单位", required=True, max_length=100, hint="如 锡山区市场监管局东亭分局")
    on: date | None = day("转来日期", required=True)
    original_no: str = text("原编号", max_length=60, hint="转办单上的编号")
    answer_by: date | None = day("答复期限", hint="转办单写明的，没有就空着")
    reason: str = text("转来原因", max_length=1000, multiline=True)
    materials: str = text("随附材料", max_length=1000, multiline=True, hint="每行一件")
    receiver: str = text("签收人", max_length=50)


class ReturnReason(Word):
    """Why a case goes back to the body that passed it on."""

    NOT_OURS = "not_ours", "不是本场商户"
    NO_SETTLEMENT = "no_settlement", "和解不成"
    OTHER = "other", "其他原因"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnDraft:
    """Why a case goes back, and to whom."""

    reason: ReturnReason | None = choice("退回原因", options=ReturnReason, required=True)
    to: str = text("退回给", max_length=100, hint="空着为转来的单位")
    on: date | None = day("退回日期", hint="空着为今天")
    materials: str = text("退回材料", max_length=1000, multiline=True, hint="每行一件")
    receiver: str = text("接收人", max_length=50)
    text: str = text("情况", required=True, max_length=1000, multiline=True, hint="怎么核实的，写一句")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDraft:
    """The other body has confirmed that it has the case."""

    on: date | None = day("收讫日期", required=True)
    receiver: str = text("接收人", max_length=50)
    number: str = text("对方编号", max_length=60)


def lines(materials: str) -> tuple[str, ...]:
    """Return a list of materials as it was typed, one a line."""
    return tuple(line.strip() for line in materials.splitlines() if line.strip())
