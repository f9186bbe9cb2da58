import pytest

from odr_desk.rules.errors import Invalid, NotAllowed
from odr_desk.services import code_admin, codes


def _row(database, actor, group):
    with database.reading(actor) as work:
        return code_admin.rows(work, group)[0]


def test_a_retired_code_is_offered_no_longer_and_comes_back(database, admin):
    row = _row(database, admin, "trades")
    for retired in (True, False):
        with database.writing(admin, "code.retire") as work:
            code_admin.retire(work, row.id, retired=retired)
        with database.reading(admin) as work:
            assert (row.code in {option.code for option in codes.options(work, "trades")}) is not retired
            assert codes.names(work, "trades")[row.code] == row.short


def test_codes_that_forms_count_by_stay(database, admin):
    row = _row(database, admin, "problems")
    with pytest.raises(Invalid, match="报表"), database.writing(admin, "code.retire") as work:
        code_admin.retire(work, row.id, retired=True)


def test_the_last_one_of_a_group_stays(database, admin):
    with database.reading(admin) as work:
        first, *rest = code_admin.rows(work, "claims")
    with database.writing(admin, "code.retire") as work:
        for row in rest:
            code_admin.retire(work, row.id, retired=True)
    with pytest.raises(Invalid, match="至少要留一个"), database.writing(admin, "code.retire") as work:
        code_admin.retire(work, first.id, retired=True)


def test_a_clerk_may_not(database, clerk):
    row = _row(database, clerk, "trades")
    with pytest.raises(NotAllowed), database.writing(clerk, "code.retire") as work:
        code_admin.retire(work, row.id, retired=True)


def test_every_group_named_has_codes(database, admin):
    with database.reading(admin) as work:
        assert [title for group, title in code_admin.GROUPS if not code_admin.rows(work, group)] == []
