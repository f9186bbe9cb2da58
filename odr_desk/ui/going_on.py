"""Where a draft is gone on with: on which page, and what is to be pressed there for the words to come back."""

from dataclasses import dataclass

from odr_desk.services import drafts
from odr_desk.services.drafts import Waiting

_AT_CASE = {
    drafts.OFFER: ("sittings", "在“各方方案”里"),
    drafts.ANSWER: ("sittings", "在“各方方案”里"),
    drafts.BOTTOM: ("sittings", "点“显示”打开各方底线"),
    drafts.MOVED: ("sittings", "点那次预约的“改时间”"),
    drafts.CALLING_OFF: ("sittings", "点那次预约的“取消”"),
    drafts.LABEL: ("evidence", "选那件材料"),
    drafts.TAKING_OUT: ("evidence", "选那件材料，点“拿掉”"),
}
_IN_SETTINGS = {
    drafts.CODE: ("codes", "点“新增”或“改名”"),
    drafts.SCRIPT: ("scripts", "选那一类问题"),
    drafts.RULE: ("deadlines", "选那条规则，点“换新规则”"),
    drafts.WITHDRAWING: ("deadlines", "选那条待生效的规则，点“撤回”"),
    drafts.NOTICE: ("calendar", "点“录入一年”"),
    drafts.MALL: ("mall", "就在这张表里"),
}
_OF_NO_CASE = frozenset({drafts.INTAKE, drafts.MERCHANT, drafts.MODULE, *_IN_SETTINGS})


@dataclass(frozen=True, slots=True)
class Place:
    """A page with what to show on it; `how` says what is to be pressed there, nothing where the form opens itself."""

    page: str
    record: object
    how: str = ""


def place(one: Waiting) -> Place:
    """Return where this draft is gone on with."""
    if one.kind in _IN_SETTINGS:
        return Place("settings", *_IN_SETTINGS[one.kind])
    match one.kind:
        case drafts.AGREEMENT:
            return Place("agreements", {"draft": one.subject})
        case drafts.MERCHANT:
            return Place("merchants", {"change": one.subject} if one.subject else "new")
        case drafts.MODULE:
            return Place("settings", {"module": one.subject})
    return _beside(one) or Place("cases", {"draft": (one.kind, one.subject)})


def _beside(one: Waiting) -> Place | None:
    """Return where a dialog over papers or agreements is opened again; None for what belongs to its case."""
    about, _, rest = one.subject.partition("/")
    match one.kind:
        case drafts.VOIDING_PAPER:
            return Place("papers", {"case": about}, "点“作废重出…”")
        case drafts.ADVANCING:
            return Place("agreements", {"case": about}, "点“申请先行赔付…”")
        case drafts.VOIDING_AGREEMENT:
            return Place("agreements", {"agreement": about}, "点“作废…”")
        case drafts.PERFORMING | drafts.WAIVING | drafts.TAKING_BACK:
            return Place("agreements", {"case": about}, f"在第 {rest.partition('/')[0]} 项点“{one.title}”")
        case drafts.REFUSING | drafts.PAYING | drafts.NOTIFYING | drafts.RECOVERING:
            return Place("agreements", {"part": "advances"}, f"选 {about}，点“{one.title}”")
    return None


def tab_of(kind: str) -> tuple[str, str] | None:
    """Return the tab of its case behind which a draft is, and what leads to it there; None where a form opens."""
    return _AT_CASE.get(kind)


def led(how: str) -> str:
    """Return what is said to whom has been led there."""
    return f"写过的字还在，{how}接着写"


def about(one: Waiting) -> str:
    """Return the short number of the record that a draft is about, nothing for what is about none."""
    return "" if one.kind in _OF_NO_CASE else one.subject.partition("/")[0].rsplit("-", 1)[-1]
