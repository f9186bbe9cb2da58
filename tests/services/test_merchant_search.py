import time
from datetime import date

import pytest

from odr_desk.rules.errors import NotAllowed
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.services import merchant_search, merchants
from tests import make

SHOPS = (
    MerchantDraft(name="无锡金禧珠宝有限公司", brand="金禧珠宝", counter="A馆1F-101", trade="珠宝首饰"),
    MerchantDraft(name="无锡锦绣家纺商行", brand="锦绣家纺", counter="A馆4F-408", trade="床上用品"),
    MerchantDraft(name="吉祥餐饮店", brand="吉祥馄饨", counter="B1-033", trade="快餐"),
    MerchantDraft(name="佳欣文具店", brand="佳欣文具", counter="A馆4F-101", trade="文具", lease_end=date(2026, 12, 31)),
    MerchantDraft(name="单氏餐饮", brand="单记面馆", nickname="老单", counter="B1-034"),
    MerchantDraft(name="某某服饰（无锡）有限公司", brand="H&M", counter="A馆2F-201"),
)


@pytest.fixture
def shops(database, manager):
    with database.writing(manager, "merchant.create") as work:
        for draft in SHOPS:
            merchants.register(work, draft)


def _found(database, actor, text, limit=10):
    with database.reading(actor) as work:
        return merchant_search.find(work, text, limit)


def _names(database, actor, text):
    return [hit.name for hit in _found(database, actor, text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("jx", ["吉祥馄饨", "佳欣文具", "金禧珠宝", "锦绣家纺"]),  # equal answers in the order of their pinyin
        ("jxz", ["金禧珠宝"]),
        ("101", ["金禧珠宝", "佳欣文具"]),
        ("1f101", ["金禧珠宝"]),
        ("sjm", ["单记面馆"]),
        ("djm", ["单记面馆"]),
        ("老单", ["单记面馆"]),
        ("laodan", ["单记面馆"]),
        ("mianguan", ["单记面馆"]),
        ("hm", ["H&M"]),
        ("家纺", ["锦绣家纺"]),
        ("mhm", []),
        ("M0003", ["吉祥馄饨"]),
        ("%", []),
        ("_", []),
        ("", []),
    ],
)
def test_what_is_found(database, clerk, shops, text, names):
    assert _names(database, clerk, text) == names


def test_a_hit_tells_what_the_intake_shows(database, manager, clerk, shops):
    with database.writing(clerk, "case.create") as work:
        make.make_case(work, merchant_no="M0001")
        make.make_case(work, merchant_no="M0001", consumer_phone="19900000024")
    first, *others = _found(database, clerk, "jx")
    assert (first.name, first.open_cases, first.counter, first.trade) == ("金禧珠宝", 2, "A馆1F-101", "珠宝首饰")
    assert (first.initials, first.initials_span) == ("jxzb", (0, 2))
    assert {hit.name: hit.remark for hit in others}["佳欣文具"] == "租约 12-31 到期"


def test_who_has_left_comes_last_and_is_marked(database, manager, clerk, shops):
    with database.writing(manager, "merchant.update") as work:
        merchants.retire(work, "M0003")
    hits = _found(database, clerk, "jx")
    assert (hits[-1].name, hits[-1].remark) == ("吉祥馄饨", "已撤场")


def test_a_shop_noted_by_name_says_that_it_is_not_on_file(database, clerk):
    with database.writing(clerk, "merchant.note") as work:
        merchants.note_provisional(work, "奶茶铺")
    (hit,) = _found(database, clerk, "ncp")
    assert (hit.remark, hit.provisional) == ("未建档", True)


def test_the_limit_is_kept(database, clerk, shops):
    assert len(_found(database, clerk, "jx", 2)) == 2
    assert _found(database, clerk, "jx", 0) == ()


def test_an_administrator_reads_no_merchants(database, admin, shops):
    with pytest.raises(NotAllowed):
        _found(database, admin, "jx")


def test_three_keys_among_four_hundred_answer_within_five_milliseconds(database, manager, clerk):
    signs = "金禧珠宝锦绣家纺吉祥馄饨佳欣文具云岚女装步行者鞋业"
    with database.writing(manager, "merchant.create") as work:
        for count in range(400):
            name = "".join(signs[(count * step + step) % len(signs)] for step in (1, 3, 7, 11))
            counter = f"A馆{count % 6}F-{count}"
            merchants.add(work, MerchantDraft(name=f"无锡市锡山区{name}商行", brand=name, counter=counter))
    with database.reading(clerk) as work:
        for text in ("jx", "jxz", "1f-1", "金禧", "zb"):
            assert min(_seconds(work, text) for _ in range(7)) <= 0.005


def _seconds(work, text):
    began = time.thread_time()
    merchant_search.find(work, text)
    return time.thread_time() - began
