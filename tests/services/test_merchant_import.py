import dataclasses
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from odr_desk.model.exchange import ImportBatch, ImportRow
from odr_desk.model.journal import JournalEntry
from odr_desk.model.merchant import Merchant, MerchantLicence
from odr_desk.rules.errors import IllegalMove, Invalid, Missing, NotAllowed, UnsafeFile
from odr_desk.rules.importing import Verdict
from odr_desk.rules.licence import LicenceDraft
from odr_desk.services import (
    import_batches,
    import_source,
    licences,
    merchant_file,
    merchant_import,
    merchant_merging,
    merchants,
)
from odr_desk.services.import_source import Source
from odr_desk.sheets import tenants
from odr_desk.sheets.profiles import read_book
from odr_desk.sheets.reading import Sheet, Workbook
from odr_desk.store import verify
from tests import make

SAMPLE = Path(__file__).parents[1] / "data" / "tenants.xlsx"
WRONG_CODES = (4, 8, 17, 37, 69, 92, 106, 111)
HEADINGS = ("楼层", "柜位号", "品牌", "商户名称（营业执照）", "统一社会信用代码", "手机", "合同起", "合同止", "保证金")
JINXI = (
    "1F",
    "1F-101",
    "金禧珠宝",
    "金禧珠宝商行",
    "91320205MA0000000M",
    "13800005678",
    "2024-01-01",
    "2026-12-31",
    5000,
)
YUNLAN = ("1F", "1F-102", "云岚", "云岚服饰商行", "91320205MA0000002U", "13800005679", "", "", "")


@pytest.fixture(scope="session")
def sample() -> Source:
    return import_source.load(SAMPLE, merchant_import.PROFILE)


@pytest.fixture
def taken(once, sample):
    """The data file with the sample imported, and what the import said."""
    return once("tenants", lambda database, manager: _apply(database, manager, sample))


@pytest.fixture
def imported(taken, copied):
    """A data file of its own with the sample imported."""
    return copied(taken[0])


def _table(*rows, headings=HEADINGS, sha256="a" * 64):
    book = Workbook("商户清单.xlsx", (Sheet("在场商户", (headings, *rows)),))
    return Source("tenants", "商户清单.xlsx", sha256, read_book(book, tenants.PROFILE))


def _changed(row, **values):
    at = dict(
        zip(("floor", "counter", "brand", "name", "uscc", "phone", "start", "end", "deposit"), range(9), strict=True)
    )
    cells = list(row)
    for name, value in values.items():
        cells[at[name]] = value
    return tuple(cells)


def _preview(database, actor, source):
    with database.reading(actor) as work:
        return merchant_import.preview(work, source)


def _apply(database, actor, source, leave_out=()):
    with database.writing(actor, "import") as work:
        return merchant_import.apply(work, source, leave_out)


def _undo(database, actor, number):
    with database.writing(actor, "import.undo") as work:
        return import_batches.undo(work, number)


def _all(database, actor):
    with database.reading(actor) as work:
        return {m.number: merchants.draft_of(m) for m in work.session.scalars(select(Merchant).order_by(Merchant.id))}


def _verdicts(preview):
    return {row.row: row.verdict for row in preview.rows}


class TestTheSample:
    def test_every_row_has_its_verdict(self, database, clerk, sample):
        preview = _preview(database, clerk, sample)
        assert {verdict.value: count for verdict, count in preview.counts.items()} == {
            "new": 120, "update": 0, "same": 0, "duplicate": 4, "bad": 0, "skipped": 1
        }  # fmt: skip
        verdicts = _verdicts(preview)
        assert [row for row, verdict in verdicts.items() if verdict is Verdict.DUPLICATE] == [124, 125, 126, 127]
        assert verdicts[129] is Verdict.SKIPPED

    def test_wrong_check_digits_are_reported_and_nothing_else(self, database, clerk, sample):
        remarks = {row.row: row.remarks for row in _preview(database, clerk, sample).rows if row.verdict is Verdict.NEW}
        assert tuple(row for row, said in remarks.items() if said) == WRONG_CODES
        assert all("校验位不对" in remarks[row][0] for row in WRONG_CODES)

    def test_previewing_writes_nothing(self, database, clerk, sample):
        _preview(database, clerk, sample)
        assert _all(database, clerk) == {}

    def test_what_arrives(self, imported, manager, taken):
        applied = taken[1]
        assert (applied.batch_no, applied.counts[Verdict.NEW]) == ("I2026-0001", 120)
        on_file = _all(imported, manager)
        assert len(on_file) == 120
        by_counter = {draft.counter: draft for draft in on_file.values()}
        assert {draft.floor for draft in on_file.values()} == {"B1", "1F", "2F", "3F", "4F", "5F"}
        assert by_counter["A馆1F-120"].floor == "1F"
        first = by_counter["A馆B1-105"]  # dates as text and as a serial number, no deposit
        assert (first.lease_start, first.lease_end, first.deposit) == (date(2024, 9, 23), date(2027, 9, 23), None)
        assert by_counter["A馆B1-102"].phone == "19900001002"  # came as a float
        assert by_counter["A馆B1-101"].phone == "19900001001"  # came with blanks
        assert by_counter["A馆B1-110"].deposit == 3_000_000  # came in full-width digits
        assert by_counter["A馆B1-104"].deposit == 1_000_000  # came with a comma
        assert by_counter["A馆B1-105"].contact == "黄芳"

    def test_the_same_file_twice_changes_nothing(self, imported, manager, sample):
        with imported.reading(manager) as work:
            before = work.session.scalar(select(func.max(JournalEntry.seq)))
        preview = _preview(imported, manager, sample)
        assert (preview.counts[Verdict.SAME], preview.counts[Verdict.DUPLICATE]) == (120, 4)
        assert (preview.applied_before, preview.absent) == ("I2026-0001", ())
        again = _apply(imported, manager, sample)
        assert (again.batch_no, again.counts[Verdict.SAME]) == ("", 120)
        with imported.reading(manager) as work:
            assert work.session.scalar(select(func.max(JournalEntry.seq))) == before
            assert work.session.scalar(select(func.count()).select_from(ImportBatch)) == 1

    def test_undoing_takes_every_one_back(self, imported, manager, taken, sample):
        number = taken[1].batch_no
        assert _undo(imported, manager, number) == {Verdict.NEW: 120, Verdict.UPDATE: 0}
        assert _all(imported, manager) == {}
        with pytest.raises(IllegalMove, match="撤销过"):
            _undo(imported, manager, number)
        with imported.reading(manager) as work:  # the numbers are void: given, and borne by nobody
            assert verify.look_over(work.session.connection(), imported.folder, full=True, seconds=30).problems == ()
        again = _apply(imported, manager, sample)
        assert again.counts[Verdict.NEW] == 120
        assert min(_all(imported, manager)) == "M0121"

    def test_every_imported_tenant_is_found_by_pinyin(self, imported, manager):
        from odr_desk.services import merchant_search

        with imported.reading(manager) as work:
            assert merchant_search.find(work, "cylnz")[0].name in {"川渝里男装", "川渝里女装"}
            assert merchant_search.find(work, "B1-120")[0].counter == "A馆B1-120"


class TestAgainstWhatIsOnFile:
    @pytest.fixture
    def filed(self, database, manager):
        return _apply(database, manager, _table(JINXI, YUNLAN))

    def test_differing_fields_are_shown_old_and_new(self, database, manager, filed):
        changed = _changed(JINXI, phone="13900005678", deposit="6000", end="2027-12-31")
        (row,) = _preview(database, manager, _table(changed)).rows
        assert (row.verdict, row.number) == (Verdict.UPDATE, "M0001")
        assert [(change.label, change.before, change.after) for change in row.changes] == [
            ("联系电话", "13800005678", "13900005678"),
            ("租约止", "2026-12-31", "2027-12-31"),
            ("保证金（元）", "5,000.00", "6,000.00"),
        ]

    def test_an_empty_cell_takes_nothing_away(self, database, manager, filed):
        (row,) = _preview(database, manager, _table(_changed(JINXI, phone="", deposit="", floor=""))).rows
        assert row.verdict is Verdict.SAME

    def test_an_update_keeps_what_the_desk_wrote_itself(self, database, manager, filed):
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0001", 1, {"nickname": "老金店"})
        _apply(database, manager, _table(_changed(JINXI, deposit="6000")))
        draft = _all(database, manager)["M0001"]
        assert (draft.nickname, draft.deposit) == ("老金店", 600_000)

    def test_who_has_moved_is_known_by_his_code(self, database, manager, filed):
        (row,) = _preview(database, manager, _table(_changed(JINXI, counter="2F-201", floor="2F"))).rows
        assert (row.verdict, [change.field for change in row.changes]) == (Verdict.UPDATE, ["counter", "floor"])

    def test_a_second_counter_of_the_same_licence_is_a_new_file(self, database, manager, filed):
        second = _changed(JINXI, counter="2F-201", floor="2F")
        verdicts = _verdicts(_preview(database, manager, _table(JINXI, second)))
        assert verdicts == {2: Verdict.SAME, 3: Verdict.NEW}

    def test_another_shop_of_the_same_licence_is_new_and_remarked(self, database, manager, filed):
        other = _changed(JINXI, counter="2F-201", brand="银禧", name="银禧珠宝商行")
        (row,) = _preview(database, manager, _table(other)).rows
        assert row.verdict is Verdict.NEW
        assert "与 M0001 金禧珠宝（1F-101）相同" in row.remarks[0]

    def test_a_new_name_on_the_licence_is_an_update(self, database, manager, filed):
        (row,) = _preview(database, manager, _table(_changed(JINXI, name="金禧珠宝有限公司"))).rows
        assert (row.verdict, [change.field for change in row.changes]) == (Verdict.UPDATE, ["name"])

    def test_another_tenant_at_the_same_counter_is_remarked(self, database, manager, filed):
        other = _changed(JINXI, brand="新店", name="新店商行", uscc="91320205MA0000003Y")
        (row,) = _preview(database, manager, _table(other)).rows
        assert row.verdict is Verdict.NEW
        assert "柜位上还有 M0001 金禧珠宝 在场" in row.remarks[0]

    def test_who_is_marked_as_gone_and_still_listed_is_remarked(self, database, manager, filed):
        with database.writing(manager, "merchant.update") as work:
            merchants.retire(work, "M0001")
        (row,) = _preview(database, manager, _table(JINXI)).rows
        assert (row.verdict, "已标为撤场" in row.remarks[0]) == (Verdict.SAME, True)

    def test_who_is_not_in_the_table_is_named(self, database, manager, filed):
        assert _preview(database, manager, _table(JINXI)).absent == ("M0002 云岚（1F-102）",)

    def test_a_shop_noted_by_name_is_put_on_file(self, database, manager, clerk):
        with database.writing(clerk, "merchant.note") as work:
            number = merchants.note_provisional(work, "金禧珠宝").number
        _apply(database, manager, _table(JINXI))
        with database.reading(manager) as work:
            file = merchant_file.detail(work, number)
        assert (file.draft.counter, file.row.provisional) == ("1F-101", False)

    def test_a_name_that_several_tenants_go_by_takes_none_of_them_away(self, database, manager, clerk):
        with database.writing(clerk, "merchant.note") as work:
            number = merchants.note_provisional(work, "金禧珠宝").number
        second = _changed(JINXI, counter="3F-301", name="另一家商行", uscc="")
        first, other = _preview(database, manager, _table(JINXI, second)).rows
        assert (first.verdict, other.verdict) == (Verdict.NEW, Verdict.NEW)
        assert f"{number} 只记了“金禧珠宝”这个名字，表里不止一户叫它" in first.message
        assert _apply(database, manager, _table(JINXI, second)).counts[Verdict.NEW] == 2
        same = _preview(database, manager, _table(JINXI, second))
        assert [row.verdict for row in same.rows] == [Verdict.SAME, Verdict.SAME]

    def test_a_name_that_was_merged_into_a_file_is_not_taken_up_again(self, database, manager, clerk, filed):
        with database.writing(clerk, "merchant.note") as work:
            number = merchants.note_provisional(work, "老金").number
        with database.writing(manager, "merchant.merge") as work:
            merchant_merging.merge(work, number, "M0001")
        newcomer = _changed(YUNLAN, brand="老金", counter="5F-1", name="老金商行", uscc="")
        (row,) = _preview(database, manager, _table(newcomer)).rows
        assert (row.verdict, row.number, row.remarks) == (Verdict.NEW, "", ())

    def test_rows_left_out_stay_out(self, database, manager):
        applied = _apply(database, manager, _table(JINXI, YUNLAN), leave_out=[2])
        assert applied.counts[Verdict.NEW] == 1
        assert [draft.brand for draft in _all(database, manager).values()] == ["云岚"]


class TestRowsThatCannotBeTaken:
    @pytest.mark.parametrize(
        ("row", "word"),
        [
            (_changed(JINXI, name=""), "没有商户名称"),
            (_changed(JINXI, counter=""), "没有柜位号"),
            (_changed(JINXI, end="2023-12-31"), "租约止早于租约起"),
            (_changed(JINXI, brand="长" * 61), "最多 60 字"),
        ],
    )
    def test_the_reason_is_said(self, database, manager, row, word):
        (shown,) = _preview(database, manager, _table(row)).rows
        assert shown.verdict is Verdict.BAD
        assert word in "；".join(shown.remarks)

    def test_the_others_are_taken_all_the_same(self, database, manager):
        applied = _apply(database, manager, _table(_changed(JINXI, name=""), YUNLAN))
        assert (applied.counts[Verdict.NEW], applied.counts[Verdict.BAD]) == (1, 1)

    @pytest.mark.parametrize(("value", "word"), [("2月31日", "没有录入"), ("2026/2/31", "没有这一天")])
    def test_an_unreadable_value_is_left_out_and_said(self, database, manager, value, word):
        (row,) = _preview(database, manager, _table(_changed(JINXI, end=value))).rows
        assert (row.verdict, word in row.remarks[0]) == (Verdict.NEW, True)

    def test_a_repeat_that_says_otherwise_is_named(self, database, manager):
        rows = _preview(database, manager, _table(JINXI, _changed(JINXI, deposit=9000))).rows
        assert rows[1].verdict is Verdict.DUPLICATE
        assert "保证金（元）不同" in rows[1].remarks[0]

    def test_two_rows_for_one_file_change_it_once(self, database, manager):
        _apply(database, manager, _table(JINXI))
        renamed = _changed(JINXI, uscc="", phone="13900005678")
        by_code = _changed(JINXI, name="金禧珠宝有限公司", phone="13700005678")
        rows = _preview(database, manager, _table(renamed, by_code)).rows
        assert [row.verdict for row in rows] == [Verdict.UPDATE, Verdict.DUPLICATE]

    def test_columns_that_are_not_used_are_named(self, database, manager):
        source = _table((*JINXI, "甲"), headings=(*HEADINGS, "星座"))
        assert "这几列没有用到：星座" in _preview(database, manager, source).notes


class TestUndoing:
    @pytest.fixture
    def batch(self, database, manager):
        return _apply(database, manager, _table(JINXI, YUNLAN)).batch_no

    def test_a_change_gets_its_old_values_back(self, database, manager, batch):
        before = _all(database, manager)
        changed = _changed(JINXI, phone="13900005678", deposit=9000, end="2028-01-01", brand="金喜")
        number = _apply(database, manager, _table(changed)).batch_no
        assert _all(database, manager) != before
        assert _undo(database, manager, number) == {Verdict.NEW: 0, Verdict.UPDATE: 1}
        assert _all(database, manager) == before

    def test_imports_are_undone_one_after_the_other(self, database, manager, batch):
        second = _apply(database, manager, _table(_changed(JINXI, deposit=9000))).batch_no
        with pytest.raises(IllegalMove, match="导入后改过"):
            _undo(database, manager, batch)
        _undo(database, manager, second)
        _undo(database, manager, batch)
        assert _all(database, manager) == {}

    def test_who_has_been_complained_about_stays(self, database, manager, clerk, batch):
        with database.writing(clerk, "case.create") as work:
            make.make_case(work, merchant_no="M0002")
        with pytest.raises(IllegalMove) as caught:
            _undo(database, manager, batch)
        assert "M0002 云岚 已有 1 件投诉" in str(caught.value)
        assert "什么都没有动" in str(caught.value)
        assert len(_all(database, manager)) == 2

    def test_who_was_changed_since_stays(self, database, manager, batch):
        with database.writing(manager, "merchant.update") as work:
            merchants.update(work, "M0001", 1, {"nickname": "老金店"})
        with pytest.raises(IllegalMove, match="M0001 金禧珠宝 导入后改过"):
            _undo(database, manager, batch)

    def test_a_shop_noted_by_name_is_again_only_noted(self, database, manager, clerk):
        with database.writing(clerk, "merchant.note") as work:
            number = merchants.note_provisional(work, "金禧珠宝").number
        batch = _apply(database, manager, _table(JINXI)).batch_no
        _undo(database, manager, batch)
        with database.reading(manager) as work:
            file = merchant_file.detail(work, number)
        assert (file.draft.counter, file.draft.name, file.row.provisional) == ("", "金禧珠宝", True)

    def test_the_register_keeps_what_was_undone(self, database, manager, batch):
        _undo(database, manager, batch)
        with database.reading(manager) as work:
            (row,) = import_batches.rows(work)
            assert work.session.scalar(select(func.count()).select_from(ImportRow)) == 2
        assert (row.number, row.counts[Verdict.NEW], row.applied_by, row.undone_by) == (
            "I2026-0001",
            2,
            "孙主任",
            "孙主任",
        )

    def test_an_unknown_number_is_said_so(self, database, manager):
        with pytest.raises(Missing, match="I2026-0009"):
            _undo(database, manager, "I2026-0009")


def test_one_row_that_fails_leaves_nothing(database, manager, monkeypatch):
    source = _table(JINXI, YUNLAN)
    broken = dataclasses.replace(source.table.rows[1], values={**source.table.rows[1].values, "lease_start": "x"})
    table = dataclasses.replace(source.table, rows=(source.table.rows[0], broken))
    with pytest.raises(Exception), database.writing(manager, "import") as work:  # noqa: B017, PT011 - whatever it is
        merchant_import.apply(work, dataclasses.replace(source, table=table))
    assert _all(database, manager) == {}


@pytest.mark.parametrize("who", ["clerk", "mediator", "auditor", "admin"])
def test_only_who_may_imports(database, request, who):
    with pytest.raises(NotAllowed):
        _apply(database, request.getfixturevalue(who), _table(JINXI))


def test_a_clerk_may_look(database, clerk):
    assert _preview(database, clerk, _table(JINXI)).counts[Verdict.NEW] == 1


@pytest.mark.parametrize(
    ("name", "content", "kind"), [("假的.xlsx", b"not a workbook", UnsafeFile), ("空.csv", b"a,b\n", Invalid)]
)
def test_a_file_of_another_kind_is_refused_in_words(tmp_path, name, content, kind):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(kind) as caught:
        import_source.load(path, merchant_import.PROFILE)
    assert name in str(caught.value) or "表头" in str(caught.value)


WITH_LICENCES = (*HEADINGS, "营业执照号", "营业执照有效期", "食品经营许可证号", "食品经营许可证有效期")


def _held(database, actor, number="M0001"):
    with database.reading(actor) as work:
        merchant = merchants.known(work, number)
        return [(one.kind, one.number, one.expires) for one in licences.drafts_of(work, merchant.id)]


def test_columns_of_licences_become_licences_on_file(database, manager):
    row = (*JINXI, "320205600123456", "长期", "JY13202050000011", "2027-03-01")
    source = _table(row, (*YUNLAN, "", "", "", ""), headings=WITH_LICENCES)
    seen = _preview(database, manager, source)
    assert list(_verdicts(seen).values()) == [Verdict.NEW, Verdict.NEW]
    assert not any("长期" in remark for line in seen.rows for remark in line.remarks)
    applied = _apply(database, manager, source)
    assert _held(database, manager) == [
        ("营业执照", "320205600123456", None),
        ("食品经营许可证", "JY13202050000011", date(2027, 3, 1)),
    ]
    assert _held(database, manager, "M0002") == []
    assert _all(database, manager)["M0001"].uscc == JINXI[4]
    assert set(_verdicts(_preview(database, manager, source)).values()) == {Verdict.SAME}
    _undo(database, manager, applied.batch_no)
    assert _all(database, manager) == {}


def test_the_number_of_the_business_licence_is_the_code_where_a_list_has_no_other(database, manager):
    headings = (*(name for name in HEADINGS if name != "统一社会信用代码"), "营业执照号")
    cells = [cell for cell in JINXI if cell != JINXI[4]]
    _apply(database, manager, _table((*cells, JINXI[4]), headings=headings))
    assert _all(database, manager)["M0001"].uscc == JINXI[4]
    assert _held(database, manager) == [("营业执照", JINXI[4], None)]


def test_the_last_day_of_the_business_licence_goes_with_the_code_of_its_holder(database, manager):
    _apply(database, manager, _table((*JINXI, "2030.05.01"), headings=(*HEADINGS, "营业执照有效期至")))
    assert _held(database, manager) == [("营业执照", JINXI[4], date(2030, 5, 1))]


def test_a_list_changes_the_licence_it_speaks_of_and_no_other_and_is_taken_back(database, manager):
    _apply(database, manager, _table(JINXI))
    before = [
        LicenceDraft(kind="营业执照", number=JINXI[4]),
        LicenceDraft(kind="食品经营许可证", number="JY1", expires=date(2026, 12, 1)),
        LicenceDraft(kind="烟草专卖零售许可证", number="Y1"),
    ]
    with database.writing(manager, "merchant.update") as work:
        merchants.update(work, "M0001", None, {}, before)
    renewed = _table((*JINXI, "", "", "JY1", "2031-12-01"), headings=WITH_LICENCES, sha256="b" * 64)
    (line,) = _preview(database, manager, renewed).rows
    assert [(one.label, one.before, one.after) for one in line.changes] == [
        ("食品经营许可证有效期至", "2026-12-01", "2031-12-01")
    ]
    applied = _apply(database, manager, renewed)
    assert _held(database, manager)[1] == ("食品经营许可证", "JY1", date(2031, 12, 1))
    assert len(_held(database, manager)) == 3
    _undo(database, manager, applied.batch_no)
    assert _held(database, manager) == [(one.kind, one.number, one.expires) for one in before]


def test_an_import_whose_licence_has_a_scan_by_now_stays(database, manager):
    applied = _apply(database, manager, _table((*JINXI, "", "", "JY1", ""), headings=WITH_LICENCES))
    with database.writing(manager, "licence.scan") as work:
        work.session.scalars(select(MerchantLicence)).one().sha256 = "c" * 64
    with pytest.raises(IllegalMove, match="证照已放入扫描件"):
        _undo(database, manager, applied.batch_no)
    assert len(_held(database, manager)) == 1
