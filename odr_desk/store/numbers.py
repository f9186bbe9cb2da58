"""Numbers without gaps: a counter row per series and year, moved in the transaction that uses the number."""

from odr_desk.model.reference import Counter
from odr_desk.store.database import Work


def take(work: Work, series: str, year: int = 0) -> int:
    """Return the next number of a series; a year of 0 never starts again."""
    counter = work.session.get(Counter, (series, year))
    if counter is None:
        counter = Counter(series=series, year=year, last=0)
        work.session.add(counter)
    counter.last += 1
    return counter.last


def reserve(work: Work, series: str, year: int, upto: int) -> None:
    """Make sure that the series goes on after `upto`, for numbers that were given outside."""
    counter = work.session.get(Counter, (series, year))
    if counter is None:
        work.session.add(Counter(series=series, year=year, last=upto))
    else:
        counter.last = max(counter.last, upto)
