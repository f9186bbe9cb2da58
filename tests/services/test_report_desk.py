"""What the page begins with, and the preview of a form."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from odr_desk import paths
from odr_desk.rules.errors import Invalid
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import EndedBy
from odr_desk.services import monthly, report_desk, submissions

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


def preview(database, actor, code, period=NOVEMBER):
    with database.reading(actor) as work:
        return report_desk.preview(monthly.count(work, code, period))


def test_the_page_begins_with_the_month_that_waits(demo, manager):
    with demo.reading(manager) as work:
        found = report_desk.opening(work)
    assert found.suggested == found.month == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert found.cut == Period(date(2026, 9, 26), date(2026, 10, 25))
    assert found.waiting is not None
    assert (found.regulator, found.reviewer, found.basis) == ("锡山区市场监管局东亭分局", "孙主任", EndedBy.ENDED)
    assert (len(found.forms), len(found.problems), len(found.categories), found.sent) == (3, 12, 25, ())


def test_a_month_that_is_not_over_is_not_suggested(demo, manager, tmp_path, clock):
    with demo.writing(manager, "export") as work:
        submissions.export(work, "F01", Period(date(2026, 10, 1), date(2026, 10, 31)), tmp_path / "F01.xlsx")
    with demo.reading(manager) as work:
        assert report_desk.opening(work).suggested == Period(date(2026, 10, 1), date(2026, 10, 31))
    clock.forward(days=8)
    with demo.reading(manager) as work:
        assert report_desk.opening(work).suggested == NOVEMBER


def test_a_matrix_shows_the_classes_that_have_figures_and_their_sum(demo, manager):
    found = preview(demo, manager, "F01")
    assert [row[0] for row in found.rows] == ["服装鞋帽类", "食品类", "交通工具类", "生活、社会服务类", "合计"]
    assert found.rows[-1][:5] == ("合计", "5", "5", "4", "0.6178")
    assert found.left_out == "其余 21 类都是 0"
    assert [heading.is_number for heading in found.headings] == [False] + [True] * 16


def test_the_one_row_of_the_mall_reads_downwards(demo, manager):
    rows = dict(preview(demo, manager, "P01").rows)
    assert (rows["平台ODR投诉接收数(件)"], rows["按时办结率(%)"], rows["涉及金额(元)"]) == ("2", "100.00", "2,297.00")


def test_a_rate_of_nothing_is_a_dash(database, manager):
    assert dict(preview(database, manager, "P01").rows)["满意率(%)"] == "—"


def test_a_ledger_shows_its_lines(demo, manager):
    found = preview(demo, manager, "P02")
    assert len(found.rows) == 5
    line = dict(zip((heading.text for heading in found.headings), found.rows[1], strict=True))
    assert (line["案件编号"], line["接收日期"], line["涉及金额(元)"]) == ("XSBBB-2026-0001", "2026-11-03", "1,299.00")


def test_a_template_of_ones_own_is_looked_at(tmp_path):
    book = openpyxl.load_workbook(paths.resource("templates", "P01.xlsx"))
    book.worksheets[0]["P4"].value = "好评数量"
    own = tmp_path / "own.xlsx"
    book.save(own)
    found = report_desk.look_at_template("P01", own)
    assert (found.known, found.of, found.unmapped, found.likelier) == (15, 16, ("好评数量",), "")
    assert report_desk.look_at_template("F01", own).likelier == "P01 ODR企业消费纠纷处理情况月报表"
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(Invalid, match="找不到"):
        report_desk.look_at_template("F01", other)


def test_a_file_never_takes_the_name_of_another(tmp_path):
    first = report_desk.free_path(tmp_path, "F01", NOVEMBER)
    assert first == tmp_path / submissions.file_name("F01", NOVEMBER)
    assert first.name == "F01 消费者投诉处理情况表 2026年11月.xlsx"
    first.touch()
    second = report_desk.free_path(tmp_path, "F01", NOVEMBER)
    assert second.name == "F01 消费者投诉处理情况表 2026年11月 (2).xlsx"
    second.touch()
    assert report_desk.free_path(tmp_path, "F01", NOVEMBER).stem.endswith("(3)")
    assert isinstance(second, Path)
