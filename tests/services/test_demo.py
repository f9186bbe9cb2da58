import csv

import pytest
from conftest import Clock

from odr_desk import paths
from odr_desk.rules import money
from odr_desk.rules.evidence import Side
from odr_desk.rules.people import PROGRAM
from odr_desk.services import case_file, demo, evidence, views
from odr_desk.store import chain, verify
from odr_desk.store.database import Database
from odr_desk.store.place import FILE

CLOSED = ["-0001", "-0003"]


@pytest.fixture(scope="module")
def training(trained):
    database = Database(trained / FILE, Clock())
    yield database
    database.close()


def rows():
    with paths.resource("reference", "demo_cases.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["case_no"])
def test_each_case_ends_as_its_story_says(training, row):
    with training.reading(PROGRAM) as work:
        found = case_file.detail(work, row["case_no"])
    assert (found.result.value if found.result else "") == row["result_code"]
    assert found.row.due_on.isoformat() == row["due_date_10wd"]
    assert (found.recovered or 0) == money.parse(row["recovered_loss_yuan"])
    assert found.refund == money.parse(row["refund_yuan"])
    assert found.compensation + found.punitive == money.parse(row["compensation_yuan"])
    if row["closed_date"]:
        assert found.ended_on.isoformat() == row["closed_date"]


def test_the_training_copy_says_what_it_is(training):
    with training.reading(PROGRAM) as work:
        assert demo.is_training(work)
        assert views.counts(work, ("all",)) == {"all": 20}
        assert chain.find_fault(work.session.connection()) is None


def test_the_training_copy_has_evidence_and_one_blacked_out_copy(training):
    with training.reading(PROGRAM) as work:
        found = evidence.pieces(work, "XSBBB-2026-0017")
        assert [(one.party, one.called, one.shared_of) for one in found] == [
            (Side.CONSUMER, "停车缴费小票", None),
            (Side.CONSUMER, "会员权益截图", None),
            (Side.CONSUMER, "停车缴费小票（遮盖）", 1),
            (Side.MALL, "会员停车规则（公示）", None),
        ]
        assert all(one.size < 100_000 for one in found)
        assert verify.look_over(work.session.connection(), work.folder, full=True).is_clean
