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
from odr_desk.rules.parsing import without_unseen
from odr_desk.store import steps
from odr_desk.store.database import Work

LABELS: dict[str, str] = {}
"""What each kind of draft is called where they are listed together."""


def _kind(code: str, label: str) -> str:
    LABELS[code] = label
    return code


INTAKE = _kind("intake", "登记")
LOG = _kind("log", "快速记录")
SITTING = _kind("sitting", "调解记录")
FIELDS = _kind("fields", "改资料")
CLOSING = _kind("closing", "结案")
FEEDBACK = _kind("feedback", "反馈平台")
REVISIT = _kind("revisit", "回访")
FAILING = _kind("failing", "和解不成")
EXPLAINING = _kind("explaining", "说明")
HANDING_OVER = _kind("handing_over", "移送")
TAKING_IN = _kind("taking_in", "转入")
GIVING_BACK = _kind("giving_back", "退回")
REWRITING = _kind("rewriting", "改记录")
"""An entry of the timeline that is being changed; its subject is the case's number, a stroke, the entry's number."""
POINTS = _kind("points", "双方主张")
APPOINTMENT = _kind("appointment", "预约")
AGREEMENT = _kind("agreement", "协议")
MERCHANT = _kind("merchant", "商户资料")
RECKONING = _kind("reckoning", "主张试算")
MODULE = _kind("module", "常用语")
REOPENING = _kind("reopening", "重新打开")
DELETING = _kind("deleting", "删除")
MOVING = _kind("moving", "改状态")
CALLING_OFF = _kind("calling_off", "取消预约")
TAKING_OUT = _kind("taking_out", "拿掉材料")
TAKING_BACK_PAUSE = _kind("taking_back_pause", "撤回暂停")
VOIDING_AGREEMENT = _kind("voiding_agreement", "作废协议")
VOIDING_PAPER = _kind("voiding_paper", "作废文书")
PERFORMING = _kind("performing", "登记履行")
WAIVING = _kind("waiving", "不再要求")
TAKING_BACK = _kind("taking_back", "撤回履行")
ADVANCING = _kind("advancing", "先行赔付")
REFUSING = _kind("refusing", "不批准")
PAYING = _kind("paying", "登记付款")
NOTIFYING = _kind("notifying", "追偿通知")
RECOVERING = _kind("recovering", "登记追回")
ACKNOWLEDGING = _kind("acknowledging", "登记收讫")
PAUSING = _kind("pausing", "暂停计时")
DUE = _kind("due", "内部期限")
MERGING = _kind("merging", "合并")
OFFER = _kind("offer", "方案")
BOTTOM = _kind("bottom", "各方底线")
NEXT_STEP = _kind("next_step", "设下一步")
TAGGING = _kind("tagging", "标签")
CODE = _kind("code", "代码")
SCRIPT = _kind("script", "通话提纲")
RULE = _kind("rule", "期限规则")
WITHDRAWING = _kind("withdrawing", "撤回规则")
NOTICE = _kind("notice", "放假安排")
MALL = _kind("mall", "商场资料")
ANSWER = _kind("answer", "方案答复")
LABEL = _kind("label", "材料说明")
MOVED = _kind("moved", "改预约")
SEEN = "seen"
"""In a draft: the version of its case that the typing began with."""
KEPT_FOR = timedelta(days=30)
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
