from datetime import datetime

import pytest
from make import make_merchant

from odr_desk.rules.people import PROGRAM
from odr_desk.store import chain


@pytest.fixture
def long_chain(database, manager):
    for _ in range(5):
        with database.writing(manager, "merchant.create") as work:
            make_merchant(work)
    return database


def forge(database, *statements):
    with database.connection() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.commit()


def fault(database, after=0):
    with database.reading(PROGRAM) as work:
        return chain.find_fault(work.session.connection(), after)


def head(database):
    with database.reading(PROGRAM) as work:
        return chain.head(work.session.connection())


def test_an_untouched_chain_is_whole(long_chain):
    seq, sealed = head(long_chain)
    assert seq > 5
    assert len(sealed) == 64
    assert fault(long_chain) is None


@pytest.mark.parametrize("column", ["at", "user", "verb", "object", "before_hash", "after_hash", "reason", "ok"])
def test_every_changed_fact_of_a_link_is_found(long_chain, column):
    seq = head(long_chain)[0] - 2
    value = {"at": "'2020-01-01 00:00:00.000000'", "ok": "0"}.get(column, "'forged'")
    forge(long_chain, f'UPDATE journal SET "{column}" = {value} WHERE seq = {seq}')
    found = fault(long_chain)
    assert found is not None
    assert found.seq == seq
    assert f"第 {seq} 条" in found.text


def test_a_link_sealed_anew_breaks_the_next_one(long_chain):
    seq = head(long_chain)[0] - 2
    with long_chain.connection() as connection:
        row = connection.exec_driver_sql(f"SELECT * FROM journal WHERE seq = {seq}").mappings().one()
        facts = dict(row) | {"reason": "forged", "ok": True}
        facts["at"] = datetime.fromisoformat(f"{facts['at']}+00:00")
        resealed = chain.seal_of(chain.facts_of(facts))
    forge(long_chain, f"UPDATE journal SET reason = 'forged', hash = '{resealed}' WHERE seq = {seq}")
    assert fault(long_chain).seq == seq + 1


def test_a_removed_link_is_found(long_chain):
    seq = head(long_chain)[0] - 2
    forge(long_chain, f"DELETE FROM journal WHERE seq = {seq}")
    assert fault(long_chain).seq == seq


def test_an_inserted_link_is_found(long_chain):
    seq = head(long_chain)[0]
    forge(
        long_chain,
        f"INSERT INTO journal SELECT {seq} + 1, version, at, user, verb, object, before_hash, after_hash, reason, ok,"
        f" previous, hash FROM journal WHERE seq = {seq}",
    )
    assert fault(long_chain).seq == seq + 1


def test_links_that_changed_places_are_found(long_chain):
    seq = head(long_chain)[0] - 3
    forge(
        long_chain,
        f"UPDATE journal SET seq = -1 WHERE seq = {seq}",
        f"UPDATE journal SET seq = {seq} WHERE seq = {seq} + 1",
        f"UPDATE journal SET seq = {seq} + 1 WHERE seq = -1",
    )
    assert fault(long_chain).seq == seq


def test_a_cut_end_shows_only_against_a_head_known_elsewhere(long_chain):
    seal = head(long_chain)
    forge(long_chain, f"DELETE FROM journal WHERE seq = {seal[0]}")
    assert fault(long_chain) is None
    with long_chain.reading(PROGRAM) as work:
        assert chain.link(work.session.connection(), seal[0]) != seal


def test_walking_can_begin_behind_a_link_already_proved(long_chain):
    seq = head(long_chain)[0]
    forge(long_chain, "UPDATE journal SET reason = 'forged' WHERE seq = 1")
    assert fault(long_chain, after=seq - 2) is None
    assert fault(long_chain).seq == 1


def test_a_start_that_is_not_there_is_a_fault(long_chain):
    assert fault(long_chain, after=10_000).seq == 10_000


def test_an_empty_chain_starts_with_zeros(database):
    forge(database, "DELETE FROM changes", "DELETE FROM journal")
    assert head(database) == (0, chain.START)
    assert fault(database) is None


def test_the_walk_says_how_far_it_is(long_chain, monkeypatch):
    monkeypatch.setattr(chain, "_BATCH", 2)
    heard = []
    with long_chain.reading(PROGRAM) as work:
        chain.find_fault(work.session.connection(), 0, heard.append)
    assert heard
    assert all(done % 2 == 0 for done in heard)
