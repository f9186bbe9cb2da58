"""The seven stations of a case and the one button that takes it to the next."""

from odr_desk.rules.case import ENDED, CaseState, Performance
from odr_desk.rules.labels import Word


class Station(Word):
    """Where a case stands on its way; the label is what has to be done there.

    JUDGE stands beside the way: a suspicion has to be settled one way or the other first.
    """

    ACCEPT = "accept", "受理"
    CALL_MERCHANT = "call_merchant", "联系商户"
    MEDIATE = "mediate", "安排调解"
    AGREE = "agree", "出协议"
    PERFORM = "perform", "登记履行"
    FEED_BACK = "feed_back", "反馈平台"
    CLOSE = "close", "结案"
    JUDGE = "judge", "核定结果"
    CLOSED = "closed", "已归档"


ASIDE = frozenset({Station.JUDGE, Station.CLOSED})
STATIONS = tuple(station for station in Station if station not in ASIDE)
_KEPT = (Performance.NONE, Performance.AT_ONCE, Performance.DONE, Performance.ADVANCED)


def station_of(
    *,
    state: CaseState,
    accepted: bool,
    merchant_told: bool,
    mediated: bool,
    performance: Performance,
    needs_feedback: bool,
) -> Station:
    """Return the station a case has reached; a result without an agreement skips to feedback."""
    if state is CaseState.CLOSED:
        return Station.CLOSED
    if state is CaseState.SUSPECTED:
        return Station.FEED_BACK if needs_feedback else Station.JUDGE
    if state in ENDED:
        if state is CaseState.SETTLED and performance not in _KEPT:
            return Station.PERFORM
        return Station.FEED_BACK if needs_feedback else Station.CLOSE
    if not accepted and state in (CaseState.PENDING, CaseState.REGISTERED):
        return Station.ACCEPT
    if not merchant_told:
        return Station.CALL_MERCHANT
    return Station.AGREE if mediated else Station.MEDIATE
