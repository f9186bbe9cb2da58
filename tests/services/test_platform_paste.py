"""A complaint of the platform that is copied into the intake."""

import pytest

from odr_desk.rules.errors import NotAllowed
from odr_desk.services import platform_paste
from tests.make import make_merchant
from tests.sheets.test_platform_page import PAGE


@pytest.fixture
def shop(database, manager):
    with database.writing(manager, "merchant.create") as work:
        return make_merchant(work).number


def _read(database, actor, text):
    with database.reading(actor) as work:
        return platform_paste.read(work, text)


def test_words_become_the_codes_of_the_desk(database, clerk, shop):
    found = _read(database, clerk, PAGE)
    assert found.merchant is not None and found.merchant[0] == shop
    assert (found.values["problem"], found.claims, found.remarks) == ("P01", ("C04", "C08"), ())


def test_what_is_not_sure_is_said_and_left_open(database, clerk):
    found = _read(database, clerk, PAGE.replace("质量", "质量、假冒").replace("退货、赔偿损失", "要个说法") + PAGE)
    assert "problem" not in found.values and found.claims == ()
    assert str(found.values["facts"]).endswith("投诉请求：要个说法")
    assert str(found.values["facts"]).count("店长说") == 1
    assert found.remarks == (
        "贴进来的不止一件，只取了第一件，多件请用“导入”",
        "投诉问题“质量、假冒”认不准，没有选",
    )


def test_only_who_registers_reads_it(database, auditor):
    with pytest.raises(NotAllowed):
        _read(database, auditor, PAGE)
