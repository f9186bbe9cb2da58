from datetime import date

import pytest

from odr_desk.rules.errors import NotAllowed
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.services import merchant_list, merchants
from odr_desk.services.merchant_list import Group, MerchantFilter
from tests import make

SHOPS = (
    MerchantDraft(
        name="周大福", counter="A馆2F-201", floor="2F", trade="珠宝", lease_end=date(2026, 12, 31), deposit=100
    ),
    MerchantDraft(name="安踏", counter="A馆1F-102", floor="1F", trade="运动", lease_end=date(2027, 6, 30), deposit=300),
    MerchantDraft(name="佳欣文具", counter="B1-001", floor="B1", deposit=200),
    MerchantDraft(name="H&M", counter="A馆1F-101", floor="1F", trade="服装", lease_end=date(2026, 11, 1)),
)

LICENCES = (
    LicenceDraft(kind="营业执照"),
    LicenceDraft(kind="卫生许可证", expires=date(2030, 1, 1)),
    LicenceDraft(kind="食品经营许可证", expires=date(2026, 11, 30)),
)


@pytest.fixture
def shops(database, manager, clerk):
    with database.writing(manager, "merchant.create") as work:
        for draft in SHOPS:
            merchants.register(work, draft, LICENCES if draft.name == "佳欣文具" else ())
        merchants.retire(work, merchants.register(work, MerchantDraft(name="老店", counter="1F-9")).number)
    with database.writing(clerk, "case.create") as work:
        merchants.note_provisional(work, "奶茶铺")
        make.make_case(work, merchant_no="M0002")
        make.make_case(work, merchant_no="M0004")
        make.make_case(work, merchant_no="M0004", solved_on_spot=True)


def _window(database, actor, offset=0, limit=50, **wanted):
    with database.reading(actor) as work:
        return merchant_list.window(work, MerchantFilter(**wanted), offset, limit)


def _names(database, actor, **wanted):
    return [row.name for row in _window(database, actor, **wanted).rows]


def test_the_house_in_the_order_one_walks_through_it(database, clerk, shops):
    assert _names(database, clerk) == ["奶茶铺", "佳欣文具", "H&M", "安踏", "周大福"]


@pytest.mark.parametrize(
    ("group", "names"),
    [
        (Group.LEASE, ["H&M", "周大福"]),
        (Group.LICENCE, ["佳欣文具"]),
        (Group.PROVISIONAL, ["奶茶铺"]),
        (Group.RETIRED, ["老店"]),
        (Group.ALL, ["奶茶铺", "老店", "佳欣文具", "H&M", "安踏", "周大福"]),
    ],
)
def test_groups(database, clerk, shops, group, names):
    assert _names(database, clerk, group=group) == names


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["安踏", "H&M", "佳欣文具", "奶茶铺", "周大福"]),
        ("counter", ["H&M", "安踏", "周大福", "佳欣文具", "奶茶铺"]),
        ("trade", ["H&M", "周大福", "安踏", "奶茶铺", "佳欣文具"]),
        ("lease", ["H&M", "周大福", "安踏", "奶茶铺", "佳欣文具"]),
        ("deposit", ["周大福", "佳欣文具", "安踏", "奶茶铺", "H&M"]),
        ("number", ["周大福", "安踏", "佳欣文具", "H&M", "奶茶铺"]),
    ],
)
def test_orders_put_what_is_empty_last(database, clerk, shops, sort, names):
    assert _names(database, clerk, sort=sort) == names


def test_most_complained_about_first(database, clerk, shops):
    assert _names(database, clerk, sort="recent", descending=True)[:2] == ["H&M", "安踏"]
    assert set(_names(database, clerk, sort="open", descending=True)[:2]) == {"H&M", "安踏"}


def test_a_row_counts_open_and_recent_cases(database, clerk, shops, clock):
    rows = {row.name: row for row in _window(database, clerk).rows}
    assert (rows["H&M"].open_cases, rows["H&M"].recent_cases) == (2, 2)
    assert (rows["周大福"].open_cases, rows["周大福"].recent_cases) == (0, 0)
    clock.forward(days=91)
    rows = {row.name: row for row in _window(database, clerk).rows}
    assert (rows["H&M"].open_cases, rows["H&M"].recent_cases) == (2, 0)


def test_a_search_shows_the_best_answer_first_until_a_column_is_chosen(database, clerk, shops):
    assert _names(database, clerk, text="1f") == ["H&M", "安踏"]
    assert _names(database, clerk, text="1f", sort="deposit") == ["安踏", "H&M"]
    assert _names(database, clerk, text="1f", group=Group.ALL)[-1:] == ["老店"]
    assert _names(database, clerk, text="没有") == []


def test_a_page_knows_how_long_the_list_is(database, clerk, shops):
    page = _window(database, clerk, 3, 2)
    assert (page.total, [row.name for row in page.rows]) == (5, ["安踏", "周大福"])
    found = _window(database, clerk, 1, 5, text="1f")
    assert (found.total, [row.name for row in found.rows]) == (2, ["安踏"])


def test_every_group_is_counted(database, clerk, shops):
    with database.reading(clerk) as work:
        assert merchant_list.counts(work) == {
            Group.PRESENT: 5, Group.LEASE: 2, Group.LICENCE: 1, Group.PROVISIONAL: 1, Group.RETIRED: 1, Group.ALL: 6
        }  # fmt: skip
        narrowed = merchant_list.counts(work, "1f")
    assert (narrowed[Group.PRESENT], narrowed[Group.ALL], narrowed[Group.LEASE]) == (2, 3, 1)


def test_an_administrator_reads_no_merchants(database, admin, shops):
    with pytest.raises(NotAllowed):
        _window(database, admin)
