import json
import shutil

import pytest

from odr_desk import cli
from odr_desk.rules.errors import UnsafeFile
from odr_desk.sheets import reading_child
from odr_desk.store import candidate, place, schema


@pytest.fixture
def file(tmp_path, template):
    path = tmp_path / place.FILE
    shutil.copyfile(template, path)
    return path


def test_a_database_of_ours_is_counted(file):
    assert candidate.examined(file)["users"] == 5


def test_the_answer_is_one_line_of_json(file, capsysbinary, monkeypatch):
    monkeypatch.setattr(candidate, "_limit_itself", lambda: None)
    assert candidate.child_main([str(file)]) == 0
    assert json.loads(capsysbinary.readouterr().out)["counts"]["users"] == 5


def test_a_refusal_is_an_answer_too(tmp_path, capsysbinary, monkeypatch):
    monkeypatch.setattr(candidate, "_limit_itself", lambda: None)
    (tmp_path / "x.db").write_bytes(b"PK\x03\x04" * 100)
    assert candidate.child_main([str(tmp_path / "x.db")]) == 0
    assert "不是本程序的数据库" in json.loads(capsysbinary.readouterr().out)["refused"]


def test_a_table_that_is_missing_is_strange_too(file):
    with schema.opened(file) as connection:
        connection.execute("DROP TABLE revisits")
    with pytest.raises(UnsafeFile, match="revisits"):
        candidate.examined(file)


def test_a_frozen_program_starts_itself_as_its_children(monkeypatch):
    monkeypatch.setattr(candidate.sys, "frozen", True, raising=False)
    command = candidate._command()
    assert command == [candidate.sys.executable, candidate.CHILD_OPTION]
    assert cli.CHILDREN[candidate.CHILD_OPTION] == candidate.__name__
    assert cli.CHILDREN[reading_child.CHILD_OPTION] == reading_child.__name__
