"""A planned sitting: when, where, who is asked to come, what is read to them; and what may stand in its way."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from odr_desk.rules import moments
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import choice, moment, number, text
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import check

USUAL_MINUTES = 60
LONGEST_MINUTES = 8 * 60
OPENS, CLOSES = time(10, 0), time(22, 0)
"""The usual hours of a mall; outside them nobody may be there to open the door."""


class AppointmentState(Word):
    """What has become of an appointment."""

    PLANNED = "planned", "已约"
    HELD = "held", "已开"
    CANCELLED = "cancelled", "已取消"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentDraft:
    """A sitting as it is arranged; `despite` says why it stands although something is in its way."""

    starts_at: datetime | None = moment("开始时间", required=True)
    minutes: int | None = number("时长（分钟）", minimum=10, maximum=LONGEST_MINUTES)
    mode: str = choice("调解方式", options="modes")
    place: str = text("地点", max_length=100, hint="哪个房间，或电话、视频")
    mediator: str = text("调解员", required=True, max_length=50)
    invited: str = text("请谁来", max_length=400, hint="姓名（身份），用顿号隔开")
    reminder: str = text("通知双方的话", max_length=1000, multiline=True)
    despite: str = text("有冲突仍要约的原因", max_length=200)


def check_appointment(draft: AppointmentDraft, now: datetime) -> None:
    """Raise Invalid unless the appointment can be arranged at `now`."""
    check(draft)
    if draft.starts_at is not None and draft.starts_at <= now:
        raise Invalid.of("starts_at", "约的时间已经过了；开过的调解请直接“记一次调解”")


def length_of(draft: AppointmentDraft) -> int:
    """Return how many minutes it takes, an hour where nothing was said."""
    return draft.minutes or USUAL_MINUTES


def is_outside_hours(starts_at: datetime, minutes: int) -> bool:
    """Tell whether a sitting begins before the mall opens or ends after it has closed."""
    begins = moments.local(starts_at)
    ends = begins + timedelta(minutes=minutes)
    return begins.time() < OPENS or ends.date() != begins.date() or ends.time() > CLOSES


def hours(starts_at: datetime, minutes: int) -> str:
    """Return `14:00–15:00` on the wall clock; an end after midnight is named as one."""
    begins = moments.local(starts_at)
    ends = begins + timedelta(minutes=minutes)
    return f"{begins:%H:%M}–{'次日 ' if ends.date() > begins.date() else ''}{ends:%H:%M}"


def reminder(names: tuple[str, str], starts_at: datetime, minutes: int, place: str, desk_phone: str) -> str:
    """Return the words to read to both sides, ready to be changed."""
    consumer, merchant = names
    where = f"，地点：{place}" if place else ""
    phone = f"，有变动请提前打 {desk_phone}" if desk_phone else ""
    when = f"{moments.show_day(moments.day_of(starts_at))} {hours(starts_at, minutes)}"
    return (
        f"{consumer or '消费者'}与{merchant or '商户'}的投诉约在 {when} 调解{where}。"
        f"请带购货凭证、商品和身份证件；请人代来的，带授权委托书{phone}。"
    )
