"""How cases like this one ended in the last twelve months: what to tell both sides before they bargain."""

from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import median

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.rules import moments
from odr_desk.rules.case import Outcome
from odr_desk.rules.people import Right
from odr_desk.services import cases, queue
from odr_desk.services.queue import CaseFilter
from odr_desk.store.database import Work

SPAN = timedelta(days=365)
LEAST = 3
"""Fewer ended cases than this say nothing about the usual, and would point at single ones."""
SHARE = "有退款的和解件里，退款占争议金额的中位数"
MEANING = "同一商品服务类别、同一投诉问题，近 12 个月收到、已有结果的件，不含这一件"


@dataclass(frozen=True, slots=True)
class Precedents:
    """Ended cases of the same class of goods and problem, this one left out.

    `refund_share` is the median of what was paid back, in per cent of the amount in dispute, among the settled
    cases in which something was: of those solved on the spot or by an exchange nothing says that it was nothing.
    None when they are too few. Each filter opens the cases that its figure counts.
    """

    ended: int
    settled: int
    refund_share: int | None
    those: CaseFilter
    settled_ones: CaseFilter
    paid_ones: CaseFilter

    @property
    def is_enough(self) -> bool:
        """Tell whether there are enough to be shown."""
        return self.ended >= LEAST


def of(work: Work, number: str) -> Precedents | None:
    """Return the precedents of a case; None when it has no class or problem to compare by."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, number)
    if not (case.category and case.problem):
        return None
    ended = CaseFilter(
        view="all",
        category=case.category,
        problem=case.problem,
        results=tuple(Outcome),
        received_from=moments.day_of(work.now) - SPAN,
        besides=case.id,
        sort="received",
        descending=True,
    )
    settled = replace(ended, results=(Outcome.SETTLED,))
    paid = work.session.execute(select(Case.amount, Case.refund).where(queue.condition(work, settled))).all()
    shares = [refund * 100 / amount for amount, refund in paid if amount and refund]
    return Precedents(
        ended=queue.count(work, ended),
        settled=len(paid),
        refund_share=round(median(shares)) if len(shares) >= LEAST else None,
        those=ended,
        settled_ones=settled,
        paid_ones=replace(settled, refunded=True),
    )
