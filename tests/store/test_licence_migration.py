"""A filled file of the revision before the list of licences comes to the new shape with everything in it."""

import contextlib
from datetime import UTC, date, datetime

import pytest

from odr_desk.model.merchant import MerchantLicence
from odr_desk.rules.keeping import Why
from odr_desk.rules.people import PROGRAM
from odr_desk.store import backup, chain, journal, opening, place, schema, sqlite
from odr_desk.store.database import Database
from odr_desk.store.verify import look_over

BLANK = dict.fromkeys(
    (
        "brand", "nickname", "floor", "trade", "uscc", "subject_type", "legal_person", "contact", "phone",
        "after_hours", "odr_contact", "prepaid_filing_no", "no_reason_scope", "no_reason_terms", "credit_level",
        "training", "note", "initials", "pinyin", "findable",
    ),
    "",
)  # fmt: skip
DERIVED = ("initials", "pinyin", "findable")
HELD = {
    "id": 1, "number": "M0001", "name": "金禧珠宝", "counter": "1F-101", "licence_no": "JY13202050000001",
    "licence_expires": date(2026, 12, 1), "is_food": True, "is_cosmetics": False, "provisional": False,
    "retired": False, "created_at": datetime(2026, 11, 1, 2, 30, tzinfo=UTC), "version_id": 3, "deposit": 5_000_000,
}  # fmt: skip
NONE = {**HELD, "id": 2, "number": "M0002", "licence_no": "", "licence_expires": None}


@pytest.fixture
def older(tmp_path):
    """A file of the revision before, with a merchant that holds a licence and one that holds none."""
    path = tmp_path / place.FILE
    schema.bring_up(path, "0002", create=True)
    with contextlib.closing(sqlite.connect(path)) as connection:
        previous = chain.START
        for seq, row in enumerate((HELD, NONE), start=1):
            previous = _put(connection, seq, previous, {**BLANK, **row})
        _insert(connection, "counters", {"series": "merchant", "year": 0, "last": 2, "skipped": ""})
    return path


def _put(connection, seq, previous, row):
    """Insert a merchant and the link that the journal has of it, and return the hash of that."""
    _insert(connection, "merchants", {**row, "created_at": "2026-11-01 02:30:00.000000"})
    sealed = journal.fingerprint({name: value for name, value in row.items() if name not in DERIVED})
    link = {
        "seq": seq, "version": chain.VERSION, "at": row["created_at"], "user": "lin", "verb": "merchant.create",
        "object": f"merchants:{row['id']}", "before_hash": "", "after_hash": sealed, "reason": "", "ok": True,
        "previous": previous,
    }  # fmt: skip
    own = chain.seal_of(chain.facts_of(link))
    _insert(connection, "journal", {**link, "at": "2026-11-01 02:30:00.000000", "hash": own})
    return own


def _insert(connection, table, values):
    plain = [value.isoformat() if isinstance(value, date) else value for value in values.values()]
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain)


def _findings(path):
    database = Database(path)
    with database.reading(PROGRAM) as work:
        found = look_over(work.session.connection(), path.parent, full=True)
        held = [(row.merchant_id, row.kind, row.number, row.expires) for row in work.session.query(MerchantLicence)]
    database.close()
    return found, held


def test_the_licence_on_record_becomes_the_first_of_the_list(older):
    schema.bring_up(older)
    found, held = _findings(older)
    assert held == [(1, "许可证", "JY13202050000001", date(2026, 12, 1))]
    assert found.problems == ()


def test_the_journal_tells_what_left_the_record(older):
    schema.bring_up(older)
    with contextlib.closing(sqlite.connect(older)) as connection:
        links = connection.execute("SELECT verb, object FROM journal WHERE seq > 2 ORDER BY seq").fetchall()
        left = connection.execute("SELECT field, old, new FROM changes ORDER BY id").fetchall()
    assert links == [("upgrade", "merchant_licences:1"), ("upgrade", "merchants:1")]
    assert left == [("licence_no", "JY13202050000001", ""), ("licence_expires", "2026-12-01", "")]


def test_a_record_that_was_tampered_with_is_still_found(older):
    with contextlib.closing(sqlite.connect(older)) as connection:
        connection.execute("UPDATE merchants SET deposit = 1 WHERE id = 1")
    schema.bring_up(older)
    found, _held = _findings(older)
    assert [(problem.invariant, problem.object) for problem in found.problems] == [("records", "merchants:1")]


def test_opening_backs_the_older_file_up_and_brings_it_up(older):
    database = opening.open_database(older.parent)
    with database.reading(PROGRAM) as work:
        assert work.session.query(MerchantLicence).count() == 1
    database.close()
    (made,) = backup.listed(older.parent / place.BACKUPS)
    assert (made.manifest.why, made.manifest.revision) == (Why.UPGRADE, "0002")
