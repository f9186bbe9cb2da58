from decimal import Decimal

import pytest
from openpyxl import Workbook

from odr_desk.sheets import totals
from odr_desk.sheets.values import Stated


def results(written=None, **cells):
    sheet = Workbook().active
    for name, value in cells.items():
        sheet[name] = value
    return totals.results(sheet, written or {})


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=SUM(A1:A3)", 6),
        ("=sum( $A$1:$A$2 , A3 )", 6),
        ("=A1+A2-A3", 0),
        ("=A1", 1),
        ("=SUM(B9:B12)", 0),
        ("=A1*A2", None),
        ("=SUM(A1:A3)/2", None),
        ("=A1:A2", None),
        ("=SUM(表2!A1:A3)", None),
        ("=SUM(A1:XFD1048576)", None),
        ("=SUM(C1,A1)", None),
    ],
)
def test_sums_and_simple_additions_are_worked_out(formula, result):
    found = results(A1=1, A2=2, A3=3, C1=formula)
    assert found == ({} if result is None else {(1, 3): Decimal(result)})


def test_sums_of_sums_and_cells_that_are_not_in_the_sheet_yet():
    found = results({(2, 1): Stated(Decimal("0.1"))}, A1=0.2, A3=True, A4="x", B1="=SUM(A1:A4)", B2="=B1+B1")
    assert found == {(1, 2): Decimal("0.3"), (2, 2): Decimal("0.6")}


def test_a_circle_has_no_result():
    assert results(A1="=B1", B1="=A1+A2", A2=1) == {}


def test_results_are_stored_beside_their_formulas():
    part = b'<c r="B9" s="3"><f>SUM(B3:B8)</f><v /></c><c r="C9"><f>X()</f><v></v></c><c r="D9"><f>D3</f><v></v></c>'
    stored = totals.with_results(part, {(9, 2): Decimal(7), (9, 4): Decimal("0.5")})
    assert stored.split(b"</c>")[:3] == [
        b'<c r="B9" s="3"><f>SUM(B3:B8)</f><v>7</v>',
        b'<c r="C9"><f>X()</f><v></v>',
        b'<c r="D9"><f>D3</f><v>0.5</v>',
    ]
    assert totals.with_results(part, {}) == part
