import dataclasses
import time
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from odr_desk.rules.errors import Invalid, Trouble, UnsafeFile
from odr_desk.sheets import FORMS, form_of, forms
from odr_desk.sheets.form import Kind
from tests.sheets.filled import changed, complaints, f01, p01, p02, read, remarks, sheet_of

F01, P01, P02 = FORMS


def kept(sheet):
    """What a template says about itself and a filling must not change."""
    return {
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "widths": {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()},
        "freeze": sheet.freeze_panes,
        "titles": sheet.print_title_rows,
        "area": sheet.print_area,
        "setup": dict(sheet.page_setup),
        "margins": dict(sheet.page_margins),
        "lists": sorted((str(v.sqref), v.type, v.formula1) for v in sheet.data_validations.dataValidation),
        "formulas": {c.coordinate: c.value for row in sheet for c in row if c.data_type == "f"},
        "looks": {
            c.coordinate: (
                c.font.name,
                c.font.sz,
                c.font.b,
                c.fill.fgColor.rgb,
                c.border.left.style,
                c.alignment.horizontal,
            )
            for row in sheet
            for c in row
        },
    }


@pytest.mark.parametrize(
    ("form", "facts"),
    [
        (F01, f01(complaints("食品类", 3, recovered=12_345_678))),
        (P01, p01(received=3, on_time_rate=1, settled_rate=2, days=3, content_rate=4)),
        (P02, p02(26)),
    ],
    ids=["F01", "P01", "P02"],
)
def test_all_that_is_the_regulators_stays(form, facts):
    before = kept(load_workbook(forms.built_in(form)).worksheets[0])
    assert kept(sheet_of(forms.fill(form, facts).content)) == before


def test_the_template_is_never_filled_itself(tmp_path, in_this_process):
    template = changed("F01", tmp_path / "空表.xlsx", lambda _book: None)
    before = template.read_bytes()
    with pytest.raises(Invalid, match="就是模板本身") as caught:
        forms.prepare(tmp_path / "空表.xlsx", F01, f01(complaints("食品类", 1)), template)
    assert caught.value.problems[0].field == "out"
    assert template.read_bytes() == before
    with pytest.raises(Trouble, match="太长"):
        forms.prepare(tmp_path / ("长" * 120 + ".xlsx"), F01, f01(complaints("食品类", 1)), template)


@pytest.mark.parametrize(
    ("form", "facts", "words"),
    [
        (F01, f01(complaints("食品类", 3)), "模板上写着“2026-10-01 至 2026-10-31”，像是填好的旧表"),
        (P01, p01(received=3, settled=2), "模板第 5 行已经填有内容，像是填好的旧表"),
        (P02, p02(26), "模板第 5 行已经填有内容，像是填好的旧表"),
    ],
    ids=["F01", "P01", "P02"],
)
def test_what_was_filled_before_is_no_template(tmp_path, in_this_process, form, facts, words):
    october = dataclasses.replace(facts, slots={**facts.slots, "period": "2026-10-01 至 2026-10-31"})
    old = forms.prepare(tmp_path / "十月.xlsx", form, october).file.put().path
    november = dataclasses.replace(facts, slots={**facts.slots, "period": "2026-11-01 至 2026-11-30"})
    with pytest.raises(Invalid, match=words) as caught:
        forms.fill(form, november, old)
    assert caught.value.problems[0].field == "template"


def test_a_person_may_say_what_a_heading_means(tmp_path, in_this_process):
    def change(book):
        book.active["H4"] = "商家"
        book.active["I4"] = "无关"

    template = changed("P02", tmp_path / "t.xlsx", change)
    found = forms.recognise(template, P02)
    assert found.unmapped == ("商家", "无关")
    filled = forms.fill(P02, p02(1), template, {"商家": "merchant"})
    assert sheet_of(filled.content)["H5"].value == "示例·李𬭚珠宝"
    assert set(remarks(filled)) == {"无关"}


def test_recognise_tells_what_a_template_is():
    for form in FORMS:
        found = forms.recognise(forms.built_in(form))
        assert found.form is form
        assert found.unmapped == ()
        assert found.remarks == ()
    found = forms.recognise(forms.built_in(F01))
    assert (found.sheet, found.heading_row) == ("情况表", 2)
    assert found.rows[0] == "日用商品类"
    assert set(found.slots) == {"unit", "filler", "phone", "filled_on"}
    assert "超期数(件)" in forms.recognise(forms.built_in(P01)).missing


def test_a_template_of_another_kind_is_refused(tmp_path, in_this_process):
    book = Workbook()
    book.active.append(["天气", "温度"])
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(Invalid, match="找不到“消费者投诉处理情况表”的表头"):
        forms.fill(F01, f01(), tmp_path / "t.xlsx")
    with pytest.raises(Invalid, match="现有报表：F01 消费者投诉处理情况表、P01"):
        forms.recognise(tmp_path / "t.xlsx")


def with_parts(source, path, **parts):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content)
    return path


def test_what_filling_would_lose_is_told_before(tmp_path, in_this_process):
    template = with_parts(
        forms.built_in(F01),
        tmp_path / "t.xlsx",
        **{
            "xl__drawings__drawing9.xml": "<xdr:wsDr><xdr:sp></xdr:sp></xdr:wsDr>",
            "xl__ctrlProps__ctrlProp1.xml": "<x/>",
            "xl__worksheets__sheet9.xml": "<x14:sparklineGroups/><x14:dataValidation/>",
        },
    )
    told = {remark.place for remark in forms.recognise(template).remarks}
    assert told == {"窗体控件（复选框、按钮）", "文本框或图形", "迷你图", "引用其他工作表的下拉列表"}
    assert told <= {remark.place for remark in forms.fill(F01, f01(), template).remarks}


def test_a_template_with_macros_is_refused(tmp_path, in_this_process):
    template = with_parts(forms.built_in(F01), tmp_path / "t.xlsx", **{"xl__vbaProject.bin": "x"})
    with pytest.raises(UnsafeFile, match="有宏"):
        forms.recognise(template)


def test_a_foreign_template_is_opened_in_the_child_first(tmp_path):
    with pytest.raises(Invalid, match="找不到文件"):
        forms.recognise(tmp_path / "没有.xlsx")
    (tmp_path / "t.xlsx").write_bytes(forms.built_in(F01).read_bytes()[:3000])
    with pytest.raises(UnsafeFile, match="已损坏"):
        forms.fill(F01, f01(), tmp_path / "t.xlsx")


def test_a_form_is_saved_whole_or_not_at_all(tmp_path, monkeypatch):
    saved = forms.prepare(tmp_path / "F01.xlsx", F01, f01(complaints("食品类", 1)))
    assert (saved.lines, saved.remarks) == (12, ())
    assert saved.file.size == saved.file.put().path.stat().st_size
    assert read((tmp_path / "F01.xlsx").read_bytes())[14][1] == 1
    monkeypatch.setattr(forms.totals, "with_results", lambda part, _results: part.replace(b"<v>1</v>", b"<v>2</v>"))
    with pytest.raises(Trouble, match="第 6 行第 2 列读回后不一致"):
        forms.prepare(tmp_path / "x.xlsx", F01, f01(complaints("食品类", 1)))
    assert [path.name for path in tmp_path.iterdir()] == ["F01.xlsx"]


def test_a_disk_that_spoils_the_file_is_noticed(tmp_path, monkeypatch):
    lay = forms.writing.prepare
    monkeypatch.setattr(forms.writing, "prepare", lambda path, content, check: lay(path, content + b"spoilt", check))
    with pytest.raises(Trouble, match="读回后不一致"):
        forms.prepare(tmp_path / "x.xlsx", F01, f01())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.code)
def test_every_form_has_its_template_and_finds_all_of_it(form):
    assert form_of(form.code) is form
    keys = [entry.key for entry in form.entries]
    assert len(keys) == len(set(keys))
    if form.adding:
        assert {form.adding.total, form.adding.rest, *form.adding.parts} <= set(keys)
        assert all(form.entry(key).kind is Kind.COUNT for key in form.adding.parts)


def test_filling_is_quick():
    forms.fill(F01, f01())
    begun = time.perf_counter()
    forms.fill(F01, f01(complaints("食品类", 10_000)))
    assert time.perf_counter() - begun < 0.5
