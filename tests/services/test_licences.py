"""The licences of a merchant: a list that is changed as a whole, each with a scan kept under its hash."""

from datetime import date

import pytest

from odr_desk.model.journal import JournalEntry
from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Missing, NotAllowed, Trouble
from odr_desk.rules.evidence import EvidenceDraft
from odr_desk.rules.keeping import Why
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.services import case_bin, daily, evidence_intake, licence_scans, merchant_file, merchants
from odr_desk.services.evidence_intake import Source
from odr_desk.store import attachments, backup, place, verify
from tests.make import make_case, make_picture

pytestmark = pytest.mark.usefixtures("no_child")
SHOP = MerchantDraft(name="吉祥餐饮", counter="B1-033", uscc="91320205MA0000001R", phone="13800005678")
FOOD = LicenceDraft(kind="食品经营许可证", number="JY13202050000001", expires=date(2027, 3, 1))
HEALTH = LicenceDraft(kind="公共场所卫生许可证", number="锡卫公证字1号")


@pytest.fixture
def shop(database, manager) -> str:
    with database.writing(manager, "merchant.create") as work:
        return merchants.register(work, SHOP, (FOOD, HEALTH)).number


def _detail(database, actor, number="M0001"):
    with database.reading(actor) as work:
        return merchant_file.detail(work, number)


def _held(database, actor):
    return [one.draft for one in _detail(database, actor).licences]


def _save(database, actor, held, version=None, **changes):
    with database.writing(actor, "merchant.update") as work:
        return merchants.update(work, "M0001", version, changes, held)


def _scan(database, actor, licence_id, content=None):
    with database.reading(actor) as work:
        shelf = licence_scans.open_shelf(work, "M0001", licence_id)
    taken = evidence_intake.take_in(shelf, Source("许可证.jpg", content=content or make_picture()))
    try:
        with database.writing(actor, "licence.scan") as work:
            return licence_scans.put(work, "M0001", licence_id, taken)
    finally:
        evidence_intake.put_back([taken])


class TestTheList:
    def test_it_is_kept_in_its_order(self, database, manager, shop):
        first, second = _held(database, manager)
        assert (first.kind, first.number, first.expires) == (FOOD.kind, FOOD.number, FOOD.expires)
        assert (second.kind, second.expires) == (HEALTH.kind, None)
        _save(database, manager, (second, first))
        assert [one.id for one in _held(database, manager)] == [second.id, first.id]

    def test_what_is_left_out_goes_and_what_is_new_comes(self, database, manager, shop):
        first, _second = _held(database, manager)
        _save(database, manager, (first, LicenceDraft(kind="营业执照")))
        assert [one.kind for one in _held(database, manager)] == ["食品经营许可证", "营业执照"]
        _save(database, manager, ())
        assert _held(database, manager) == []

    def test_one_without_a_number_of_its_own_is_known_by_kind_and_number(self, database, manager, shop):
        before = _held(database, manager)
        _save(database, manager, (HEALTH, FOOD))
        assert _held(database, manager) == [before[1], before[0]]

    def test_a_blank_line_is_nothing(self, database, manager, shop):
        _save(database, manager, (FOOD, LicenceDraft()))
        assert len(_held(database, manager)) == 1

    def test_without_a_list_the_licences_stay(self, database, manager, shop):
        _save(database, manager, None, note="常来")
        assert len(_held(database, manager)) == 2

    def test_what_is_wrong_names_line_and_field(self, database, manager, shop):
        with pytest.raises(Invalid) as refused:
            _save(database, manager, (FOOD, LicenceDraft(number="1"), LicenceDraft(kind="长" * 41)))
        fields = [(problem.field, problem.text) for problem in refused.value.problems]
        assert fields[0] == ("licences[1].kind", "第 2 张证照：请填写证照种类")
        assert fields[1][0] == "licences[2].kind"
        assert len(_held(database, manager)) == 2

    def test_a_licence_of_another_file_is_refused(self, database, manager, shop):
        with pytest.raises(Missing, match="不在这一户的档案里"):
            _save(database, manager, (LicenceDraft(id=99, kind="营业执照"),))

    def test_the_version_counts_the_list_and_each_step_once(self, database, manager, shop):
        assert _detail(database, manager).version == 1
        assert _save(database, manager, (FOOD,)).version == 2
        assert _save(database, manager, (FOOD,)).version == 2, "nothing changed"
        assert _save(database, manager, (HEALTH,), note="换了").version == 3
        with pytest.raises(Conflict):
            _save(database, manager, (), version=2)

    def test_the_first_to_run_out_is_what_the_list_shows(self, database, manager, shop):
        near = LicenceDraft(kind="烟草专卖零售许可证", expires=date(2026, 11, 1))
        _save(database, manager, (FOOD, near))
        found = _detail(database, manager)
        assert found.row.licence_expires == date(2026, 11, 1)
        assert [remark.text for remark in found.remarks] == ["烟草专卖零售许可证 11-01 已到期"]

    def test_the_journal_knows_each_of_them(self, database, manager, shop):
        _save(database, manager, (FOOD,))
        with database.reading(manager) as work:
            names = [row.object for row in work.session.query(JournalEntry).order_by(JournalEntry.seq)]
            assert verify.look_over(work.session.connection(), work.folder, full=True).problems == ()
        assert {"merchant_licences:1", "merchant_licences:2"} <= set(names)


class TestTheScan:
    def test_it_is_kept_by_hash_and_shown(self, database, manager, clerk, shop):
        scan = _scan(database, manager, 1)
        assert attachments.holds(database.folder / place.ATTACHMENTS, scan.sha256)
        assert (scan.name, scan.kind, scan.pages) == ("许可证.jpg", "jpeg", 1)
        assert _detail(database, clerk).licences[0].scan == scan
        with database.reading(clerk) as work:
            sight = licence_scans.sight(work, "M0001", 1)
        assert licence_scans.page(sight, 1).width > 0

    def test_it_stays_when_the_words_of_its_licence_change(self, database, manager, shop):
        scan = _scan(database, manager, 1)
        first, second = _held(database, manager)
        _save(database, manager, (second, LicenceDraft(id=first.id, kind="食品经营许可证", number="JY2")))
        assert _detail(database, manager).licences[1].scan == scan

    def test_who_may_not_write_merchants_may_not_put_one(self, database, clerk, shop):
        with pytest.raises(NotAllowed):
            _scan(database, clerk, 1)

    def test_a_licence_that_is_not_there_is_named(self, database, manager, shop):
        with pytest.raises(Missing, match="没有第 9 号证照"):
            _scan(database, manager, 9)
        with database.reading(manager) as work, pytest.raises(Missing, match="还没有扫描件"):
            licence_scans.sight(work, "M0001", 1)

    def test_taken_off_it_can_be_put_back(self, database, manager, shop):
        scan = _scan(database, manager, 1)
        with database.writing(manager, "licence.scan_remove") as work:
            assert licence_scans.remove(work, "M0001", 1) == scan
        assert _detail(database, manager).licences[0].scan is None
        with database.writing(manager, "licence.scan") as work:
            licence_scans.put_back(work, "M0001", 1, scan)
        assert _detail(database, manager).licences[0].scan == scan
        with database.writing(manager, "licence.scan") as work, pytest.raises(IllegalMove):
            licence_scans.put_back(work, "M0001", 1, scan)

    def test_a_copy_is_saved_as_it_came(self, database, manager, shop, tmp_path):
        content = make_picture("blue")
        _scan(database, manager, 1, content)
        with database.reading(manager) as work:
            sight = licence_scans.sight(work, "M0001", 1)
        path = licence_scans.save(sight, tmp_path)
        assert (path.name, path.read_bytes()) == ("吉祥餐饮 食品经营许可证 JY13202050000001.jpg", content)

    def test_a_backup_holds_it(self, database, manager, shop, clock):
        scan = _scan(database, manager, 1)
        made = backup.make(database.folder, Why.MANUAL, clock())
        assert [part.sha256 for part in made.manifest.attachments] == [scan.sha256]

    def test_it_stays_when_a_case_with_the_same_file_leaves_the_bin(self, database, manager, shop, clock):
        scan = _scan(database, manager, 1)
        with database.writing(manager, "case.create") as work:
            number = make_case(work, merchant_no=shop).number
        with database.reading(manager) as work:
            box = evidence_intake.open_box(work, number)
        taken = evidence_intake.take_in(box, Source("许可证.jpg", content=make_picture()))
        with database.writing(manager, "attach") as work:
            evidence_intake.add(work, number, [taken], EvidenceDraft())
        with database.writing(manager, "case.delete", "重复登记") as work:
            case_bin.delete(work, number, "重复登记")
        clock.forward(days=31)
        daily.turn_day(database)
        assert attachments.holds(database.folder / place.ATTACHMENTS, scan.sha256)

    def test_one_that_changed_or_went_is_named(self, database, manager, shop):
        scan = _scan(database, manager, 1)
        path = attachments.place_of(database.folder / place.ATTACHMENTS, scan.sha256)
        path.write_bytes(b"x" * scan.size)
        with database.reading(manager) as work:
            (wrong,) = verify.look_over(work.session.connection(), work.folder, full=True).problems
            assert (wrong.invariant, wrong.object) == ("scans", "M0001")
            assert "“食品经营许可证”扫描件被改动过" in wrong.message
            path.unlink()
            (wrong,) = verify.look_over(work.session.connection(), work.folder, full=False).problems
            assert "不见了" in wrong.message
            with pytest.raises(Trouble, match="不见了或被改动过"):
                licence_scans.page(licence_scans.sight(work, "M0001", 1), 1)
