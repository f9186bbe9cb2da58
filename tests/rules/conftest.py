import csv
from datetime import date

import pytest

from odr_desk import paths
from odr_desk.rules import calendar
from odr_desk.rules.calendar import Calendar, DayKind, SpecialDay


@pytest.fixture(scope="session")
def calendar_2026() -> Calendar:
    with paths.resource("reference", "cn_calendar_2026.csv").open(encoding="utf-8", newline="") as source:
        return calendar.make(
            tuple(
                SpecialDay(
                    date.fromisoformat(row["date"]),
                    DayKind.OFF if row["type"].startswith("休") else DayKind.WORK,
                    row["name_zh"],
                )
                for row in csv.DictReader(source)
            )
        )
