"""Public data: read from the CSV files at setup, from then on from the tables the desk may edit."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from sqlalchemy import select

from odr_desk import paths
from odr_desk.model.reference import CalendarDay, Code, DeadlineRuleRow, LegalRule
from odr_desk.model.wording import CallScript, TextModule
from odr_desk.rules import calendar
from odr_desk.rules.calendar import Calendar, DayKind, SpecialDay
from odr_desk.rules.deadlines import Clock, DeadlineRule, Unit
from odr_desk.store.database import Work

GROUPS: tuple[tuple[str, str, str, str], ...] = (
    # group of codes, file, column that selects the rows, its value
    ("channels", "channels.csv", "group", "product"),
    ("claims", "claims.csv", "", ""),
    ("problems", "problem_categories.csv", "scheme", "regulator_report_12cols"),
    ("categories", "goods_services_categories.csv", "scheme", "cca_goods_10"),
    ("categories", "goods_services_categories.csv", "scheme", "cca_services"),
    ("categories", "goods_services_categories.csv", "scheme", "cca_other"),
    ("ch20", "goods_services_categories.csv", "scheme", "12315_CH20_goods_3digit"),
    ("trades", "goods_services_categories.csv", "scheme", "mall_trade_30"),
    ("outcomes", "outcomes.csv", "group", "odr_result"),
    ("modes", "outcomes.csv", "group", "negotiation_mode_order121"),
    ("presets", "presets.csv", "", ""),
)


def fill(work: Work) -> None:
    """Put the shipped public data into the empty tables."""
    for group, file, column, value in GROUPS:
        chosen = (row for row in rows(file) if not column or row[column] == value)
        work.session.add_all(_code(group, rank, row) for rank, row in enumerate(chosen, start=1))
    work.session.add_all(_special(row) for row in rows("cn_calendar_2026.csv"))
    work.session.add_all(_deadline(row) for row in rows("deadline_rules.csv"))
    work.session.add_all(_law(row) for row in rows("legal_rules.csv"))
    complete(work)


def complete(work: Work) -> None:
    """Put in what is shipped since the file was set up: rows are only retired, so an empty table is a new one."""
    if work.session.scalars(select(TextModule.id).limit(1)).first() is None:
        work.session.add_all(_module(rank, row) for rank, row in enumerate(rows("text_modules.csv"), start=1))
    if work.session.scalars(select(CallScript.id).limit(1)).first() is None:
        work.session.add_all(_scripts(rows("call_scripts.csv")))


def rows(file: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a shipped CSV file."""
    with paths.resource("reference", file).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def load_calendar(work: Work) -> Calendar:
    """Return the calendar as far as it has been entered."""
    days = work.session.execute(select(CalendarDay.day, CalendarDay.kind, CalendarDay.name))
    return calendar.make(tuple(SpecialDay(*row) for row in days))


def load_deadline_rules(work: Work) -> tuple[DeadlineRule, ...]:
    """Return every deadline rule, those no longer in force too."""
    return tuple(
        DeadlineRule(
            code=row.code,
            name=row.name,
            clock=row.clock,
            length=row.length,
            unit=row.unit,
            basis=row.basis,
            channels=tuple(row.channels.split()),
            district=row.district,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in work.session.scalars(select(DeadlineRuleRow))
    )


def template(form: str) -> Path:
    """Return the shipped workbook of a regulator's form."""
    return paths.resource("templates", f"{form}.xlsx")


def _code(group: str, rank: int, row: dict[str, str]) -> Code:
    code = row["code"] or row["name_zh"]
    taken = ("code", "name_zh", "short_zh", "verification", "source", "group", "scheme", "level")
    extra = {name: value for name, value in row.items() if name not in taken and value}
    return Code(
        group=group,
        code=code,
        name=row["name_zh"],
        short=row.get("short_zh") or row["name_zh"],
        rank=rank,
        extra=json.dumps(extra, ensure_ascii=False),
    )


def _special(row: dict[str, str]) -> CalendarDay:
    kind = DayKind.OFF if row["type"].startswith("休") else DayKind.WORK
    return CalendarDay(day=date.fromisoformat(row["date"]), kind=kind, name=row["name_zh"], source=row["source"])


def _deadline(row: dict[str, str]) -> DeadlineRuleRow:
    return DeadlineRuleRow(
        code=row["code"],
        name=row["name"],
        clock=Clock(row["clock"]),
        length=int(row["length"]),
        unit=Unit(row["unit"]),
        basis=row["basis"],
        channels=row["channels"],
        district=row["district"],
        valid_from=date.fromisoformat(row["valid_from"]),
    )


def _module(rank: int, row: dict[str, str]) -> TextModule:
    return TextModule(rank=rank * 10, **row)


def _scripts(points: Iterator[dict[str, str]]) -> Iterator[CallScript]:
    """Yield a script for each run of points about the same problem and party."""
    for (problem, party), run in groupby(points, key=lambda row: (row["problem"], row["party"])):
        yield CallScript(problem=problem, party=party, points="\n".join(row["point"] for row in run))


def _law(row: dict[str, str]) -> LegalRule:
    wanted = {column.key for column in LegalRule.__table__.columns}
    return LegalRule(name=row["name_zh"], **{k: v for k, v in row.items() if k in wanted})
