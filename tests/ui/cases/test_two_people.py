"""Two desks on one file: neither saves over the other unseen, and nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt

from odr_desk.services import case_file, cases
from odr_desk.store.database import Database
from odr_desk.ui.desk import Desk
from odr_desk.ui.versions import VersionsDialog
from tests.ui.conftest import AtOnce
from tests.ui.looks import clipped, settle, unnamed

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
    from tests.ui.looks import dump

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
