"""What may stand in the timeline of a case."""

from dataclasses import dataclass
from datetime import datetime

from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import choice, moment, text
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import check


class EventKind(Word):
    """Kinds of entry; the first six are written by people (port contract), the rest by the program."""

    CALL = "call", "电话"
    VISIT = "visit", "到店"
    WECHAT = "wechat", "微信"
    LETTER = "letter", "书面"
    MEETING = "meeting", "三方调解"
    NOTE = "note", "记事"
    REGISTERED = "registered", "登记"
    STATE = "state", "进度"
    ASSIGNED = "assigned", "分派"
    CHANGED = "changed", "资料"
    NEXT_STEP = "next_step", "下一步"
    AGREEMENT = "agreement", "协议"
    DUTY = "duty", "履行"
    DOCUMENT = "document", "文书"
    FEEDBACK = "feedback", "反馈平台"
    TRANSFER = "transfer", "移送"
    REVISIT = "revisit", "回访"
    EVIDENCE = "evidence", "材料"
    DEADLINE = "deadline", "期限"
    UNDONE = "undone", "撤销"
    MERGED = "merged", "合并"


WRITTEN = (
    EventKind.CALL,
    EventKind.VISIT,
    EventKind.WECHAT,
    EventKind.LETTER,
    EventKind.MEETING,
    EventKind.NOTE,
)
CONTACT = frozenset(WRITTEN) - {EventKind.NOTE}


class Party(Word):
    """With whom, or by whom."""

    CONSUMER = "consumer", "消费者"
    MERCHANT = "merchant", "商户"
    BOTH = "both", "双方"
    REGULATOR = "regulator", "监管部门"
    PLATFORM = "platform", "平台"
    DESK = "desk", "服务台"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """One entry as the clerk writes it."""

    kind: EventKind = choice("方式", options=EventKind, among=WRITTEN, required=True)
    party: Party = choice("对方", options=Party, required=True)
    text: str = text("记录", required=True, max_length=4000, multiline=True)
    at: datetime | None = moment("时间")


def in_a_line(kind: EventKind, words: str) -> str:
    """Return the words of an entry with its kind before them, unless they begin with that themselves."""
    return words if words.startswith(kind.label) else f"{kind.label} {words}".strip()


def check_event(draft: EventDraft) -> None:
    """Raise Invalid unless a person may write this entry."""
    check(draft)
    if draft.kind not in WRITTEN:
        known = "、".join(f"{kind.value} {kind.label}" for kind in WRITTEN)
        raise Invalid.of("kind", f"“{draft.kind.label}”由程序自己记，可选：{known}")
