import pytest
from PySide6.QtGui import QGuiApplication

from odr_desk.rules.people import Role
from odr_desk.services import case_file, people
from odr_desk.ui.cases import calculator
from odr_desk.ui.cases.calculator import Bench
from tests.conftest import PASSWORD
from tests.ui.looks import clipped, dump, settle, unnamed


@pytest.fixture
def show(page, asked, house):
    """Open the calculator of the first case and return its dialog and its bench."""
    page.open_case(house.first)

    def show():
        (act,) = (act for act in page.case.acts.more(page.case._found) if act.text == "算主张…")
        act.slot()
        dialog = asked.dialogs[-1]
        return dialog, dialog.findChild(Bench)

    return show


def _seen(dialog):
    settle(dialog, 840, 468)
    return dump(dialog)


def _write(bench, name, text):
    edit = bench.form.editor(name)
    edit.setText(text)
    edit.changed.emit()


def test_it_opens_with_what_the_case_says(show):
    dialog, bench = show()
    assert bench.rule() == "R_RETURN7"  # 退货 is claimed
    assert not dialog.do.isEnabled()
    assert "请填写收到商品日" in _seen(dialog)
    bench.choose("all", "R_X3")
    assert bench.form.editor("price").fen() == 328_000
    assert dialog.do.isEnabled()
    seen = _seen(dialog)
    for words in (
        "主张参考",
        "13,120.00 元",
        "3 × 3,280.00 = 9,840.00，不低于 500.00",
        "消保法55(1)",
        "经营者有欺诈行为",
    ):
        assert words in seen


def test_the_result_follows_what_is_typed(show):
    dialog, bench = show()
    bench.choose("all", "R_X3")
    _write(bench, "price", "100")
    assert "600.00 元" in _seen(dialog)
    assert "不足 500.00，按 500.00" in _seen(dialog)
    _write(bench, "price", "abc")
    assert bench.found is None
    assert not dialog.do.isEnabled()
    assert "600.00 元" not in _seen(dialog)


def test_a_category_offers_its_rules(show):
    _dialog, bench = show()
    bench.choose("预付")
    offered = [bench.rules.itemText(at) for at in range(bench.rules.count())]
    assert offered[0] == "江苏单用途卡十五日"
    assert "退一赔三" not in offered
    assert bench.form.editor("principal").fen() == 328_000


def test_what_was_typed_goes_along_to_the_next_rule(show):
    _dialog, bench = show()
    bench.choose("all", "R_X3")
    _write(bench, "price", "168")
    bench.choose("all", "R_X10")
    assert bench.found.reckoning.figures[0].value == 1848_00


def test_what_means_something_else_does_not_go_along(show):
    _dialog, bench = show()
    bench.choose("all", "R_PREPAID_MERCHANT_FAULT")
    for name, text in {"paid": "900", "used": "300", "rate": "3.45", "days": "365"}.items():
        _write(bench, name, text)
    bench.choose("all", "R_PREPAID_CONSUMER_FAULT")
    values = bench.values()
    assert (values["paid"], values["days"]) == ("900", "365")
    assert not values["used"] and not values["rate"], "used before rebate, and the rate of a deposit"
    _write(bench, "rate", "1.5")
    bench.choose("all", "R_3BAO_DEPR")
    assert not bench.values()["rate"], "a rate by the day"
    bench.choose("all", "R_NOREASON_STORE")
    assert not bench.values()["days"]


def test_the_result_is_noted_with_its_conditions(show, database, manager, house, page):
    dialog, bench = show()
    bench.choose("all", "R_X3")
    bench.ticks[0].click()
    dialog.do.click()
    assert not dialog.isVisible()
    with database.reading(manager) as work:
        entry = case_file.detail(work, house.first).timeline[0]
    assert entry.text.startswith("主张参考：退一赔三，合计 13,120.00 元")
    assert "条件已核对：经营者有欺诈行为" in entry.text


def test_the_result_can_be_copied(show, click):
    dialog, bench = show()
    bench.choose("all", "R_X3")
    click(dialog, "复制结果")
    assert QGuiApplication.clipboard().text() == bench.words() != ""


def test_who_only_reads_cannot_note(page, asked, house, database, desk):
    with database.reading(desk.actor) as work:
        found = case_file.detail(work, house.first)
    desk.actor = people.log_in(database, Role.AUDITOR.value, PASSWORD).actor
    calculator.show(page.shell, page, found)
    assert not asked.dialogs[-1].do.isVisible()
    assert asked.dialogs[-1].findChild(Bench).rule()


@pytest.mark.parametrize(
    "rule", ["R_X3", "R_LOSS", "R_NOREASON_REMOTE", "R_NOREASON_STORE", "R_PREPAID_7", "R_PREPAID_MERCHANT_FAULT"]
)
def test_nothing_is_clipped_and_everything_has_a_name(show, rule):
    dialog, bench = show()
    bench.choose("all", rule)
    settle(dialog, 840, 468)
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
