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


TODAY: tuple[Scene, ...] = (
    Scene("today", "empty", lambda stage: stage.page("today")),
    Scene("today", "filled", lambda stage: stage.page("today")),
    Scene("handover", "empty", lambda stage: stage.page("handover")),
    Scene("handover", "filled", _hand_over),
)
