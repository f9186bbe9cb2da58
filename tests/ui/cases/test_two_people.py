"""Two desks on one file: neither saves over the other unseen, and nothing typed is lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from odr_desk.services import case_file, cases, handling, queue
from odr_desk.store.database import Database
from odr_desk.ui.cases import dialogs
from odr_desk.ui.desk import Desk
from odr_desk.ui.versions import VersionsDialog
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from tests.ui.conftest import AtOnce
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def other(database, clerk, clock):
    """A second desk with a connection of its own to the same file."""
    second = Database(database.path, clock)
    made = Desk(lambda: second, clerk, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
    yield made
    made.close()
    second.close()


def save(other, number, **changes):
    def op(work):
        cases.update(work, number, case_file.detail(work, number).version, changes)

    other.write(other, op, verb="case.update")


@pytest.fixture
def case(window, house):
    window.open("cases", house.first)
    return window.current().case


@pytest.fixture
def data(press, case, house):
    press(Qt.Key.Key_F2)
    return case.data


def draft(database, actor, number):
    with database.reading(actor) as work:
        return case_file.detail(work, number).draft


def dialog_of(asked) -> VersionsDialog:
    found = asked.dialogs[-1]
    assert isinstance(found, VersionsDialog)
    return found


def test_each_field_is_chosen_for_itself(press, asked, other, data, database, manager, house, clock):
    data._form.editor("product").set_value("我写的")
    data._form.editor("brand").set_value("我的牌子")
    data._form.editor("model").set_value("只有我写")
    clock.forward(minutes=3)
    save(other, house.first, product="别人写的", brand="别人的牌子", amount=99_900)
    press(Qt.Key.Key_Return, CTRL)
    dialog = dialog_of(asked)
    assert list(dialog._groups) == ["product", "brand"]
    dialog._groups["brand"].button(1).setChecked(True)
    dialog.submit()
    found = draft(database, manager, house.first)
    assert (found.product, found.brand, found.model, found.amount) == ("我写的", "别人的牌子", "只有我写", 99_900)
    assert not data.is_editing()


def test_the_dialog_names_who_and_when_and_fits(press, asked, other, data, house, clock):
    data._form.editor("facts").set_value("我" * 900)
    clock.forward(minutes=3)
    save(other, house.first, facts="<b>别人</b>的话")
    press(Qt.Key.Key_Return, CTRL)
    dialog = dialog_of(asked)
    settle(dialog, 560, 460)

    shown = dump(dialog)
    assert "王敏" in shown and "10:03" in shown
    assert "<b>别人</b>的话" in shown
    assert "共 900 字" in shown
    assert clipped(dialog) == []
    assert unnamed(dialog) == []


def test_what_does_not_touch_is_kept_side_by_side_without_a_question(
    press, asked, other, data, window, database, manager, house
):
    data._form.editor("product").set_value("我写的")
    save(other, house.first, brand="别人的牌子")
    press(Qt.Key.Key_Return, CTRL)
    found = draft(database, manager, house.first)
    assert (found.product, found.brand) == ("我写的", "别人的牌子")
    assert asked.dialogs == []
    assert not data.is_editing()


def test_a_third_version_is_shown_too_and_the_words_stay(press, asked, other, data, database, manager, house):
    data._form.editor("product").set_value("我写的")
    save(other, house.first, product="别人写的")
    press(Qt.Key.Key_Return, CTRL)
    save(other, house.first, product="又改了")
    dialog_of(asked).submit()
    assert len(asked.dialogs) == 2
    assert data._form.values()["product"] == "我写的"
    dialog_of(asked).submit()
    assert draft(database, manager, house.first).product == "我写的"


def test_leaving_the_question_open_leaves_the_form_as_typed(press, asked, other, data, database, manager, house):
    data._form.editor("product").set_value("我写的")
    save(other, house.first, product="别人写的")
    press(Qt.Key.Key_Return, CTRL)
    dialog_of(asked).reject()
    assert data.is_editing()
    assert data._form.values()["product"] == "我写的"
    assert draft(database, manager, house.first).product == "别人写的"


def test_a_refresh_while_typing_does_not_hide_that_somebody_was_faster(
    press, asked, other, data, window, database, manager, house
):
    data._form.editor("product").set_value("我写的")
    save(other, house.first, product="别人写的")
    window.current().refresh()
    press(Qt.Key.Key_Return, CTRL)
    assert len(asked.dialogs) == 1


def step(other, number, words, day="2026-11-25"):
    other.write(
        other, lambda work: handling.set_next_step(work, number, words, date.fromisoformat(day)), verb="case.next_step"
    )


@pytest.fixture
def log(case):
    """A note with a next step, typed and not recorded yet."""
    write(case.log.edit, "周女士明天来")
    case.log.open_step()
    write(case.log.step.text, "等周女士")
    case.log.step.due.setText("2026-11-26")
    return case.log


@pytest.mark.parametrize("mine", [True, False])
def test_a_next_step_that_somebody_else_has_set_meanwhile(press, asked, other, log, database, manager, house, mine):
    step(other, house.first, "等店长回话")
    press(Qt.Key.Key_Return, CTRL)
    dialog = dialog_of(asked)
    assert "等周女士（2026-11-26）" in dump(dialog) and "等店长回话（2026-11-25）" in dump(dialog)
    assert "王敏" in dump(dialog)
    settle(dialog, 560, 460)
    assert clipped(dialog) == [] and unnamed(dialog) == []
    dialog._groups["text"].button(0 if mine else 1).setChecked(True)
    dialog.submit()
    with database.reading(manager) as work:
        found = case_file.detail(work, house.first)
    assert found.row.next_step == ("等周女士" if mine else "等店长回话")
    assert [entry.text for entry in found.timeline if not entry.system] == ["周女士明天来"]
    assert log.edit.toPlainText() == "" and log.step.isHidden()


def test_a_next_step_left_for_later_is_still_there(press, asked, other, log, page, house):
    step(other, house.first, "等店长回话")
    press(Qt.Key.Key_Return, CTRL)
    dialog_of(asked).reject()
    log.keep_now()
    page.open_case(house.second)
    page.open_case(house.first)
    assert (log.edit.toPlainText(), log.step.text.value()) == ("周女士明天来", "等周女士")
    press(Qt.Key.Key_Return, CTRL)
    assert len(asked.dialogs) == 2 and "等店长回话" in dump(dialog_of(asked))


def test_one_s_own_next_steps_follow_one_another(press, asked, case, log, database, manager, house):
    for words in ("等周女士", "等店长"):
        case.log.open_step()
        write(case.log.step.text, words)
        case.log.step.due.setText("2026-11-27")
        press(Qt.Key.Key_Return, CTRL)
    with database.reading(manager) as work:
        assert case_file.detail(work, house.first).row.next_step == "等店长"
    assert asked.dialogs == []


@pytest.mark.parametrize("mine", [True, False])
def test_a_case_that_somebody_else_has_assigned_meanwhile(asked, other, case, clerk, database, manager, house, mine):
    other.write(other, lambda work: handling.assign(work, house.first, clerk.user_id), verb="case.assign")
    dialogs.assign(case._shell, case, case.shown)
    dialog = asked.dialogs[-1]
    dialog.findChild(ChoiceEdit).set_value(str(manager.user_id))
    dialog.submit()
    both = dialog_of(asked)
    assert manager.name in dump(both) and clerk.name in dump(both)
    both._groups["handler_name"].button(0 if mine else 1).setChecked(True)
    both.submit()
    assert not dialog.isVisible()
    with database.reading(manager) as work:
        assert case_file.detail(work, house.first).handler_id == (manager if mine else clerk).user_id


def test_of_many_those_that_somebody_else_has_changed_are_named(asked, other, page, press, house, database, manager):
    step(other, house.third, "旧的一步")
    page.queue.table.setFocus()
    press(Qt.Key.Key_A, CTRL)
    page.queue.bulk.next_step()
    dialog = asked.dialogs[-1]
    assert "1 件已有下一步，会替换掉：0003 旧的一步（2026-11-25）" in dump(dialog)
    words, due = dialog.findChildren(QLineEdit)[:2]
    words.setText("集中回访")
    due.setText("2026-11-30")
    step(other, house.second, "等店长回话")
    asked.answers = [True]
    dialog.submit()
    assert "等店长回话（2026-11-25）" in asked.texts[-1] and "王敏" in asked.texts[-1]
    with database.reading(manager) as work:
        found = {row.number: row.next_step for row in queue.named(work, (house.first, house.second, house.third))}
    assert found == {house.first: "集中回访", house.second: "等店长回话", house.third: "集中回访"}
