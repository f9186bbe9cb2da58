import pytest

from odr_desk.rules.errors import Trouble
from odr_desk.rules.keeping import Why
from odr_desk.rules.people import PROGRAM
from odr_desk.services import daily, safekeeping
from odr_desk.store import backup, place
from odr_desk.ui.upkeep import Upkeep


@pytest.fixture
def worries():
    return []


@pytest.fixture
def upkeep(desk, worries):
    return Upkeep(desk, worries.append, desk)


def backups(database):
    return backup.listed(database.folder / place.BACKUPS)


def test_the_first_login_of_a_day_makes_the_backup_of_the_day(upkeep, database, desk, worries):
    told = []
    desk.changed.connect(told.append)
    upkeep.begin()
    (made,) = backups(database)
    assert made.manifest.why is Why.DAILY
    assert frozenset({"backups"}) in told
    upkeep.look()
    assert len(backups(database)) == 1
    assert worries == []


def test_what_is_wrong_with_the_data_is_said_at_the_start(upkeep, database, worries):
    with database.connection() as connection:
        connection.exec_driver_sql("INSERT INTO counters VALUES ('case', 2026, 5, '')")
        connection.commit()
    upkeep.begin()
    (trouble,) = worries
    assert isinstance(trouble, Trouble)
    assert "投诉件编号发出 5 个" in trouble.what


def test_everything_is_looked_at_once_a_week(upkeep, database, clock, worries, monkeypatch):
    looked = []
    real = safekeeping.worry
    monkeypatch.setattr(safekeeping, "worry", lambda work, *, full: looked.append(full) or real(work, full=full))
    upkeep.begin()
    clock.forward(days=8)
    upkeep.begin()
    upkeep.begin()
    assert looked == [False, True, False]
    assert worries == []


def test_a_full_look_that_finds_something_is_due_again(upkeep, database, clock, worries):
    upkeep.begin()
    clock.forward(days=8)
    with database.connection() as connection:
        connection.exec_driver_sql("UPDATE users SET role = 'admin' WHERE user = 'clerk'")
        connection.commit()
    upkeep.begin()
    assert "和审计记录不符" in worries[0].what
    with database.reading(PROGRAM) as work:
        assert daily.full_look_due(work)


def test_a_backup_that_fails_is_a_worry(upkeep, database, worries):
    (database.folder / place.BACKUPS).write_text("a file in the way")
    upkeep.begin()
    (trouble,) = worries
    assert "已有同名" in trouble.what


def test_words_of_cleared_cases_are_cleared_to_the_last_step(upkeep, database, worries, monkeypatch):
    steps = iter((True, True, False))
    monkeypatch.setattr(daily, "clear_words", lambda _database: next(steps))
    upkeep.look()
    assert list(steps) == []
    assert worries == []
