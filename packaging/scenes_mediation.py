"""Pictures of the clocks and of a mediation at work: deadlines, points in dispute, offers, appointments, the week."""

from datetime import date, timedelta
from typing import cast

from stage import Scene, Stage

from odr_desk.rules import moments
from odr_desk.rules.appointment import AppointmentDraft
from odr_desk.rules.dispute import PointDraft, PointState
from odr_desk.rules.events import Party
from odr_desk.rules.pause import DueDraft, PauseDraft
from odr_desk.rules.session import BottomLineDraft, OfferDraft
from odr_desk.services import appointments, bottom_lines, cases, disputes, offers, pausing
from odr_desk.store.database import Work
from odr_desk.ui.cases.deadline_dialog import DeadlineDialog
from odr_desk.ui.cases.page import CasesPage
from odr_desk.ui.widgets.day_edit import this_day

TALKED = "XSBBB-2026-0017"
POINTS = (
    PointDraft(
        point="停车两小时免费是否写明", consumer_says="缴费机旁没有任何提示，出场才知道只免一小时",
        merchant_says="会员小程序里写着，纸质告示上周被撕了", evidence="缴费机照片、缴费记录", state=PointState.AGREED,
        agreed="乙方退还停车费 15 元，三日内补上告示",
    ),
    PointDraft(
        point="误工和交通费 200 元", consumer_says="来回跑了两趟，请了半天假", merchant_says="没有票据，不认",
        evidence="打车发票一张",
    ),
    PointDraft(point="书面道歉", consumer_says="态度不好", merchant_says="可以口头道歉", state=PointState.DROPPED),
)  # fmt: skip


def prepare(stage: Stage) -> None:
    """Write down once what these pictures show."""
    stage.desk.write(stage.window, _fill, verb="points.save")
    stage.settle()


def _fill(work: Work) -> None:
    case = cases.named(work, TALKED)
    if disputes.of_case(work, case.id):
        return
    disputes.save(work, TALKED, POINTS)
    offers.add(work, TALKED, OfferDraft(by=Party.CONSUMER, amount=21_500, text="退停车费，补误工费"))
    offers.add(work, TALKED, OfferDraft(by=Party.MERCHANT, amount=1_500, text="只退停车费"))
    offers.add(work, TALKED, OfferDraft(by=Party.CONSUMER, amount=10_000, text="停车费加一趟路费"))
    bottom_lines.keep(work, TALKED, BottomLineDraft(side=Party.CONSUMER, amount=5_000, text="给个说法，路费可以少"))
    bottom_lines.keep(work, TALKED, BottomLineDraft(side=Party.MERCHANT, amount=8_000, text="经理授权到 80 元"))
    _week(work)


def _week(work: Work) -> None:
    today = moments.day_of(work.now)
    plans = (
        (0, 14, TALKED, "刘洋", 60),
        (1, 10, "XSBBB-2026-0015", "刘洋", 60),
        (1, 10, "XSBBB-2026-0016", "孙主任", 90),
        (2, 16, "XSBBB-2026-0019", "刘洋", 45),
        (3, 20, "XSBBB-2026-0018", "孙主任", 60),
    )
    for days, hour, number, mediator, minutes in plans:
        starts_at = moments.start_of(today + timedelta(days=days)) + timedelta(hours=hour)
        if starts_at <= work.now:
            starts_at = moments.start_of(today) + timedelta(hours=21)
        draft = AppointmentDraft(
            starts_at=starts_at, minutes=minutes, mode="A", place="一楼服务台" if days != 1 else f"{mediator}的办公室",
            mediator=mediator, invited="消费者、店长", despite="只有这时都有空",
        )  # fmt: skip
        draft = AppointmentDraft(**{name: getattr(draft, name) for name in draft.__slots__} | {
            "reminder": appointments.words_for(work, number, draft)
        })  # fmt: skip
        appointments.add(work, number, draft)


def _case(stage: Stage, number: str, tab: str) -> CasesPage:
    prepare(stage)
    page = cast("CasesPage", stage.page("cases", number))
    page.case.tabs.choose(tab)
    stage.settle()
    return page


def _points(stage: Stage) -> CasesPage:
    return _case(stage, TALKED, "points")


def _overtaken(stage: Stage) -> None:
    """Somebody else has written in the row that is being written."""
    page = _points(stage)
    first = page.case.points.rows[0]
    first.merchant_says.setPlainText("告示已经补上，照片可以发过来")
    stage.desk.write(stage.window, _write_beside, verb="points.save")
    stage.settle()
    page.case.points.save()


def _write_beside(work: Work) -> None:
    points = disputes.of_case(work, cases.named(work, TALKED).id)
    said = {**{name: getattr(points[0], name) for name in points[0].__slots__}, "merchant_says": "店里已登门道歉"}
    disputes.save(work, TALKED, (PointDraft(**said), *points[1:]))


def _deadline(stage: Stage) -> DeadlineDialog:
    prepare(stage)
    stage.desk.write(stage.window, _stop, verb="case.pause")
    page = _case(stage, TALKED, "progress")
    page.case.header.due_asked.emit()
    stage.settle()
    return cast("DeadlineDialog", stage.top())


def _stop(work: Work) -> None:
    if cases.named(work, TALKED).paused_since is None:
        today = moments.day_of(work.now)
        pausing.set_due(work, TALKED, DueDraft(due=today + timedelta(days=2), reason="消费者月底要出差"))
        pausing.pause(work, TALKED, PauseDraft(since=today, reason="送国检中心鉴定材质"))


def _wrong_pause(stage: Stage) -> None:
    page = _case(stage, TALKED, "progress")
    page.case.header.due_asked.emit()
    stage.settle()
    dialog = cast("DeadlineDialog", stage.top())
    dialog.pause()
    assert dialog.form is not None  # noqa: S101 - just opened
    dialog.form.set_values({"since": date(2020, 1, 1), "reason": "送检"})
    dialog.submit()


def _talks(stage: Stage) -> CasesPage:
    page = _case(stage, TALKED, "sittings")
    page.case.sittings.bottom.reveal()
    return page


def _arranging(stage: Stage) -> None:
    """A sitting arranged for a time at which something else is."""
    page = _case(stage, TALKED, "sittings")
    page.case.sittings.arrange()
    stage.settle()
    plan = page.case.sittings.plan
    assert plan is not None  # noqa: S101 - just opened
    plan.fields.set_values({"starts_at": moments.start_of(this_day() + timedelta(days=1)) + timedelta(hours=10)})
    plan.fields.set_values({"mediator": "刘洋"})
    plan.fields.changed.emit()
    stage.settle()
    plan.save()


def _whole_week(stage: Stage) -> None:
    prepare(stage)
    stage.page("appointments", this_day())


MEDIATION: tuple[Scene, ...] = (
    Scene("week", "empty", lambda stage: stage.page("appointments")),
    Scene("week", "filled", _whole_week),
    Scene("talks", "filled", _talks),
    Scene("talks", "error", _arranging),
    Scene("points", "filled", _points),
    Scene("points", "error", _overtaken),
    Scene("deadline", "error", _wrong_pause),
    Scene("deadline", "filled", _deadline),
)
