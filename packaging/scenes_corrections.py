"""Pictures of taking back: the list of steps, the bin, merging, and two people on one case."""

from collections.abc import Callable
from typing import cast

from stage import Scene, Stage

from odr_desk.rules.case import CaseDraft, CaseState
from odr_desk.rules.errors import Conflict
from odr_desk.services import case_bin, case_file, cases, handling, merge_plan, merging, registration
from odr_desk.store.database import Work
from odr_desk.ui import ask, undo_list
from odr_desk.ui.cases import merging as merge_dialogs
from odr_desk.ui.cases.page import CasesPage
from odr_desk.ui.versions import VersionsDialog, differences

OPEN_CASE = "XSBBB-2026-0017"
FORGOTTEN = "XSBBB-2026-0016"


def _write(stage: Stage, verb: str, op: Callable[[Work], object]) -> None:
    stage.desk.write(stage.window, op, verb=verb)
    stage.settle()


def _twin(work: Work, key: str) -> str:
    """Register the same matter a second time, as it comes by the platform after the visit."""
    draft = case_file.detail(work, OPEN_CASE).draft
    values = {name: getattr(draft, name) for name in ("merchant_no", "received_at", "product", "problem", "facts")}
    twin = CaseDraft(channel="CH01", platform_no="320205202611230088", consumer_name=draft.consumer_name, **values)
    return registration.register(work, twin, key=key).case_no


def _twin_no(stage: Stage, key: str) -> str:
    found: list[str] = []
    stage.desk.write(stage.window, lambda work: _twin(work, key), found.append, verb="case.create")
    stage.settle()
    return found[0]


def _steps(stage: Stage) -> None:
    page = cast("CasesPage", stage.page("cases", OPEN_CASE))
    _write(
        stage, "case.next_step", lambda work: handling.set_next_step(work, OPEN_CASE, "等消费者来领", work.now.date())
    )
    _write(stage, "case.advance", lambda work: cases.advance(work, FORGOTTEN, _next_of(work)))
    undo_list.show(page.shell)
    stage.settle()


def _next_of(work: Work) -> CaseState:
    return case_file.detail(work, FORGOTTEN).legal[0]


def _no_steps(stage: Stage) -> None:
    stage.log_in("liuyang")
    undo_list.show(stage.page("cases").shell)
    stage.settle()


def _binned(stage: Stage) -> None:
    number = _twin_no(stage, "scene-bin")
    _write(stage, "case.delete", lambda work: case_bin.delete(work, number, "与柜台登记的是同一件，重复了"))
    stage.page("cases", number)


def _merge(stage: Stage) -> None:
    _twin_no(stage, "scene-merge")
    page = cast("CasesPage", stage.page("cases", OPEN_CASE))
    stage.settle()
    found = page.case._found  # noqa: SLF001 - the case on screen
    assert found is not None  # noqa: S101
    merge_dialogs.show(page.shell, page.case, found)
    stage.settle()


def _merged(stage: Stage) -> None:
    number = _twin_no(stage, "scene-merge")

    def merge(work: Work) -> None:
        plan = merge_plan.plan(work, number, OPEN_CASE, OPEN_CASE)
        if not plan.refusal:
            merging.merge(work, number, OPEN_CASE)

    _write(stage, "case.merge", merge)
    stage.page("cases", number)


def _versions(stage: Stage) -> None:
    page = cast("CasesPage", stage.page("cases", OPEN_CASE))
    found: list[Conflict] = []

    def read(work: Work) -> None:
        detail = case_file.detail(work, OPEN_CASE)
        base = {"product": detail.draft.product, "facts": detail.draft.facts}
        mine = {"product": "停车月卡", "facts": detail.draft.facts + "\n本人要求当面道歉。"}
        told = {"by": "王敏", "at": work.now.isoformat(), "version": detail.version}
        theirs = {"product": f"{base['product']}（地下二层）", "facts": base["facts"] + "\n已联系车场，愿退一半。"}
        found.append(Conflict("", {**told, "mine": mine, "theirs": theirs}))
        base_drafts.append(detail.draft)

    base_drafts: list[CaseDraft] = []
    stage.desk.read(stage.window, read, lambda _: None)
    stage.settle()
    rows = differences(found[0], CaseDraft, base_drafts[0])
    ask.show(VersionsDialog(found[0], rows, lambda _names: None, parent=page.window()))
    stage.settle()


CORRECTIONS = (
    Scene("undo", "filled", _steps),
    Scene("undo", "empty", _no_steps),
    Scene("bin", "filled", _binned),
    Scene("cases_merge", "filled", _merge),
    Scene("cases_merged", "filled", _merged),
    Scene("cases_two_people", "error", _versions),
)
