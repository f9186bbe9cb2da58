import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select

from odr_desk.model.people import User
from odr_desk.rules.errors import Trouble
from odr_desk.rules.keeping import Why
from odr_desk.rules.people import PROGRAM
from odr_desk.store import backup, opening, place, schema, sqlite

LATER = '''"""Add a table."""

import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("added", sa.Column("id", sa.Integer(), primary_key=True))
'''


@pytest.fixture
def folder(tmp_path, template):
    shutil.copyfile(template, tmp_path / place.FILE)
    return tmp_path


@pytest.fixture
def later(tmp_path_factory, monkeypatch):
    scripts = tmp_path_factory.mktemp("later") / "migrations"
    shutil.copytree(schema.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9001_later.py").write_text(LATER.format(schema.head()))
    monkeypatch.setattr(schema, "SCRIPTS", scripts)
    return scripts


def users(database):
    with database.reading(PROGRAM) as work:
        found = work.session.scalar(select(func.count(User.id)))
    database.close()
    return found


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_an_empty_folder_gets_a_database(tmp_path):
    database = opening.open_database(tmp_path)
    assert users(database) == 0
    assert names(tmp_path) == [place.FILE]


def test_a_present_database_is_opened_as_it_is(folder):
    before = (folder / place.FILE).read_bytes()
    assert users(opening.open_database(folder)) == 5
    assert (folder / place.FILE).read_bytes() == before
    assert names(folder) == [place.FILE]


def test_an_older_database_is_backed_up_and_brought_up_on_a_copy(folder, later, clock):
    database = opening.open_database(folder, clock)
    assert users(database) == 5
    assert schema.count(folder / place.FILE, "added") == 0
    (made,) = backup.listed(folder / place.BACKUPS)
    assert made.manifest.why is Why.UPGRADE
    (aside,) = (folder / place.REPLACED).iterdir()
    assert schema.count(aside / place.FILE, "users") == 5
    assert schema.count(aside / place.FILE, "added") is None


def test_an_upgrade_that_fails_leaves_the_old_data_usable(folder, later, monkeypatch):
    (later / "versions" / "9001_later.py").write_text(
        LATER.format(max(schema.known_revisions() - {"9001"})) + "    raise ZeroDivisionError\n"
    )
    before = (folder / place.FILE).read_bytes()
    with pytest.raises(ZeroDivisionError):
        opening.open_database(folder)
    assert (folder / place.FILE).read_bytes() == before
    shutil.rmtree(later / "versions")
    shutil.copytree(Path(schema.__file__).parent / "migrations" / "versions", later / "versions")
    assert users(opening.open_database(folder)) == 5


@pytest.mark.parametrize("trace", [place.BACKUPS, place.ATTACHMENTS, place.REPLACED, f"{place.FILE}-wal"])
def test_a_database_that_has_gone_missing_is_not_replaced_by_an_empty_one(tmp_path, trace):
    (tmp_path / trace).mkdir()
    with pytest.raises(Trouble, match="不见了，程序没有另建空的数据库"):
        opening.open_database(tmp_path)
    assert names(tmp_path) == [trace]


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "已损坏"), (b"\0" * 8192, "已损坏"), (b"PK\x03\x04" * 1000, "不是本程序的数据库")]
)
def test_a_file_that_is_no_database_is_explained_and_left_alone(tmp_path, content, words):
    (tmp_path / place.FILE).write_bytes(content)
    with pytest.raises(Trouble, match=words) as refused:
        opening.open_database(tmp_path)
    assert "恢复备份" in refused.value.advice
    assert names(tmp_path) == [place.FILE]
    assert (tmp_path / place.FILE).read_bytes() == content


def test_data_of_a_newer_program_are_refused_in_words(folder):
    connection = sqlite3.connect(folder / place.FILE)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(Trouble, match="更新版本的程序写成") as refused:
        opening.open_database(folder)
    assert "安装新版本" in refused.value.advice
    assert not (folder / place.BACKUPS).exists()


def test_what_a_crash_left_in_the_write_ahead_log_is_there(folder):
    connection = sqlite.connect(folder / place.FILE)
    connection.execute("UPDATE users SET display_name = '在日志里'")
    crashed = folder.parent / "crashed"
    shutil.copytree(folder, crashed)
    connection.close()
    assert (crashed / f"{place.FILE}-wal").stat().st_size > 0
    database = opening.open_database(crashed)
    with database.reading(PROGRAM) as work:
        assert set(work.session.scalars(select(User.display_name))) == {"在日志里"}
    database.close()


def test_an_exchange_that_was_interrupted_is_completed_first(folder, template):
    (folder / place.FILE).rename(folder / f"{place.FILE}-wal")
    shutil.copyfile(template, folder / f"{place.FILE}.next")
    assert users(opening.open_database(folder)) == 5
    assert names(folder) == [place.FILE, place.REPLACED]


def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    def refuse(path, **_options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(schema, "create", refuse)
    with pytest.raises(Trouble, match="没有权限"):
        opening.open_database(tmp_path)
