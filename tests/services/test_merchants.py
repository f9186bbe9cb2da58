import dataclasses
from datetime import date

import pytest
from sqlalchemy import select

from odr_desk.model.journal import Change, JournalEntry
from odr_desk.model.merchant import Merchant
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Missing, NotAllowed
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.services import merchants

DRAFT = MerchantDraft(
    name="无锡市锡山区金禧珠宝商行",
    brand="金禧珠宝",
    nickname="老金店",
    counter="A馆1F-101",
    trade="珠宝",
    uscc="９１320205ma0000000m",
    phone="138 0000 5678",
    lease_end=date(2027, 12, 31),
    deposit=5_000_000,
)


@pytest.fixture
def jinxi(database, manager):
    with database.writing(manager, "merchant.create") as work:
        return merchants.register(work, DRAFT)


def _on_file(database, manager, number):
    with database.reading(manager) as work:
        return merchants.known(work, number)


def _update(database, manager, number, version, **changes):
    with database.writing(manager, "merchant.update") as work:
        return merchants.update(work, number, version, changes), work.touched


def test_a_tenant_is_put_on_file_with_the_next_number(database, manager, jinxi):
    assert (jinxi.number, jinxi.warnings) == ("M0001", ())
    merchant = _on_file(database, manager, "M0001")
    assert merchant.id == jinxi.merchant_id
    assert (merchant.uscc, merchant.phone) == ("91320205MA0000000M", "13800005678")
    assert merchant.initials.split()[:2] == ["jxzb", "ljd"]
    assert merchant.pinyin == "jin xi zhu bao\nlao jin dian"
    assert merchants.draft_of(merchant) == dataclasses.replace(DRAFT, uscc="91320205MA0000000M", phone="13800005678")


def test_what_looks_wrong_is_said_and_saved(database, manager):
    with database.writing(manager, "merchant.create") as work:
        made = merchants.register(work, MerchantDraft(name="甲", counter="1", uscc="91320205MA0000000N", phone="12"))
    assert [warning.field for warning in made.warnings] == ["uscc", "phone"]
    assert _on_file(database, manager, made.number).uscc == "91320205MA0000000N"


def test_a_file_without_counter_is_refused_and_nothing_is_written(database, manager):
    with pytest.raises(Invalid), database.writing(manager, "merchant.create") as work:
        merchants.register(work, MerchantDraft(name="甲", counter=""))
    with database.writing(manager, "merchant.create") as work:
        assert merchants.register(work, MerchantDraft(name="甲", counter="1")).number == "M0001"


@pytest.mark.parametrize("who", ["clerk", "mediator", "auditor", "admin"])
def test_only_who_may_writes(database, request, who):
    actor = request.getfixturevalue(who)
    with pytest.raises(NotAllowed), database.writing(actor, "merchant.create") as work:
        merchants.register(work, DRAFT)


def test_doubles_are_warned_about(database, manager, jinxi):
    with database.writing(manager, "merchant.create") as work:
        (same,) = merchants.register(work, DRAFT).warnings
        assert (same.field, "可能重复" in same.text, "M0001" in same.text) == ("counter", True, True)
    with database.writing(manager, "merchant.create") as work:
        other = MerchantDraft(name="乙", counter="A馆1F-101", phone="13800005678", uscc="91320205MA0000001Q")
        assert {(w.field, "在场" in w.text) for w in merchants.register(work, other).warnings} == {("counter", True)}
    with database.writing(manager, "merchant.create") as work:
        moved = dataclasses.replace(DRAFT, counter="A馆2F-201")
        assert {w.field for w in merchants.register(work, moved).warnings} == {"uscc"}


def test_a_tenant_that_has_left_no_longer_holds_its_counter(database, manager, jinxi):
    with database.writing(manager, "merchant.update") as work:
        merchants.retire(work, "M0001")
    with database.writing(manager, "merchant.create") as work:
        assert merchants.register(work, DRAFT).warnings == ()


def test_a_change_is_kept_with_old_and_new_value(database, manager, jinxi):
    (version, warnings), touched = _update(database, manager, "M0001", 1, deposit="60,000.00", phone="0510-88880000")
    assert (version, warnings) == (2, ())
    assert "merchants" in touched
    with database.reading(manager) as work:
        mine = select(JournalEntry).where(JournalEntry.object == f"merchants:{jinxi.merchant_id}")
        entry = work.session.scalars(mine.order_by(JournalEntry.seq.desc())).first()
        changes = work.session.scalars(select(Change).where(Change.seq == entry.seq)).all()
    assert {(change.field, change.old, change.new) for change in changes} == {
        ("deposit", "5000000", "6000000"),
        ("phone", "13800005678", "0510-88880000"),
    }


def test_a_new_name_is_found_under_new_keys(database, manager, jinxi):
    _update(database, manager, "M0001", 1, brand="单记银楼")
    merchant = _on_file(database, manager, "M0001")
    assert {"djyl", "sjyl"} <= set(merchant.initials.split())
    assert merchant.pinyin == "dan ji yin lou\nlao jin dian"


def test_a_change_that_changes_nothing_leaves_the_version(database, manager, jinxi):
    (version, _warnings), touched = _update(database, manager, "M0001", 1, brand="金禧珠宝")
    assert version == 1
    assert "merchants" not in touched


def test_saving_over_somebody_else_shows_his_values(database, manager, jinxi):
    _update(database, manager, "M0001", 1, brand="金禧", lease_end=date(2028, 1, 1))
    with pytest.raises(Conflict) as caught:
        _update(database, manager, "M0001", 1, brand="金喜", lease_end="2029-01-01")
    detail = caught.value.detail
    assert detail["theirs"] == {"brand": "金禧", "lease_end": "2028-01-01"}
    assert detail["mine"] == {"brand": "金喜", "lease_end": "2029-01-01"}
    assert (detail["version"], detail["by"], detail["at"]) == (2, manager.name, "2026-11-23T10:00:00+08:00")
    assert _on_file(database, manager, "M0001").brand == "金禧"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deposit": "约5000"}, "deposit"),
        ({"lease_end": "2027/2/30"}, "lease_end"),
        ({"size": "1"}, "size"),
        ({"name": ""}, "name"),
    ],
)
def test_a_bad_change_names_its_field(database, manager, jinxi, changes, field):
    with pytest.raises(Invalid) as caught:
        _update(database, manager, "M0001", 1, **changes)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_an_unknown_number_is_said_so(database, manager):
    with pytest.raises(Missing, match="M0404"):
        _update(database, manager, "M0404", 1, brand="甲")


def test_leaving_and_coming_back(database, manager, jinxi):
    with database.writing(manager, "merchant.update") as work:
        merchants.retire(work, "M0001")
    with pytest.raises(IllegalMove), database.writing(manager, "merchant.update") as work:
        merchants.retire(work, "M0001")
    with database.writing(manager, "merchant.update") as work:
        merchants.retire(work, "M0001", retired=False)
    assert _on_file(database, manager, "M0001").retired is False


class TestNotedByName:
    def test_a_clerk_may_note_a_shop_that_is_not_on_file(self, database, clerk):
        with database.writing(clerk, "merchant.note") as work:
            noted = merchants.note_provisional(work, "  新开 奶茶店 ")
        with database.reading(clerk) as work:
            merchant = work.session.get_one(Merchant, noted.merchant_id)
        assert (merchant.name, merchant.counter, merchant.provisional) == ("新开 奶茶店", "", True)
        assert merchant.initials == "xkncd"

    def test_the_same_name_is_noted_once(self, database, clerk):
        with database.writing(clerk, "merchant.note") as work:
            first = merchants.note_provisional(work, "奶茶店")
            assert merchants.note_provisional(work, "奶茶店") == first

    def test_a_name_over_a_known_door_is_that_shop(self, database, clerk, jinxi):
        with database.writing(clerk, "merchant.note") as work:
            assert merchants.note_provisional(work, "金禧珠宝").number == jinxi.number

    @pytest.mark.parametrize("name", ["", "   ", "长" * 101, "甲\u202e乙"])
    def test_a_bad_name_is_refused(self, database, clerk, name):
        with pytest.raises(Invalid) as caught, database.writing(clerk, "merchant.note") as work:
            merchants.note_provisional(work, name)
        assert [problem.field for problem in caught.value.problems] == ["name"]

    def test_with_its_counter_it_is_on_file(self, database, clerk, manager):
        with database.writing(clerk, "merchant.note") as work:
            noted = merchants.note_provisional(work, "奶茶店")
        _update(database, manager, noted.number, 1, counter="2F-203")
        assert _on_file(database, manager, noted.number).provisional is False

    def test_without_its_counter_it_stays_noted(self, database, clerk, manager):
        with database.writing(clerk, "merchant.note") as work:
            noted = merchants.note_provisional(work, "奶茶店")
        with pytest.raises(Invalid):
            _update(database, manager, noted.number, 1, phone="13800005678")
