from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import select

from odr_desk.model.journal import JournalEntry
from odr_desk.rules.appointment import AppointmentDraft, AppointmentState
from odr_desk.rules.events import Party
from odr_desk.rules.session import Answer, BottomLineDraft
from odr_desk.services import appointments, bottom_lines, offers, sessions
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from tests.ui.hands import give_reason, write
from tests.ui.looks import clipped, dump, settle, unnamed

TOMORROW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def tab(page, house):
    page.open_case(house.first)
    page.case.tabs.choose("sittings")
    QApplication.processEvents()
    return page.case.sittings


def _press(widget, words):
    (found,) = [
        b for b in widget.findChildren(QPushButton)
        if words in (b.text(), b.accessibleName()) and b.isVisible()
    ]  # fmt: skip
    found.click()
    QApplication.processEvents()


def _read(database, actor, op, *given):
    with database.reading(actor) as work:
        return op(work, *given)


def _arrange(tab):
    _press(tab, "约调解")
    return tab.plan


def test_offers_are_noted_and_answered_in_place(tab, database, manager, house):
    card = tab.offers
    card.save()
    assert "请写金额或方案内容" in dump(card)
    card.amount.setText("3,280")
    write(card.text, "全退")
    card.save()
    assert card.by.value() is Party.MERCHANT  # the other side's turn
    card.amount.setText("1000")
    card.save()
    first, second = _read(database, manager, offers.rows, house.first)
    assert (first.words, first.answer, second.by) == ("3,280.00 元，全退", Answer.COUNTERED, Party.MERCHANT)
    choice = card.findChildren(ChoiceEdit)[-1]
    choice.set_value(Answer.DECLINED)
    choice.changed.emit()
    assert _read(database, manager, offers.rows, house.first)[1].answer is Answer.DECLINED


def test_bottom_lines_are_opened_by_a_click_that_is_recorded(tab, page, database, manager, house):
    with database.writing(manager, "bottom_line.save") as work:
        bottom_lines.keep(work, house.first, BottomLineDraft(side=Party.MERCHANT, amount=7_171_717, text="金丝雀"))
    assert "金丝雀" not in dump(page) and "71,717" not in dump(page)
    _press(tab.bottom, "显示各方底线（会留记录）")
    assert {"金丝雀", "71,717.17"} <= {e.text() for e in tab.bottom.findChildren(type(tab.offers.text))} | {
        e.text() for e in tab.bottom.findChildren(type(tab.offers.amount))
    }
    assert _read(database, manager, lambda work: work.session.scalars(
        select(JournalEntry.verb).order_by(JournalEntry.seq.desc())
    ).first()) == "bottom_line.show"  # fmt: skip
    page.open_case(house.second)
    assert "金丝雀" not in dump(page)
    page.open_case(house.first)
    assert not [e for e in tab.bottom.findChildren(type(tab.offers.text)) if e.isVisible()]


def test_a_bottom_line_is_written_where_it_is_shown(tab, database, manager, house):
    _press(tab.bottom, "显示各方底线（会留记录）")
    money, words = (tab.bottom.findChildren(kind) for kind in (type(tab.offers.amount), type(tab.offers.text)))
    money[0].setText("abc")
    _press(tab.bottom, "记下消费者底线")
    assert "应为金额" in dump(tab.bottom)
    money[0].setText("2000")
    next(edit for edit in words if "消费者底线，内容" in edit.accessibleName()).setText("换新也行")
    _press(tab.bottom, "记下消费者底线")
    with database.writing(manager, "bottom_line.show") as work:
        (line,) = bottom_lines.reveal(work, house.first)
    assert (line.side, line.amount, line.text) == (Party.CONSUMER, 200_000, "换新也行")


def _keep_line(database, actor, house, text):
    with database.writing(actor, "bottom_line.save") as work:
        bottom_lines.keep(work, house.first, BottomLineDraft(side=Party.CONSUMER, text=text))


@pytest.mark.parametrize("own", [True, False])
def test_two_people_on_one_bottom_line_are_asked_which_holds(tab, asked, database, manager, mediator, house, own):
    _keep_line(database, manager, house, "换新")
    _press(tab.bottom, "显示各方底线（会留记录）")
    edit = tab.bottom._editors["consumer.text"]
    _keep_line(database, mediator, house, "退全款")
    edit.set_value("退一半")
    _press(tab.bottom, "记下消费者底线")
    (dialog,) = asked.dialogs
    assert all(words in dump(dialog) for words in ("退一半", "退全款", mediator.name))
    (group,) = dialog._groups.values()
    group.button(0 if own else 1).setChecked(True)
    dialog.submit()
    with database.writing(manager, "bottom_line.show") as work:
        (line,) = bottom_lines.reveal(work, house.first)
    assert line.text == edit.text() == ("退一半" if own else "退全款")
    edit.set_value("再谈")
    _press(tab.bottom, "记下消费者底线")
    assert len(asked.dialogs) == 1  # what was chosen has been seen


def test_a_clerk_sees_no_bottom_lines(page, desk, clerk, house):
    desk.actor = clerk
    page.open_case(house.first)
    page.case.tabs.choose("sittings")
    QApplication.processEvents()
    assert "底线" not in dump(page.case.sittings)


def test_a_sitting_is_arranged_with_what_it_clashes_with(tab, database, manager, house):
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, house.second, appointments.proposed(work, house.second))
    plan = _arrange(tab)
    said = dump(plan)
    assert "调解员孙主任已约 14:00–15:00" in said and plan.despite.isVisible()
    assert "周女士与金禧珠宝的投诉约在 11-24 周二 14:00–15:00 调解" in plan.words.values()["reminder"]
    tab.save()
    assert "仍要约的，请写明原因" in dump(plan)
    plan.despite.set_values({"despite": "双方只有这时有空"})
    tab.save()
    QApplication.processEvents()
    (row,) = _read(database, manager, appointments.of_case, house.first)
    assert (row.starts_at, row.despite) == (TOMORROW, "双方只有这时有空")
    assert tab.plan is None and "约好的调解" in dump(tab)


def test_own_words_stay_and_what_is_typed_is_kept(tab, page, house):
    plan = _arrange(tab)
    plan.words.editor("reminder").set_value("请带发票")
    plan.words.changed.emit()
    plan.fields.set_values({"place": "二楼"})
    plan.fields.changed.emit()
    page.open_case(house.second)
    page.open_case(house.first)
    assert tab.plan is None
    plan = _arrange(tab)
    assert (plan.fields.values()["place"], plan.words.values()["reminder"]) == ("二楼", "请带发票")
    _press(plan, "按时间地点重写")
    assert "地点：二楼" in plan.words.values()["reminder"]


def test_it_is_moved_cancelled_and_begun(tab, page, asked, clock, database, manager, house):
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, house.first, appointments.proposed(work, house.first))
    page.refresh()
    QApplication.processEvents()
    _press(tab.arranged, "改时间")
    tab.plan.fields.set_values({"starts_at": datetime(2026, 11, 24, 7, 0, tzinfo=UTC)})
    tab.save()
    assert "请写明为什么改期" in dump(tab.plan)
    tab.plan.reason.setText("消费者堵车")
    tab.save()
    QApplication.processEvents()
    assert "15:00–16:00" in dump(tab.arranged)
    clock.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    _press(tab.arranged, "开始调解")
    assert tab.form.fields.values()["held_at"] == "2026-11-24T15:00"
    write(tab.form.fields.editor("outcome"), "谈成")
    tab.save()
    (row,) = _read(database, manager, appointments.of_case, house.first)
    assert (row.state, row.session) == (AppointmentState.HELD, 1)
    assert _read(database, manager, sessions.rows, house.first)[0].outcome == "谈成"


def test_what_is_read_to_both_sides_names_the_time_that_was_saved(tab, page, database, manager, house):
    plan = _arrange(tab)
    plan.fields.set_values({"starts_at": TOMORROW + timedelta(hours=1)})
    plan.fields.changed.emit()
    tab.save()  # before what is said has been written anew
    QApplication.processEvents()
    (row,) = _read(database, manager, appointments.of_case, house.first)
    assert "11-24 周二 15:00–16:00" in row.reminder
    _press(tab.arranged, "改时间")
    tab.plan.fields.set_values({"starts_at": TOMORROW + timedelta(hours=2)})
    tab.plan.fields.changed.emit()
    tab.plan.look()
    QApplication.processEvents()
    assert "11-24 周二 16:00–17:00" in tab.plan.words.values()["reminder"]
    tab.plan.words.editor("reminder").set_value("请带发票")
    tab.plan.words.changed.emit()
    tab.plan.reason.setText("堵车")
    tab.save()
    QApplication.processEvents()
    _press(tab.arranged, "改时间")
    tab.plan.fields.set_values({"starts_at": TOMORROW + timedelta(hours=3)})
    tab.plan.reason.setText("又堵车")
    tab.save()
    QApplication.processEvents()
    (row,) = _read(database, manager, appointments.of_case, house.first)
    assert (row.starts_at, row.reminder) == (TOMORROW + timedelta(hours=3), "请带发票")


def test_two_people_moving_it_choose_between_their_versions(tab, page, asked, database, mediator, manager, house):
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, house.first, replace(appointments.proposed(work, house.first), place="服务台"))
    page.refresh()
    QApplication.processEvents()
    _press(tab.arranged, "改时间")
    with database.writing(mediator, "appointment.move") as work:
        (seen,) = appointments.of_case(work, house.first)
        theirs = {name: getattr(seen, name) for name in AppointmentDraft.__dataclass_fields__}
        theirs |= {"place": "三楼", "invited": "周女士（消费者）"}
        appointments.move(work, house.first, 1, AppointmentDraft(**theirs), "")
    tab.plan.fields.set_values({"place": "二楼"})
    tab.save()
    question = asked.dialogs[-1]
    words = dump(question)
    assert mediator.name in words and "三楼" in words and "二楼" in words and "周女士" not in words
    question.submit()
    (row,) = _read(database, manager, appointments.of_case, house.first)
    assert (row.place, row.invited) == ("二楼", "周女士（消费者）")


def test_cancelling_asks_why(tab, page, asked, database, manager, house):
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, house.first, appointments.proposed(work, house.first))
    page.refresh()
    QApplication.processEvents()
    _press(tab.arranged, "取消这次预约")
    give_reason(asked.dialogs[-1], "商户来不了")
    (row,) = _read(database, manager, appointments.of_case, house.first)
    assert (row.state, row.reason) == (AppointmentState.CANCELLED, "商户来不了")
    QApplication.processEvents()
    assert "已取消：商户来不了" in dump(tab)


def test_everything_fits_and_has_a_name(window, tab, page, database, manager, house):
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, house.first, appointments.proposed(work, house.first))
    page.refresh()
    _press(tab.bottom, "显示各方底线（会留记录）")
    tab.offers.amount.setText("1")
    tab.offers.save()
    _arrange(tab)
    for size in ((1366, 697), (1024, 540), (1920, 1009)):
        settle(window, *size)
        assert clipped(tab) == [], size
    assert unnamed(tab) == []
