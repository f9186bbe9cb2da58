import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import PendingRollbackError

from odr_desk.model.tables import METADATA
from odr_desk.rules.errors import Trouble
from odr_desk.store import schema, sqlite

PARENTS = '''"""Make two tables, one owning the other."""

import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("parents", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table(
        "children",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("parents.id", ondelete="CASCADE"), nullable=False),
    )
    op.execute("INSERT INTO parents VALUES (1)")
    op.execute("INSERT INTO children VALUES (1, 1)")
'''
REBUILD = '''"""Rebuild a table that owns another and make a third."""

import sqlalchemy as sa
from alembic import op

revision = "9002"
down_revision = "9001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("added", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO added VALUES (1)")
    with op.batch_alter_table("parents", recreate="always") as batch:
        batch.add_column(sa.Column("remark", sa.String(20), nullable=False, server_default=""))
    op.execute("INSERT INTO added VALUES (2)")
'''


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    path = tmp_path_factory.mktemp("fresh") / "desk.db"
    schema.create(path)
    return path


@pytest.fixture
def file(tmp_path, fresh):
    path = tmp_path / "desk.db"
    shutil.copyfile(fresh, path)
    return path


@pytest.fixture
def older(tmp_path, file, monkeypatch):
    """A filled file, one revision behind a later program."""
    scripts = tmp_path / "later"
    shutil.copytree(schema.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9001_parents.py").write_text(PARENTS.format(schema.head()))
    (scripts / "versions" / "9002_rebuild.py").write_text(REBUILD)
    monkeypatch.setattr(schema, "SCRIPTS", scripts)
    schema.bring_up(file, "9001")
    return file


def state(path):
    connection = sqlite.connect(path)
    tables = ("parents", "children", "alembic_version")
    rows = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    connection.close()
    return rows, schema.objects(path)


class Crash(BaseException):
    """Stands in for the end of the program."""


@contextmanager
def heard(hear):
    """Call `hear` before every statement of any engine; what it raises interrupts."""

    def before(conn, cursor, statement, parameters, context, executemany):
        hear(statement)

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", before)


@contextmanager
def crash_before(count):
    """End the program, as it were, before the statement of this number."""
    left = [count]

    def hear(statement):
        if left[0] == 0:
            raise Crash
        left[0] -= 1

    with heard(hear), pytest.raises((Crash, PendingRollbackError)):  # the latter from cleaning up after the crash
        yield


def statements_of(deed):
    sent = []
    with heard(sent.append):
        deed()
    return len(sent)


def test_a_new_file_has_exactly_the_tables_of_the_models(file):
    engine = sqlite.engine(file)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _is_ours})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def _is_ours(obj, name, kind, reflected, compare_to):
    """Leave the search index out: SQLite keeps it in tables of its own, which no model knows."""
    return kind != "table" or name in METADATA.tables


def test_a_new_file_says_whose_it_is(file):
    assert schema.examine(file) == schema.Shape(schema.head())
    assert schema.examine(file).is_current
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    connection.close()


def test_the_program_itself_has_no_triggers_or_views(file):
    assert {kind for kind, _name in schema.objects(file)} == {"table", "index"}


def test_what_is_expected_is_what_is_made(file):
    assert schema.expected_objects(schema.head()) == schema.objects(file)


def test_the_newest_revision_is_the_end_of_one_line():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [schema.head()]
    assert {script.revision for script in scripts.walk_revisions()} == schema.known_revisions()


def test_an_older_file_is_brought_up_with_everything_in_it(older):
    assert not schema.examine(older).is_current
    schema.bring_up(older)
    assert schema.examine(older).is_current
    rows, _objects = state(older)
    assert rows["parents"] == [(1, "")]
    assert rows["children"] == [(1, 1)], "rebuilding a table must not delete its children"


def test_a_crash_before_any_statement_leaves_the_old_shape_whole(older, tmp_path):
    before, copy = state(older), tmp_path / "copy.db"
    shutil.copyfile(older, copy)
    total = statements_of(lambda: schema.bring_up(copy))
    assert total > 10
    for count in range(total):
        shutil.copyfile(older, copy)
        with crash_before(count):
            schema.bring_up(copy)
        assert state(copy) == before, f"before statement {count}"
        schema.bring_up(copy)
        assert schema.examine(copy).is_current, f"before statement {count}"


def test_a_crash_before_any_statement_of_a_first_start_leaves_no_database(tmp_path):
    total = statements_of(lambda: schema.create(tmp_path / "counted.db"))
    path = tmp_path / "desk.db"
    for count in [*range(8), *range(8, total, 20)]:
        with crash_before(count):
            schema.create(path)
        assert not path.exists(), f"before statement {count}"
    schema.create(path)
    assert schema.examine(path).is_current
    assert sorted(file.name for file in tmp_path.iterdir()) == ["counted.db", "desk.db"]


CRASHING = """
import os, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import PendingRollbackError
from odr_desk.store import schema

left = 30

@event.listens_for(Engine, "before_cursor_execute")
def before(*_):
    global left
    if left == 0:
        os._exit(9)
    left -= 1

schema.create(Path(sys.argv[1]))
"""


def test_a_program_killed_while_it_makes_the_first_file_starts_afresh(tmp_path):
    path = tmp_path / "desk.db"
    command = [sys.executable, "-c", CRASHING, str(path)]
    done = subprocess.run(command, cwd=Path(schema.__file__).parents[2], check=False)
    assert done.returncode == 9
    assert [file.name for file in tmp_path.iterdir()] != []
    assert not path.exists()
    schema.create(path)
    assert schema.examine(path).is_current
    assert sorted(file.name for file in tmp_path.iterdir()) == ["desk.db"]


def test_a_file_that_lost_an_owner_is_not_brought_up(older):
    connection = sqlite.connect(older, foreign_keys=False)
    connection.execute("INSERT INTO children VALUES (2, 99)")
    connection.close()
    with pytest.raises(Trouble, match="失去了所属"):
        schema.bring_up(older)


@pytest.mark.parametrize("content", [b"", b"\0" * 4096])
def test_an_empty_file_is_called_damaged(tmp_path, content):
    path = tmp_path / "desk.db"
    path.write_bytes(content)
    with pytest.raises(Trouble, match="已损坏"):
        schema.examine(path)
    assert path.read_bytes() == content


def test_a_file_of_another_kind_is_called_foreign(tmp_path):
    path = tmp_path / "desk.db"
    path.write_bytes(b"PK\x03\x04 a workbook" * 100)
    with pytest.raises(Trouble, match="不是本程序的数据库"):
        schema.examine(path)


def test_a_database_of_another_program_is_called_foreign(tmp_path):
    path = tmp_path / "desk.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.commit()
    connection.close()
    with pytest.raises(Trouble, match="不是本程序的数据库"):
        schema.examine(path)


@pytest.mark.parametrize(("revision", "words"), [("9999", "更新版本的程序"), ("abc", "不是本程序")])
def test_a_revision_from_elsewhere_is_refused(file, revision, words):
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.commit()
    connection.close()
    with pytest.raises(Trouble, match=words):
        schema.examine(file)


def test_a_file_cut_short_is_called_damaged(file):
    content = file.read_bytes()
    file.write_bytes(content[:6000])
    with pytest.raises(Trouble, match="已损坏"):
        schema.examine(file)


def test_counting_in_a_damaged_file_answers_what_it_can(file):
    assert schema.count(file, "cases") == 0
    assert schema.count(file, "nowhere") is None
    file.write_bytes(b"not a database at all" * 500)
    assert schema.count(file, "cases") is None


def test_discarding_takes_the_journals_along(tmp_path):
    for name in ("desk.db", "desk.db-wal", "desk.db-shm", "desk.db-journal", "desk.db.other"):
        (tmp_path / name).write_text("x")
    schema.discard(tmp_path / "desk.db")
    assert [path.name for path in tmp_path.iterdir()] == ["desk.db.other"]
