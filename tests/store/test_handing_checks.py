"""Moves of a case to and from other bodies, damaged with another tool, are noticed."""

from datetime import date

import pytest
from make import make_case

from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.rules.people import PROGRAM
from odr_desk.rules.transfer import TransferDraft, TransferInDraft
from odr_desk.services import failing, transfers
from odr_desk.store import verify
from odr_desk.store.checks import handing
from odr_desk.store.checks.looking import Look


@pytest.fixture
def moved(database, mediator):
    with database.writing(mediator, "fail") as work:
        number = make_case(work).number
        transfers.take_in(work, number, TransferInDraft(body="东亭分局", on=date(2026, 11, 23)))
        failing.fail(work, number, FailDraft(reason=FailReason.OTHER), TransferDraft())
    return number


def found(database, *statements):
    with database.reading(PROGRAM) as work:
        connection = work.session.connection()
        for statement in statements:
            connection.exec_driver_sql(statement)
        return list(handing.moved(Look(connection, database.folder, True, (), None)))


def test_an_honest_register_is_clean(database, moved):
    assert found(database) == []
    with database.reading(PROGRAM) as work:
        assert verify.look_over(work.session.connection(), database.folder, full=True).is_clean


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM transfers WHERE number = 1", "应有 2 条，实有 1 条"),
        ("UPDATE cases SET transferred_on = '2026-11-01'", "记的移送日期是 2026-11-01，移送记录是 2026-11-23"),
        ("UPDATE cases SET transferred_on = NULL", "记的移送日期是 没有"),
    ],
)
def test_what_does_not_fit_is_named(database, moved, statement, words):
    ((number, said),) = found(database, statement)
    assert number == moved
    assert words in said
