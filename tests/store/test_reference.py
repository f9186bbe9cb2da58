import json
from datetime import date

import pytest
from sqlalchemy import func, select

from odr_desk.model.reference import CalendarDay, Code, DeadlineRuleRow, LegalRule
from odr_desk.rules.deadlines import Clock
from odr_desk.store import reference


def test_every_row_of_the_shipped_data_is_in_the_tables(database, admin):
    with database.reading(admin) as work:
        for table, file in (
            (CalendarDay, "cn_calendar_2026.csv"),
            (DeadlineRuleRow, "deadline_rules.csv"),
            (LegalRule, "legal_rules.csv"),
        ):
            count = work.session.scalar(select(func.count()).select_from(table))
            assert count == len(list(reference.rows(file))) > 0


@pytest.mark.parametrize("group", sorted({group for group, *_ in reference.GROUPS}))
def test_every_group_of_codes_has_its_codes_in_the_order_of_the_file(database, admin, group):
    with database.reading(admin) as work:
        codes = work.session.scalars(select(Code).where(Code.group == group).order_by(Code.id)).all()
        named = {code.code: code for code in codes}
    expected = [
        row["code"] or row["name_zh"]
        for name, file, column, value in reference.GROUPS
        if name == group
        for row in reference.rows(file)
        if not column or row[column] == value
    ]
    assert [code.code for code in codes] == expected
    assert len(named) == len(codes) > 0
    for code in codes:
        assert code.name
        assert code.short
        assert isinstance(json.loads(code.extra), dict)


def test_the_calendar_knows_the_holidays_of_the_year(database, admin):
    with database.reading(admin) as work:
        calendar = reference.load_calendar(work)
    assert 2026 in calendar.years
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.is_working(date(2026, 11, 23))


def test_the_rules_of_both_clocks_are_there(database, admin):
    with database.reading(admin) as work:
        rules = reference.load_deadline_rules(work)
    assert {rule.clock for rule in rules} == set(Clock)
    assert all(rule.basis and rule.valid_from for rule in rules)


def test_every_shipped_template_is_a_file():
    for form in ("F01", "P01", "P02"):
        assert reference.template(form).is_file()
