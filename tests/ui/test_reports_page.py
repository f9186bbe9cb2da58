"""报送 as a person uses it: choose, mend, check, export."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from odr_desk import paths
from odr_desk.model.case import Case
from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services import mending, monthly, submissions
from odr_desk.services.queue import CaseFilter
from odr_desk.ui.reports.page import CHECK, EXPORT, NUMBERS, PERIOD, ReportsPage
from tests.make import make_case, make_merchant
from tests.ui.looks import clipped, settle, unnamed

SIZES = [(1366, 645), (1280, 597), (1024, 488), (1920, 957)]  # what the window leaves to a page
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def numbers(database, manager) -> list[str]:
    """A settled case without its amount, a walk-in without its problem, two that look alike, one in order."""
    with database.writing(manager, "test") as work:
        shop = make_merchant(work, brand="讯达手机").number
        other = make_merchant(work, brand="云岚女装").number
        gap = make_case(work, merchant_no=shop, channel="CH06", consumer_name="钱先生", consumer_phone="19900000009")
        gap.state, gap.result = CaseState.SETTLED, Outcome.SETTLED
        gap.ended_on, gap.refund = date(2026, 11, 23), 429_900
        bare = make_case(work, merchant_no=other, channel="CH06", problem="", consumer_phone="19900000011")
        first = make_case(work, merchant_no=other, platform_no="A-1", consumer_phone="19900000012")
        again = make_case(work, merchant_no=other, platform_no="A-2", consumer_phone="19900000012")
        return [case.number for case in (gap, bare, first, again)]


@pytest.fixture
def page(qtbot, shell, numbers, tmp_path):
    made = ReportsPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 645)
    made.period.set_period(NOVEMBER)
    made.export.set_folder(tmp_path)
    return made


def findings(page) -> list[tuple[str, str]]:
    return [(one.case_no, one.topic.label) for one in page.month.findings]


def mend_all(page) -> None:
    """Save or wave through whatever is shown until nothing is left."""
    for _ in range(10):
        if not page.month.findings:
            return
        form = page.check.card.form
        if form is not None and page.check.card._finding.field == "problem":
            form.editor("problem").set_value("P01")
        page.check.card.submit()
    raise AssertionError(findings(page))


def reach_export(page) -> None:
    page.go_on()
    mend_all(page)
    page.go_on()
    page.numbers.checked.click()
    page.go_on()


def test_the_page_begins_with_the_period_and_all_the_forms(page):
    page.period.preset.button("month").click()
    assert (page.period.first.text(), page.period.last.text()) == ("2026-10-01", "2026-10-31")
    page.period.preset.button("cut").click()
    assert (page.period.first.text(), page.period.last.text()) == ("2026-09-26", "2026-10-25")
    assert page.period.plan().forms == ("F01", "P01", "P02")
    assert page.next.text() == "下一步：体检" and page.next.isEnabled()


def test_days_that_make_no_period_keep_one_here_and_say_why(page):
    page.period.last.setText("2026-10-01")
    page.period.last.changed.emit()
    assert not page.next.isEnabled()
    assert "早于起日" in page._obstacle.text()
    assert page.period._to.problem() == ""  # not while typing
    page.period.last.editingFinished.emit()
    assert "早于起日" in page.period._to.problem()
    page.period.last.setText("十一月底")
    page.period.last.changed.emit()
    assert "应为日期" in page._obstacle.text()
    page.period.set_period(NOVEMBER)
    assert page.next.isEnabled() and page._obstacle.text() == ""
    assert page.period._to.problem() == ""


def test_a_slip_in_the_year_and_days_to_come_are_seen(page):
    page.period.preset.button("month").click()
    assert page.period._span.text() == "共 31 天"
    page.period.set_period(NOVEMBER)
    assert page.period._span.text() == "共 30 天，还没有过完"
    page.period.first.setText("2016-11-01")
    page.period.first.changed.emit()
    assert page.period._span.text() == "共 3,682 天，还没有过完"
    page.go_on()
    assert page.wizard._notes[0] == "2016-11-01 至 2026-11-30"
    page.go_back()
    page.period.first.setText("十一月")
    page.period.first.changed.emit()
    assert page.period._span.text() == ""


def test_without_a_form_there_is_nothing_to_do(page):
    for choice in page.period.choices:
        choice.tick.click()
    assert page._obstacle.text() == "还没有选报表"
    assert not page.next.isEnabled()


def test_what_is_found_is_listed_by_weight_and_the_next_step_sleeps(page, numbers):
    page.go_on()
    assert page._at == CHECK
    assert findings(page) == [
        (numbers[0], "挽回经济损失"),
        (numbers[1], "投诉问题"),
        (numbers[3], "可能重复"),
    ]
    assert page._title.text() == "11 月月报"
    assert page._obstacle.text() == "还有 2 项必须改"
    assert not page.next.isEnabled()
    lines = page.check.findings.table.rows
    assert [lines.data(lines.index(at, 1)) for at in range(lines.rowCount())] == [
        "必须改  2",
        "",
        "",
        "请看一眼  1",
        "",
    ]
    assert page.check.card._title.text().endswith("讯达手机")


def test_a_missing_amount_is_proposed_and_saved_with_ctrl_return(page, desk, numbers, qtbot):
    page.go_on()
    editor = page.check.card.form.editor("recovered")
    assert editor.text() == "4,299.00"
    assert page.check.sums._note.text() == "补上缺的挽回损失后，会变成 4,299.00"
    page._submit()
    assert numbers[0] not in {number for number, _ in findings(page)}
    assert page.check.card._finding.case_no == numbers[1]
    found: list[mending.Mendable] = []
    desk.read(page, lambda work: mending.look(work, numbers[0]), found.append)
    assert found[0].values["recovered"] == 429_900


def test_an_empty_field_is_refused_at_the_field(page):
    page.go_on()
    page.check.findings.table.step(1)
    page.check.card.submit()
    assert page.check.card.form.place("problem").problem() == "请填写投诉问题"
    page.check.findings.table.step(-1)
    page.check.card.form.editor("recovered").setText("很多")
    page.check.card.submit()
    assert "应为金额" in page.check.card.form.place("recovered").problem()


def test_an_oddity_is_waved_through_and_leaves_a_name(page, numbers, shell):
    page.go_on()
    page.check.chips.choose("look")
    page.check._show_findings()
    assert page.check.card.save.words() == "看过，不改"
    page.check.card._other.click()
    page.check.card._open.click()
    assert shell.opened == [("cases", numbers[2]), ("cases", numbers[3])]
    page.check.card.save.click()
    assert (numbers[3], "可能重复") not in findings(page)


def test_arrow_keys_pass_over_the_heads(page, qtbot):
    page.go_on()
    table = page.check.findings.table
    seen = [table.currentIndex().row()]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        qtbot.keyClick(table, key)
        seen.append(table.currentIndex().row())
    assert seen == [1, 2, 4, 2, 1, 1]


def test_when_nothing_is_left_the_page_says_so_and_goes_on(page):
    page.go_on()
    mend_all(page)
    assert page.check._fine.isVisible() and not page.check.findings.isVisible()
    assert page.next.isEnabled() and page.next.property("kind") == "primary"
    page.go_on()
    assert page._at == NUMBERS


def test_somebody_has_to_check_the_figures(page):
    page.go_on()
    mend_all(page)
    page.go_on()
    assert page._obstacle.text() == "还没有核对数字"
    page.numbers.checker.setText("")
    page.numbers.checker.changed.emit()
    assert page._obstacle.text() == "还没有写核对人"
    page.numbers.checker.setText("孙主任")
    page.numbers.checked.click()
    assert page.numbers.checked_by() == "孙主任"
    assert page.next.isEnabled()


def test_the_forms_are_shown_as_they_will_stand(page):
    page.go_on()
    mend_all(page)
    page.go_on()
    rows = page.numbers.table.rows
    last = rows.rowCount() - 1
    assert [rows.data(rows.index(last, at)) for at in (1, 2, 3, 4, 5)] == ["合计", "4", "1", "1", "0.4299"]
    page.numbers.segments.button("P02").click()
    assert page.numbers.table.rows.rowCount() == 4
    assert page.numbers._title.text() == "P02  消费纠纷和解（调解）台账"


def test_changed_figures_must_be_checked_again(page, desk, numbers):
    page.go_on()
    mend_all(page)
    page.go_on()
    page.numbers.checked.click()

    def change(work):
        work.session.get_one(Case, mending.look(work, numbers[0]).case_id).recovered = 100

    desk.write(page, change, verb="test")
    assert not page.numbers.checked.isChecked()
    assert not page.next.isEnabled()


def test_the_files_are_made_read_back_and_registered(page, desk, tmp_path, shell):
    reach_export(page)
    assert page._at == EXPORT
    assert page.next.text() == "导出 3 张表"
    page.go_on()
    names = sorted(path.name for path in tmp_path.glob("*.xlsx"))
    assert names == [
        "F01 消费者投诉处理情况表 2026年11月.xlsx",
        "P01 ODR企业消费纠纷处理情况月报表 2026年11月.xlsx",
        "P02 消费纠纷和解（调解）台账 2026年11月.xlsx",
    ]
    assert page.export.is_done and page.next.text() == "完成"
    assert shell.running == []
    registered: list[submissions.SentRow] = []
    desk.read(page, submissions.rows, registered.extend)
    assert {(row.form, row.checked_by, row.folder) for row in registered} == {
        (code, "孙主任", str(tmp_path)) for code in ("F01", "P01", "P02")
    }
    page.go_on()
    assert page._at == PERIOD
    history = page.period.history
    assert history.table.rows.rowCount() == 3
    history.table.step(1)
    assert history._told.isVisible()


def test_a_second_export_takes_another_name(page, tmp_path):
    reach_export(page)
    page.go_on()
    page.show_step(NUMBERS)
    page.go_on()
    page.go_on()
    assert len(list(tmp_path.glob("F01*.xlsx"))) == 2


def test_a_folder_that_is_gone_is_told_and_the_rest_can_be_tried_again(page, tmp_path, shell):
    reach_export(page)
    page.export.set_folder(tmp_path / "gone")
    page.go_on()
    assert "没有文件夹" in str(shell.refused[-1])
    assert not page.export.is_running and page.next.isEnabled()
    (tmp_path / "gone").mkdir()
    shell.again()
    assert page.export.is_done


def test_a_template_of_ones_own_is_looked_at_and_used(page, tmp_path, asked):
    book = openpyxl.load_workbook(paths.resource("templates", "F01.xlsx"))
    book.worksheets[0]["Q2"].value = "其它栏"
    own = tmp_path / "ours.xlsx"
    book.save(own)
    asked.paths = [own, None]
    choice = page.period.choices[0]
    choice._own.click()
    assert choice._words.text() == "ours.xlsx：17 栏认出 16 栏"
    assert "“其它栏”没有对应的数据，照原样留着" in choice._doubt.text()
    assert page.period.plan().templates == {"F01": own}
    choice._own.click()  # nothing chosen: the template stays
    assert choice.template == own
    choice._back.click()
    assert page.period.plan().templates == {}


def test_a_file_that_is_no_form_is_refused_and_the_built_in_one_stays(page, tmp_path, asked):
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    asked.paths = [other]
    choice = page.period.choices[1]
    choice._own.click()
    assert "找不到" in choice._doubt.text() and choice._doubt.text().endswith("仍用原来的表样")
    assert choice.template is None


def test_how_ended_is_reckoned_is_kept(page, desk):
    page.period.basis.button(EndedBy.RECEIVED.value).click()
    found: list[EndedBy] = []
    desk.read(page, monthly.basis, found.append)
    assert found == [EndedBy.RECEIVED]


def test_the_cases_of_the_period_are_one_click_away(page, shell):
    page.go_on()
    page.check.findings._list.click()
    assert shell.opened == [("cases", CaseFilter(view="all", received_from=NOVEMBER.first, received_to=NOVEMBER.last))]


def test_tables_from_outside_come_in_from_here(page, shell):
    page._import.click()
    assert shell.opened == [("imports", None)]


def test_the_folder_is_remembered(page, shell, qtbot, tmp_path, asked):
    asked.paths = [tmp_path]
    reach_export(page)
    page.export._change.click()
    made = ReportsPage(shell)
    qtbot.addWidget(made)
    assert made.export.folder == Path(tmp_path)


def test_whoever_does_not_report_may_look_but_not_export(qtbot, shell, desk, auditor, numbers):
    desk.actor = auditor
    made = ReportsPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 645)
    made.period.set_period(NOVEMBER)
    made.go_on()
    assert made.month is not None
    made.show_step(EXPORT)
    assert not made.next.isEnabled() and "编制和报送月报" in made._obstacle.text()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_off_and_everything_has_a_name(page, width, height):
    settle(page, width, height)
    for step in range(4):
        if step == CHECK:
            page.go_on()
        page.show_step(step)
        settle(page, width, height)
        assert clipped(page) == []
        assert unnamed(page) == []


def test_an_empty_month_can_be_reported_too(qtbot, shell, database, tmp_path):
    made = ReportsPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 645)
    made.period.set_period(NOVEMBER)
    made.export.set_folder(tmp_path)
    reach_export(made)
    made.go_on()
    assert made.export.is_done
