"""Pictures of the monthly report, step by step."""

from datetime import date
from typing import cast

from stage import Scene, Stage

from odr_desk.rules.period import Period
from odr_desk.services import cases
from odr_desk.store.database import Work
from odr_desk.ui.reports.page import EXPORT, NUMBERS, ReportsPage

AUTUMN = Period(date(2026, 9, 1), date(2026, 11, 30))  # has a late case and all weights of findings
GAPS: tuple[tuple[str, dict[str, object]], ...] = (
    ("XSBBB-2026-0005", {"problem": "P12"}),
    ("XSBBB-2026-0011", {"platform_no": ""}),
    ("XSBBB-2026-0016", {"category": ""}),
    ("XSBBB-2026-0020", {"amount": None}),
)


def _page(stage: Stage) -> ReportsPage:
    page = cast("ReportsPage", stage.page("submissions"))
    page.period.set_period(AUTUMN)
    return page


def _check(stage: Stage) -> None:
    stage.desk.write(stage.window, _leave_gaps, verb="case.update")
    stage.settle()
    _page(stage).go_on()
    stage.settle()


def _leave_gaps(work: Work) -> None:
    for number, changes in GAPS:
        cases.update(work, number, cases.named(work, number).version_id, changes)


def _numbers(stage: Stage) -> None:
    page = _page(stage)
    page.go_on()
    stage.settle()
    page.show_step(NUMBERS)


def _export(stage: Stage) -> None:
    _numbers(stage)
    page = cast("ReportsPage", stage.page("submissions"))
    page.export.show_month(page.month, page.plan, "孙主任")
    page.show_step(EXPORT)


def _wrong(stage: Stage) -> None:
    page = _page(stage)
    page.period.last.setText("2026-08-31")
    page.period.last.changed.emit()
    page.period.last.editingFinished.emit()


REPORTS = (
    Scene("reports", "empty", lambda stage: stage.page("submissions")),
    Scene("reports", "filled", lambda stage: stage.page("submissions")),
    Scene("reports-check", "filled", _check),
    Scene("reports-numbers", "filled", _numbers),
    Scene("reports-export", "filled", _export),
    Scene("reports", "error", _wrong),
)
