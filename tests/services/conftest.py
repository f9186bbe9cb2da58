"""The twenty worked cases of the reference data as records, so that figures can be counted by hand."""

import csv
import shutil
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from odr_desk import paths
from odr_desk.model.agreement import Advance
from odr_desk.model.case import Case
from odr_desk.model.people import User
from odr_desk.rules import money
from odr_desk.rules.case import CaseState, Claim, Outcome, Performance
from odr_desk.rules.moments import CHINA
from odr_desk.rules.people import PROGRAM, Actor
from odr_desk.services import people
from odr_desk.store.database import Database
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


@pytest.fixture
def demo(database: Database, manager, demo_rows) -> Database:
    """The desk with the worked cases on record."""
    merchants: dict[str, str] = {}
    with database.writing(manager, "test") as work:
        for row in demo_rows:
            _make(work, row, merchants)
    return database


@pytest.fixture(scope="session")
def once(template, tmp_path_factory) -> Callable[[str, Callable[[Database, Actor], object]], tuple[Path, object]]:
    """Do costly work on a data file once for all tests that begin with it; returns the file and what the work said."""
    done: dict[str, tuple[Path, object]] = {}

    def do(name: str, job: Callable[[Database, Actor], object]) -> tuple[Path, object]:
        if name not in done:
            path = tmp_path_factory.mktemp(name) / template.name
            shutil.copyfile(template, path)
            database = Database(path, Clock())
            with database.reading(PROGRAM) as work:
                manager = people.actor_of(work.session.scalars(select(User).where(User.user == "manager")).one())
            done[name] = path, job(database, manager)
            database.close()
        return done[name]

    return do


@pytest.fixture
def copied(tmp_path, clock):
    """Open a copy of a data file that was made once."""
    opened: list[Database] = []

    def open_copy(path: Path) -> Database:
        shutil.copyfile(path, tmp_path / path.name)
        opened.append(Database(tmp_path / path.name, clock))
        return opened[-1]

    yield open_copy
    for database in opened:
        database.close()
