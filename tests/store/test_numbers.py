import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect

from odr_desk.model.reference import Counter
from odr_desk.model.tables import METADATA
from odr_desk.rules.mall import Mall, case_number, paper_number, record_number
from odr_desk.store import numbers

MALL = Mall(name="示例商场", short_name="锡8号", case_prefix="X8-2026")


def counter(database, actor, series, year):
    with database.reading(actor) as work:
        row = work.session.get_one(Counter, (series, year))
        return row.last, row.skipped


def test_each_series_and_year_counts_by_itself(database, manager):
    with database.writing(manager, "x") as work:
        assert [numbers.take(work, "case", 2026) for _ in range(3)] == [1, 2, 3]
        assert numbers.take(work, "case", 2027) == 1
        assert numbers.take(work, "merchant") == 1
    with database.writing(manager, "x") as work:
        assert numbers.take(work, "case", 2026) == 4


def test_a_series_nobody_declared_is_a_mistake(database, manager):
    with pytest.raises(LookupError, match="SERIES"), database.writing(manager, "x") as work:
        numbers.take(work, "invoice", 2026)


def test_numbers_from_outside_are_never_given_again(database, manager):
    with database.writing(manager, "x") as work:
        numbers.reserve(work, "case", 2026, 5)
        assert numbers.take(work, "case", 2026) == 6
        numbers.reserve(work, "case", 2026, 3)
        numbers.reserve(work, "case", 2026, 6)
        numbers.reserve(work, "case", 2026, 9)
    assert counter(database, manager, "case", 2026) == (9, "1-2 4 7-8")


def test_every_numbered_table_has_its_series():
    columns = {inspect(series.column).parent.local_table.name for series in numbers.SERIES.values()}
    unique_numbers = {table.name for table in METADATA.tables.values() if "number" in table.c and table.c.number.unique}
    assert unique_numbers <= columns


@given(st.sets(st.integers(1, 400)))
def test_ranges_come_back_as_they_were(skipped):
    assert numbers.passed_over(numbers._ranges(skipped)) == skipped


@given(st.integers(2000, 2099), st.integers(1, 10_000_000))
def test_year_and_count_can_be_read_from_every_kind_of_number(year, count):
    assert numbers.parts(case_number(MALL, year, count)) == (year, count)
    assert numbers.parts(paper_number(MALL, "和", year, count)) == (year, count)
    assert numbers.parts(record_number("D", year, count)) == (year, count)
    assert numbers.parts(record_number("M", 0, count)) == (0, count)


@pytest.mark.parametrize("text", ["", "无编号", "XSBBB-2026-"])
def test_what_is_no_number_has_no_parts(text):
    assert numbers.parts(text) == (0, 0)
