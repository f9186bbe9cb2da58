from datetime import date

import pytest

from odr_desk.model.agreement import Advance, Recovery
from odr_desk.rules.errors import Missing, NotAllowed
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.merchant import Expiry, MerchantDraft
from odr_desk.services import merchant_file, merchants
from tests import make

DRAFT = MerchantDraft(
    name="无锡金禧珠宝有限公司",
    brand="金禧珠宝",
    counter="A馆1F-101",
    uscc="91320205MA0000000N",
    phone="13800005678",
    lease_end=date(2026, 12, 31),
    deposit=3_000_000,
)


@pytest.fixture
def jinxi(database, manager):
    with database.writing(manager, "merchant.create") as work:
        return merchants.register(work, DRAFT, (LicenceDraft(kind="许可证", expires=date(2026, 11, 1)),))


def _detail(database, actor, number="M0001"):
    with database.reading(actor) as work:
        return merchant_file.detail(work, number)


def test_the_file_holds_what_was_written_down(database, auditor, jinxi):
    file = _detail(database, auditor)
    assert file.draft == DRAFT
    assert (file.version, file.created_on, file.batch_no) == (1, date(2026, 11, 23), "")
    assert file.row.name == "金禧珠宝"


def test_what_looks_wrong_is_said_with_every_look(database, clerk, jinxi):
    (warning,) = _detail(database, clerk).warnings
    assert warning.field == "uscc"


def test_a_shop_noted_by_name_says_what_is_missing(database, clerk):
    with database.writing(clerk, "merchant.note") as work:
        merchants.note_provisional(work, "奶茶铺")
    assert [warning.field for warning in _detail(database, clerk).warnings] == ["counter"]


def test_lease_and_licence_that_end_soon_are_remarked(database, clerk, manager, jinxi):
    assert [(remark.text, remark.near) for remark in _detail(database, clerk).remarks] == [
        ("租约 12-31 到期", Expiry.SOON),
        ("许可证 11-01 已到期", Expiry.OVER),
    ]
    with database.writing(manager, "merchant.update") as work:
        merchants.retire(work, "M0001")
    assert _detail(database, clerk).remarks == ()


def test_complaints_are_counted_by_problem_and_month(database, clerk, clock, jinxi):
    for days, problem in ((0, "P09"), (40, "P09"), (1, "P01")):
        clock.forward(days=days)
        with database.writing(clerk, "case.create") as work:
            make.make_case(work, merchant_no="M0001", problem=problem, received_at=clock.now, consumer_phone="")
    file = _detail(database, clerk)  # now it is 3 January 2027
    assert (file.all_cases, file.row.open_cases, file.row.recent_cases) == (3, 3, 3)
    assert [(found.code, found.cases) for found in file.problems] == [("P09", 2), ("P01", 1)]
    assert all(found.label for found in file.problems)
    assert [month.first_day for month in file.months][:1] == [date(2026, 2, 1)]
    assert [month.cases for month in file.months] == [0] * 9 + [1, 0, 2]


def test_without_complaints_all_counts_are_nought(database, clerk, jinxi):
    file = _detail(database, clerk)
    assert (file.all_cases, file.problems, [month.cases for month in file.months]) == (0, (), [0] * 12)


def _pay(work, jinxi, number, amount, source, paid_on):
    case = make.make_case(work, merchant_no=jinxi.number)
    advance = Advance(
        number=number,
        case_id=case.id,
        merchant_id=jinxi.merchant_id,
        amount=amount,
        reason="商户拒赔",
        source=source,
        state="paid" if paid_on else "requested",
        requested_at=work.now,
        paid_on=paid_on,
    )
    work.session.add(advance)
    work.session.flush()
    return advance.id


def test_the_deposit_follows_advances_and_recoveries(database, manager, jinxi):
    with database.writing(manager, "advance.pay") as work:
        first = _pay(work, jinxi, "F-1", 100_000, "商场垫付", date(2026, 9, 1))
        second = _pay(work, jinxi, "F-2", 50_000, "商户保证金", date(2026, 9, 2))
        _pay(work, jinxi, "F-3", 70_000, "商场垫付", None)
        work.session.add(Recovery(advance_id=first, amount=60_000, on=date(2026, 9, 3), source="扣划保证金"))
        work.session.add(Recovery(advance_id=first, amount=10_000, on=date(2026, 9, 4), source="租金抵扣"))
        work.session.add(Recovery(advance_id=second, amount=50_000, on=date(2026, 9, 5), source="商户付款"))
    deposit = _detail(database, manager).deposit
    assert (deposit.held, deposit.left, deposit.owed) == (3_000_000, 2_940_000, 30_000)
    assert [(line.change, line.left) for line in deposit.lines] == [
        (0, 3_000_000), (-50_000, 2_950_000), (-60_000, 2_890_000), (0, 2_890_000), (50_000, 2_940_000)
    ]  # fmt: skip
    assert [line.text for line in deposit.lines][2:4] == ["追偿 F-1，扣划保证金", "追偿 F-1，租金抵扣"]


def test_without_a_deposit_nothing_is_left(database, manager):
    with database.writing(manager, "merchant.create") as work:
        number = merchants.register(work, MerchantDraft(name="甲", counter="1")).number
    deposit = _detail(database, manager, number).deposit
    assert (deposit.held, deposit.left, deposit.owed, deposit.lines) == (None, None, 0, ())


def test_refusals(database, admin, clerk, jinxi):
    with pytest.raises(Missing, match="M0404"):
        _detail(database, clerk, "M0404")
    with pytest.raises(NotAllowed):
        _detail(database, admin)
