"""交接班单: what the next shift takes over. An internal sheet without a number of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from odr_desk.papers.checking import Check, done
from odr_desk.papers.content import Block, Content, Heading, Note, Para, Signatures, Signer, Table
from odr_desk.papers.facts import fact, texts
from odr_desk.papers.glyphs import LACKED

CODE = "shift_sheet"
TITLE = "交接班单"
VERSION = 1
_NONE = "没有。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One case in hand."""

    number: str = fact("编号")
    parties: str = fact("双方")
    left: str = fact("还剩")
    state: str = fact("进度")
    next_step: str = fact("下一步")
    handler: str = fact("承办")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """One promise that was noted today."""

    number: str = fact("编号")
    until: str = fact("到哪天")
    words: str = fact("承诺")
    noted_by: str = fact("记录人")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Who is to get in touch with whom, and when."""

    day: str = fact("日期")
    handler: str = fact("承办")
    whom: str = fact("联系谁")
    what: str = fact("做什么")
    number: str = fact("编号")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One case on which something happened today."""

    number: str = fact("编号")
    parties: str = fact("双方")
    what: str = fact("今天的变动")
    by: str = fact("谁")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All this sheet needs; each list is in the order in which it is read."""

    host: str = fact("服务台")
    whom: str = fact("谁的件")
    at: str = fact("时间")
    by: str = fact("交班人")
    counted: str = fact("在办")
    left_out: str = fact("没有列出的")
    opened: tuple[Open, ...] = ()
    promised: tuple[Promised, ...] = ()
    calls: tuple[Call, ...] = ()
    moved: tuple[Moved, ...] = ()


def build(facts: Facts) -> Content:
    """Return what the sheet says."""
    blocks: tuple[Block, ...] = (
        Para(f"{facts.host}，{facts.whom}。{facts.counted}", indent=False),
        Heading("一、在办的件，按急缓"),
        *_table(
            ("编号", "双方", "还剩", "进度", "下一步", "承办"),
            tuple((o.number, o.parties, o.left, o.state, o.next_step, o.handler) for o in facts.opened),
            (8, 18, 11, 15, 22, 9),
        ),
        *([Para(facts.left_out, indent=False)] if facts.left_out else []),
        Heading("二、今天作出的承诺"),
        *_table(
            ("编号", "到哪天", "承诺", "记录人"),
            tuple((p.number, p.until, p.words, p.noted_by) for p in facts.promised),
            (8, 14, 48, 10),
        ),
        Heading("三、接下来谁联系谁"),
        *_table(
            ("日期", "承办", "联系谁", "做什么", "编号"),
            tuple((c.day, c.handler, c.whom, c.what, c.number) for c in facts.calls),
            (14, 10, 26, 24, 8),
        ),
        Heading("四、今天的变动"),
        *_table(
            ("编号", "双方", "今天的变动", "谁"),
            tuple((m.number, m.parties, m.what, m.by) for m in facts.moved),
            (8, 20, 42, 10),
        ),
        Signatures((Signer(party="交班", name=facts.by), Signer(party="接班", name=""))),
        Note("内部交接用，电话已遮盖；不作文书编号，不归入投诉件卷宗。" + _lacking(facts)),
    )
    return Content(TITLE, "", blocks, aside=facts.at)


def checks(facts: Facts) -> tuple[Check, ...]:
    """Return that nothing has to be mended: what stands here was checked where it was entered."""
    return (done("", f"共 {len(facts.opened)} 件"),)


def _lacking(facts: Facts) -> str:
    lacking = any(LACKED in text for _path, _label, text in texts(facts))
    return f"{LACKED} 是字库没有的字，请看投诉件原文。" if lacking else ""


def _table(headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...]) -> Iterator[Block]:
    yield Table(headings, rows, widths) if rows else Para(_NONE, indent=False)
