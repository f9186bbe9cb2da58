from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from odr_desk.model.journal import JournalEntry
from odr_desk.rules.case import CaseState
from odr_desk.rules.session import SessionDraft
from odr_desk.rules.stations import Station
from odr_desk.services import sessions
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from tests.settled import conclude
from tests.ui.cases.on_a_case import act, advance, detail, shown, top_dialog
from tests.ui.hands import give_reason, write
from tests.ui.looks import dump

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_telephone_is_masked_until_it_is_asked_for(click, case, database, manager, house):
    assert "199****0023" in dump(case.header) and "19900000023" not in dump(case)
    click(case.header, "显示完整电话（会留记录）")
    assert "19900000023" in dump(case.header)
    with database.reading(manager) as work:
        verbs = work.session.scalars(select(JournalEntry.verb).order_by(JournalEntry.seq))
        assert list(verbs)[-1] == "case.reveal"


def test_the_number_is_masked_again_when_another_case_is_opened(click, page, case, house):
    click(case.header, "显示完整电话（会留记录）")
    page.open_case(house.second)
    page.open_case(house.first)
    assert "199****0023" in dump(case.header)


def test_the_primary_button_follows_the_stations(click, case, database, manager, house, press):
    click(case.header, "受理")
    assert detail(database, manager, house.first).state is CaseState.ASSIGNED
    click(case.header, "联系商户")
    assert QApplication.focusWidget() is case.log.edit
    write(case.log.edit, "店长说明天答复")
    press(Qt.Key.Key_Return, CTRL)
    click(case.header, "安排调解")
    assert case.sittings.plan is not None and case.sittings.form is None
    case.sittings.save()
    assert case.sittings.plan is None
    case.tabs.choose("progress")
    click(case.header, "安排调解")  # it is arranged: what is left is to hold it
    assert QApplication.focusWidget().text() == "开始调解"


def test_who_does_not_mediate_hands_over_what_only_mediators_do(case, asked, clerk, desk, database, manager, house):
    held = SessionDraft(held_at=detail(database, manager, house.first).read_at, mode="A", mediator="刘洋")
    with database.writing(manager, "session.add") as work:
        sessions.add(work, house.first, held)
    found = replace(detail(database, manager, house.first), station=Station.AGREE)
    assert case.acts.named(found) == "出协议"
    assert case.acts.named(replace(found, agreed=True)) == "看协议"
    desk.actor = clerk
    assert case.acts.named(found) == "转给调解员"
    case.acts.go_on(found)
    assert "分派给谁" in asked.titles[-1]
    closed = replace(found, station=Station.CLOSED)
    case.header.set_acts(case.acts.named(closed), ())
    assert not case.header.button.main.isVisible()
    desk.actor = manager
    assert case.acts.named(closed) == "重新打开"


def test_a_case_is_given_to_somebody(asked, case, database, manager, clerk, house):
    act(case, "分派…")
    dialog = top_dialog(asked)
    dialog.submit()
    assert "请选择承办人" in shown(dialog)
    dialog.findChild(ChoiceEdit).set_value(str(clerk.user_id))
    dialog.submit()
    assert not dialog.isVisible()
    assert detail(database, manager, house.first).row.handler == clerk.name


def test_a_move_that_needs_a_reason_asks_for_it(asked, case, database, manager, house):
    act(case, "改为无法联系消费者")
    top_dialog(asked).do.click()
    assert detail(database, manager, house.first).state is CaseState.REGISTERED
    give_reason(top_dialog(asked), "三次电话没有接通")
    found = detail(database, manager, house.first)
    assert (found.state, found.result_note) == (CaseState.UNREACHABLE, "三次电话没有接通")


def test_the_deadline_is_counted_aloud(asked, case, click):
    click(case.header, "看计数")
    words = dump(top_dialog(asked))
    assert "第 1 天" in words and "依据" in words and "不算" in words


def test_agreements_duties_and_performance_stand_in_the_case(
    asked, window, case, page, click, database, manager, house
):
    agreed = conclude(database, manager, case_no=house.first)
    page.refresh()
    click(case.header, "登记履行")
    words = shown(case.settlement)
    assert agreed.agreement_no in words and "还有 2 项" in words
    click(case.settlement, "登记履行第 1 项")
    dialog = top_dialog(asked)
    dialog.submit()
    assert not dialog.isVisible()
    assert "还有 1 项" in shown(case.settlement)
    assert detail(database, manager, house.first).refund == 129_900


def test_a_case_taken_up_again_may_go_back_to_its_agreement(asked, case, page, database, manager, house):
    conclude(database, manager, case_no=house.first)
    advance(database, manager, house.first, CaseState.NEGOTIATING)
    page.refresh()
    offered = {act.text for act in case.header.button._acts}
    assert offered.isdisjoint({"和解不成…", "改为消费者撤回"})
    act(case, "改为和解成功")
    give_reason(top_dialog(asked), "问清了，协议照旧")
    found = detail(database, manager, house.first)
    assert (found.state, found.recovered) == (CaseState.SETTLED, 129_900)


def test_f6_opens_the_editor_of_the_agreement(window, press, case, house):
    press(Qt.Key.Key_F6)
    assert window._code == "agreements"
    editor = window.current().editor
    assert editor.isVisible() and "周女士" in dump(editor)
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window._code == "cases" and "周女士" in dump(window.current().case.header)
