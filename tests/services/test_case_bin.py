import hashlib
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from make import make_case, make_merchant
from settled import case_of, conclude
from sqlalchemy import func, select

from odr_desk.model.case import Event
from odr_desk.model.document import Attachment
from odr_desk.model.journal import Change
from odr_desk.rules.appointment import AppointmentDraft
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.people import PROGRAM
from odr_desk.services import (
    appointments,
    case_bin,
    case_file,
    cases,
    daily,
    dashboard,
    drafts,
    dump,
    likeness,
    queue,
    timeline,
    undoing,
    views,
)
from odr_desk.services.queue import CaseFilter
from odr_desk.store import attachments, place, verify

CANARY = "翡翠手镯纹理不符"


@pytest.fixture
def number(database, clerk):
    with database.writing(clerk, "case.create") as work:
        made = make_case(work, facts=CANARY, consumer_name="𬭚先生", platform_no="P-1").number
    with database.writing(clerk, "event.add") as work:
        draft = EventDraft(kind=EventKind.CALL, party=Party.CONSUMER, text=CANARY)
        timeline.add(work, cases.named(work, made), draft)
    return made


def delete(database, actor, number, reason="重复登记"):
    with database.writing(actor, "case.delete", reason) as work:
        case_bin.delete(work, number, reason)
    return work.step


def is_sound(database):
    with database.reading(PROGRAM) as work:
        return verify.look_over(work.session.connection(), database.folder, full=True).problems == ()


def test_a_deleted_case_is_gone_from_everything_that_lists_or_counts(database, manager, number, clock):
    delete(database, manager, number)
    with database.reading(manager) as work:
        codes = tuple(view.code for view in views.VIEWS)
        counts = views.counts(work, codes)
        assert {code for code, many in counts.items() if many} == {"bin"}
        for view in ("all", "open"):
            assert queue.count(work, CaseFilter(view=view)) == 0
        assert queue.count(work, CaseFilter(view="all", text="翡翠")) == 0
        case = cases.exact(work, number)
        found = likeness.find(
            work, merchant_id=case.merchant_id, phone=case.consumer_phone, platform_no="P-1", on=case.received_on
        )
        assert found == ()
        shown = case_bin.show(work, number)
        assert (shown.deleted_by, shown.reason, shown.days_left) == ("孙主任", "重复登记", 30)
        with pytest.raises(Missing, match=r"回收站.*孙主任.*重复登记"):
            case_file.detail(work, number)
        assert dashboard.read(work) is not None
    assert is_sound(database)


def test_it_comes_back_as_it_was(database, manager, number):
    with database.reading(manager) as work:
        before = case_file.detail(work, number)
    delete(database, manager, number)
    with database.writing(manager, "case.restore") as work:
        case_bin.restore(work, number)
    with database.reading(manager) as work:
        after = case_file.detail(work, number)
        assert (after.draft, after.claims, after.deadlines) == (before.draft, before.claims, before.deadlines)
        assert queue.count(work, CaseFilter(view="all", text="翡翠")) == 1
    assert is_sound(database)


def test_what_its_sitting_clashes_with_by_now_is_told_and_it_comes_back(database, manager, number, clock):
    at = clock.now + timedelta(days=1)
    sitting = AppointmentDraft(starts_at=at, minutes=60, mode="A", place="调解室", mediator="刘洋")
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, number, sitting)
    delete(database, manager, number)
    with database.writing(manager, "appointment.add") as work:
        other = make_case(work, consumer_phone="19900000031").number
        appointments.add(work, other, replace(sitting, place="二楼"))
    with database.writing(manager, "case.restore") as work:
        (said,) = case_bin.restore(work, number)
    assert said.endswith(f"的调解：调解员刘洋已约 10:00–11:00 {other[-4:]}") and "11-24" in said
    with database.reading(manager) as work:
        assert case_file.detail(work, number).row.number == number


def test_deleting_can_be_undone(database, manager, number):
    step = delete(database, manager, number)
    with database.writing(manager, "undo") as work:
        undoing.undo(work, step)
    with database.reading(manager) as work:
        assert case_file.detail(work, number).row.number == number


def test_what_has_a_number_of_its_own_stays(database, manager, clerk, number):
    agreed = conclude(database, manager)
    with database.reading(manager) as work:
        bound = case_of(work, agreed.agreement_no).number
    with pytest.raises(IllegalMove, match="和解协议"):
        delete(database, manager, bound)
    with pytest.raises(Invalid):
        delete(database, manager, number, " ")
    with pytest.raises(NotAllowed):
        delete(database, clerk, number)


def test_words_that_were_cleared_leave_the_search_index(database, manager, clerk, number, clock):
    def blocks():
        with database.connection() as connection:
            return b"".join(connection.exec_driver_sql("SELECT block FROM case_search_data").scalars().all())

    sought = "𬭚".encode()
    delete(database, manager, number)
    clock.forward(days=31)
    assert not daily.clear_words(database)
    assert sought in blocks()
    daily.turn_day(database)
    steps = 1
    while daily.clear_words(database):
        steps += 1
    assert steps < 10
    assert sought not in blocks()
    assert not daily.clear_words(database)


def test_after_thirty_days_only_the_number_is_left(database, manager, clerk, number, clock):
    with database.writing(clerk, "draft.keep") as work:
        drafts.keep_for(work, drafts.LOG, number, {"text": CANARY})
    delete(database, manager, number)
    clock.forward(days=29, hours=23)
    daily.turn_day(database)
    with database.reading(manager) as work:
        assert case_bin.is_binned(work, number)
    clock.forward(hours=2)
    daily.turn_day(database)
    with database.reading(manager) as work:
        with pytest.raises(Missing, match=r"已作废.*孙主任.*重复登记"):
            cases.named(work, number)
        case = cases.exact(work, number)
        assert (case.consumer_name, case.consumer_phone, case.facts, case.platform_no) == ("", "", "", "")
        assert case.received_on == date(2026, 11, 23)
        assert work.session.scalar(select(func.count()).select_from(Event)) == 0
        written = [
            *dump.lines(work),
            *work.session.scalars(select(Change.old)),
            *work.session.scalars(select(Change.new)),
        ]
        assert not any("翡翠" in line or "𬭚" in line for line in written)
        assert drafts.of(work, drafts.LOG) == ()
        assert views.counts(work, ("bin", "all")) == {"bin": 0, "all": 0}
    with pytest.raises(Missing), database.writing(manager, "case.restore") as work:
        case_bin.restore(work, number)
    assert is_sound(database)


def test_the_number_is_never_given_again(database, manager, clerk, number, clock):
    delete(database, manager, number)
    clock.forward(days=31)
    daily.turn_day(database)
    with database.writing(clerk, "case.create") as work:
        made = make_case(work, merchant_no=make_merchant(work).number)
        assert made.number != number
    assert is_sound(database)


def test_files_go_with_the_case_unless_another_one_holds_them(database, manager, number, clock):
    root = database.folder / place.ATTACHMENTS
    own, copy, shared = (hashlib.sha256(name.encode()).hexdigest() for name in ("own-", "copy", "both"))
    for sha, name in ((own, "own-"), (copy, "copy"), (shared, "both")):
        attachments.keep(root, io.BytesIO(name.encode()), sha)
    with database.writing(manager, "attach") as work:
        case, other = cases.named(work, number), make_case(work)
        first = piece(work, case, own, 1)
        work.session.add(first)
        work.session.flush()
        second = piece(work, case, copy, 2)
        second.shared_of = first.id
        work.session.add_all([second, piece(work, case, shared, 3), piece(work, other, shared, 1)])
    delete(database, manager, number)
    clock.forward(days=31)
    daily.turn_day(database)
    assert [attachments.holds(root, sha) for sha in (own, copy, shared)] == [False, False, True]
    assert is_sound(database)


def piece(work, case, sha, number):
    return Attachment(
        case_id=case.id,
        number=number,
        position=number,
        sha256=sha,
        size=4,
        kind="jpeg",
        label="照片",
        party="consumer",
        added_at=work.now,
        added_by="王敏",
    )
