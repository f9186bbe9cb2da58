import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from odr_desk.sheets import choices, layout
from odr_desk.sheets.form import Entry, Form, Shape
from odr_desk.sheets.outcome import Outcome
from odr_desk.sheets.values import Stated

FORM = Form(code="X", title="表", shape=Shape.LEDGER, entries=(Entry("a", "结果"), Entry("b", "方式")))


@pytest.mark.parametrize(
    ("kind", "formula", "told"),
    [
        ("list", '"成功, 不成"', {"撤回"}),
        ("list", "$D$1:$D$2", {"撤回"}),
        ("list", "选项!$A$1:$A$2", {"撤回"}),
        ("list", "'选项'!A1:A2", {"撤回"}),
        ("list", "没有!A1:A2", set()),
        ("list", "INDIRECT(A1)", set()),
        ("whole", "1", set()),
    ],
)
def test_words_are_held_against_the_list_wherever_it_stands(kind, formula, told):
    book = Workbook()
    sheet = book.active
    sheet.append(["结果", "方式", None, "成功"])
    sheet["D2"] = "不成"
    other = book.create_sheet("选项")
    other["A1"], other["A2"] = "成功", "不成"
    validation = DataValidation(type=kind, formula1=formula)
    validation.add("A2:A9")
    sheet.add_data_validation(validation)
    outcome = Outcome(
        cells={(2, 1): Stated("撤回"), (3, 1): Stated("成功"), (4, 1): Stated(None), (2, 2): Stated("任意")}
    )
    choices.check(layout.find(book, FORM, {}), outcome)
    assert {remark.place for remark in outcome.remarks} == ({"结果"} if told else set())
    assert all(word in remark.text for word in told for remark in outcome.remarks)
