import hashlib
from datetime import UTC, date, datetime

import pytest
from make import make_case, make_merchant
from sqlalchemy import select

from odr_desk.model.case import Case, CaseClaim
from odr_desk.model.journal import Change, JournalEntry
from odr_desk.model.merchant import Merchant
from odr_desk.model.people import Draft, User
from odr_desk.rules.case import CaseState
from odr_desk.rules.people import PROGRAM
from odr_desk.store import chain, journal


def entries(database, obj=None):
    with database.reading(PROGRAM) as work:
        chosen = select(JournalEntry).order_by(JournalEntry.seq)
        found = list(work.session.scalars(chosen if obj is None else chosen.where(JournalEntry.object == obj)))
        work.session.expunge_all()
        return found


def changes(database, seq):
    with database.reading(PROGRAM) as work:
        rows = work.session.scalars(select(Change).where(Change.seq == seq).order_by(Change.id))
        return [(row.field, row.old, row.new) for row in rows]


@pytest.fixture
def merchant_id(database, manager):
    with database.writing(manager, "merchant.create") as work:
        return make_merchant(work, contact="陈莉").id


def test_a_new_record_is_one_link_with_who_when_and_what(database, manager, clock, merchant_id):
    (entry,) = entries(database, f"merchants:{merchant_id}")
    assert (entry.user, entry.verb, entry.at, entry.ok) == (manager.user, "merchant.create", clock.now, True)
    assert entry.before_hash == ""
    assert len(entry.after_hash) == 64
    assert changes(database, entry.seq) == []


def test_a_change_keeps_old_and_new_value_and_the_reason(database, manager, merchant_id):
    with database.writing(manager, "merchant.update", "店长换人") as work:
        work.session.get_one(Merchant, merchant_id).contact = "王敏"
    created, changed = entries(database, f"merchants:{merchant_id}")
    assert changed.before_hash == created.after_hash
    assert changed.reason == "店长换人"
    assert changes(database, changed.seq) == [("contact", "陈莉", "王敏")]


def test_a_long_reason_is_cut_and_the_chain_holds(database, manager, merchant_id):
    with database.writing(manager, "merchant.update", "因" * 500) as work:
        work.session.get_one(Merchant, merchant_id).contact = "王敏"
    assert entries(database)[-1].reason == "因" * 200
    with database.reading(PROGRAM) as work:
        connection = work.session.connection()
        assert chain.find_fault(connection) is None


def test_several_flushes_of_one_step_count_the_version_once(database, manager, merchant_id):
    with database.writing(manager, "merchant.update") as work:
        merchant = work.session.get_one(Merchant, merchant_id)
        for name in ("甲", "乙"):
            merchant.contact = name
            work.session.flush()
        assert merchant.version_id == 2
    assert [change for entry in entries(database)[-2:] for change in changes(database, entry.seq)] == [
        ("contact", "陈莉", "甲"),
        ("contact", "甲", "乙"),
    ]


def test_a_new_record_stays_at_its_first_version_for_the_whole_step(database, manager):
    with database.writing(manager, "merchant.create") as work:
        merchant = make_merchant(work)
        merchant.contact = "王敏"
        work.session.flush()
        assert merchant.version_id == 1


def test_derived_columns_leave_no_trace(database, manager):
    with database.writing(manager, "case.create") as work:
        key = make_case(work).id
    before = len(entries(database))
    with database.writing(manager, "event.add") as work:
        case = work.session.get_one(Case, key)
        case.event_count += 1
        case.last_event_at = work.now
    assert len(entries(database)) == before
    with database.reading(PROGRAM) as work:
        assert work.session.get_one(Case, key).version_id == 1


def test_a_deleted_record_ends_in_an_empty_hash(database, manager):
    with database.writing(manager, "case.create") as work:
        case_id = make_case(work).id
    with database.writing(manager, "case.update") as work:
        claim = work.session.scalars(select(CaseClaim).where(CaseClaim.case_id == case_id)).one()
        key = claim.id
        work.session.delete(claim)
    created, deleted = entries(database, f"case_claims:{key}")
    assert (deleted.before_hash, deleted.after_hash) == (created.after_hash, "")
    assert ("code", "C04", "") in changes(database, deleted.seq)


def test_passwords_never_stand_beside_the_chain(database, manager):
    with database.writing(manager, "user.password") as work:
        user = work.session.scalars(select(User).where(User.user == "clerk")).one()
        old, user.password_hash = user.password_hash, "$argon2id$new"
    ((field, before, after),) = changes(database, entries(database)[-1].seq)
    assert (field, before, after) == ("password_hash", journal.DROPPED, journal.DROPPED)
    assert old not in str([vars(entry) for entry in entries(database)])


def test_typing_and_arranging_are_no_decisions(database, manager):
    before = len(entries(database))
    with database.writing(manager, "draft.keep") as work:
        work.session.add(Draft(user_id=manager.user_id, kind="case", subject="", content="{}", updated_at=work.now))
    assert len(entries(database)) == before
    assert work.touched == {"drafts"}


def test_a_failed_step_leaves_no_link(database, manager):
    before = len(entries(database))
    with pytest.raises(KeyError), database.writing(manager, "merchant.create") as work:
        make_merchant(work)
        raise KeyError
    assert len(entries(database)) == before


def test_a_deed_without_a_record_is_a_link_too(database, manager):
    with database.writing(manager, "export") as work:
        journal.record_deed(work, "export:F01", {"rows": 12})
        make_merchant(work)
    deed, record = entries(database)[-2:]
    assert (deed.object, deed.verb, deed.before_hash) == ("deed:export:F01", "export", "")
    assert record.object.startswith("merchants:")
    with database.reading(PROGRAM) as work:
        assert chain.find_fault(work.session.connection()) is None


def test_the_chain_holds_no_personal_data(database, manager):
    with database.writing(manager, "case.create") as work:
        make_case(work, consumer_name="欧阳娜娜", consumer_phone="19900000042")
    said = "".join(str(value) for entry in entries(database) for value in vars(entry).values())
    assert "欧阳娜娜" not in said
    assert "19900000042" not in said


def test_the_fingerprint_in_the_journal_is_that_of_the_stored_record(database, manager):
    with database.writing(manager, "case.create") as work:
        key = make_case(work, purchase_date=date(2026, 11, 1)).id
    (entry,) = entries(database, f"cases:{key}")
    with database.reading(PROGRAM) as work:
        case = work.session.get_one(Case, key)
        values = {name: getattr(case, name) for name in journal.decided_columns(Case)}
    assert journal.fingerprint(values) == entry.after_hash
    assert "event_count" not in values


@pytest.mark.parametrize("empty", [None, "", 0, False])
def test_a_column_added_later_does_not_change_fingerprints(empty):
    assert journal.fingerprint({"name": "金禧珠宝", "added": empty}) == journal.fingerprint({"name": "金禧珠宝"})


def test_every_kind_of_value_has_one_fingerprint():
    values = {
        "instant": datetime(2026, 11, 23, 2, tzinfo=UTC),
        "day": date(2026, 11, 23),
        "state": CaseState.CLOSED,
        "bytes": b"%PDF",
        "list": [1, "a"],
        "facts": {"b": 1, "a": 2},
    }
    canonical = (
        f'{{"bytes":"{hashlib.sha256(b"%PDF").hexdigest()}","day":"2026-11-23","facts":{{"a":2,"b":1}},'
        '"instant":"2026-11-23T02:00:00+00:00","list":[1,"a"],"state":"closed"}'
    )
    assert journal.fingerprint(values) == hashlib.sha256(canonical.encode()).hexdigest()
