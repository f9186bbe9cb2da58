from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from odr_desk.rules.appointment import AppointmentDraft, AppointmentState
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.rules.session import SessionDraft
from odr_desk.services import appointments, dashboard, sessions
from odr_desk.services.dashboard import DateKind
from odr_desk.store import verify
from tests import make

AT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # 14:00 in China
DRAFT = AppointmentDraft(
    starts_at=AT, minutes=60, mode="A", place="二楼调解室", mediator="刘洋", invited="周女士（消费者）"
)


@pytest.fixture
def two(database, clerk) -> tuple[str, str]:
    """Two cases of two merchants and two consumers."""
    with database.writing(clerk, "case.create") as work:
        first = make.make_case(work)
        second = make.make_case(work, consumer_phone="19900000031", consumer_name="李先生")
        return first.number, second.number


def _add(database, actor, number, draft=DRAFT):
    with database.writing(actor, "appointment.add") as work:
        return appointments.add(work, number, draft)


def _of(database, actor, number):
    with database.reading(actor) as work:
        return appointments.of_case(work, number)


def test_an_appointment_stands_in_the_week_and_on_the_day(database, clerk, clock, two):
    assert _add(database, clerk, two[0]) == 1
    with database.reading(clerk) as work:
        (row,) = appointments.between(work, date(2026, 11, 23), date(2026, 11, 29))
    assert (row.case_no, row.hours, row.day, row.state) == (
        two[0],
        "14:00–15:00",
        date(2026, 11, 24),
        AppointmentState.PLANNED,
    )
    clock.now = AT - timedelta(hours=4)
    with database.reading(clerk) as work:
        (meeting,) = [one for one in dashboard.read(work).dates if one.kind is DateKind.MEETING]
    assert (meeting.what, meeting.case_no) == ("14:00–15:00 调解", two[0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "调解员刘洋已约 14:00–15:00 0001"),
        ({"mediator": "孙主任"}, "二楼调解室已被 14:00–15:00 0001 占用"),
        ({"starts_at": AT + timedelta(minutes=59)}, "调解员刘洋已约"),
        ({"starts_at": AT - timedelta(minutes=59)}, "调解员刘洋已约"),
        ({"starts_at": AT.replace(hour=0), "minutes": 60}, "08:00–09:00 不在营业时间（10:00–22:00）内"),
        ({"starts_at": AT.replace(hour=13, minute=30)}, "21:30–22:30 不在营业时间"),
    ],
)
def test_what_is_in_the_way_is_named_and_takes_a_reason(database, clerk, two, change, words):
    _add(database, clerk, two[0])
    draft = replace(DRAFT, **change)
    with pytest.raises(Invalid, match=words.replace("（", ".").replace("）", ".")) as refused:
        _add(database, clerk, two[1], draft)
    assert refused.value.problems[0].field == "despite"
    assert _add(database, clerk, two[1], replace(draft, despite="双方只有这时有空")) == 1
    assert _of(database, clerk, two[1])[0].despite == "双方只有这时有空"


def test_the_same_shop_and_the_same_consumer_cannot_be_in_two_places(database, clerk):
    with database.writing(clerk, "case.create") as work:
        first = make.make_case(work)
        shop = first.merchant_id
        merchant = work.session.get_one(make.Merchant, shop).number
        second = make.make_case(work, merchant_no=merchant)
    _add(database, clerk, first.number)
    elsewhere = replace(DRAFT, mediator="孙主任", place="服务台")
    with database.reading(clerk) as work:
        found = appointments.clashes(work, second.number, elsewhere)
    assert [words.split("那时")[0] for words in found] == ["商户金禧珠宝", "消费者周女士"]


def test_sittings_one_after_the_other_do_not_clash(database, clerk, two):
    _add(database, clerk, two[0])
    for by in (60, -60):
        draft = replace(DRAFT, starts_at=AT + timedelta(minutes=by), despite="不需要")
        _add(database, clerk, two[1], draft)
    assert [row.despite for row in _of(database, clerk, two[1])] == ["", ""]


def test_moving_takes_a_reason_and_does_not_clash_with_itself(database, clerk, two):
    _add(database, clerk, two[0])
    (seen,) = _of(database, clerk, two[0])
    later = replace(DRAFT, starts_at=AT + timedelta(minutes=30))
    with pytest.raises(Invalid, match="为什么改期"), database.writing(clerk, "appointment.move") as work:
        appointments.move(work, two[0], 1, later, "")
    with database.writing(clerk, "appointment.move") as work:
        appointments.move(work, two[0], 1, later, "消费者堵车", seen.version)
    (row,) = _of(database, clerk, two[0])
    assert (row.hours, row.reason, row.version) == ("14:30–15:30", "消费者堵车", 2)
    with pytest.raises(Conflict, match=clerk.name) as refused, database.writing(clerk, "appointment.move") as work:
        appointments.move(work, two[0], 1, replace(later, place="服务台"), "", seen.version)
    detail = refused.value.detail
    assert (detail["mine"]["place"], detail["theirs"]["place"], detail["version"]) == ("服务台", later.place, 2)


def test_cancelling_takes_a_reason_and_frees_the_time(database, clerk, two):
    _add(database, clerk, two[0])
    with pytest.raises(Invalid, match="为什么取消"), database.writing(clerk, "appointment.cancel") as work:
        appointments.cancel(work, two[0], 1, " ")
    with database.writing(clerk, "appointment.cancel") as work:
        appointments.cancel(work, two[0], 1, "商户来不了")
    assert _of(database, clerk, two[0])[0].state is AppointmentState.CANCELLED
    assert _add(database, clerk, two[1]) == 1
    with pytest.raises(IllegalMove, match="已取消"), database.writing(clerk, "appointment.cancel") as work:
        appointments.cancel(work, two[0], 1, "再取消")
    with pytest.raises(Missing), database.writing(clerk, "appointment.cancel") as work:
        appointments.cancel(work, two[0], 7, "没有的")


def test_it_becomes_a_sitting_in_one_step(database, mediator, clock, two):
    _add(database, mediator, two[0])
    clock.now = AT + timedelta(hours=1)
    with database.writing(mediator, "session.add") as work:
        held = SessionDraft(held_at=AT, mode="A", mediator="刘洋", outcome="谈成")
        assert sessions.add(work, two[0], held, appointment=1) == 1
    (row,) = _of(database, mediator, two[0])
    assert (row.state, row.session) == (AppointmentState.HELD, 1)
    with database.connection() as connection:
        assert verify.look_over(connection, database.folder, full=True).problems == ()


def test_a_time_that_has_gone_by_cannot_be_arranged(database, clerk, two):
    with pytest.raises(Invalid, match="已经过了"):
        _add(database, clerk, two[0], replace(DRAFT, starts_at=AT - timedelta(days=3)))


def test_the_words_to_read_name_time_and_place(database, clerk, two):
    with database.reading(clerk) as work:
        words = appointments.words_for(work, two[0], DRAFT)
        begin = appointments.proposed(work, two[0])
    assert "11-24 周二 14:00–15:00" in words and "二楼调解室" in words and "0510-88000000" in words
    assert (begin.starts_at, begin.mediator) == (AT, "王敏")
    assert "周女士（消费者）" in begin.invited


def test_who_only_reads_arranges_nothing(database, auditor, two):
    with pytest.raises(NotAllowed):
        _add(database, auditor, two[0])
