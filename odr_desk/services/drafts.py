"""What was typed and not yet registered: on disk within a second, and back after a crash as it was."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from sqlalchemy import select

from odr_desk.model.people import Draft
from odr_desk.rules.errors import Missing
from odr_desk.rules.fields import without_unseen
from odr_desk.store import steps
from odr_desk.store.database import Work

INTAKE = "intake"
LOG = "log"
SITTING = "sitting"
FIELDS = "fields"
CLOSING = "closing"
FEEDBACK = "feedback"
REVISIT = "revisit"
FAILING = "failing"
EXPLAINING = "explaining"
HANDING_OVER, TAKING_IN, GIVING_BACK = "handing_over", "taking_in", "giving_back"
REWRITING = "rewriting"
"""An entry of the timeline that is being changed; its subject is the case's number, a stroke, the entry's number."""
POINTS, APPOINTMENT, AGREEMENT, MERCHANT = "points", "appointment", "agreement", "merchant"
RECKONING, MODULE = "reckoning", "module"
SEEN = "seen"
"""In a draft: the version of its case that the typing began with."""
REOPENING, DELETING, MOVING = "reopening", "deleting", "moving"
CALLING_OFF, TAKING_OUT, TAKING_BACK_PAUSE = "calling_off", "taking_out", "taking_back_pause"
VOIDING_AGREEMENT, VOIDING_PAPER = "voiding_agreement", "voiding_paper"
PERFORMING, WAIVING, TAKING_BACK = "performing", "waiving", "taking_back"
ADVANCING, REFUSING, PAYING, NOTIFYING, RECOVERING = "advancing", "refusing", "paying", "notifying", "recovering"
ACKNOWLEDGING = "acknowledging"
PAUSING, DUE, MERGING, OFFER, BOTTOM = "pausing", "due", "merging", "offer", "bottom"
NEXT_STEP, TAGGING, CODE, SCRIPT = "next_step", "tagging", "code", "script"
RULE, WITHDRAWING, NOTICE, MALL = "rule", "withdrawing", "notice", "mall"
ANSWER, LABEL, MOVED = "answer", "label", "moved"
KEPT_FOR = timedelta(days=30)
LABELS = {
    INTAKE: "登记",
    LOG: "快速记录",
    SITTING: "调解记录",
    FIELDS: "改资料",
    CLOSING: "结案",
    FEEDBACK: "反馈平台",
    REVISIT: "回访",
    FAILING: "和解不成",
    EXPLAINING: "说明",
    HANDING_OVER: "移送",
    TAKING_IN: "转入",
    GIVING_BACK: "退回",
    REWRITING: "改记录",
    POINTS: "双方主张",
    APPOINTMENT: "预约",
    AGREEMENT: "协议",
    MERCHANT: "商户资料",
    RECKONING: "主张试算",
    MODULE: "常用语",
    REOPENING: "重新打开",
    DELETING: "删除",
    MOVING: "改状态",
    CALLING_OFF: "取消预约",
    TAKING_OUT: "拿掉材料",
    TAKING_BACK_PAUSE: "撤回暂停",
    VOIDING_AGREEMENT: "作废协议",
    VOIDING_PAPER: "作废文书",
    PERFORMING: "登记履行",
    WAIVING: "不再要求",
    TAKING_BACK: "撤回履行",
    ADVANCING: "先行赔付",
    REFUSING: "不批准",
    PAYING: "登记付款",
    NOTIFYING: "追偿通知",
    RECOVERING: "登记追回",
    ACKNOWLEDGING: "登记收讫",
    PAUSING: "暂停计时",
    DUE: "内部期限",
    MERGING: "合并",
    OFFER: "方案",
    BOTTOM: "各方底线",
    NEXT_STEP: "设下一步",
    TAGGING: "标签",
    CODE: "代码",
    SCRIPT: "通话提纲",
    RULE: "期限规则",
    WITHDRAWING: "撤回规则",
    NOTICE: "放假安排",
    MALL: "商场资料",
    ANSWER: "方案答复",
    LABEL: "材料说明",
    MOVED: "改预约",
}
"""What each kind of draft is called where they are listed together."""
_SAYING = ("name", "consumer_name", "text", "facts", "step", "outcome", "body", "to", "materials")
_CODED = re.compile(r"[a-z0-9_]+|[A-Z]{1,3}\d*|\d{4}-\d\d-\d\d(T.*)?")
"""What a form holds beside words: the codes of what was chosen, days and instants."""
_WORDS = 40
_WITHHELD = {BOTTOM: "内容只在“调解”页的各方底线里看"}
"""What is said in place of words that were told in confidence."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept draft; `content` is what the form gave, by field."""

    id: int
    kind: str
    subject: str
    content: Mapping[str, object]
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """One draft in the list of what is unfinished: what it is, what it is about, how it begins."""

    id: int
    kind: str
    subject: str
    title: str
    words: str
    updated_at: datetime


def waiting(work: Work) -> tuple[Waiting, ...]:
    """Return everything one has begun and not finished, the newest first."""
    chosen = select(Draft).where(Draft.user_id == work.actor.user_id, Draft.thrown_at.is_(None))
    found = work.session.scalars(chosen.order_by(Draft.updated_at.desc(), Draft.id.desc()))
    return tuple(
        Waiting(d.id, d.kind, d.subject, LABELS.get(d.kind, d.kind), _beginning(d), d.updated_at) for d in found
    )


def keep(work: Work, kind: str, subject: str, content: Mapping[str, object], draft_id: int = 0) -> int:
    """Keep what has been typed and return the draft's id; an id given before is written over.

    It asks for no right: what may be done with the words is asked when they are saved.
    """
    draft = work.session.get(Draft, draft_id) if draft_id else None
    if draft is None or draft.user_id != work.actor.user_id:
        draft = Draft(user_id=work.actor.user_id, kind=kind)
        work.session.add(draft)
    draft.subject, draft.updated_at = subject[:60], work.now
    draft.content = json.dumps(content, ensure_ascii=False)
    work.session.flush()
    return draft.id


def keep_for(work: Work, kind: str, subject: str, content: Mapping[str, object]) -> None:
    """Keep what has been typed about a subject of which a person has one draft only."""
    known = of(work, kind, subject)
    keep(work, kind, subject, content, known[0].id if known else 0)


def of(work: Work, kind: str, subject: str | None = None) -> tuple[Kept, ...]:
    """Return one's own drafts of a kind, newest first; of one subject where it is named."""
    chosen = select(Draft).where(Draft.user_id == work.actor.user_id, Draft.kind == kind, Draft.thrown_at.is_(None))
    if subject is not None:
        chosen = chosen.where(Draft.subject == subject)
    found = work.session.scalars(chosen.order_by(Draft.updated_at.desc()))
    return tuple(Kept(d.id, d.kind, d.subject, json.loads(d.content), d.updated_at) for d in found)


def throw_away(work: Work, kind: str, subject: str) -> int:
    """Put what has been typed about a subject aside for a month and return its id, 0 when nothing has been."""
    chosen = select(Draft).where(
        Draft.user_id == work.actor.user_id, Draft.kind == kind, Draft.subject == subject, Draft.thrown_at.is_(None)
    )
    draft = work.session.scalars(chosen.order_by(Draft.updated_at.desc())).first()
    if draft is None:
        return 0
    draft.thrown_at = work.now
    steps.note_draft(work, draft.id)
    return draft.id


def take_back(work: Work, draft_id: int) -> None:
    """Put a draft that was thrown away among the others again."""
    draft = work.session.get(Draft, draft_id)
    if draft is None or draft.user_id != work.actor.user_id or draft.thrown_at is None:
        raise Missing("这份草稿已经不在了，没有可撤销的")
    draft.thrown_at, draft.updated_at = None, work.now
    steps.settle_draft(work, draft.id)


def words_of(work: Work, draft_id: int) -> str:
    """Return what names a draft in the list of steps: its first words."""
    draft = work.session.get(Draft, draft_id)
    if draft is None:
        return ""
    content = json.loads(draft.content)
    said = (str(content.get(name) or "") for name in ("consumer_name", "facts", "text", "outcome"))
    return next((" ".join(words.split())[:20] for words in said if words.strip()), "") or _beginning(draft)[:20]


def forget_thrown(work: Work) -> int:
    """Remove what was thrown away more than a month ago, and return how many there were."""
    old = select(Draft).where(Draft.thrown_at < work.now - KEPT_FOR)
    found = list(work.session.scalars(old))
    for draft in found:
        work.session.delete(draft)
    return len(found)


def drop(work: Work, draft_id: int) -> None:
    """Throw a draft away; one that is gone already is no matter."""
    draft = work.session.get(Draft, draft_id)
    if draft is not None and draft.user_id == work.actor.user_id:
        work.session.delete(draft)


def drop_for(work: Work, kind: str, subject: str) -> None:
    """Throw away what has been typed about a subject."""
    for kept in of(work, kind, subject):
        drop(work, kept.id)


def joined(
    kept: Mapping[str, object], blank: Mapping[str, object], typed: Mapping[str, object]
) -> Mapping[str, object]:
    """Return what was kept before with what has been typed since into the blank form: words behind words."""
    return {name: _joined(kept.get(name), blank.get(name), typed.get(name)) for name in dict.fromkeys((*kept, *typed))}


def _joined(kept: object, blank: object, typed: object) -> object:
    if kept is None:
        return typed
    if typed in (None, blank, kept):
        return kept
    match kept, typed:
        case str(), str() if said(typed):
            return kept + typed.removeprefix(blank if isinstance(blank, str) else "")
        case Mapping(), Mapping():
            return joined(kept, blank if isinstance(blank, Mapping) else {}, typed)
        case list() | tuple(), list() | tuple() if isinstance(blank, list | tuple):
            return [_joined(*each) for each in zip_longest(kept, blank, typed)]
    return typed


def said(content: object) -> tuple[str, ...]:
    """Return every piece of text in a draft, in the order of its form."""
    match content:
        case str():
            return () if not content.strip() or _CODED.fullmatch(content) else (content,)
        case Mapping():
            return tuple(words for part in content.values() for words in said(part))
        case list() | tuple():
            return tuple(words for part in content for words in said(part))
    return ()


def _telling(content: object) -> tuple[str, ...]:
    """Return what tells most, wherever in a form it stands."""
    match content:
        case Mapping():
            return tuple(
                words for name, part in content.items() for words in (said if name in _SAYING else _telling)(part)
            )
        case list() | tuple():
            return tuple(words for part in content for words in _telling(part))
    return ()


def _beginning(draft: Draft) -> str:
    """Return how a draft begins, where it may be shown."""
    return _WITHHELD.get(draft.kind) or _words(json.loads(draft.content))


def _words(content: Mapping[str, object]) -> str:
    """Return how a draft begins: whom it is about, then what it says."""
    merchant = content.get("merchant")
    parts = [merchant[1]] if isinstance(merchant, list) and len(merchant) > 1 else []
    parts += [content.get(name) for name in _SAYING]
    words = " ".join(" ".join(str(part).split()) for part in parts if part)
    words = words or " ".join(" ".join(part.split()) for part in _telling(content) or said(content))
    words = without_unseen(words)  # a mark that turns the line round would turn what stands beside it too
    return words if len(words) <= _WORDS else f"{words[:_WORDS]}…"
