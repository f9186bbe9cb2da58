import json
import random
import shutil
import sqlite3
import zipfile

import pytest
from make import make_case

from odr_desk.rules.errors import Trouble, UnsafeFile
from odr_desk.rules.keeping import Why
from odr_desk.store import archive, attachments, backup, candidate, place, restore, schema
from odr_desk.store.database import Database
from tests.store.conftest import SHA


@pytest.fixture
def database(with_case):
    return with_case


@pytest.fixture
def folder(with_case):
    return with_case.folder


@pytest.fixture
def made(folder, clock):
    return backup.make(folder, Why.DAILY, clock.now)


@pytest.fixture
def in_process(monkeypatch):
    """Look candidates over without a child process: for tests that do it often and want to see why."""
    monkeypatch.setattr(candidate, "look_over", candidate.examined)


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def repacked(path, target, change=None, **facts):
    """Write a backup anew with changed content and a manifest that fits it."""
    with zipfile.ZipFile(path) as source:
        files = {name: source.read(name) for name in source.namelist()}
    if change is not None:
        database = target.with_suffix(".db")
        database.write_bytes(files[place.FILE])
        connection = sqlite3.connect(database)
        change(connection)
        connection.commit()
        connection.close()
        files[place.FILE] = database.read_bytes()
    said = json.loads(files[archive.MANIFEST])
    database = target.with_suffix(".db")
    database.write_bytes(files[place.FILE])
    said["database"] = {"sha256": attachments.hash_of(database), "size": database.stat().st_size}
    database.unlink()
    files[archive.MANIFEST] = json.dumps(said | facts).encode()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return target


def test_the_state_of_the_backup_comes_back_and_the_other_is_kept(database, folder, manager, made, facts):
    before = facts()
    with database.writing(manager, "case.create") as work:
        make_case(work)
    (folder / place.ATTACHMENTS / SHA[:2] / SHA).unlink()
    after = facts()
    with database.paused():
        found = restore.restore(folder, made.path)
    assert facts() == before
    assert attachments.holds(folder / place.ATTACHMENTS, SHA)
    assert found.manifest == made.manifest
    assert facts(Database(found.aside / place.FILE)) == after


def test_a_backup_on_a_stick_restores_into_an_empty_folder(folder, clock, tmp_path, in_process):
    stick = backup.make(folder, Why.MANUAL, clock.now, tmp_path / "stick").path
    empty = tmp_path / "empty"
    empty.mkdir()
    assert restore.restore(empty, stick).aside is None
    assert schema.count(empty / place.FILE, "cases") == 1
    assert attachments.holds(empty / place.ATTACHMENTS, SHA)


def test_over_a_crashed_database_its_log_goes_aside_with_it(database, folder, manager, made, tmp_path, in_process):
    with database.writing(manager, "case.create") as work:
        make_case(work)
    crashed = tmp_path / "crashed"
    shutil.copytree(folder, crashed)
    assert (crashed / f"{place.FILE}-wal").stat().st_size > 0
    found = restore.restore(crashed, made.path)
    assert schema.count(crashed / place.FILE, "cases") == 1
    assert schema.count(found.aside / place.FILE, "cases") == 2


def test_over_a_damaged_database(folder, made, in_process, database):
    database.close()
    (folder / place.FILE).write_bytes(b"rubbish" * 1000)
    found = restore.restore(folder, made.path)
    assert schema.count(folder / place.FILE, "cases") == 1
    assert (found.aside / place.FILE).read_bytes() == b"rubbish" * 1000


def refused(folder, file, words, kind=UnsafeFile):
    before = tree(folder)
    with pytest.raises(kind, match=words):
        restore.restore(folder, file)
    assert tree(folder) == before, "nothing may be touched"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_that_is_no_backup_is_refused(folder, database, tmp_path, content):
    database.close()
    file = tmp_path / "别的.odrbak"
    file.write_bytes(content)
    refused(folder, file, "不是完整的备份.*数据没有任何改动")


def test_a_missing_file_is_refused(folder, database, tmp_path):
    database.close()
    refused(folder, tmp_path / "nowhere.odrbak", "没有.*这个备份文件")
    refused(folder, tmp_path, "没有.*这个备份文件")


def test_a_zip_without_manifest_is_an_unfinished_backup(folder, database, made, tmp_path):
    database.close()
    file = tmp_path / "half.odrbak"
    with zipfile.ZipFile(made.path) as source, zipfile.ZipFile(file, "w") as target:
        target.writestr(place.FILE, source.read(place.FILE))
    refused(folder, file, "不是完整的备份")


def test_every_flipped_bit_is_noticed(folder, database, made, tmp_path, in_process):
    database.close()
    before, content = tree(folder), made.path.read_bytes()
    dice = random.Random(20261123)  # noqa: S311 - dice, no secret
    file = tmp_path / "flipped.odrbak"
    for _ in range(150):
        flipped = bytearray(content)
        flipped[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        file.write_bytes(flipped)
        try:
            archive.require_whole(file)
        except UnsafeFile:
            continue
        # A flip in a field that nobody reads, such as a date inside the zip, changes nothing of the content.
        assert archive.read_manifest(file) == made.manifest
    for length in dice.sample(range(len(content)), 20):
        file.write_bytes(content[:length])
        with pytest.raises(UnsafeFile):
            restore.restore(folder, file)
    assert tree(folder) == before


def test_a_newer_backup_is_refused(folder, database, made, tmp_path):
    database.close()
    refused(folder, repacked(made.path, tmp_path / "newer.odrbak", format=99), "更新版本的程序")
    refused(folder, repacked(made.path, tmp_path / "newer2.odrbak", revision="9999"), "更新版本的程序")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("CREATE TRIGGER planted AFTER INSERT ON cases BEGIN DELETE FROM journal; END", "planted"),
        ("CREATE VIEW planted AS SELECT * FROM users", "planted"),
        ("CREATE TABLE planted (x)", "planted"),
        ("ALTER TABLE users ADD COLUMN planted", "users"),
    ],
)
def test_what_somebody_planted_is_found(folder, database, made, tmp_path, in_process, statement, words):
    database.close()
    file = repacked(made.path, tmp_path / "planted.odrbak", lambda connection: connection.execute(statement))
    refused(folder, file, f"不属于本程序的内容（.*{words}")


def test_indexes_that_differ_are_made_anew(folder, database, made, tmp_path, in_process):
    database.close()

    def differ(connection):
        connection.execute("DROP INDEX ix_changes_seq")
        connection.execute("DROP INDEX ix_journal_object")
        connection.execute("CREATE INDEX ix_journal_object ON journal (verb)")
        connection.execute("CREATE INDEX by_hand ON cases (facts)")

    restore.restore(folder, repacked(made.path, tmp_path / "drifted.odrbak", differ))
    assert schema.objects(folder / place.FILE) == schema.expected_objects(schema.head())
    backup.require_sound(folder / place.FILE)


def test_the_child_process_says_no_in_words(folder, database, made, tmp_path):
    database.close()
    file = repacked(
        made.path,
        tmp_path / "planted.odrbak",
        lambda connection: connection.execute("CREATE TRIGGER planted AFTER INSERT ON cases BEGIN SELECT 1; END"),
    )
    refused(folder, file, "不属于本程序的内容（planted）")


def test_a_child_that_crashes_means_a_damaged_backup(folder, database, made, monkeypatch):
    database.close()
    monkeypatch.setattr(candidate, "_command", lambda: [candidate.sys.executable, "-c", "import os; os.abort()"])
    refused(folder, made.path, "已损坏")


def test_a_child_that_hangs_is_stopped(folder, database, made, monkeypatch):
    database.close()
    monkeypatch.setattr(candidate, "_LEAST_SECONDS", 0.3)
    monkeypatch.setattr(candidate, "_command", lambda: [candidate.sys.executable, "-c", "while True: pass"])
    refused(folder, made.path, "已停止")


def test_pages_that_do_not_fit_are_found(folder, database, made, tmp_path, in_process):
    database.close()

    def damage(connection):
        connection.commit()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'users'").fetchone()[0]
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        with open(path, "r+b") as file:  # noqa: PTH123 - the connection knows it as a string
            file.seek((root - 1) * size)
            file.write(b"\xff" * 64)

    refused(folder, repacked(made.path, tmp_path / "zeroed.odrbak", damage), "已损坏|没有通过", (UnsafeFile, Trouble))


def test_records_that_were_taken_out_are_noticed(folder, database, made, tmp_path, in_process):
    database.close()
    file = repacked(
        made.path, tmp_path / "less.odrbak", lambda connection: connection.execute("DELETE FROM case_claims")
    )
    refused(folder, file, "对不上")


def test_attachments_must_lie_beside_it(folder, database, made, tmp_path, in_process):
    database.close()
    shutil.rmtree(folder / place.ATTACHMENTS)
    alone = tmp_path / "alone" / made.path.name
    alone.parent.mkdir()
    shutil.copyfile(made.path, alone)
    refused(folder, alone, "缺 1 个附件")


def test_names_inside_never_leave_the_folder(folder, database, clock, tmp_path, in_process):
    database.close()
    whole = backup.make(folder, Why.MANUAL, clock.now, tmp_path / "stick").path
    evil = tmp_path / "evil.odrbak"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(evil, "w") as target:
        said = json.loads(source.read(archive.MANIFEST))
        said["attachments"][0]["sha256"] = "../../../evil"
        target.writestr(place.FILE, source.read(place.FILE))
        target.writestr("attachments/../../../evil", b"x")
        target.writestr(archive.MANIFEST, json.dumps(said))
    before = tree(folder)
    with pytest.raises((UnsafeFile, ValueError)):
        restore.restore(folder, evil)
    assert tree(folder) == before
    assert not (tmp_path / "evil").exists()


def test_an_entry_larger_than_announced_is_not_unpacked(folder, database, made, tmp_path, in_process):
    database.close()
    bomb = tmp_path / "bomb.odrbak"
    with zipfile.ZipFile(made.path) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(place.FILE, b"\0" * 50_000_000)
        target.writestr(archive.MANIFEST, source.read(archive.MANIFEST))
    refused(folder, bomb, "不是完整的备份")


def test_too_little_room_is_said_before_anything_is_written(folder, database, made, monkeypatch):
    database.close()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10, 9, 1))
    refused(folder, made.path, "磁盘空间不够", Trouble)


def test_an_older_backup_is_brought_up_before_it_takes_the_place(
    folder, database, made, tmp_path, monkeypatch, in_process
):
    database.close()
    scripts = tmp_path / "later"
    shutil.copytree(schema.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9001_later.py").write_text(
        f'from alembic import op\nrevision = "9001"\ndown_revision = "{schema.head()}"\n'
        'branch_labels = depends_on = None\n\n\ndef upgrade():\n    op.execute("CREATE TABLE added (x)")\n'
    )
    monkeypatch.setattr(schema, "SCRIPTS", scripts)
    restore.restore(folder, made.path)
    assert schema.examine(folder / place.FILE).revision == "9001"
    assert schema.count(folder / place.FILE, "added") == 0
    assert schema.count(folder / place.FILE, "cases") == 1
