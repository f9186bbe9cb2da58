"""The twenty worked cases of the reference data as records, so that figures can be counted by hand."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from odr_desk import paths
from odr_desk.model.agreement import Advance
from odr_desk.model.case import Case
from odr_desk.rules import money
from odr_desk.rules.case import CaseState, Claim, Outcome, Performance
from odr_desk.rules.moments import CHINA
from odr_desk.rules.people import Actor
from odr_desk.services import demo as training_copy
from odr_desk.store import schema
from odr_desk.store.database import Database
from odr_desk.store.place import FILE
from tests.conftest import Clock
from tests.make import make_case, make_merchant

_STATES = {"O1": CaseState.SETTLED, "O2": CaseState.FAILED, "O3": CaseState.WITHDRAWN, "O6": CaseState.SUSPECTED}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _make(work, row: dict[str, str], merchants: dict[str, str]) -> Case:
    if row["merchant_demo"] not in merchants:
        merchants[row["merchant_demo"]] = make_merchant(
            work, name=row["merchant_demo"], brand=row["merchant_demo"], counter=row["counter"]
        ).number
    case = make_case(
        work,
        (Claim(row["claim_codes"].split(",")[0], money.parse(row["amount_yuan"])),),
        merchant_no=merchants[row["merchant_demo"]],
        channel=row["channel_code"],
        received_at=datetime.combine(date.fromisoformat(row["received_date"]), time(10), CHINA),
        platform_no=row["platform_no"],
        consumer_name=row["consumer_demo"],
        consumer_phone=row["phone_demo"],
        product=row["product_or_service"],
        category=row["cca_class"],
        amount=money.parse(row["amount_yuan"]),
        problem=row["problem_code"],
        problem_note="标签字号" if row["problem_code"] == "P12" else "",
    )
    _end(case, row)
    if row["advance_payment"] == "Y":
        work.session.add(_advance(work, case, row))
    return case


def _end(case: Case, row: dict[str, str]) -> None:
    if not row["result_code"]:
        return
    case.state, case.result = _STATES[row["result_code"]], Outcome(row["result_code"])
    case.ended_on = case.fed_back_on = case.answered_on = _day(row["closed_date"])
    case.refund = money.parse(row["refund_yuan"])
    case.compensation = money.parse(row["compensation_yuan"])
    case.recovered = money.parse(row["recovered_loss_yuan"])
    case.performance = Performance(row["performance_code"])
    case.satisfaction = row["satisfaction"]
    case.revisited_on = case.ended_on + timedelta(days=3) if row["satisfaction"] else None
    case.transferred_on = case.ended_on if row["result_code"] == "O2" else None


def _advance(work, case: Case, row: dict[str, str]) -> Advance:
    return Advance(
        number="锡八佰伴赔〔2026〕001号",
        case_id=case.id,
        merchant_id=case.merchant_id,
        amount=money.parse(row["recovered_loss_yuan"]),
        reason="撤场失联",
        source="deposit",
        state="paid",
        requested_at=work.now,
        requested_by="王敏",
        paid_on=_day(row["closed_date"]),
    )


@pytest.fixture(scope="session")
def demo_rows() -> list[dict[str, str]]:
    with paths.resource("reference", "demo_cases.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="session")
def _worked(once, demo_rows) -> Path:
    """A data folder with the worked cases on record."""

    def fill(database: Database, manager: Actor) -> None:
        merchants: dict[str, str] = {}
        with database.writing(manager, "test") as work:
            for row in demo_rows:
                _make(work, row, merchants)

    return once("worked", fill)[0]


@pytest.fixture
def demo(_worked, copied) -> Database:
    """The desk with the worked cases on record."""
    return copied(_worked)


@pytest.fixture(scope="session")
def trained(tmp_path_factory) -> Path:
    """A training copy, as the program makes it."""
    folder = tmp_path_factory.mktemp("trained")
    schema.create(folder / FILE)
    database = Database(folder / FILE, Clock())
    training_copy.fill(database)
    database.close()
    return folder
