"""Pictures of agreements, performance, advance payments, and the papers of a case."""

from typing import cast

from stage import Scene, Stage

from odr_desk.rules.clauses import TermDraft
from odr_desk.ui.papers.page import PapersPage
from odr_desk.ui.settlements.page import AgreementsPage

OPEN_CASE, OWING_CASE, DONE_CASE = "XSBBB-2026-0017", "XSBBB-2026-0014", "XSBBB-2026-0001"
CLAUSES = (
    TermDraft(kind="C07", amount=1_500, method="原路退回"),
    TermDraft(kind="C12", text="乙方三日内核对会员停车权益，并在缴费机旁写明免费时长"),
    TermDraft(kind="C08", amount=20_000, text="乙方补偿甲方交通费200元"),
)


def _duties(stage: Stage) -> None:
    stage.page("agreements", {"view": "open"})
    stage.choose()


def _everything(stage: Stage) -> None:
    stage.page("agreements", {"view": "all"})
    stage.choose(3)


def _register(stage: Stage) -> None:
    stage.page("agreements", {"part": "agreements"})
    stage.choose(1)


def _advances(stage: Stage) -> None:
    stage.page("agreements", {"part": "advances"})
    stage.choose()


def _moves(stage: Stage) -> None:
    stage.page("agreements", {"part": "moves"})
    stage.choose()


def _too_much(stage: Stage) -> None:
    _duties(stage)
    page = cast("AgreementsPage", stage.window.current())
    page.duties.panel.form.editor("amount").set_value("99999")
    page.duties.panel.submit()


def _writing(stage: Stage) -> AgreementsPage:
    page = cast("AgreementsPage", stage.page("agreements", {"agree": OPEN_CASE}))
    stage.settle()
    page.editor.clauses.load(CLAUSES)
    page.editor.clauses.changed.emit()
    return page


def _contradiction(stage: Stage) -> None:
    page = _writing(stage)
    page.editor.clauses.load((*CLAUSES[:2], TermDraft(kind="C08", amount=30_000, text="乙方补偿甲方交通费200元")))
    page.editor.submit()


def _paper(stage: Stage) -> PapersPage:
    return cast("PapersPage", stage.page("papers", {"case": OWING_CASE}))


def _no_printer(stage: Stage) -> None:
    _paper(stage).print_paper()


SETTLEMENTS = (
    Scene("agreements", "empty", lambda stage: stage.page("agreements")),
    Scene("agreements-duties", "filled", _duties),
    Scene("agreements-all", "filled", _everything),
    Scene("agreements-register", "filled", _register),
    Scene("agreements-advances", "filled", _advances),
    Scene("agreements-moves", "filled", _moves),
    Scene("agreements-duties", "error", _too_much),
    Scene("agreement-editor", "filled", _writing),
    Scene("agreement-editor", "error", _contradiction),
    Scene("paper", "filled", _paper),
    Scene("paper-receipt", "filled", lambda stage: stage.page("papers", {"case": OPEN_CASE})),
    Scene("paper", "error", _no_printer),
)
