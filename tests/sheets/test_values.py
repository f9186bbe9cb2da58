from datetime import date, datetime
from decimal import Decimal

import pytest

from odr_desk.sheets import values
from odr_desk.sheets.form import Entry, Kind
from odr_desk.sheets.layout import Place
from odr_desk.sheets.names import Unit
from odr_desk.sheets.values import Stated


def place(kind, unit=Unit.NONE):
    return Place(Entry("key", "栏", kind), 1, "栏", unit)


@pytest.mark.parametrize(
    ("kind", "unit", "value", "stated", "shown"),
    [
        (Kind.COUNT, Unit.NONE, None, Stated(0, "0"), "0"),
        (Kind.COUNT, Unit.NONE, 7, Stated(7, "0"), "7"),
        (Kind.WHOLE, Unit.NONE, None, Stated(None, "0"), ""),
        (Kind.MONEY, Unit.YUAN, None, Stated(Decimal(0), "0.00"), "0.00"),
        (Kind.MONEY, Unit.YUAN, 129_905, Stated(Decimal("1299.05"), "0.00"), "1299.05"),
        (Kind.MONEY, Unit.TEN_THOUSAND, 1_234_550, Stated(Decimal("1.2346"), "0.00"), "1.23"),
        (Kind.RATE, Unit.PERCENT, "98.505", Stated(Decimal("98.51"), "0.00"), "98.51"),
        (Kind.RATE, Unit.NONE, Decimal("98.5"), Stated(Decimal("0.985"), "0.00%"), "98.50%"),
        (Kind.RATE, Unit.PERCENT, None, Stated("—"), "—"),
        (Kind.MEAN, Unit.NONE, 3.255, Stated(Decimal("3.26"), "0.00"), "3.26"),
        (Kind.MEAN, Unit.NONE, "—", Stated("—"), "—"),
        (Kind.DAY, Unit.NONE, date(2026, 11, 3), Stated(date(2026, 11, 3), "yyyy-mm-dd"), "2026-11-03"),
        (
            Kind.DAY,
            Unit.NONE,
            datetime.fromisoformat("2026-11-03T09:00"),
            Stated(date(2026, 11, 3), "yyyy-mm-dd"),
            "2026-11-03",
        ),
        (Kind.DAY, Unit.NONE, None, Stated(None), ""),
        (Kind.TEXT, Unit.NONE, "  王**\x07 ", Stated("  王** "), "  王** "),
        (Kind.TEXT, Unit.NONE, "", Stated(None), ""),
    ],
)
def test_each_kind_of_fact(kind, unit, value, stated, shown):
    found = values.stated(place(kind, unit), value)
    assert found == stated
    assert found.shown == shown


def test_a_word_where_a_number_belongs_is_a_mistake_of_the_program():
    with pytest.raises(TypeError, match="not a number"):
        values.stated(place(Kind.COUNT), "许多")
