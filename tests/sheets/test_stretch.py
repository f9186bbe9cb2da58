import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from PIL import Image as Picture

from odr_desk.sheets import stretch
from odr_desk.sheets.stretch import Stretch


@pytest.mark.parametrize(
    ("before", "pushing", "standing"),
    [
        ((2, 9), (2, 14), (2, 14)),
        ((2, 8), (2, 8), (2, 8)),
        ((2, 12), (2, 17), (2, 14)),
        ((2, 20), (2, 25), (2, 20)),
        ((10, 12), (15, 17), (10, 12)),
    ],
)
def test_where_a_range_is_after_five_rows_were_added_behind_the_ninth(before, pushing, standing):
    assert Stretch(9, 5, pushes=True).span(*before) == pushing
    assert Stretch(9, 5, pushes=False).span(*before) == standing


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("=SUM(L5:L9)", "=SUM(L5:L14)"),
        ("=SUM($L$5:$L$9)*2+L3", "=SUM($L$5:$L$14)*2+L3"),
        ("=L10/L11", "=L15/L16"),
        ('=IF(L5>0,"L10:L9",说明!A10)', '=IF(L5>0,"L10:L9",说明!A10)'),
    ],
)
def test_formulas_follow(before, after):
    assert Stretch(9, 5, pushes=True).formula(before) == after


def test_everything_about_the_body_follows():
    sheet = Workbook().active
    for row in range(1, 13):
        sheet.append([f"r{row}", row])
    sheet["B10"], sheet["A11"] = "=SUM(B2:B9)", "签字"
    sheet["A11"].font = Font(b=True)
    sheet.merge_cells("A11:C11")
    sheet.row_dimensions[11].height = 40
    choices = DataValidation(type="list", formula1='"a,b"')
    choices.add("A2:A9")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add("B2:B9", CellIsRule(operator="greaterThan", formula=["3"]))
    sheet.add_table(Table(displayName="台账", ref="A1:B9"))
    sheet.tables["台账"]._initialise_columns()
    sheet.tables["台账"].autoFilter.ref = "A1:B9"
    sheet.print_area = "A1:C12"
    sheet.add_image(picture(), "B11")
    sheet.add_image(picture(), "B1")
    sheet = reopened(sheet).worksheets[0]
    stretch.apply(sheet, Stretch(9, 5, pushes=True))
    assert sheet["B15"].value == "=SUM(B2:B14)"
    assert (sheet["A16"].value, sheet["A16"].font.b, sheet["A11"].value) == ("签字", True, None)
    assert list(map(str, sheet.merged_cells.ranges)) == ["A16:C16"]
    assert (sheet.row_dimensions[16].height, 11 in sheet.row_dimensions) == (40, False)
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["A2:A14"]
    assert [str(condition.sqref) for condition in sheet.conditional_formatting] == ["B2:B14"]
    assert (sheet.tables["台账"].ref, sheet.tables["台账"].autoFilter.ref) == ("A1:B14", "A1:B14")
    assert sheet.print_area == "'Sheet'!$A$1:$C$17"
    assert sorted(image.anchor._from.row for image in sheet._images) == [0, 15]
    assert reopened(sheet).worksheets[0]["A16"].value == "签字"


def picture():
    content = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(content, "PNG")
    return Image(content)


def reopened(sheet):
    saved = io.BytesIO()
    sheet.parent.save(saved)
    return load_workbook(saved)
