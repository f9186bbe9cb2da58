import pytest

from odr_desk.rules.errors import Trouble
from odr_desk.store import sqlite


class Stubborn:
    """A connection that does not take one of the settings."""

    def __init__(self, real, name):
        self.real = real
        self.name = name

    def execute(self, sql):
        if sql.startswith(f"PRAGMA {self.name} ="):
            sql = f"PRAGMA {self.name}"
        return self.real.execute(sql)


def test_every_connection_has_what_the_promises_need(tmp_path):
    connection = sqlite.connect(tmp_path / "new.db", create=True)
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in sqlite.SETTINGS}
    assert found == sqlite.SETTINGS
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.in_transaction is False
    connection.close()


@pytest.mark.parametrize("name", [name for name in sqlite.SETTINGS if name != "mmap_size"])
def test_a_setting_that_is_not_taken_stops_the_program(tmp_path, name):
    real = sqlite.driver.connect(str(tmp_path / "new.db"), isolation_level=None)
    real.execute(f"PRAGMA {name} = {1 - min(1, sqlite.SETTINGS[name])}")
    with pytest.raises(Trouble, match=f"{name}=.*程序没有继续"):
        sqlite.settle(Stubborn(real, name))
    real.close()


def test_an_old_sqlite_does_without_wal(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "SAFE_WAL", (99, 0, 0))
    connection = sqlite.connect(tmp_path / "new.db", create=True)
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "truncate"
    connection.close()


def test_a_disk_that_takes_neither_journal_is_refused(tmp_path):
    connection = sqlite.driver.connect(":memory:", isolation_level=None)
    with pytest.raises(Trouble, match="journal_mode=memory"):
        sqlite.settle(connection)
    connection.close()


def test_opening_never_makes_a_file(tmp_path):
    with pytest.raises(sqlite.Error):
        sqlite.connect(tmp_path / "missing.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_signs_of_its_own_meaning(tmp_path):
    folder = tmp_path / "百分之 50%?#&商场"
    folder.mkdir()
    sqlite.connect(folder / "desk.db", create=True).close()
    assert [path.name for path in folder.iterdir()] == ["desk.db"]


def test_foreign_keys_are_off_only_for_bringing_up(tmp_path):
    connection = sqlite.connect(tmp_path / "new.db", create=True, foreign_keys=False)
    assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 0
    connection.close()
