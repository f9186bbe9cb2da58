from datetime import UTC, datetime

from odr_desk.services import safekeeping, status
from odr_desk.ui.status_parts import read_parts
from tests import make


def _words(database, actor):
    with database.reading(actor) as work:
        return [part.text for part in read_parts(work)]


def test_the_bar_says_what_waits(database, clerk):
    with database.writing(clerk, "case.create") as work:
        make.make_case(work, received_at=datetime(2026, 10, 12, 1, 0, tzinfo=UTC))
    assert _words(database, clerk) == ["还没有备份", "无下一步 1 件", "10 月月报未报送", "王敏 · 一楼售后服务台"]


def test_the_administrator_sees_no_complaints_and_is_reminded_of_the_holidays(database, admin):
    assert _words(database, admin) == ["还没有备份", "2027 年节假日还没有录入", "系统管理员 · 一楼售后服务台"]
    with database.reading(admin) as work:
        assert status.read(work).without_next_step is None


def test_each_part_leads_to_where_it_can_be_mended(database, manager):
    with database.writing(manager, "backup") as work:
        make.make_case(work)
        order = safekeeping.order_backup(work)
    safekeeping.make_backup(order)
    with database.reading(manager) as work:
        parts = {part.text: part for part in read_parts(work)}
    backup = parts["上次备份 11-23 周一 10:00，只在本机"]
    assert (backup.page, backup.record, backup.tone) == ("settings", "backup", "act")
    assert parts["孙主任 · 一楼售后服务台"].record == "me"
    assert parts["无下一步 1 件"].page == "cases"
