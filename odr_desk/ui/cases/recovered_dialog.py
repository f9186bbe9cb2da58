"""挽回经济损失: asked at the closing gate where no agreement says what was paid."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid
from odr_desk.rules.mending import EndingDraft
from odr_desk.services import mending
from odr_desk.services.mending import Mendable
from odr_desk.ui import draft_dialog
from odr_desk.ui.draft_dialog import Question
from odr_desk.ui.screen import Shell

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work


def show(shell: Shell, parent: QWidget, number: str, then: Callable[[], object]) -> None:
    """Ask what the loss came to that was recovered, begun with what is on file as paid; `then` go on."""

    def ask(case: Mendable) -> None:
        known = case.values["recovered"]
        question = Question(
            f"{number} 挽回多少经济损失？",
            "登记",
            "挽回经济损失已登记",
            EndingDraft,
            {"recovered": case.paid if known is None else known},
            order=("recovered",),
        )

        def step(work: "Work", draft: EndingDraft) -> object:
            if draft.recovered is None:
                raise Invalid.of("recovered", "请填写挽回经济损失，没有挽回的填 0")
            return mending.mend(work, number, case.version, "recovered", draft.recovered)

        draft_dialog.show(shell, parent, question, step, verb="case.mend", then=lambda _: then())

    shell.desk.read(parent, lambda work: mending.look(work, number), ask, shell.refuse)
