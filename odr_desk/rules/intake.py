"""What the desk is reminded of while a complaint is taken down; nothing of it keeps a case from being registered."""

from collections.abc import Iterator
from dataclasses import dataclass

from odr_desk.rules.case import ODR_CHANNELS, AgeBand, CaseDraft, IdKind
from odr_desk.rules.identity import id_card_problem
from odr_desk.rules.severity import grave_because

MINORS = frozenset({AgeBand.MINOR, AgeBand.UNDER_14})


@dataclass(frozen=True, slots=True)
class Remark:
    """One reminder, and the field it is about."""

    field: str
    text: str


def remarks(draft: CaseDraft, recent_on_merchant: int) -> tuple[Remark, ...]:
    """Return what to look at; `recent_on_merchant` counts its complaints of seven days, this one included."""
    return tuple(_remarks(draft, recent_on_merchant))


def _remarks(draft: CaseDraft, recent: int) -> Iterator[Remark]:
    if draft.age_band in MINORS and not draft.guardian.strip():
        yield Remark("guardian", "消费者未成年，还没有写监护人：协议要由监护人签名")
    if draft.age_band is AgeBand.UNDER_14 and draft.privacy_notice_at is None:
        words = "不满十四周岁：个人信息要监护人同意（个人信息保护法第三十一条），请告知并记下时间"
        yield Remark("privacy_notice_at", words)
    if draft.agent.strip() and not draft.agent_letter:
        yield Remark("agent_letter", f"{draft.agent.strip()}代为办理，还没有收到授权委托书（总局令第 121 号第十一条）")
    is_id_card = (draft.id_type or IdKind.ID_CARD) is IdKind.ID_CARD
    if is_id_card and (wrong := id_card_problem(draft.id_no)):
        yield Remark("id_no", f"{wrong}；协议上要印这个号码")
    if draft.channel in ODR_CHANNELS and not draft.platform_no.strip():
        yield Remark("platform_no", "平台转来的还没有写平台编号，反馈时要用")
    if draft.level is None and (because := grave_because(draft, recent)):
        yield Remark("level", f"按重大事件登记：{'、'.join(because)}。不是的话，在“事件级别”里改")
