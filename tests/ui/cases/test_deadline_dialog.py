from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from odr_desk.rules.pause import DueDraft
from odr_desk.services import pausing
from tests.ui.cases.on_a_case import detail
from tests.ui.hands import give_reason
from tests.ui.looks import clipped, dump, unnamed


@pytest.fixture
def dialog(page, asked, house, click):
    page.open_case(house.first)
    click(page.case.header, "看计数")
    opened = asked.dialogs[-1]
    QApplication.processEvents()
    return opened


def _press(dialog, words):
    (found,) = [b for b in dialog.findChildren(QPushButton) if b.text() == words and not b.isHidden()]
    found.click()
    _rest()
    assert clipped(dialog) == [] and unnamed(dialog) == []


def _rest():
    for _ in range(4):
        QApplication.processEvents()


def test_the_clock_is_stopped_resumed_and_the_pause_taken_back(dialog, asked, database, manager, house, clock):
    assert "第 10 天" in dump(dialog) and dialog.do.isHidden()
    _press(dialog, "暂停计时")
    dialog.submit()
    assert "请填写从哪天起不计" in dump(dialog)
    dialog.form.set_values({"since": date(2026, 11, 23), "reason": "送检"})
    dialog.submit()
    _rest()
    said = dump(dialog)
    assert "11-23 周一 起暂停计时：送检" in said and "暂停，剩 11 个工作日" in said and "期限记录" in said
    assert detail(database, manager, house.first).row.is_paused
    clock.forward(days=2)
    _press(dialog, "恢复计时")
    assert detail(database, manager, house.first).row.due_on == date(2026, 12, 9)
    _press(dialog, "撤回")
    give_reason(asked.dialogs[-1], "记错了件")
    _rest()
    assert "已撤回：记错了件" in dump(dialog)
    assert detail(database, manager, house.first).row.due_on == date(2026, 12, 7)


def test_a_day_of_ones_own_is_set_changed_and_shown_beside_the_laws(dialog, page, database, manager, house):
    _press(dialog, "定内部期限")
    dialog.form.set_values({"due": date(2026, 12, 1), "reason": "消费者出差"})
    dialog.submit()
    _rest()
    assert "内部期限 12-01 周二：消费者出差。法定期限不因此改变。" in dump(dialog)
    found = detail(database, manager, house.first)
    assert (found.manual_due_on, found.row.due_on) == (date(2026, 12, 1), date(2026, 12, 7))
    assert "至 12-07 周一，内部 12-01" in dump(page.case.header)
    _press(dialog, "改内部期限")
    dialog.form.set_values({"due": None, "reason": "按法定办"})
    dialog.submit()
    assert detail(database, manager, house.first).manual_due_on is None


def test_a_paused_case_says_so_in_its_head_and_in_the_list(dialog, page, house):
    _press(dialog, "暂停计时")
    dialog.form.set_values({"since": date(2026, 11, 23), "reason": "送检"})
    dialog.submit()
    _rest()
    assert "暂停计时，剩 11 个工作日" in dump(page.case.header)
    row = next(page.queue.table.rows.row(at) for at in range(3) if page.queue.table.rows.row(at).number == house.first)
    assert row.time_left == "暂停"


def test_who_only_reads_has_no_buttons(page, asked, desk, auditor, house, click):
    desk.actor = auditor
    page.open_case(house.first)
    click(page.case.header, "看计数")
    said = dump(asked.dialogs[-1])
    assert "暂停计时" not in said and "第 10 天" in said


@pytest.mark.parametrize("mine", [True, False])
def test_a_day_that_somebody_else_has_set_meanwhile_is_shown_beside_one_s_own(
    dialog, asked, database, manager, clerk, house, mine
):
    _press(dialog, "定内部期限")
    dialog.form.set_values({"due": date(2026, 12, 1), "reason": "消费者出差"})
    with database.writing(clerk, "case.due") as work:
        pausing.set_due(work, house.first, DueDraft(due=date(2026, 12, 3), reason="等厂家"))
    dialog.submit()
    both = asked.dialogs[-1]
    assert "2026-12-01（消费者出差）" in dump(both) and "2026-12-03（等厂家）" in dump(both)
    both._groups["due"].button(0 if mine else 1).setChecked(True)
    both.submit()
    _rest()
    found = detail(database, manager, house.first)
    assert found.manual_due_on == (date(2026, 12, 1) if mine else date(2026, 12, 3))
    assert f"内部期限 {'12-01 周二' if mine else '12-03 周四'}" in dump(dialog)
