import threading
from contextlib import contextmanager

import pytest
from make import make_case, make_merchant
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from odr_desk.model.case import Case
from odr_desk.model.journal import JournalEntry
from odr_desk.model.merchant import Merchant
from odr_desk.model.reference import Code, Setting
from odr_desk.rules.errors import Conflict, Invalid, Trouble
from odr_desk.rules.people import PROGRAM
from odr_desk.store import chain, numbers, sqlite
from odr_desk.store.database import Database


def count(database, table):
    with database.reading(PROGRAM) as work:
        return work.session.scalar(select(func.count()).select_from(table))


def add_merchant(database, actor):
    with database.writing(actor, "merchant.create") as work:
        make_merchant(work)


def failing(code):
    error = sqlite.driver.OperationalError("injected")
    error.sqlite_errorcode = code
    return OperationalError("COMMIT", {}, error)


@contextmanager
def failing_commit(database, code, *, saves):
    """Let the next COMMIT fail, before or after it has reached the disk."""

    def fail(connection):
        event.remove(database.engine, "commit", fail)
        if saves:
            connection.connection.driver_connection.execute("COMMIT")
        raise failing(code)

    event.listen(database.engine, "commit", fail)
    yield


def test_a_step_is_wholly_there_or_not_at_all(database, manager):
    with database.writing(manager, "case.create") as work:
        make_case(work)
    assert (count(database, Case), count(database, Merchant)) == (1, 1)
    links = count(database, JournalEntry)
    with pytest.raises(Invalid), database.writing(manager, "case.create") as work:
        make_case(work)
        work.session.flush()
        raise Invalid.of("amount", "no")
    assert (count(database, Case), count(database, Merchant)) == (1, 1)
    assert count(database, JournalEntry) == links
    with database.writing(manager, "case.create") as work:
        assert make_case(work).number == "XSBBB-2026-0002"


def test_reading_changes_nothing(database, manager):
    with pytest.raises(RuntimeError, match="reading"), database.reading(manager) as work:
        work.session.add(Setting(key="x", value="y"))
        work.session.flush()
    with pytest.raises(RuntimeError, match="reading"), database.reading(manager) as work:
        work.session.add(Setting(key="x", value="y"))
        work.session.scalars(select(Code)).first()
    assert count(database, Setting) > 0


def test_reading_sees_one_state(database, manager):
    with database.reading(manager) as work:
        assert work.session.scalar(select(func.count(Merchant.id))) == 0
        with database.writing(manager, "merchant.create") as other:
            make_merchant(other)
        assert work.session.scalar(select(func.count(Merchant.id))) == 0
    assert count(database, Merchant) == 1


def test_a_step_knows_who_when_and_where(database, manager, clock):
    with database.writing(manager, "case.create", "现场") as work:
        assert (work.actor, work.now, work.verb, work.reason) == (manager, clock.now, "case.create", "现场")
        assert work.folder == database.path.parent


def test_a_step_names_the_tables_it_touched(database, manager):
    with database.writing(manager, "case.create") as work:
        make_case(work)
    assert {"cases", "events", "merchants", "counters", "case_claims"} <= work.touched
    with database.writing(manager, "derived") as work:
        work.session.scalars(select(Case)).one().event_count += 1
    assert work.touched == {"cases"}
    with database.writing(manager, "nothing") as work:
        work.session.scalars(select(Case)).one().subject += ""
    assert work.touched == set()


def test_two_people_on_one_record_are_a_conflict(database, manager):
    with database.writing(manager, "merchant.create") as work:
        key = make_merchant(work).id
    with pytest.raises(Conflict, match="刚被别人改过"), database.writing(manager, "merchant.update") as work:
        merchant = work.session.get_one(Merchant, key)
        work.session.connection().exec_driver_sql("UPDATE merchants SET version_id = version_id + 1")
        merchant.contact = "王敏"


def test_a_bug_is_not_dressed_up(database, manager):
    with pytest.raises(ZeroDivisionError), database.reading(manager):
        _ = 1 / 0
    with pytest.raises(OperationalError, match="no such table"), database.reading(manager) as work:
        work.session.connection().exec_driver_sql("SELECT * FROM nowhere")


def test_eight_writers_get_numbers_without_gap_or_twin(database, manager):
    taken = []

    def work_hard():
        for _ in range(5):
            with database.writing(manager, "merchant.create") as work:
                taken.append(make_merchant(work).number)

    writers = [threading.Thread(target=work_hard) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(taken) == [f"M{n:04}" for n in range(1, 41)]
    with database.reading(PROGRAM) as work:
        assert chain.find_fault(work.session.connection()) is None


def test_a_commit_that_failed_after_saving_counts_as_saved(database, manager):
    with failing_commit(database, 10, saves=True), database.writing(manager, "merchant.create") as work:
        make_merchant(work)
    assert count(database, Merchant) == 1


def test_a_commit_that_failed_before_saving_is_refused_and_stays_away(database, manager):
    with pytest.raises(Trouble, match="硬盘读写出错") as refused, failing_commit(database, 10, saves=False):
        add_merchant(database, manager)
    assert refused.value.saved == "false"
    database.close()
    assert count(Database(database.path), Merchant) == 0
    with database.writing(manager, "merchant.create") as work:
        assert make_merchant(work).number == "M0001"


def test_when_nobody_can_tell_it_is_said(database, manager, monkeypatch):
    def gone(connection, seq):
        raise failing(10)

    monkeypatch.setattr(chain, "link", gone)
    with pytest.raises(Trouble, match="看不出这一步存上没有") as refused, failing_commit(database, 10, saves=True):
        add_merchant(database, manager)
    assert refused.value.saved == "unknown"


@pytest.mark.parametrize(("code", "words"), [(13, "磁盘已满"), (5, "正被占用")])
def test_a_commit_that_cannot_have_saved_needs_no_second_look(database, manager, monkeypatch, code, words):
    monkeypatch.delattr(chain, "link")
    with pytest.raises(Trouble, match=words), failing_commit(database, code, saves=False):
        add_merchant(database, manager)
    assert count(database, Merchant) == 0


def test_a_full_disk_is_said_and_reading_goes_on(database, manager):
    """SQLite's own page limit stands in for the disk: the same result code, at the same places."""
    with database.writing(manager, "merchant.create") as work:
        make_merchant(work)
    handle = database.engine.raw_connection().driver_connection
    pages = handle.execute("PRAGMA page_count").fetchone()[0]

    def limit(connection, record):
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(database.engine, "connect", limit)
    database.close()
    full = pytest.raises(Trouble, match="磁盘已满，这一步没有做成")
    with full as refused, database.writing(manager, "merchant.create") as work:
        for _ in range(200):
            make_merchant(work, note="很长的备注" * 100)
    assert refused.value.saved == "false"
    assert count(database, Merchant) == 1


def test_a_read_only_file_is_said(database, manager):
    event.listen(database.engine, "connect", lambda connection, record: connection.execute("PRAGMA query_only = 1"))
    database.close()
    with pytest.raises(Trouble, match="只读"), database.writing(manager, "merchant.create") as work:
        make_merchant(work)
    assert count(database, Merchant) == 0


def test_a_database_locked_by_another_program_is_said(database, manager, monkeypatch):
    database.close()
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    other = sqlite.connect(database.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Trouble, match="正被占用"), database.writing(manager, "merchant.create"):
        pass
    other.execute("ROLLBACK")
    other.close()
    with database.writing(manager, "merchant.create") as work:
        make_merchant(work)


def test_writing_inside_writing_is_refused_instead_of_waiting_for_ever(database, manager, monkeypatch):
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with database.writing(manager, "outer"), pytest.raises(Trouble), database.writing(manager, "inner"):
        pass


def test_reference_data_are_remembered_until_they_change(database, manager):
    loads = []

    def load():
        loads.append(1)
        return "loaded"

    for _ in range(2):
        with database.reading(manager) as work:
            assert work.remember("codes", load) == "loaded"
    with database.writing(manager, "merchant.create") as work:
        make_merchant(work)
        work.remember("codes", load)
    assert len(loads) == 1
    with database.writing(manager, "code.retire") as work:
        work.session.scalars(select(Code)).first().retired = True
    with database.reading(manager) as work:
        work.remember("codes", load)
    assert len(loads) == 2


def test_what_a_failed_step_remembered_is_forgotten(database, manager):
    with pytest.raises(KeyError), database.writing(manager, "code.add") as work:
        work.session.add(
            Code(group="channels", code="CH99", name="新渠道", short="新渠道", rank=99, extra="", retired=False)
        )
        work.session.flush()
        work.remember("codes", lambda: "with CH99")
        raise KeyError
    with database.reading(manager) as work:
        assert work.remember("codes", lambda: "without") == "without"


def test_the_file_can_be_exchanged_while_work_waits(database, manager, tmp_path):
    with database.writing(manager, "merchant.create") as work:
        make_merchant(work)
    done = []

    def write():
        with database.writing(manager, "merchant.create") as work:
            make_merchant(work)
        done.append(1)

    with database.paused():
        worker = threading.Thread(target=write)
        worker.start()
        database.path.replace(tmp_path / "moved.db")
        (tmp_path / "moved.db").replace(database.path)
        assert not done
    worker.join()
    assert count(database, Merchant) == 2


def test_numbers_taken_by_a_failed_step_are_given_again(database, manager):
    with pytest.raises(KeyError), database.writing(manager, "case.create") as work:
        assert numbers.take(work, "case", 2026) == 1
        raise KeyError
    with database.writing(manager, "case.create") as work:
        assert numbers.take(work, "case", 2026) == 1
