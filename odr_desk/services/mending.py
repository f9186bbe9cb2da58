"""Mend in a case what a report found missing: a gap is closed where it is seen, with the usual checks and traces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from odr_desk.model.case import Case
from odr_desk.rules import masking, moments, money
from odr_desk.rules.case import Outcome, Performance
from odr_desk.rules.errors import Conflict, Invalid, Problem
from odr_desk.rules.events import EventKind
from odr_desk.rules.people import Right
from odr_desk.services import cases, feedback, timeline, versions
from odr_desk.store.database import Work

OF_THE_DRAFT = frozenset({"problem", "problem_note", "category", "amount", "platform_no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mendable:
    """What is shown beside the gap that is being closed."""

    case_id: int
    case_no: str
    version: int
    consumer: str
    merchant: str
    product: str
    received_on: date
    ended_on: date | None
    result: Outcome | None
    performance: Performance
    refund: int
    paid: int
    values: Mapping[str, object]


def look(work: Work, case_no: str) -> Mendable:
    """Return a case as the panel of the report shows it."""
    work.actor.require(Right.READ_CASES)
    case = cases.named(work, case_no)
    return Mendable(
        case_id=case.id,
        case_no=case.number,
        version=case.version_id,
        consumer=masking.name(case.consumer_name),
        merchant=case.merchant_name,
        product=case.product,
        received_on=case.received_on,
        ended_on=case.ended_on,
        result=case.result,
        performance=case.performance,
        refund=case.refund,
        paid=case.refund + case.compensation + case.punitive,
        values={name: getattr(case, name) for name in (*sorted(OF_THE_DRAFT), *_SET)},
    )


def mend(work: Work, case_no: str, version: int, field: str, value: object) -> int:
    """Set one field and return the new version; Conflict when somebody changed the case meanwhile."""
    if field in OF_THE_DRAFT:
        return cases.update(work, case_no, version, {field: value})
    if field not in _SET:
        raise Invalid.of(field, f"“{field}”不能在这里改，请打开投诉件修改")
    # What a loss came to is also asked for by the closing gate, of who ends the case.
    work.actor.require(Right.MEDIATE if field == "recovered" else Right.REPORT)
    case = cases.named(work, case_no)
    if case.version_id != version:
        by, at = versions.touched(work, f"cases:{case.id}")
        raise Conflict(
            f"投诉件 {case_no} 在 {moments.show_moment(at)} 被{by}改过，您的改动没有存。请重新载入后再改",
            {
                "by": by,
                "at": moments.local(at).isoformat(),
                "version": case.version_id,
                "mine": {field: value},
                "theirs": {field: getattr(case, field)},
            },
        )
    _SET[field](work, case, value)
    work.session.flush()
    return case.version_id


def _set_recovered(work: Work, case: Case, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= money.LARGEST_FEN:
        raise Invalid.of("recovered", "请填写挽回经济损失，没有挽回的填 0")
    before = "未填" if case.recovered is None else money.show(case.recovered)
    case.recovered = value
    timeline.system(work, case, EventKind.CHANGED, f"挽回经济损失：{before} → {money.show(value)}")


def _set_ended_on(work: Work, case: Case, value: object) -> None:
    if not isinstance(value, date):
        raise Invalid.of("ended_on", "请填写办结日期")
    if case.ended_on is None:
        raise Invalid.of("ended_on", f"投诉件 {case.number} 还没有办结，请先在投诉件里记下结果")
    if not case.received_on <= value <= moments.day_of(work.now):
        raise Invalid.of("ended_on", f"办结日期应在收到日期 {case.received_on} 到今天之间，请核对")
    timeline.system(work, case, EventKind.CHANGED, f"办结日期：{case.ended_on} → {value}")
    case.ended_on = value


def _set_fed_back_on(work: Work, case: Case, value: object) -> None:
    if not isinstance(value, date):
        raise Invalid.of("fed_back_on", "请填写反馈平台的日期")
    try:
        feedback.send(work, case.number, value)
    except Invalid as error:  # the platform's page calls the same day by another name
        raise Invalid(tuple(Problem("fed_back_on", problem.text) for problem in error.problems)) from None


_SET: dict[str, Callable[[Work, Case, object], None]] = {
    "recovered": _set_recovered,
    "ended_on": _set_ended_on,
    "fed_back_on": _set_fed_back_on,
}
