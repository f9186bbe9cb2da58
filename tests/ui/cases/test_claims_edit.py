"""The demands of a case changed on its page: from the keyboard, by two people, and kept while they are typed."""

import pytest
from PySide6.QtCore import Qt

from odr_desk.rules.case import Claim
from odr_desk.services import case_file, cases, drafts, undoing
from odr_desk.ui.versions import VersionsDialog
from odr_desk.ui.widgets.chips import Chip
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def data(window, press, house):
    window.open("cases", house.first)
    press(Qt.Key.Key_F2)
    return window.current().case.data


@pytest.fixture
def claims(data):
    return data._form.editor("claims")


def chip(claims, code) -> Chip:
    return claims.chips._chips[code]


def on_record(database, actor, number):
    with database.reading(actor) as work:
        return case_file.detail(work, number)


def save_elsewhere(database, actor, number, **changes):
    with database.writing(actor, "case.update") as work:
        cases.update(work, number, case_file.detail(work, number).version, changes)


def test_demands_are_changed_from_the_keyboard(window, data, claims, press, database, manager, house):
    chip(claims, "C08").setFocus()
    press(Qt.Key.Key_Space)
    write(claims.amount("C08"), "５００")
    write(claims.amount("C04"), "3280")
    press(Qt.Key.Key_Return, CTRL)
    found = on_record(database, manager, house.first)
    assert found.claims == (Claim("C04", 328_000), Claim("C08", 50_000))
    assert not data.is_editing()
    settle(window, 1366, 697)
    assert "退货 ¥3,280.00、赔偿损失 ¥500.00" in dump(data)
    assert "诉求原为 退货，现为 退货 ¥3,280.00、赔偿损失 ¥500.00" in found.timeline[0].text
    with database.writing(manager, "undo") as work:
        undoing.undo(work, undoing.last(work))
    assert on_record(database, manager, house.first).claims == (Claim("C04"),)


@pytest.mark.parametrize("width", [1024, 1366])
def test_all_demands_fit_and_are_named(window, data, claims, width):
    for code in ("C01", "C03", "C06", "C08", "C11", "C14"):
        chip(claims, code).click()
    settle(window, width, 540)
    assert clipped(data) == [] and unnamed(data) == []


def test_taking_the_last_demand_away(data, claims, press, database, manager, house):
    chip(claims, "C04").click()
    assert claims.value() == []
    press(Qt.Key.Key_Return, CTRL)
    assert on_record(database, manager, house.first).claims == ()


def test_a_wrong_amount_is_named_below_the_demands(data, claims, press, database, manager, house):
    write(claims.amount("C04"), "一千")
    press(Qt.Key.Key_Return, CTRL)
    assert data.is_editing()
    assert data._form.place("claims").problem().startswith("第 1 项诉求金额")
    assert on_record(database, manager, house.first).claims == (Claim("C04"),)


def test_two_people_change_the_demands(data, claims, press, asked, database, clerk, manager, house, clock):
    write(claims.amount("C04"), "100")
    clock.forward(minutes=3)
    save_elsewhere(database, clerk, house.first, claims=(Claim("C03"),))
    press(Qt.Key.Key_Return, CTRL)
    dialog = asked.dialogs[-1]
    assert isinstance(dialog, VersionsDialog) and list(dialog._groups) == ["claims"]
    assert "Words 退货 ¥100.00\n" in dump(dialog) and "Words 换货\n" in dump(dialog)
    dialog.submit()
    assert on_record(database, manager, house.first).claims == (Claim("C04", 10_000),)


def test_demands_beside_what_somebody_else_changed(data, claims, press, asked, database, clerk, manager, house, clock):
    chip(claims, "C08").click()
    clock.forward(minutes=3)
    save_elsewhere(database, clerk, house.first, product="金手镯")
    press(Qt.Key.Key_Return, CTRL)
    found = on_record(database, manager, house.first)
    assert (found.draft.product, found.claims) == ("金手镯", (Claim("C04"), Claim("C08")))
    assert asked.dialogs == []


def test_typed_demands_are_kept(data, claims, database, manager, house, page_again):
    chip(claims, "C08").click()
    write(claims.amount("C08"), "12.3x")
    data._keeping.now()
    again = page_again()
    assert again.value() == [{"code": "C04", "amount": ""}, {"code": "C08", "amount": "12.3x"}]
    with database.reading(manager) as work:
        assert len(drafts.of(work, drafts.FIELDS, house.first)) == 1


@pytest.fixture
def page_again(data, window, house):
    def again():
        window.open("cases", house.second)
        window.open("cases", house.first)
        data.edit()
        return data._form.editor("claims")

    return again
