"""The shift hand-over: what stands on it, for whom, and the sheet."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from odr_desk.model.journal import JournalEntry
from odr_desk.papers import reading_back
from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import cases, handling, shift, shift_sheet, timeline
from tests.make import make_case, make_merchant

NOVEMBER = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk(database, clerk, clock):
    """Three cases of Friday; on Monday there is a promise, a call that is due, and one case is left alone."""
    clock.forward(days=-3)
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work, contact="陈莉").number
        made = [
            make_case(work, merchant_no=shop, received_at=received, consumer_name=name, consumer_phone="19900000023")
            for received, name in (
                (NOVEMBER, "周女士"),
                (NOVEMBER, "李先生"),
                (datetime(2026, 10, 26, tzinfo=UTC), "吴女士"),
            )
        ]
        numbers = [case.number for case in made]
        handling.assign(work, numbers[0], work.actor.user_id)
    clock.forward(days=3)
    with database.writing(clerk, "event.add") as work:
        first = cases.named(work, numbers[0])
        said = "陈店长承诺周三前退差价，电话 13812345678"
        timeline.add(work, first, EventDraft(kind=EventKind.CALL, party=Party.MERCHANT, text=said))
        handling.set_next_step(work, numbers[0], "等店长回话", date(2026, 11, 24))
        handling.set_next_step(work, numbers[1], "催检测报告", date(2026, 12, 24))
    return numbers


def read(database, actor, handler=""):
    with database.reading(actor) as work:
        return shift.read(work, handler)


def test_the_open_cases_stand_by_urgency_with_their_counts(database, clerk, desk):
    found = read(database, clerk)
    assert [row.consumer for row in found.rows] == ["吴女士", "周女士", "李先生"]
    assert found.open_ == 3
    assert {code: count for code, _words, count in found.counts} == {
        "late": 1,
        "today": 0,
        "soon": 0,
        "no_next_step": 1,
    }


def test_promises_of_today_are_told_with_their_day(database, clerk, desk):
    (one,) = read(database, clerk).promised
    assert (one.case_no, one.until, one.noted_by) == (desk[0], date(2026, 11, 25), "王敏")
    assert one.words == "陈店长承诺周三前退差价，电话 138****5678"


def test_who_is_to_be_called_until_the_next_working_day(database, clerk, desk):
    (one,) = read(database, clerk).calls
    assert (one.on, one.handler, one.what) == (date(2026, 11, 24), "王敏", "等店长回话")
    assert one.whom == "周女士 199****0023；金禧珠宝 陈莉"


def test_what_changed_today_is_told_case_by_case(database, clerk, desk):
    (one,) = read(database, clerk).moved
    assert one.case_no == desk[0]
    assert one.what.startswith("电话 陈店长承诺周三前退差价")
    assert one.by == "王敏"


def test_what_is_noted_today_for_an_earlier_day_counts_as_of_today(database, clerk, desk):
    with database.writing(clerk, "event.add") as work:
        draft = EventDraft(kind=EventKind.NOTE, party=Party.DESK, text="上周的事", at=NOVEMBER)
        timeline.add(work, cases.named(work, desk[2]), draft)
    assert [one.case_no for one in read(database, clerk).moved] == [desk[0], desk[2]]


def test_yesterdays_promises_are_not_of_today(database, clerk, desk, clock):
    clock.forward(days=1)
    found = read(database, clerk)
    assert (found.promised, found.moved) == ((), ())
    assert [one.what for one in found.calls] == ["等店长回话"]


def test_the_sheet_of_one_person_has_that_persons_cases(database, clerk, desk):
    found = read(database, clerk, "clerk")
    assert found.handler == "王敏"
    assert [row.number for row in found.rows] == [desk[0]]
    assert found.open_ == 1
    assert read(database, clerk, "mediator").rows == ()
    with pytest.raises(Invalid):
        read(database, clerk, "nobody")


def test_the_sheet_says_so_without_full_telephones(database, clerk, desk, tmp_path):
    found = read(database, clerk)
    path = shift_sheet.prepare(found, tmp_path / "交接.pdf").put().path
    words = "".join("".join(reading_back.text_of(path.read_bytes())).split())
    assert "在办3件，其中逾期1件、无下一步1件。" in words
    assert "199****0023" in words
    assert "19900000023" not in words and "13812345678" not in words
    assert "第1页共1页" in words
    assert "编号：" not in words
    with database.writing(clerk, "handover") as work:
        shift_sheet.note(work, found, "打印")
        noted = select(func.count()).where(JournalEntry.object == "deed:shift_sheet")
        assert work.session.scalar(noted) == 1


def test_a_sign_no_font_has_does_not_keep_the_desk_from_handing_over(database, clerk, desk):
    with database.writing(clerk, "event.add") as work:
        said = EventDraft(kind=EventKind.WECHAT, party=Party.MERCHANT, text="𠮷店长\u200d回👍，承诺周五前退")
        timeline.add(work, cases.named(work, desk[0]), said)
    words = "".join("".join(reading_back.text_of(shift_sheet.draw(read(database, clerk)).pdf)).split())
    assert "□店长回□，承诺周五前退" in words
    assert "□是字库没有的字，请看投诉件原文。" in words


def test_an_empty_desk_has_an_empty_sheet(database, clerk):
    found = read(database, clerk)
    assert (found.open_, found.rows, found.calls) == (0, (), ())
    assert shift_sheet.draw(found).pages == 1
    assert shift_sheet.facts(found).counted == "在办 0 件，没有急的。"


def test_many_cases_fill_pages_and_the_rest_is_counted(database, manager, monkeypatch):
    monkeypatch.setattr(shift, "MOST_OPEN", 40)
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work).number
        for n in range(45):
            make_case(work, merchant_no=shop, consumer_name=f"示例{n:02}女士")
    found = read(database, manager)
    assert len(found.rows) == 40
    assert shift_sheet.facts(found).left_out == "没有列出的：5 件不急。"
    assert shift_sheet.draw(found).pages > 2


def test_what_there_is_no_room_for_is_said(database, manager, clock, monkeypatch):
    monkeypatch.setattr(shift, "MOST_OPEN", 2)
    monkeypatch.setattr(shift, "MOST_MOVED", 2)
    with database.writing(manager, "case.create") as work:
        shop = make_merchant(work).number
        numbers = [make_case(work, merchant_no=shop).number for _ in range(5)]
        for number in numbers[:3]:
            handling.set_next_step(work, number, "催店长", date(2026, 11, 24))
    said = shift_sheet.facts(read(database, manager)).left_out
    assert said == "没有列出的：3 件不急；1 个约好的联系；3 件今天的变动。"
    clock.forward(days=30)
    assert "3 件，其中逾期 3 件；1 个约好的联系" in shift_sheet.facts(read(database, manager)).left_out


def test_what_only_waits_for_the_archive_is_counted_not_listed(database, manager):
    with database.writing(manager, "case.create") as work:
        make_case(work, channel="CH06", solved_on_spot=True)
    found = read(database, manager)
    assert (found.open_, found.done, found.rows) == (1, 1, ())
    assert shift_sheet.facts(found).left_out == "没有列出的：1 件已办结，等归档。"


def test_those_who_work_cases_may_hand_over(database, manager):
    with database.reading(manager) as work:
        assert ("clerk", "王敏") in shift.persons(work)
        assert "auditor" not in dict(shift.persons(work))


def test_what_is_to_be_done_is_printed_whole_and_telephones_nowhere(database, clerk, desk):
    step = "问店长 13812345678 退款进度；若仍不同意，请其书面答复，并把检测报告一起带来，下午三点前给消费者回电话"
    with database.writing(clerk, "case.next_step") as work:
        handling.set_next_step(work, desk[0], step, date(2026, 11, 24))
    facts = shift_sheet.facts(read(database, clerk))
    assert [call.what for call in facts.calls] == [step.replace("13812345678", "138****5678")]
    assert "13812345678" not in str(facts)
