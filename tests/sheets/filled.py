"""Templates, facts and readings that the tests of forms share."""

import io
from datetime import date

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from odr_desk.sheets import form_of, forms
from odr_desk.sheets.complaints_f01 import PROBLEMS
from odr_desk.sheets.form import Facts, Line

SLOTS = {
    "unit": "八佰伴商场（示例）",
    "period": "2026年11月1日至11月30日",
    "filler": "王敏",
    "checker": "赵主管",
    "phone": "0510-88880000",
    "filled_on": date(2026, 12, 1),
}
CLASSES = (
    "日用商品类",
    "家用电子电器类",
    "服装鞋帽类",
    "食品类",
    "交通工具类",
    "首饰及文体用品类",
    "烟、酒和饮料类",
    "医药及医疗用品类",
    "生活、社会服务类",
    "教育培训服务类",
    "文化、娱乐、体育服务类",
    "销售服务类",
    "其他类",
)


def complaints(label, *problems, group="", ended=0, settled=0, recovered=0):
    """A line of F01 with so many accepted complaints of the first problems."""
    counts = dict.fromkeys((code for code, _ in PROBLEMS), 0)
    counts |= dict(zip(counts, problems, strict=False))
    values = counts | {"accepted": sum(problems), "ended": ended, "settled": settled, "recovered": recovered}
    return Line(values, label, group)


def f01(*lines):
    """Facts of F01 with a line for every class."""
    given = {line.label: line for line in lines}
    known = [given.pop(label, complaints(label)) for label in CLASSES]
    return Facts((*known, *given.values()), SLOTS)


def p01(**values):
    return Facts((Line({"name": "八佰伴商场（示例）", "uscc": "91320205MA0000000M"} | values),), SLOTS)


def p02(count, **values):
    rows = (
        {
            "case_no": f"锡八调〔2026〕{number:04}",
            "platform_no": f"1320205000002026{number:04}",
            "received_on": date(2026, 11, 3),
            "consumer": "王**",
            "phone": "199****0001",
            "merchant": "示例·李𬭚珠宝",
            "amount": 129_900 + number,
            "result": "和解成功",
            "refund": 100,
            "days": 2,
        }
        for number in range(1, count + 1)
    )
    return Facts(tuple(Line(row | values) for row in rows), SLOTS)


def changed(code, path, change):
    """Save a built-in template with a change made to its workbook."""
    book = load_workbook(forms.built_in(form_of(code)))
    change(book)
    book.save(path)
    return path


def sheet_of(content):
    return load_workbook(io.BytesIO(content)).worksheets[0]


def read(content):
    """Return the rows as another program reads them, results of formulas included."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def remarks(filled):
    """Return what was told about a filling, by place."""
    return {remark.place: remark.text for remark in filled.remarks}
