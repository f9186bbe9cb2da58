import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from odr_desk.rules.errors import DeskError, Invalid, UnsafeFile
from odr_desk.sheets import container, formulas, reading, reading_child
from odr_desk.sheets.reading import Merged, Sheet

DATA = Path(__file__).parents[1] / "data"


def saved(path, rows=(("名称", "数量"), ("甲", 1)), **sheets):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    book.save(path)
    return path


def rewritten(source, path, change):
    """Copy a workbook, passing each part through `change(name, content)`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return path


def refusal(path):
    with pytest.raises(DeskError) as caught:
        reading_child.answer(path)
    return str(caught.value)


def test_the_tenant_list_is_read_through_a_child_process():
    book = reading.read(DATA / "tenants.xlsx")
    [sheet] = book.sheets
    assert (book.name, book.notes, sheet.name, len(sheet.rows)) == ("tenants.xlsx", (), "在场商户", 129)
    assert sheet.rows[0] == ("八佰伴在场商户清单（招商部）",)
    assert sheet.rows[1] == ()
    assert Merged(3, 0, 22, 0) in sheet.merged
    assert sheet.rows[4][6:11] == ("程敏", 19900001002.0, date(2024, 2, 14), "2027.02.14", 5000)
    assert reading.filled_down(sheet)[22][:3] == ("B1", "A馆B1-120", "颜序护肤")
    assert reading.filled_down(sheet)[23][0] == "1F"
    assert reading.filled_down(sheet)[0] == sheet.rows[0]


def test_words_taken_for_a_formula_come_back_as_words():
    [sheet] = reading.read(DATA / "platform.xlsx").sheets
    assert sheet.rows[8][8] == "=1+1 的赠品没给"
    assert (8, 8) in sheet.formulas
    assert len(sheet.formulas) == 7
    assert sheet.rows[1][10] == datetime.fromisoformat("2026-10-19T06:00")


@pytest.mark.parametrize("name", ["small.xls", "small.ods"])
def test_older_and_open_formats(name):
    found = reading_child.answer(DATA / name)
    assert found["sheets"][0]["rows"][1:] == [
        ["B1", "A-101", "示例·李𬭚", 19900001001, {"on": "2027-07-21"}],
        [None, "A-102", "示例·二", "199 0000 1002", "2027.02.14"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_the_encodings_and_with_the_separators_of_the_office(tmp_path, encoding, mark):
    path = tmp_path / "商户.csv"
    path.write_bytes("名称,手机,备注\r\n甲,19900001001,=1+1\r\n乙,,\r\n".replace(",", mark).encode(encoding))
    assert reading_child.answer(path)["sheets"][0]["rows"] == [
        ["名称", "手机", "备注"],
        ["甲", "19900001001", "=1+1"],
        ["乙"],
    ]


def test_several_sheets_times_and_an_empty_one(tmp_path):
    path = saved(tmp_path / "a.xlsx", [("a", True, 1.5)], 二=[[datetime.fromisoformat("2026-11-23T08:30:00")]], 空=[])
    sheets = reading.read(path).sheets
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [
        ("Sheet", (("a", True, 1.5),)),
        ("二", ((datetime.fromisoformat("2026-11-23T08:30:00"),),)),
        ("空", ()),
    ]


def test_hidden_sheets_are_marked_and_other_kinds_of_sheet_left_out(tmp_path):
    book = Workbook()
    book.active["A1"] = "x"
    book.create_sheet("藏").sheet_state = "hidden"
    book.create_chartsheet("图")
    book.save(tmp_path / "a.xlsx")
    assert [(s["name"], s["hidden"]) for s in reading_child.answer(tmp_path / "a.xlsx")["sheets"]] == [
        ("Sheet", False),
        ("藏", True),
    ]


def test_a_wrong_dimension_hides_nothing(tmp_path):
    path = rewritten(
        DATA / "tenants.xlsx",
        tmp_path / "wps.xlsx",
        lambda name, part: part.replace(b'<dimension ref="A1:L129"', b'<dimension ref="A1:A1"'),
    )
    assert len(reading_child.answer(path)["sheets"][0]["rows"]) == 129


def test_errors_in_cells_are_counted(tmp_path):
    path = saved(tmp_path / "a.xlsx", [("金额", "#N/A", "#DIV/0!")])
    found = reading_child.answer(path)
    assert found["notes"] == ["有 2 个单元格是错误值（如 #N/A），按空白读入"]
    assert found["sheets"][0]["rows"] == [["金额"]]


def test_hidden_rows_are_read_and_told(tmp_path):
    path = saved(tmp_path / "a.xlsx", [("柜位号",), ("A-1",), ("A-2",)])
    book = load_workbook(path)
    book.active.row_dimensions[2].hidden = True
    book.save(path)
    found = reading_child.answer(path)
    assert found["notes"] == ["有 1 行在表里是隐藏的（如筛选掉的行），也照样读入；不要的请先在表里删去"]
    assert found["sheets"][0]["rows"] == [["柜位号"], ["A-1"], ["A-2"]]


def test_a_formula_whose_result_is_the_empty_text_stays_empty(tmp_path):
    path = saved(tmp_path / "a.xlsx", [("x", '=IF(A1="","y","")', "=SUM(1,2)")])
    path = rewritten(
        path,
        tmp_path / "b.xlsx",
        lambda name, part: part.replace(b'<c r="B1">', b'<c r="B1" t="str">'),
    )
    found = reading_child.answer(path)
    assert found["sheets"][0]["rows"] == [["x", None, "=SUM(1,2)"]]
    assert "有 1 格是没有结果的公式" in found["notes"][0]


def test_a_merged_block_at_the_edge_of_short_rows_is_filled():
    sheet = Sheet("s", (("a", "b"), ("c",), ()), (Merged(0, 1, 2, 1), Merged(7, 0, 9, 0), Merged(0, 0, 0, 1)))
    assert reading.filled_down(sheet) == (("a", "b"), ("c", "b"), (None, "b"))


def test_limits_of_rows_columns_and_cells(tmp_path, monkeypatch):
    path = saved(tmp_path / "a.xlsx", [("a", "b", "c")] * 4)
    for name, limit, words in [
        ("MOST_ROWS", 3, "有 4 行，超过 3 行"),
        ("MOST_COLUMNS", 2, "有 3 列，超过 2 列"),
        ("MOST_CELLS", 11, "超过 11 格"),
    ]:
        with monkeypatch.context() as smaller:
            smaller.setattr(reading_child, name, limit)
            assert words in refusal(path)
    far = get_column_letter(201)
    book = Workbook()
    book.active[f"{far}1"] = "x"
    book.save(path)
    assert "有 201 列" in refusal(path)


def test_csv_keeps_to_the_same_limits(tmp_path, monkeypatch):
    assert (reading_child.MOST_ROWS, reading_child.MOST_COLUMNS) == (50_000, 200)
    monkeypatch.setattr(reading_child, "MOST_ROWS", 50)
    path = tmp_path / "a.csv"
    path.write_text("x,y\n" * 51, encoding="utf-8")
    assert "有 51 行，超过 50 行" in refusal(path)
    path.write_text("x," * 300 + "\n", encoding="utf-8")
    assert "超过 200 列" in refusal(path)
    path.write_text('"' + "x" * 200_000 + '"', encoding="utf-8")
    assert "已损坏" in refusal(path)
    path.write_bytes(b"\xff\x00\xfa" * 10)
    assert "文字编码" in refusal(path)


def test_a_cell_at_the_far_end_does_not_take_the_memory(tmp_path):
    book = Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"] = "y"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UnsafeFile, match="500 MB"):
        reading.read(tmp_path / "a.xlsx")


def test_an_archive_that_swells_is_refused_unopened(tmp_path, monkeypatch):
    assert container.LARGEST_UNPACKED == 200 << 20
    monkeypatch.setattr(container, "LARGEST_UNPACKED", 20 << 20)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (21 << 20))
    assert path.stat().st_size < 1 << 20
    assert "解开后超过 200 MB" in refusal(path)


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path):
    path = tmp_path / "liar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 5_000_000)
    content = path.read_bytes()
    honest, lie = (5_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    path.write_bytes(content.replace(honest, lie))
    assert "已损坏" in refusal(path)


def test_too_many_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(container, "MOST_PARTS", 3)
    assert "不像正常的表格" in refusal(saved(tmp_path / "a.xlsx"))


def test_a_large_file_is_refused_by_its_size(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(21 << 20)
    assert "21.0 MB，超过 20 MB" in refusal(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "空文件"),
        ("a.xlsx", b"hello", "已损坏"),
        ("a.xlsx", b"PK\x03\x04 and nothing", "已损坏"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        ("a.xls", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "其实是网页"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "已损坏"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "已加密"),
        ("a.xlsx", b"%PDF-1.7", "PDF"),
        ("a.xlsx", b"\x89PNG\r\n", "图片"),
        ("a.csv", b"\xff\xd8\xff\xe0", "图片"),
        ("a.csv", b" \n\n", "没有任何内容"),
    ],
)
def test_files_that_are_no_tables(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


@pytest.mark.parametrize(("part", "words"), [("word/document.xml", "Word"), ("readme.txt", "是压缩包")])
def test_archives_that_are_no_tables(tmp_path, part, words):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert words in refusal(path)


def test_an_archive_with_a_password(tmp_path):
    path = saved(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    assert "已加密" in refusal(path)


def test_entities_and_broken_xml_are_refused(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    source = saved(tmp_path / "a.xlsx")
    for number, book in enumerate((bomb, b"<workbook", b"\xff\xfe")):
        parts = {"xl/workbook.xml": book}
        path = rewritten(source, tmp_path / f"{number}.xlsx", lambda name, part, parts=parts: parts.get(name, part))
        assert "已损坏" in refusal(path)
        with pytest.raises(UnsafeFile, match="已损坏"):
            formulas.without_result(path)


def test_parts_that_are_missing_or_broken(tmp_path):
    source = saved(tmp_path / "a.xlsx")
    broken = rewritten(source, tmp_path / "b.xlsx", lambda name, part: part[:60] if "sheet1" in name else part)
    assert "已损坏" in refusal(broken)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "c.xlsx", "w") as new:
        for name in old.namelist():
            if "rels" not in name:
                new.writestr(name, old.read(name))
    assert formulas.without_result(tmp_path / "c.xlsx") == {}


def test_missing_file_folder_and_special_file(tmp_path):
    for path, words in [
        (tmp_path / "没有.xlsx", "找不到文件"),
        (tmp_path, "是文件夹"),
        (tmp_path / ("x" * 300), "打不开文件"),
    ]:
        with pytest.raises(Invalid) as caught:
            reading.read(path)
        assert caught.value.problems[0].field == "path"
        assert words in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_does_not_make_the_program_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(Invalid, match="不是普通文件"):
        reading.read(tmp_path / "pipe.xlsx")


def test_a_reading_that_is_called_off_ends_its_child(monkeypatch):
    class Enough(Exception):
        """Raised while the child works."""

    def enough():
        raise Enough

    started = []
    monkeypatch.setattr(reading, "_POLL_SECONDS", 0.001)
    monkeypatch.setattr(
        reading.subprocess,
        "Popen",
        lambda *a, _real=subprocess.Popen, **k: started.append(_real(*a, **k)) or started[0],
    )
    with pytest.raises(Enough):
        reading.read(DATA / "tenants.xlsx", enough)
    assert started[0].poll() is not None


def test_a_child_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    with pytest.raises(UnsafeFile, match="秒，已停止"):
        reading.read(DATA / "tenants.xlsx")


def test_the_frozen_program_starts_itself_with_a_hidden_option(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reading._command() == [sys.executable, "--read-workbook"]


def test_the_child_writes_nothing_and_answers_in_json(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "odr_desk.sheets.reading_child", str(saved(tmp_path / "a.xlsx"))],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(b'{"sheets": [{"name": "Sheet"')
    assert done.stderr == b""


def test_the_child_speaks_for_itself(tmp_path, monkeypatch, capsysbinary):
    monkeypatch.setattr(reading_child, "_limit_itself", lambda: None)
    assert reading_child.child_main([str(tmp_path / "没有.xlsx")]) == 0
    assert "找不到文件" in capsysbinary.readouterr().out.decode()
    assert reading_child.child_main(["--template", str(saved(tmp_path / "a.xlsx"))]) == 0
    assert capsysbinary.readouterr().out == b'{"ok": true}'


def test_a_template_is_opened_in_the_child_first(tmp_path):
    reading.probe_template(saved(tmp_path / "a.xlsx"))
    with pytest.raises(UnsafeFile, match="模板，请用 WPS/Excel 另存为"):
        reading_child.probe(DATA / "small.xls")
    path = rewritten(
        saved(tmp_path / "b.xlsx"),
        tmp_path / "c.xlsx",
        lambda name, part: (
            part.replace(b"</worksheet>", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>')
            if "sheet1" in name
            else part
        ),
    )
    with pytest.raises(UnsafeFile, match="表格区域太大"):
        reading_child.probe(path)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(dice=st.randoms(use_true_random=False), whole=st.booleans())
def test_damaged_workbooks_are_read_or_refused_in_words(tmp_path_factory, dice, whole):
    path = tmp_path_factory.mktemp("broken") / "a.xlsx"
    if whole:
        rewritten(DATA / "tenants.xlsx", path, lambda name, part: spoilt(dice, part))
    else:
        content = spoilt(dice, (DATA / "tenants.xlsx").read_bytes())
        path.write_bytes(content[: dice.randint(len(content) // 2, len(content))])
    outcome = read_or_refused(path)
    assert outcome == "read" or "a.xlsx" in outcome


def read_or_refused(path):
    try:
        reading.read(path)
    except UnsafeFile as error:
        return str(error)
    return "read"


def spoilt(dice, content):
    at = dice.randint(0, len(content) - 1)
    return content[:at] + bytes(dice.randint(0, 255) for _ in range(3)) + content[at + dice.randint(0, 40) :]
