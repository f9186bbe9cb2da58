from datetime import date

import pytest
from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.rules.errors import IllegalMove, Missing, NotAllowed
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.services import merchant_merging, merchants, timeline
from tests import make

JINXI = MerchantDraft(
    name="金禧珠宝商行",
    brand="金禧珠宝",
    counter="1F-101",
    uscc="91320205MA0000000M",
    lease_end=date(2027, 1, 31),
    deposit=5,
)


@pytest.fixture
def noted(database, manager, clerk):
    """A merchant on file, M0001, and one noted by its name with a case, M0002."""
    with database.writing(manager, "merchant.create") as work:
        merchants.register(work, JINXI)
    with database.writing(clerk, "case.create") as work:
        number = merchants.note_provisional(work, "金喜珠宝店").number
        return make.make_case(work, merchant_no=number).number


def _merge(database, actor, number="M0002", into="M0001"):
    with database.writing(actor, "merchant.merge") as work:
        return merchant_merging.merge(work, number, into)


def _case(database, actor, number):
    with database.reading(actor) as work:
        return work.session.scalars(select(Case).where(Case.number == number)).one()


def test_its_cases_go_to_the_merchant_on_file(database, manager, noted):
    assert _merge(database, manager) == (noted,)
    case = _case(database, manager, noted)
    assert (case.merchant_name, case.merchant_counter, case.merchant_uscc) == ("金禧珠宝", "1F-101", JINXI.uscc)
    assert (case.merchant_lease_end, case.merchant_deposit) == (date(2027, 1, 31), 5)
    with database.reading(manager) as work:
        assert case.merchant_id == merchants.known(work, "M0001").id
        gone = merchants.known(work, "M0002")
        assert (gone.retired, gone.note) == (True, "已并入 M0001 金禧珠宝")
        assert "金喜珠宝店 → M0001 金禧珠宝" in timeline.rows(work, case.id)[0].text


def test_a_merge_is_taken_apart(database, manager, noted):
    moved = _merge(database, manager)
    with database.writing(manager, "merchant.part") as work:
        merchant_merging.part(work, "M0002", moved)
    case = _case(database, manager, noted)
    assert (case.merchant_name, case.merchant_counter) == ("金喜珠宝店", "")
    with database.reading(manager) as work:
        back = merchants.known(work, "M0002")
    assert (back.retired, back.provisional, back.note) == (False, True, "")
    with pytest.raises(IllegalMove, match="没有并入"), database.writing(manager, "merchant.part") as work:
        merchant_merging.part(work, "M0002", moved)


@pytest.mark.parametrize(("number", "into", "word"), [("M0001", "M0002", "已经建档"), ("M0002", "M0002", "没有建档")])
def test_only_from_a_name_to_a_file(database, manager, noted, number, into, word):
    with pytest.raises(IllegalMove, match=word):
        _merge(database, manager, number, into)


def test_an_unknown_merchant_is_said_so(database, manager, noted):
    with pytest.raises(Missing, match="M0404"):
        _merge(database, manager, into="M0404")


def test_a_clerk_does_not_merge(database, clerk, noted):
    with pytest.raises(NotAllowed):
        _merge(database, clerk)


def test_when_the_file_is_completed_its_cases_know(database, manager, noted):
    with database.writing(manager, "merchant.update") as work:
        merchants.update(work, "M0002", 1, {"counter": "2F-202", "brand": "金喜", "uscc": "91320205MA0000002U"})
    case = _case(database, manager, noted)
    assert (case.merchant_name, case.merchant_counter, case.merchant_uscc) == ("金喜", "2F-202", "91320205MA0000002U")


def test_a_later_change_of_the_file_leaves_what_a_case_remembers(database, manager, clerk, noted):
    with database.writing(clerk, "case.create") as work:
        number = make.make_case(work, merchant_no="M0001").number
    with database.writing(manager, "merchant.update") as work:
        merchants.update(work, "M0001", 1, {"counter": "3F-303"})
    assert _case(database, manager, number).merchant_counter == "1F-101"
