"""Three shops on file, and the page that lists them."""

from datetime import date

import pytest

from odr_desk.rules.merchant import MerchantDraft
from odr_desk.services import merchants
from odr_desk.ui.merchants.page import MerchantsPage
from tests.ui.looks import settle

SHOPS = (
    MerchantDraft(
        name="无锡金禧珠宝有限公司",
        brand="金禧珠宝",
        counter="A馆1F-101",
        floor="1F",
        trade="珠宝首饰",
        uscc="91320205MA0000001R",
        phone="13800005678",
        contact="陈莉",
        lease_end=date(2026, 12, 31),
        deposit=5_000_000,
    ),
    MerchantDraft(name="锦绣家纺商行", brand="锦绣家纺", counter="A馆4F-408", floor="4F", trade="床上用品"),
    MerchantDraft(name="吉祥餐饮", brand="吉祥馄饨", counter="B1-033", floor="B1", lease_end=date(2026, 10, 31)),
)
SIZES = [(1366, 645), (1280, 597), (1024, 488), (1920, 957)]  # what the window leaves to a page


@pytest.fixture
def shops(database, manager):
    with database.writing(manager, "merchant.create") as work:
        for draft in SHOPS:
            merchants.register(work, draft)


@pytest.fixture
def page(qtbot, shell, shops):
    made = MerchantsPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 645)
    return made
