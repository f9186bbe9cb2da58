import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment

from odr_desk.sheets import dress
from odr_desk.sheets.dress import Room


def test_what_fits_changes_nothing():
    assert dress.room(10, 10, ["羽绒服", "2026-11-03"], words=True) == Room(10, wrap=False, size=10)


def test_numbers_are_never_shown_as_crosses():
    room = dress.room(8, 11, ["123456789.00"], words=False)
    assert not room.wrap
    assert room.width > 12


def test_words_are_wrapped_and_very_long_ones_get_a_wider_column_too():
    assert dress.room(8, 10, ["无锡市锡山区悦食童装"], words=True) == Room(8, wrap=True, size=10)
    room = dress.room(8, 10, ["字" * 60], words=True)
    assert 8 < room.width < dress.WIDEST
    assert room.lines("字" * 60) <= dress.MOST_LINES
    assert dress.room(8, 10, ["字" * 4000], words=True).width == dress.WIDEST
    assert dress.room(60, 10, ["一\n二"], words=True).wrap


def test_one_column_of_many_that_share_a_width_is_changed_alone(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["x"] * 6)
    sheet.column_dimensions.group("B", "E", outline_level=0)
    sheet.column_dimensions["B"].width = 7
    book.save(tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert dress.widths(sheet)[4] == 7
    dress.set_width(sheet, 4, 20)
    sheet.parent.save(tmp_path / "b.xlsx")
    found = dress.widths(load_workbook(tmp_path / "b.xlsx").active)
    assert [found.get(column) for column in range(2, 6)] == [7, 7, 20, 7]


@pytest.mark.parametrize(("before", "after"), [(None, "center"), ("top", "top")])
def test_a_cell_keeps_the_place_the_template_gives_it(before, after):
    sheet = Workbook().active
    sheet["A1"].alignment = Alignment(vertical=before, horizontal="left", indent=1)
    dress.centre(sheet["A1"])
    dress.wrap(sheet["A1"])
    dress.to_the_right(sheet["A1"])
    alignment = sheet["A1"].alignment
    assert (alignment.vertical, alignment.horizontal, alignment.indent) == (after, "left", 1)
    assert alignment.wrap_text
    dress.to_the_right(sheet["B1"])
    assert sheet["B1"].alignment.horizontal == "right"


def test_rows_and_headings_grow_but_never_shrink():
    sheet = Workbook().active
    dress.raise_row(sheet, 1, 3, 10)
    assert sheet.row_dimensions[1].height == pytest.approx(43.5)
    dress.raise_row(sheet, 1, 2, 10)
    assert sheet.row_dimensions[1].height == pytest.approx(43.5)
    sheet["A2"] = "平台ODR投诉接收数(件)"
    dress.raise_headings(sheet, 2, [1])
    assert sheet.row_dimensions[2].height is None
    dress.wrap(sheet["A2"])
    dress.raise_headings(sheet, 2, [1])
    assert sheet.row_dimensions[2].height > 30
    sheet.row_dimensions[2].height = 18
    dress.raise_headings(sheet, 2, [1])
    assert sheet.row_dimensions[2].height == 18
