"""Pictures of 今日: a first day, and a day with work."""

from typing import cast

from stage import Scene, Stage

from odr_desk.ui.cases.page import CasesPage

OPEN_CASE = "XSBBB-2026-0017"


def _hand_over(stage: Stage) -> None:
    """An afternoon on which a promise was made; what was being typed before goes first."""
    page = cast("CasesPage", stage.page("cases", OPEN_CASE))
    page.case.tabs.choose("progress")
    log = page.case.log
    log.edit.set_value("")
    log.step.clear()
    log.step.hide()
    stage.write("快速记录", "物业周经理承诺明天下午当面付 10 元现金")
    stage.press("Ctrl+J")
    stage.press("Ctrl+Return")
    stage.page("handover")


def _unfinished(stage: Stage) -> None:
    """A day with a note and a registration that wait to be finished."""
    page = cast("CasesPage", stage.page("cases", OPEN_CASE))
    page.case.tabs.choose("progress")
    page.case.log.edit.set_value("")
    stage.write("快速记录", "车主说下午来领，还没说定几点")
    page.case.log.keep_now()
    page = cast("CasesPage", stage.page("cases", "new"))
    page.intake.form.clear()
    stage.write("一句话", "网上买的围巾到店自提，吊牌已拆，想换颜色")
    page.intake.put_away()
    stage.page("today")


TODAY: tuple[Scene, ...] = (
    Scene("today", "empty", lambda stage: stage.page("today")),
    Scene("today", "filled", lambda stage: stage.page("today")),
    Scene("today-unfinished", "filled", _unfinished),
    Scene("handover", "empty", lambda stage: stage.page("handover")),
    Scene("handover", "filled", _hand_over),
)
