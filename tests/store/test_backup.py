import errno
import json
import shutil
import sqlite3
import threading
import zipfile
from datetime import timedelta

import pytest
from make import make_case, make_merchant

from odr_desk.rules.errors import Trouble, UnsafeFile
from odr_desk.rules.keeping import Why
from odr_desk.rules.people import PROGRAM
from odr_desk.store import archive, backup, chain, manifest, place, schema
from tests.store.conftest import PICTURE, SHA


@pytest.fixture
def database(with_case):
    return with_case


@pytest.fixture
def folder(with_case):
    return with_case.folder


@pytest.fixture
def made(folder, clock):
    return backup.make(folder, Why.DAILY, clock.now)


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_backup_is_one_file_and_the_attachments_beside_it(folder, made, clock):
    assert made.path.name == "odr-desk-20261123-100000-daily.odrbak"
    assert names(folder / place.BACKUPS) == [f"files/{SHA[:2]}/{SHA}", made.path.name]
    with zipfile.ZipFile(made.path) as opened:
        assert opened.namelist() == [place.FILE, archive.MANIFEST]


def test_the_manifest_says_what_is_in_it(database, folder, made, clock):
    facts = made.manifest
    assert (facts.made_at, facts.why, facts.revision) == (clock.now, Why.DAILY, schema.head())
    assert facts.counts["cases"] == 1
    assert facts.counts["users"] == 5
    assert [part.sha256 for part in facts.attachments] == [SHA]
    assert facts.missing == ()
    with database.reading(PROGRAM) as work:
        assert facts.seal == chain.head(work.session.connection())


def test_the_copy_inside_is_a_sound_database_of_its_own(made, tmp_path):
    with zipfile.ZipFile(made.path) as opened:
        opened.extract(place.FILE, tmp_path)
    assert schema.examine(tmp_path / place.FILE).is_current
    assert schema.count(tmp_path / place.FILE, "cases") == 1
    backup.require_sound(tmp_path / place.FILE)


def test_a_backup_for_another_disk_is_complete_in_one_file(folder, clock, tmp_path):
    made = backup.make(folder, Why.MANUAL, clock.now, tmp_path / "移动硬盘")
    assert names(tmp_path / "移动硬盘") == [made.path.name]
    with zipfile.ZipFile(made.path) as opened:
        assert opened.read(f"attachments/{SHA}") == PICTURE


def test_it_is_made_while_people_write(database, folder, manager, clock):
    go_on = threading.Event()

    def write():
        while not go_on.is_set():
            with database.writing(manager, "merchant.create") as work:
                make_merchant(work)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.make(folder, Why.MANUAL, clock.now) for _ in range(3)]
    finally:
        go_on.set()
        writer.join()
    for one in made:
        facts = archive.require_whole(one.path)
        # Each merchant is one record, one number and one link of the chain: all of them or none.
        assert facts.counts["merchants"] + facts.counts["journal"] - facts.seal[0] == facts.counts["merchants"]


def test_an_open_transaction_is_not_in_it(database, folder, manager, clock):
    with database.writing(manager, "merchant.create") as work:
        make_merchant(work)
        work.session.flush()
        made = backup.make(folder, Why.MANUAL, clock.now)
    assert made.manifest.counts["merchants"] == 1, "the case of the fixture has one"


def test_an_attachment_that_is_gone_is_named_and_the_rest_is_kept(folder, clock):
    (folder / place.ATTACHMENTS / SHA[:2] / SHA).write_bytes(b"changed")
    made = backup.make(folder, Why.DAILY, clock.now)
    assert made.manifest.missing == (SHA,)
    assert made.manifest.attachments == ()


def test_what_is_not_sound_is_not_backed_up(database, folder, clock):
    connection = sqlite3.connect(folder / place.FILE)
    connection.execute("UPDATE case_claims SET case_id = 999")
    connection.commit()
    connection.close()
    with pytest.raises(Trouble, match="结构检查没有通过"):
        backup.make(folder, Why.DAILY, clock.now)
    assert names(folder / place.BACKUPS) == []


def test_a_disk_that_fills_up_leaves_no_half_backup(folder, clock, monkeypatch):
    def fill(path, *_):
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(archive, "write", fill)
    with pytest.raises(Trouble, match="磁盘已满"):
        backup.make(folder, Why.DAILY, clock.now)
    assert [name for name in names(folder / place.BACKUPS) if not name.startswith("files/")] == []


def test_a_copy_that_does_not_read_back_does_not_count(folder, clock, monkeypatch):
    real = archive.write

    def write(path, *rest):
        real(path, *rest)
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    monkeypatch.setattr(archive, "write", write)
    with pytest.raises(UnsafeFile):
        backup.make(folder, Why.DAILY, clock.now)
    assert backup.listed(folder / place.BACKUPS) == ()


def test_what_a_crash_left_is_cleared_away(folder, clock):
    left = folder / place.BACKUPS / ".making-abc"
    left.mkdir(parents=True)
    (left / "copy.db").write_bytes(b"half")
    backup.make(folder, Why.DAILY, clock.now)
    assert not left.exists()


def test_two_in_one_second_have_two_names(folder, clock):
    first, second = (backup.make(folder, Why.MANUAL, clock.now) for _ in range(2))
    assert first.path != second.path
    assert first.path.exists()


def test_one_waits_for_another_that_is_being_made(folder, clock, monkeypatch):
    """The backup of the day and one asked for by hand are made by two threads; each clears up before it begins."""
    second_began, copy, errors = threading.Event(), backup.copy_database, []

    def slow(source, target):
        if threading.current_thread().name == "first":
            begun.set()
            second_began.wait(0.5)
        else:
            second_began.set()
        copy(source, target)

    def make():
        try:
            backup.make(folder, Why.MANUAL, clock.now)
        except Trouble as error:
            errors.append(error)

    begun = threading.Event()
    monkeypatch.setattr(backup, "copy_database", slow)
    first, second = threading.Thread(target=make, name="first"), threading.Thread(target=make, name="second")
    first.start()
    begun.wait(5)
    second.start()
    first.join()
    second.join()
    assert errors == []
    assert len(backup.listed(folder / place.BACKUPS)) == 2


def test_progress_is_told(folder, clock):
    heard = []
    backup.make(folder, Why.DAILY, clock.now, report=lambda done, total: heard.append((done, total)))
    assert heard[0] == (0, backup.STEPS)
    assert heard[-1] == (backup.STEPS, backup.STEPS)


def test_the_list_has_the_newest_first_and_leaves_out_what_is_none(folder, clock):
    older = backup.make(folder, Why.DAILY, clock.now)
    clock.forward(hours=5)
    newer = backup.make(folder, Why.EXIT, clock.now)
    target = folder / place.BACKUPS
    (target / "odr-desk-20991231-000000-daily.odrbak").write_bytes(b"half a backup")
    assert [found.path for found in backup.listed(target)] == [newer.path, older.path]
    assert backup.newest(target) == newer
    assert backup.newest(folder / "nowhere") is None


def test_old_backups_make_room_and_their_attachments_with_them(folder, clock, database, manager):
    target = folder / place.BACKUPS
    for _ in range(3):
        backup.make(folder, Why.DAILY, clock.now)
        clock.forward(hours=1)
    backup.make(folder, Why.IMPORT, clock.now)
    assert backup.thin_out(target, clock.now) == ()
    clock.forward(days=1)
    with database.connection() as connection:
        connection.exec_driver_sql("DELETE FROM attachments")
        connection.commit()
    backup.make(folder, Why.DAILY, clock.now)
    assert len(backup.thin_out(target, clock.now)) == 3
    assert [found.manifest.why for found in backup.listed(target)] == [Why.DAILY, Why.IMPORT]
    assert f"files/{SHA[:2]}/{SHA}" in names(target)
    clock.forward(days=800)
    backup.make(folder, Why.DAILY, clock.now)
    assert len(backup.thin_out(target, clock.now)) == 2
    assert [name for name in names(target) if name.startswith("files/")] == []


def test_a_second_place_gets_a_whole_copy(folder, made, tmp_path):
    second = tmp_path / "E盘"
    copied = backup.copy_to(made, second)
    assert names(second) == [f"files/{SHA[:2]}/{SHA}", made.path.name]
    assert archive.require_whole(copied.path) == made.manifest


def test_a_second_place_that_writes_badly_is_noticed(folder, made, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "copyfile", lambda source, target: target.write_bytes(source.read_bytes()[:-50]))
    with pytest.raises((UnsafeFile, Trouble)):
        backup.copy_to(made, tmp_path / "E盘")
    assert names(tmp_path / "E盘") == []


def test_a_manifest_comes_back_as_it_was_written(made):
    assert manifest.from_text(manifest.to_text(made.manifest)) == made.manifest
    assert json.loads(manifest.to_text(made.manifest))["format"] == manifest.FORMAT


def test_the_second_case_is_in_the_second_backup(database, folder, manager, clock, made):
    with database.writing(manager, "case.create") as work:
        make_case(work)
    clock.forward(minutes=timedelta(minutes=1).seconds / 60)
    assert backup.make(folder, Why.EXIT, clock.now).manifest.counts["cases"] == 2
