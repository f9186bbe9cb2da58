"""What became of each row was judged by eye from the workbook, row by row."""

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.model.exchange import ImportBatch
from odr_desk.model.journal import JournalEntry
from odr_desk.model.merchant import Merchant
from odr_desk.rules.case import CaseState, Claim
from odr_desk.rules.errors import IllegalMove, NotAllowed
from odr_desk.rules.importing import Verdict
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.rules.stations import Station
from odr_desk.services import (
    case_file,
    cases,
    claims,
    handling,
    import_batches,
    import_source,
    merchant_merging,
    merchants,
    platform_import,
)
from odr_desk.services.import_source import Source
from odr_desk.sheets import platform_list
from odr_desk.sheets.profiles import read_book
from odr_desk.sheets.reading import Sheet, Workbook
from tests import make

SAMPLE = Path(__file__).parents[1] / "data" / "platform.xlsx"
LOST_NUMBER = (2, 49, 59)
ABOUT_FIVE_HUNDRED = (2, 8, 12, 14, 30, 32, 43, 58, 60, 61)
FORMULA = (9, 13, 29, 31, 36, 38, 59)
ANSWERED = (5, 6, 8, 9, 10, 11, 14, 16, 22, 24, 27, 30, 33, 38, 39, 40, 46, 49, 50, 53, 59, 60, 63)
HEADINGS = (
    "登记编号", "登记时间", "投诉人", "联系电话", "被投诉企业", "商品/服务名称",
    "涉及金额(元)", "投诉问题", "事实描述", "投诉请求", "办理期限", "状态",
)  # fmt: skip
ROW = (
    "13202050000020269001", "2026-11-20 09:30", "钱女士", "19900009001", "金禧珠宝", "金吊坠",
    "1,299.00", "质量", "断了。", "退货", "2026-12-04 09:30", "待处理",
)  # fmt: skip


@pytest.fixture(scope="session")
def sample() -> Source:
    return import_source.load(SAMPLE, platform_import.PROFILE)


@pytest.fixture
def taken(once, sample):
    """The data file with the sample imported, and what the import said."""
    return once("platform", lambda database, manager: _apply(database, manager, sample))


@pytest.fixture
def imported(taken, copied):
    """A data file of its own with the sample imported."""
    return copied(taken[0])


def _row(**values):
    at = dict(
        zip(
            ("no", "at", "name", "phone", "shop", "product", "amount", "problem", "facts", "claims", "due", "state"),
            range(12),
            strict=True,
        )
    )
    cells = list(ROW)
    for name, value in values.items():
        cells[at[name]] = value
    return tuple(cells)


def _table(*rows):
    book = Workbook("平台.xlsx", (Sheet("export", (HEADINGS, *rows)),))
    return Source("platform", "平台.xlsx", "a" * 64, read_book(book, platform_list.PROFILE))


def _preview(database, actor, source):
    with database.reading(actor) as work:
        return platform_import.preview(work, source)


def _only(database, actor, **values):
    (row,) = _preview(database, actor, _table(_row(**values))).rows
    return row


def _apply(database, actor, source, leave_out=()):
    with database.writing(actor, "import") as work:
        return platform_import.apply(work, source, leave_out)


def _undo(database, actor, number):
    with database.writing(actor, "import.undo") as work:
        return import_batches.undo(work, number)


def _count(database, actor, *conditions):
    with database.reading(actor) as work:
        return work.session.scalar(select(func.count()).select_from(Case).where(*conditions))


def _case(work, row, applied):
    return cases.named(work, applied.numbers[row])


class TestTheSample:
    def test_every_row_has_its_verdict(self, database, clerk, sample):
        preview = _preview(database, clerk, sample)
        assert {verdict.value: count for verdict, count in preview.counts.items()} == {
            "new": 60, "update": 0, "same": 0, "duplicate": 1, "bad": 0, "skipped": 0
        }  # fmt: skip
        verdicts = {row.row: row for row in preview.rows}
        assert (verdicts[65].verdict, verdicts[65].remarks) == (Verdict.DUPLICATE, ("与第 3 行相同，跳过",))
        assert not {19, 37, 55} & verdicts.keys()  # empty rows

    @pytest.mark.parametrize(
        ("words", "rows"),
        [
            ("末尾几位已经丢失", LOST_NUMBER),
            ("“约500元”按 500.00 元录入", ABOUT_FIVE_HUNDRED),
            ("这一格是公式", FORMULA),
            ("平台上是“已反馈”", ANSWERED),
            ("“质量/售后”有 2 类（质量、售后服务）", (52,)),
        ],
    )
    def test_what_needs_a_look_is_said(self, database, clerk, sample, words, rows):
        preview = _preview(database, clerk, sample)
        assert tuple(row.row for row in preview.rows if any(words in remark for remark in row.remarks)) == rows

    def test_what_was_read_is_shown_beside_the_words_of_the_table(self, database, clerk, sample):
        values = {value.label: value for row in _preview(database, clerk, sample).rows[:1] for value in row.values}
        assert (values["收到时间"].value, values["收到时间"].cell) == ("2026-10-05 06:00", "2026/10/05 06:00")
        assert (values["涉及金额（元）"].value, values["涉及金额（元）"].cell) == ("500.00", "约500元")
        assert values["投诉请求"].value == "赔偿损失、道歉"
        assert "平台编号" not in values

    def test_previewing_writes_nothing(self, database, clerk, sample):
        _preview(database, clerk, sample)
        assert _count(database, clerk) == 0

    def test_what_arrives(self, imported, manager, taken):
        applied = taken[1]
        assert (applied.batch_no, applied.counts[Verdict.NEW]) == ("I2026-0001", 60)
        assert (len(applied.numbers), len(set(applied.numbers.values()))) == (61, 60), "one row repeats another"
        assert _count(imported, manager, Case.state == CaseState.PENDING, Case.channel == "CH01") == 60
        with imported.reading(manager) as work:
            first, third, three_guarantees = (_case(work, row, applied) for row in (2, 3, 15))
            assert (first.platform_no, first.amount, first.problem) == ("", 50_000, "P02")
            assert first.received_at == datetime(2026, 10, 4, 22, 0, tzinfo=UTC)
            assert (first.received_on, first.due_on) == (
                date(2026, 10, 5),
                date(2026, 10, 20),
            )  # counted over National Day
            assert (first.manual_due_on, first.manual_due_reason) == (date(2026, 10, 19), "平台上的办理期限")
            assert claims.of_case(work, first.id) == (Claim("C08"), Claim("C14"))
            assert (third.platform_no, third.consumer_name) == ("13202050000020261001", "刘女士")
            assert (third.consumer_phone, third.merchant_name) == ("19900002001", "小鹿童装")
            assert (third.amount, third.problem) == (129_900, "P11")
            assert claims.of_case(work, third.id) == (Claim("C09"),)
            assert (three_guarantees.problem, three_guarantees.amount) == ("P05", None)
            assert "<b>结账</b>" in three_guarantees.facts
            unsure = _case(work, 52, applied)
            assert (unsure.problem, unsure.problem_note) == ("", "质量/售后")
            words = [event.text for event in case_file.detail(work, third.number).timeline]
        assert any("由 platform.xlsx 导入（I2026-0001）。平台上办理期限 11-12 周四 05:00" in said for said in words)

    def test_a_shop_is_noted_once_however_often_it_is_named(self, imported, manager, taken, sample):
        with imported.reading(manager) as work:
            names = list(work.session.scalars(select(Merchant.name).where(Merchant.provisional.is_(True))))
        assert len(names) == len(set(names)) == 54

    def test_the_same_file_twice_changes_nothing(self, imported, manager, taken, sample):
        numbers = taken[1].numbers
        with imported.reading(manager) as work:
            before = work.session.scalar(select(func.max(JournalEntry.seq)))
        preview = _preview(imported, manager, sample)
        assert (preview.counts[Verdict.SAME], preview.counts[Verdict.DUPLICATE]) == (60, 1)
        assert {row.row: row.number for row in preview.rows if row.number} == numbers
        assert preview.applied_before == "I2026-0001"
        again = _apply(imported, manager, sample)
        assert (again.batch_no, again.numbers) == ("", {})
        with imported.reading(manager) as work:
            assert work.session.scalar(select(func.max(JournalEntry.seq))) == before
            assert work.session.scalar(select(func.count()).select_from(ImportBatch)) == 1

    def test_undoing_takes_every_one_back(self, imported, manager, taken, sample):
        number = taken[1].batch_no
        assert _undo(imported, manager, number) == {Verdict.NEW: 60, Verdict.UPDATE: 0}
        assert _count(imported, manager, Case.deleted_at.is_(None)) == 0
        assert _count(imported, manager, Case.delete_reason == "撤销导入 I2026-0001") == 60
        with imported.reading(manager) as work:
            assert work.session.scalar(select(func.count()).where(Merchant.retired.is_(False))) == 0
        again = _apply(imported, manager, sample)
        assert again.counts[Verdict.NEW] == 60
        with imported.reading(manager) as work:
            assert work.session.scalar(select(func.count()).select_from(Merchant)) == 54  # the same are back


class TestShops:
    @pytest.mark.parametrize(
        "name", ["金禧珠宝", " 金禧 珠宝", "老金店", "金禧珠宝（无锡）有限公司", "金禧珠宝(无锡)有限公司"]
    )
    def test_any_name_finds_it(self, database, manager, name):
        with database.writing(manager, "merchant.create") as work:
            number = make.make_merchant(work, nickname="老金店", name="金禧珠宝（无锡）有限公司").number
        row = _only(database, manager, shop=name)
        assert (row.verdict, row.remarks, row.facts) == (Verdict.NEW, (), (f"商户 {number} 金禧珠宝",))
        assert _case_shop(database, manager, _apply(database, manager, _table(_row(shop=name)))) == number

    def test_one_of_several_is_not_guessed(self, database, manager):
        with database.writing(manager, "merchant.create") as work:
            first, second = make.make_merchant(work).number, make.make_merchant(work).number
        row = _only(database, manager)
        assert f"名录里有 2 家叫“金禧珠宝”：{first}" in row.remarks[0]
        noted = _case_shop(database, manager, _apply(database, manager, _table(_row())))
        assert noted not in (first, second)
        other = _apply(database, manager, _table(_row(no="13202050000020269002")))
        assert _case_shop(database, manager, other) == noted

    def test_who_has_left_is_named_as_gone(self, database, manager):
        with database.writing(manager, "merchant.create") as work:
            number = make.make_merchant(work, retired=True).number
        assert "已撤场" in _only(database, manager).remarks[0]
        assert _case_shop(database, manager, _apply(database, manager, _table(_row()))) == number

    def test_a_complaint_on_the_mall_itself_is_said_to_be_one(self, database, manager):
        assert "投诉的是商场本身" in _only(database, manager, shop="无锡示例八佰伴商贸有限公司").remarks[0]

    def test_who_is_not_on_file_is_named_for_the_whole_table(self, database, manager):
        preview = _preview(database, manager, _table(_row(), _row(no="13202050000020269002", shop="新店")))
        assert preview.notes == ("2 家不在商户名录，导入时先记名字：金禧珠宝、新店",)

    def test_a_shop_that_others_use_too_stays_when_the_import_goes(self, database, manager):
        applied = _apply(database, manager, _table(_row()))
        number = _case_shop(database, manager, applied)
        with database.writing(manager, "case.create") as work:
            make.make_case(work, merchant_no=number)
        _undo(database, manager, applied.batch_no)
        with database.reading(manager) as work:
            assert not merchants.known(work, number).retired


def _case_shop(database, actor, applied):
    (number,) = applied.numbers.values()
    with database.reading(actor) as work:
        return work.session.get_one(Merchant, cases.named(work, number).merchant_id).number


class TestWhatIsKnownAlready:
    def test_a_case_taken_down_by_hand_is_not_made_again(self, database, manager):
        with database.writing(manager, "case.create") as work:
            number = make.make_case(work, channel="CH02", platform_no=ROW[0]).number
        row = _only(database, manager)
        assert (row.verdict, row.number, row.remarks) == (Verdict.SAME, number, (f"已经是投诉件 {number}",))

    def test_a_case_of_another_merchant_is_remarked(self, database, manager):
        with database.writing(manager, "case.create") as work:
            shop = merchants.register(work, MerchantDraft(name="云岚鞋业", counter="A馆2F-201")).number
            number = make.make_case(work, merchant_no=shop, platform_no=ROW[0]).number
        said = f"平台上投诉的是“金禧珠宝”，{number} 记的是{shop} 云岚鞋业，请核对"
        assert _only(database, manager).remarks == (f"已经是投诉件 {number}", said)
        assert len(_only(database, manager, shop="云岚 鞋业").remarks) == 1

    def test_a_name_that_was_merged_into_the_merchant_of_the_case_is_not_remarked(self, database, manager):
        _apply(database, manager, _table(_row()))
        with database.writing(manager, "merchant.merge") as work:
            shop = merchants.register(work, MerchantDraft(name="云岚鞋业", counter="A馆2F-201")).number
            merchant_merging.merge(work, "M0001", shop)
        assert len(_only(database, manager).remarks) == 1

    def test_without_the_number_caller_and_minute_decide(self, database, manager):
        lost = _table(_row(no=1.320205000002026e19))
        _apply(database, manager, lost)
        assert _only(database, manager, no=None).verdict is Verdict.SAME
        assert _only(database, manager, no=None, at="2026-11-20 09:31").verdict is Verdict.NEW

    def test_a_number_that_comes_later_is_named(self, database, manager):
        (number,) = _apply(database, manager, _table(_row(no=None))).numbers.values()
        row = _only(database, manager)
        assert (row.verdict, row.number) == (Verdict.SAME, number)
        assert row.remarks == (f"{number} 没有平台编号，这里是 {ROW[0]}，请补填",)

    def test_two_complaints_of_one_minute_with_numbers_of_their_own_are_two(self, database, manager):
        _apply(database, manager, _table(_row()))
        assert _only(database, manager, no="13202050000020269002").verdict is Verdict.NEW

    def test_the_same_matter_under_another_number_is_remarked(self, database, manager):
        with database.writing(manager, "case.create") as work:
            shop = make.make_merchant(work).number
            number = make.make_case(work, merchant_no=shop, consumer_phone=ROW[3]).number
        assert f"同一电话、同一商户：{number}" in _only(database, manager).remarks[0]

    def test_so_is_the_same_matter_twice_in_one_table(self, database, manager):
        other = _row(no="13202050000020269002", at="2026-11-21 08:00", shop="金禧 珠宝")
        third = _row(no="13202050000020269003", at="2026-11-21 08:00", phone="19900009003")
        rows = _preview(database, manager, _table(_row(), other, third)).rows
        assert [row.remarks for row in rows] == [(), ("与第 2 行同一电话、同一商户，请核对是不是同一件",), ()]


class TestOddRows:
    @pytest.mark.parametrize(
        ("values", "word"),
        [
            ({"at": "上周"}, "不是完整的日期"),
            ({"at": None}, "没有收到时间"),
            ({"at": "2026-11-30"}, "在今天之后"),
            ({"shop": None}, "没有被投诉企业"),
            ({"shop": "长" * 101}, "最多 100 字"),
            ({"facts": "长" * 4001}, "最多 4,000 字"),
        ],
    )
    def test_what_cannot_be_taken_says_why(self, database, manager, values, word):
        row = _only(database, manager, **values)
        assert row.verdict is Verdict.BAD
        assert word in "；".join(row.remarks)

    @pytest.mark.parametrize("phone", ["199****2000", "1990000200", "美国 +1 415 555"])
    def test_a_telephone_that_is_none_stays_in_the_facts(self, database, manager, phone):
        row = _only(database, manager, phone=phone)
        assert (row.verdict, bool(row.remarks)) == (Verdict.NEW, True)
        (number,) = _apply(database, manager, _table(_row(phone=phone))).numbers.values()
        with database.reading(manager) as work:
            case = cases.named(work, number)
            assert (case.consumer_phone, case.phone_tail) == ("", "")
            assert case.facts.startswith("断了。\n联系电话（平台原文）：")

    def test_words_without_a_code_stay_in_the_facts(self, database, manager):
        row = _only(database, manager, claims="退货、给个说法", problem="态度")
        assert "诉求“给个说法”没有对应的代码，原话写在事实里" in row.remarks
        assert "投诉问题“态度”不在问题类别里，没有录入，请选一类" in row.remarks
        (number,) = _apply(database, manager, _table(_row(claims="退货、给个说法", problem="态度"))).numbers.values()
        with database.reading(manager) as work:
            case = cases.named(work, number)
            assert claims.of_case(work, case.id) == (Claim("C04"),)
            assert (case.facts, case.problem_note) == ("断了。\n投诉请求：退货、给个说法", "态度")

    def test_notes_and_totals_are_shown_as_skipped(self, database, manager):
        note = ("合计", *[None] * 5, 1299, *[None] * 5)
        rows = _preview(database, manager, _table(_row(), note)).rows
        assert [(row.row, row.verdict) for row in rows] == [(2, Verdict.NEW), (3, Verdict.SKIPPED)]

    def test_rows_left_out_stay_out(self, database, manager):
        applied = _apply(database, manager, _table(_row(), _row(no="13202050000020269002")), leave_out=[2])
        assert (applied.counts[Verdict.NEW], list(applied.numbers)) == (1, [3])


class TestUndoing:
    @pytest.fixture
    def applied(self, database, manager):
        return _apply(database, manager, _table(_row(), _row(no="13202050000020269002", phone="19900009002")))

    def test_a_case_that_was_taken_up_keeps_the_whole_batch(self, database, manager, applied):
        number = applied.numbers[3]
        with database.writing(manager, "case.advance") as work:
            cases.advance(work, number, CaseState.ASSIGNED)
        with pytest.raises(IllegalMove, match=f"{number} .*导入后改过"):
            _undo(database, manager, applied.batch_no)
        assert _count(database, manager, Case.deleted_at.is_(None)) == 2

    def test_so_does_a_word_in_the_timeline(self, database, manager, applied):
        from odr_desk.rules.events import EventDraft, EventKind, Party
        from odr_desk.services import timeline

        with database.writing(manager, "event.add") as work:
            case = cases.named(work, applied.numbers[2])
            timeline.add(work, case, EventDraft(kind=EventKind.CALL, party=Party.CONSUMER, text="打过"))
        with pytest.raises(IllegalMove, match="导入后改过"):
            _undo(database, manager, applied.batch_no)


def test_a_pending_case_is_taken_up_and_given_to_somebody(database, manager, clerk):
    applied = _apply(database, manager, _table(_row()))
    with database.reading(clerk) as work:
        assert case_file.detail(work, applied.numbers[2]).station is Station.ACCEPT
    with database.writing(clerk, "case.assign") as work:
        handling.assign(work, applied.numbers[2], clerk.user_id)
    with database.reading(clerk) as work:
        assert _case(work, 2, applied).state is CaseState.ASSIGNED


def test_one_row_that_fails_leaves_nothing(database, manager):
    source = _table(_row(), _row(no="13202050000020269002", phone="19900009002"))
    broken = dataclasses.replace(source.table.rows[1], values={**source.table.rows[1].values, "amount": "x"})
    table = dataclasses.replace(source.table, rows=(source.table.rows[0], broken))
    with pytest.raises(Exception), database.writing(manager, "import") as work:  # noqa: B017, PT011 - whatever it is
        platform_import.apply(work, dataclasses.replace(source, table=table))
    assert _count(database, manager) == 0


def test_what_stops_the_work_leaves_nothing(database, manager):
    class Enough(Exception):
        """Raised at the second row."""

    told = []

    def tell(done, total):
        told.append((done, total))
        if done:
            raise Enough

    source = _table(_row(), _row(no="13202050000020269002"), _row(no="13202050000020269003"))
    with pytest.raises(Enough), database.writing(manager, "import") as work:
        platform_import.apply(work, source, progress=tell)
    assert told == [(0, 3), (1, 3)]
    assert _count(database, manager) == 0
    assert _apply(database, manager, source).numbers[2] == "XSBBB-2026-0001"  # no number was lost


def test_an_undoing_that_is_stopped_leaves_everything(database, manager):
    class Enough(Exception):
        """Raised when the second complaint is about to be taken back."""

    def tell(done, total):
        assert total == 4
        if done == 3:
            raise Enough

    number = _apply(database, manager, _table(_row(), _row(no="13202050000020269002"))).batch_no
    with pytest.raises(Enough), database.writing(manager, "import.undo") as work:
        import_batches.undo(work, number, tell)
    assert _count(database, manager) == 2


@pytest.mark.parametrize("who", ["clerk", "mediator", "auditor", "admin"])
def test_only_who_may_imports(database, request, who):
    with pytest.raises(NotAllowed):
        _apply(database, request.getfixturevalue(who), _table(_row()))
