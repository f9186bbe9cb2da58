"""What a monthly form is made from: facts for the sheet, the sums people check, and the cases it concerns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from odr_desk.rules import moments
from odr_desk.rules.completeness import CaseFacts
from odr_desk.rules.mall import Mall
from odr_desk.rules.period import Period
from odr_desk.rules.reporting import BASIS, COUNTED, EndedBy, Reporting, ended_by
from odr_desk.services import setup
from odr_desk.sheets.form import Facts
from odr_desk.store import settings
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What all forms of one month share: the period, the mall, who fills them in, and how 已处理 is reckoned."""

    period: Period
    mall: Mall
    basis: EndedBy
    today: date
    filler: str

    @property
    def note(self) -> str:
        """Return the words that say how it was counted."""
        return f"统计期间 {self.period.shown}（含首尾两日），截至 {self.today}；{BASIS[self.basis]}；{COUNTED}"

    def slots(self) -> dict[str, str | date]:
        """Return what stands outside the table."""
        return {
            "unit": self.mall.name,
            "period": self.period.shown,
            "filler": self.filler,
            "checker": self.mall.reviewer,
            "phone": self.mall.phone,
            "filled_on": self.today,
        }


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure people check by hand before the form leaves, as printed."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Two ways to the same number, said as people would check it, and whether they meet."""

    text: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Collected:
    """All that one form needs, counted; `rows` are the lines with figures."""

    facts: Facts
    rows: int
    sums: tuple[Sum, ...]
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One monthly form: its code in the register of forms, how it is counted, which cases it is about."""

    code: str
    collect: Callable[[Work, Circumstances], Collected]
    concerns: Callable[[CaseFacts], bool] = lambda _case: True


def circumstances(work: Work, period: Period) -> Circumstances:
    """Return what the forms of a period share."""
    mall = setup.profile(work)
    return Circumstances(
        period=period,
        mall=mall,
        basis=ended_by(settings.load(work, Reporting)),
        today=moments.day_of(work.now),
        filler=mall.reporter or work.actor.name,
    )
