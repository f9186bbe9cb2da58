import io
from datetime import timedelta
from pathlib import Path

import pytest
from make import make_case, make_merchant
from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.model.journal import JournalEntry
from odr_desk.model.merchant import Merchant
from odr_desk.rules.errors import Invalid, NotAllowed, Trouble, UnsafeFile
from odr_desk.rules.keeping import Why
from odr_desk.rules.people import PROGRAM, Right
from odr_desk.services import people, safekeeping
from odr_desk.store import backup, candidate, opening, place


@pytest.fixture(autouse=True)
def in_process(monkeypatch):
    """The child process has its own tests in tests/store; here it would only take time."""
    monkeypatch.setattr(candidate, "look_over", candidate.examined)


def back_up(database, actor, to=None):
    with database.writing(actor, "backup") as work:
        order = safekeeping.order_backup(work, to)
    return safekeeping.make_backup(order)


def cases(database):
    with database.reading(PROGRAM) as work:
        return work.session.scalar(select(func.count(Case.id)))


def last_deed(database):
    with database.reading(PROGRAM) as work:
        entry = work.session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(1)).one()
        return entry.verb, entry.object, entry.reason


def standing(database):
    with database.reading(PROGRAM) as work:
        return safekeeping.last_backup(work)


@pytest.mark.parametrize("name", ["manager", "admin"])
def test_who_has_the_right_backs_up(database, request, name):
    made = back_up(database, request.getfixturevalue(name))
    assert made.path.parent == database.folder / place.BACKUPS
    assert made.why is Why.MANUAL
    with database.reading(PROGRAM) as work:
        assert safekeeping.rows(work) == (made,)


@pytest.mark.parametrize("name", ["clerk", "mediator", "auditor"])
def test_who_has_not_the_right_does_not(database, request, name):
    actor = request.getfixturevalue(name)
    with pytest.raises(NotAllowed), database.writing(actor, "backup") as work:
        safekeeping.order_backup(work)
    with pytest.raises(NotAllowed):
        safekeeping.restore(database, actor, Path("x"))
    with pytest.raises(NotAllowed), database.reading(actor) as work:
        safekeeping.verify_data(work)
    with pytest.raises(NotAllowed), database.writing(actor, "backup") as work:
        safekeeping.set_second_place(work, None)


def test_a_backup_that_leaves_the_house_is_on_record(database, manager, tmp_path):
    made = back_up(database, manager, tmp_path / "移动硬盘")
    assert made.path.parent == tmp_path / "移动硬盘"
    assert last_deed(database)[:2] == ("backup", "deed:backup")


def test_a_file_is_no_folder_to_back_up_to(database, manager, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Invalid, match="是一个文件"):
        back_up(database, manager, tmp_path / "file")


def test_a_folder_that_is_not_there_any_more_is_said(database, manager, tmp_path, monkeypatch):
    def gone(self, *_, **__):
        raise FileNotFoundError(2, "No such file", str(self))

    with database.writing(manager, "backup") as work:
        order = safekeeping.order_backup(work, tmp_path / "E盘")
    monkeypatch.setattr(Path, "mkdir", gone)
    with pytest.raises(Trouble, match="不在了") as refused:
        safekeeping.make_backup(order)
    assert "移动硬盘" in refused.value.advice


def test_a_restore_goes_back_and_says_so_in_the_journal(database, admin, manager):
    with database.writing(manager, "case.create") as work:
        make_case(work)
    made = back_up(database, manager)
    with database.writing(manager, "case.create") as work:
        make_case(work)
    found = safekeeping.restore(database, admin, made.path)
    assert (found.cases, found.made_at) == (1, made.made_at)
    assert cases(database) == 1
    verb, obj, reason = last_deed(database)
    assert (verb, obj) == ("restore", "deed:backup")
    assert reason.startswith("admin 恢复了")
    with database.writing(manager, "case.create") as work:
        assert make_case(work).number == "XSBBB-2026-0002"


def test_a_refused_restore_leaves_the_program_working(database, admin, manager, tmp_path):
    (tmp_path / "x.odrbak").write_bytes(b"nothing")
    with pytest.raises(UnsafeFile, match="数据没有任何改动"):
        safekeeping.restore(database, admin, tmp_path / "x.odrbak")
    with database.writing(manager, "case.create") as work:
        make_case(work)
    assert cases(database) == 1


def test_a_damaged_folder_is_explained_and_brought_back(database, manager, clock):
    with database.writing(manager, "case.create") as work:
        make_case(work)
    made = back_up(database, manager)
    database.close()
    folder = database.folder
    database.path.write_bytes(b"rubbish" * 5000)
    with pytest.raises(Trouble) as refused:
        opening.open_database(folder)
    damage = safekeeping.diagnose(folder, refused.value)
    assert "不是本程序的数据库" in damage.what
    assert damage.advice
    assert damage.readable == ()
    assert [row.path for row in damage.backups] == [made.path]
    assert not safekeeping.verify_folder(folder).is_clean
    found = safekeeping.restore_folder(folder, damage.backups[0].path)
    assert found.cases == 1
    mended = opening.open_database(folder, clock)
    assert cases(mended) == 1
    assert last_deed(mended)[0] == "restore"
    assert people.log_in(mended, "clerk", "a-good-password").actor.user == "clerk"
    mended.close()


def test_what_a_damaged_file_still_gives_away_is_counted(database, manager):
    with database.writing(manager, "case.create") as work:
        make_case(work)
    damage = safekeeping.diagnose(database.folder, Invalid.of("x", "说明"))
    assert damage.readable == (("投诉件", 1), ("商户", 1), ("协议", 0), ("文书", 0))
    assert (damage.what, damage.advice) == ("说明", "")


def test_a_folder_without_database_is_verified_in_words(tmp_path):
    (problem,) = safekeeping.verify_folder(tmp_path).problems
    assert problem.invariant == "structure"
    assert "不在了" in problem.message


def due(database, why):
    with database.reading(PROGRAM) as work:
        return safekeeping.due_backup(work, why)


def test_one_backup_a_day(database, manager, clock):
    first = due(database, Why.DAILY)
    assert first is not None
    safekeeping.make_due(first)
    with database.writing(manager, "case.create") as work:
        make_case(work)
    assert due(database, Why.DAILY) is None
    clock.forward(days=1)
    assert due(database, Why.DAILY) is not None


def test_on_leaving_only_what_changed_is_backed_up(database, manager):
    safekeeping.make_due(due(database, Why.EXIT))
    assert due(database, Why.EXIT) is None
    with database.writing(manager, "case.create") as work:
        make_case(work)
    assert due(database, Why.EXIT) is not None


def test_a_second_place_gets_every_automatic_backup(database, manager, clock, tmp_path):
    second = tmp_path / "E盘"
    second.mkdir()
    with database.writing(manager, "settings") as work:
        safekeeping.set_second_place(work, second)
    made = safekeeping.make_due(due(database, Why.DAILY))
    assert [path.name for path in second.iterdir()] == [made.path.name]
    assert standing(database).words == "上次备份 11-23 周一 10:00"
    assert not standing(database).is_worrying


@pytest.mark.parametrize("chosen", ["missing", "relative", "inside"])
def test_a_second_place_must_be_a_folder_elsewhere(database, manager, tmp_path, chosen):
    inside = database.folder / "inside"
    inside.mkdir()
    folder = {"missing": tmp_path / "nowhere", "relative": Path("backups"), "inside": inside}[chosen]
    with pytest.raises(Invalid), database.writing(manager, "settings") as work:
        safekeeping.set_second_place(work, folder)


def test_the_status_bar_worries_when_it_should(database, manager, clock, tmp_path):
    assert standing(database).words == "还没有备份"
    assert standing(database).is_worrying
    back_up(database, manager)
    assert standing(database).words == "上次备份 11-23 周一 10:00，只在本机"
    second = tmp_path / "E盘"
    second.mkdir()
    with database.writing(manager, "settings") as work:
        safekeeping.set_second_place(work, second)
    assert "没有抄到" in standing(database).words
    clock.forward(hours=27)
    assert "已超过 26 小时" in standing(database).words
    assert standing(database).is_worrying


def test_an_old_backup_names_the_day_it_goes(database, manager):
    assert back_up(database, manager).expires_on == "2028-12-01"


def test_looking_the_data_over(database, manager):
    with database.reading(manager) as work:
        assert safekeeping.verify_data(work, full=True).is_clean
        assert safekeeping.worry(work) is None
    with database.connection() as connection:
        connection.exec_driver_sql("UPDATE counters SET last = 99")
        connection.exec_driver_sql("INSERT INTO counters VALUES ('case', 2026, 5, '')")
        connection.commit()
    with database.reading(manager) as work:
        trouble = safekeeping.worry(work)
    assert "投诉件编号发出 5 个，实有 0 个" in trouble.what
    assert "检查数据" in trouble.advice


def test_a_backup_goes_before_an_import_unless_the_last_one_holds_all(database, manager, clerk):
    with database.reading(manager) as work:
        order = safekeeping.order_before_import(work)
    made = safekeeping.make_backup(order)
    assert made.why is Why.IMPORT
    assert backup.newest(database.folder / place.BACKUPS).path == made.path
    with database.reading(manager) as work:
        assert safekeeping.order_before_import(work) is None
    with database.reading(clerk) as work, pytest.raises(NotAllowed):
        safekeeping.order_before_import(work)


def test_every_right_of_safekeeping_is_held_by_somebody(admin, manager):
    assert admin.may(Right.RESTORE)
    assert not manager.may(Right.RESTORE)
    assert manager.may(Right.BACKUP)


def test_backups_while_a_step_is_open_see_the_state_before(database, manager):
    with database.writing(manager, "merchant.create") as work:
        make_merchant(work)
        work.session.flush()
        order = safekeeping.BackupOrder(work.folder, work.now + timedelta(seconds=1), None)
        safekeeping.make_backup(order)
    found = backup.newest(database.folder / place.BACKUPS)
    assert found.manifest.counts["merchants"] == 0
    with database.reading(PROGRAM) as work:
        assert work.session.scalar(select(func.count(Merchant.id))) == 1
    assert io.BytesIO(found.path.read_bytes()).read(2) == b"PK"
