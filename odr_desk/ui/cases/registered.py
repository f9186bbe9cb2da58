"""What is said once a case has been registered, and what becomes of words that were typed while it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odr_desk.rules import moments
from odr_desk.rules.case import Level
from odr_desk.services import drafts
from odr_desk.services.registration import Registered

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work


def said(made: Registered, *, on_spot: bool) -> str:
    """Return the number of a new case, its level where that is out of the ordinary, and what comes next."""
    due = moments.show_day(made.deadlines[-1].due)
    then = "当场解决" if on_spot else f"{due} 前和解并反馈"
    level = f"，定为{made.level.label}" if made.level not in (None, Level.NORMAL) else ""
    return f"{made.case_no} 已登记{level}，{then}"


@dataclass(frozen=True, slots=True)
class Later:
    """What was typed while the case was being written down: a change of it that has not been saved.

    Another merchant is no change of a case: his name waits in the note about it.
    """

    fields: Mapping[str, object]
    merchant: str

    @property
    def told(self) -> str:
        """Return what the clerk is told about it, nothing when there is nothing."""
        told = [f"登记时商户又改写成“{self.merchant}”，写在快速记录里还没存"] if self.merchant else []
        told += ["登记时又打的字还没存，按 F2 接着改"] if self.fields else []
        return "；".join(told)

    def keep(self, work: "Work", number: str, key: str) -> None:
        """Keep it for the case of this number, in place of the draft that the case came from."""
        drafts.drop_for(work, drafts.INTAKE, key)
        if self.fields:
            drafts.keep_for(work, drafts.FIELDS, number, self.fields)
        if self.merchant:
            drafts.keep_for(work, drafts.LOG, number, {"text": f"登记时商户又改写成：{self.merchant}"})
