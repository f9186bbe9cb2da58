"""Forms as files: what stands in them, in the register, and what is refused."""

import errno
import hashlib
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from odr_desk import paths
from odr_desk.model.journal import JournalEntry
from odr_desk.rules import period as periods
from odr_desk.rules.completeness import Weight
from odr_desk.rules.errors import Invalid, NotAllowed, Trouble, UnsafeFile
from odr_desk.rules.period import Period
from odr_desk.services import monthly, submissions
from odr_desk.services.figures.report import Proof
from odr_desk.store.database import Database
from tests.make import make_case

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
HALF_YEAR = Period(date(2026, 6, 1), date(2026, 11, 30))


def export(database, actor, code, out, period=NOVEMBER, template=None):
    with database.writing(actor, "export") as work:
        return submissions.export(work, code, period, out, template)


@pytest.fixture
def target(tmp_path):
    """A file in a folder of its own."""
    folder = tmp_path / "报送"
    folder.mkdir()
    return folder / "F01.xlsx"


def sheet(path: Path):
    return openpyxl.load_workbook(path, data_only=True).worksheets[0]


def by_heading(path: Path, row: int = 2) -> dict[str, dict[str, object]]:
    """Return the rows of an F01 by class, each by heading without its unit."""
    cells = list(sheet(path).iter_rows(min_row=row, values_only=True))
    headings = [str(cell).split("（")[0] for cell in cells[0]]
    return {str(line[0]): dict(zip(headings, line, strict=True)) for line in cells[1:14]}


def test_f01_of_november_stands_in_the_regulators_file(demo, manager, tmp_path):
    sent = export(demo, manager, "F01", tmp_path / "F01.xlsx")
    found = by_heading(sent.path)
    assert list(found)[-1] == "合计"
    clothes = found["服装鞋帽类"]
    assert (clothes["受理投诉"], clothes["已处理"], clothes["调解成功"]) == (2, 2, 2)
    assert clothes["挽回经济损失"] == pytest.approx(0.3797)
    assert (clothes["质量"], clothes["虚假宣传"], clothes["价格"]) == (1, 1, 0)
    total = found["合计"]
    assert (total["受理投诉"], total["已处理"], total["调解成功"]) == (5, 5, 4)
    assert total["挽回经济损失"] == pytest.approx(0.6178)
    problems = [total[name] for name in list(total)[5:17]]
    assert len(problems) == 12
    assert sum(problems) == total["受理投诉"]
    assert found["其他类"]["已处理"] == 1  # the electric bicycle, whose class the form lacks


def test_a_class_without_a_row_is_named_with_its_cases(demo, manager, tmp_path):
    sent = export(demo, manager, "F01", tmp_path / "F01.xlsx", Period(date(2026, 10, 1), date(2026, 10, 31)))
    assert [(one.case_no, one.field, one.level) for one in sent.problems if "一行" in one.said] == [
        ("XSBBB-2026-0020", "category", Weight.LOOK)
    ]
    assert any("交通工具类" in remark for remark in sent.remarks)


def test_every_case_of_a_period_is_in_exactly_one_row(demo, manager, tmp_path):
    sent = export(demo, manager, "F01", tmp_path / "F01.xlsx", HALF_YEAR)
    found = by_heading(sent.path)
    total = found.pop("合计")
    assert total["受理投诉"] == 20
    for heading in list(total)[1:]:
        assert sum(row[heading] for row in found.values()) == pytest.approx(total[heading])


def test_p01_of_september(demo, manager, tmp_path):
    sent = export(demo, manager, "P01", tmp_path / "P01.xlsx", Period(date(2026, 9, 1), date(2026, 9, 30)))
    page = sheet(sent.path)
    row = dict(zip((str(cell.value) for cell in page[4]), (cell.value for cell in page[5]), strict=True))
    assert row["企业(商场)名称"] == "无锡示例八佰伴商贸有限公司"
    assert [row[name] for name in ("平台ODR投诉接收数(件)", "其中消费者直达(件)", "其中市监分流(件)")] == [3, 1, 2]
    assert (row["办结数(件)"], row["按时办结数(件)"], row["按时办结率(%)"]) == (3, 2, 66.67)
    assert (row["和解成功数(件)"], row["和解成功率(%)"], row["平均办理时长(工作日)"]) == (3, 100, 7.33)
    assert (row["涉及金额(元)"], row["挽回经济损失(元)"], row["先行赔付金额(元)"]) == (20430, 6683.33, 730)
    assert page["A2"].value == "填报单位（盖章）：无锡示例八佰伴商贸有限公司"
    assert page["I2"].value == "统计期间：2026-09-01 至 2026-09-30"


def test_p01_of_an_empty_month_has_dashes_for_rates(database, manager, tmp_path):
    page = sheet(export(database, manager, "P01", tmp_path / "P01.xlsx").path)
    row = dict(zip((str(cell.value) for cell in page[4]), (cell.value for cell in page[5]), strict=True))
    assert (row["平台ODR投诉接收数(件)"], row["按时办结率(%)"], row["满意率(%)"]) == (0, "—", "—")


def test_p02_has_a_masked_line_for_every_case(demo, manager, tmp_path):
    sent = export(demo, manager, "P02", tmp_path / "P02.xlsx", HALF_YEAR)
    assert sent.rows == 20
    page = sheet(sent.path)
    headings = [cell.value for cell in page[4]]
    lines = [dict(zip(headings, row, strict=True)) for row in page.iter_rows(min_row=5, max_row=24, values_only=True)]
    assert [line["序号"] for line in lines] == list(range(1, 21))
    assert all("****" in line["联系电话(脱敏)"] for line in lines)
    assert {line["处理结果"] for line in lines} - {None} == {"和解成功", "和解不成", "消费者撤回"}
    assert [line["案件编号"] for line in lines if line["是否超期"] == "是"] == ["XSBBB-2026-0014"]


def test_columns_are_found_by_name_in_a_template_put_in_another_order(demo, manager, tmp_path):
    book = openpyxl.load_workbook(paths.resource("templates", "F01.xlsx"))
    page = book.worksheets[0]
    old = [cell.value for cell in page[2]]
    for column, heading in enumerate([old[0], *reversed(old[1:])], start=1):
        page.cell(2, column).value = heading
    book.save(tmp_path / "turned.xlsx")
    turned = export(demo, manager, "F01", tmp_path / "a.xlsx", template=tmp_path / "turned.xlsx")
    straight = export(demo, manager, "F01", tmp_path / "b.xlsx")
    assert by_heading(turned.path) == by_heading(straight.path)
    assert list(by_heading(turned.path)["合计"]) != list(by_heading(straight.path)["合计"])


def test_what_was_made_stands_in_the_register_with_its_figures(demo, manager, auditor, tmp_path):
    sent = export(demo, manager, "F01", tmp_path / "F01.xlsx")
    assert sent.submission_no == "BS2026-0001"
    with demo.reading(auditor) as work:
        [row] = submissions.rows(work)
    assert (row.number, row.form, row.period, row.made_by) == ("BS2026-0001", "F01", NOVEMBER, "孙主任")
    assert (row.file_name, row.folder, row.sha256) == ("F01.xlsx", str(tmp_path), sent.sha256)
    assert [(one.label, one.value) for one in row.sums][-1] == ("挽回经济损失（元）", "6,177.80")
    assert "按办结日期统计" in row.note
    with demo.reading(manager) as work:
        last = work.session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(1)).one()
    assert (last.verb, last.object, last.user) == ("export", f"submissions:{row.id}", "manager")


def test_who_checked_is_kept(demo, manager, tmp_path):
    with demo.writing(manager, "export") as work:
        made = submissions.make(monthly.count(work, "F01", NOVEMBER), tmp_path / "F01.xlsx")
        submissions.register(work, made, "孙主任")
        assert submissions.rows(work)[0].checked_by == "孙主任"


def test_a_file_gets_its_name_only_once_it_stands_in_the_register(demo, manager, target):
    with demo.writing(manager, "export") as work:
        sent = submissions.export(work, "F01", NOVEMBER, target)
        assert not target.exists()
    assert hashlib.sha256(target.read_bytes()).hexdigest() == sent.sha256
    assert list(target.parent.iterdir()) == [target]


def test_what_could_not_be_registered_stands_nowhere(demo, manager, target, monkeypatch):
    target.write_bytes(b"of last month")

    def full(_database, _work):
        raise Trouble("磁盘已满，没有存上。", "请清理磁盘。")

    with monkeypatch.context() as patched, pytest.raises(Trouble, match="磁盘已满"):
        patched.setattr(Database, "_commit", full)
        export(demo, manager, "F01", target)
    assert target.read_bytes() == b"of last month"
    assert list(target.parent.iterdir()) == [target]
    with demo.reading(manager) as work:
        assert submissions.rows(work) == ()


def test_a_file_that_gets_no_name_is_said_to_be_on_record(demo, manager, target, monkeypatch):
    def refuse(*_paths):
        raise OSError(errno.EACCES, "no")

    with (
        monkeypatch.context() as patched,
        pytest.raises(Trouble, match=r"不许写入.*已经记下，文件没有放到位") as refused,
    ):
        patched.setattr(os, "replace", refuse)
        export(demo, manager, "F01", target)
    assert refused.value.saved == "true"
    assert list(target.parent.iterdir()) == []
    with demo.reading(manager) as work:
        assert len(submissions.rows(work)) == 1


def test_a_file_made_from_facts_needs_no_data(demo, manager, tmp_path):
    with demo.reading(manager) as work:
        counted = monthly.count(work, "P02", HALF_YEAR)
    made = submissions.make(counted, tmp_path / submissions.file_name("P02", HALF_YEAR))
    written = made.ready.file.put()
    assert written.path.name == "P02 消费纠纷和解（调解）台账 2026-06-01 至 2026-11-30.xlsx"
    assert written.path.stat().st_size == written.size


def test_numbers_that_do_not_meet_are_not_written(demo, manager, tmp_path):
    import dataclasses

    with demo.reading(manager) as work:
        counted = monthly.count(work, "F01", NOVEMBER)
    crooked = dataclasses.replace(counted, proofs=(Proof("十二个问题栏合计 4，受理 5", False),))
    with pytest.raises(Invalid, match="对不上，没有导出"):
        submissions.make(crooked, tmp_path / "F01.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize("name", ["F01.xls", "F01"])
def test_only_an_xlsx_is_written(demo, manager, tmp_path, name):
    with pytest.raises(Invalid, match=r"\.xlsx"):
        export(demo, manager, "F01", tmp_path / name)


def test_a_refused_export_leaves_no_file_and_no_number(demo, manager, tmp_path):
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK not a workbook")
    with pytest.raises((UnsafeFile, Invalid, Trouble)):
        export(demo, manager, "F01", tmp_path / "out.xlsx", template=damaged)
    assert not (tmp_path / "out.xlsx").exists()
    assert export(demo, manager, "F01", tmp_path / "out.xlsx").submission_no == "BS2026-0001"


def test_who_does_not_report_makes_no_submission(demo, auditor, tmp_path):
    with pytest.raises(NotAllowed):
        export(demo, auditor, "F01", tmp_path / "F01.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_shipped_templates_are_those_of_the_forms(tmp_path):
    for one in monthly.choices():
        shutil.copy(paths.resource("templates", f"{one.code}.xlsx"), tmp_path)
        assert one.title.split("（")[0][:4] in str(sheet(tmp_path / f"{one.code}.xlsx")["A1"].value)


def waiting(database, actor):
    with database.reading(actor) as work:
        found = submissions.pending(work)
        return found and found.period


def test_nothing_waits_where_nothing_was_received(database, manager):
    assert waiting(database, manager) is None


def test_the_month_before_waits_from_the_first_until_it_is_made(demo, manager, tmp_path, clock):
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    assert waiting(demo, manager) == october
    export(demo, manager, "F01", tmp_path / "F01.xlsx", october)
    assert waiting(demo, manager) is None
    clock.now += timedelta(days=8)  # 12-01
    assert waiting(demo, manager) == NOVEMBER
    with demo.reading(manager) as work:
        found = submissions.pending(work)
    assert found is not None and found.words == "11 月月报未报送"


def test_the_rhythm_of_the_last_report_is_kept(demo, manager, tmp_path, clock):
    export(demo, manager, "F01", tmp_path / "F01.xlsx", periods.cut_before(date(2026, 11, 23)))
    assert waiting(demo, manager) is None  # 11-25 is still to come
    clock.now += timedelta(days=3)
    assert waiting(demo, manager) == Period(date(2026, 10, 26), date(2026, 11, 25))


def test_an_odd_stretch_does_not_count_as_the_month(demo, manager, tmp_path):
    export(demo, manager, "F01", tmp_path / "F01.xlsx", HALF_YEAR)
    assert waiting(demo, manager) == Period(date(2026, 10, 1), date(2026, 10, 31))


def test_after_a_long_pause_only_the_last_month_waits(demo, manager, tmp_path):
    export(demo, manager, "F01", tmp_path / "F01.xlsx", Period(date(2026, 3, 1), date(2026, 3, 31)))
    with demo.reading(manager) as work:
        assert submissions.next_period(work) == Period(date(2026, 10, 1), date(2026, 10, 31))


def test_a_name_that_looks_like_a_formula_stays_words(database, manager, tmp_path):
    with database.writing(manager, "test") as work:
        make_case(work, product="=1+1 的赠品", consumer_name="=HYPERLINK", platform_no="")
    page = openpyxl.load_workbook(export(database, manager, "P02", tmp_path / "P02.xlsx").path).worksheets[0]
    cell = next(cell for cell in page[5] if cell.value == "=1+1 的赠品")
    assert cell.data_type == "s"
