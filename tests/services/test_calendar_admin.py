from datetime import UTC, date, datetime

import pytest

from odr_desk.model.case import Case
from odr_desk.rules.calendar import DayKind
from odr_desk.rules.errors import Invalid, NotAllowed
from odr_desk.services import calendar_admin
from tests import make

SHORT = "元旦：1月1日（周五）至5日（周二）放假调休，共5天。1月9日（周六）上班。"


@pytest.fixture
def over_new_year(database, clerk, clock):
    """A case whose ten working days run into January 2027."""
    clock.now = datetime(2026, 12, 24, 2, 0, tzinfo=UTC)
    with database.writing(clerk, "case.create") as work:
        case = make.make_case(work, received_at=clock.now)
        return case.id, case.due_on, case.due_estimated


def test_entering_next_year_moves_the_open_cases_and_makes_their_days_sure(database, admin, over_new_year):
    number, due_on, estimated = over_new_year
    assert estimated
    with database.writing(admin, "calendar.save") as work:
        saved = calendar_admin.save(work, 2027, SHORT)
    with database.reading(admin) as work:
        case = work.session.get_one(Case, number)
        assert (saved.days, saved.recounted) == (6, 1)
        assert case.due_on > due_on
        assert not case.due_estimated


def test_entering_a_year_again_takes_the_place_of_what_was_there(database, admin):
    with database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2027, SHORT)
    with database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2027, "元旦：1月1日（周五）放假。")
    with database.reading(admin) as work:
        year = calendar_admin.years(work)[0]
    assert [day.day for day in year.days] == [date(2027, 1, 1)]
    assert (year.count(DayKind.OFF), year.count(DayKind.WORK)) == (1, 0)


def test_a_notice_that_does_not_fit_changes_nothing(database, admin):
    with pytest.raises(Invalid, match="通知写的是周四"), database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2027, "元旦：1月1日（周四）放假。")
    with database.reading(admin) as work:
        assert [year.year for year in calendar_admin.years(work)] == [2026]


def test_only_who_looks_after_the_reference_data_may_enter_it(database, clerk):
    with pytest.raises(NotAllowed), database.writing(clerk, "calendar.save") as work:
        calendar_admin.save(work, 2027, SHORT)


@pytest.mark.parametrize(("month", "missing"), [(10, None), (11, 2027), (12, 2027)])
def test_reminds_of_next_year_from_november_on(database, admin, clock, month, missing):
    clock.now = datetime(2026, month, 10, 2, 0, tzinfo=UTC)
    with database.reading(admin) as work:
        assert calendar_admin.missing_year(work) == missing


def test_does_not_remind_once_it_is_entered_and_reminds_of_a_year_that_has_begun(database, admin, clock):
    with database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2027, SHORT)
    with database.reading(admin) as work:
        assert calendar_admin.missing_year(work) is None
    clock.now = datetime(2028, 3, 1, 2, 0, tzinfo=UTC)
    with database.reading(admin) as work:
        assert calendar_admin.missing_year(work) == 2028


IN_DECEMBER = "元旦：2026年12月30日至2027年1月1日放假调休，共3天。2026年12月26日（周六）上班。"


def test_days_in_december_belong_to_the_notice_that_names_them(database, admin):
    """Entering either year again leaves those of the other alone."""
    with database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2027, IN_DECEMBER)
    with database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2026, "元旦：1月1日放假。")
    with database.reading(admin) as work:
        days = [day.day.isoformat() for year in calendar_admin.years(work) for day in year.days]
    assert days == ["2027-01-01", "2026-01-01", "2026-12-26", "2026-12-30", "2026-12-31"]
    with database.writing(admin, "calendar.save") as work:
        calendar_admin.save(work, 2027, SHORT)
    with database.reading(admin) as work:
        assert [day.day for day in calendar_admin.years(work)[-1].days] == [date(2026, 1, 1)]
