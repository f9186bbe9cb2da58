"""Numbers: unique and without gaps, from 1 to the counter, save those known to have been passed over."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select

from odr_desk.model.reference import Counter
from odr_desk.store import numbers
from odr_desk.store.checks.looking import Finding, Look


def counted(look: Look) -> Iterator[Finding]:
    """Compare how many numbers there are with how many were given."""
    given: dict[str, int] = defaultdict(int)
    for name, last, skipped in look.connection.execute(select(Counter.series, Counter.last, Counter.skipped)):
        given[name] += last - len(numbers.passed_over(skipped))
    for name, series in numbers.SERIES.items():
        there = look.connection.execute(_of(series, select(func.count(series.column)))).scalar_one()
        if there != given[name]:
            yield name, f"{series.word}编号发出 {given[name]} 个，实有 {there} 个"


def complete(look: Look) -> Iterator[Finding]:
    """Look for every single number."""
    if not look.full:
        return
    rows = look.connection.execute(select(Counter.series, Counter.year, Counter.last, Counter.skipped)).all()
    expected = {
        (name, year): set(range(1, last + 1)) - numbers.passed_over(skipped) for name, year, last, skipped in rows
    }
    for name, series in numbers.SERIES.items():
        for (number,) in look.connection.execution_options(yield_per=5000).execute(_of(series, select(series.column))):
            year, count = numbers.parts(number)
            try:
                expected[name, year].remove(count)
            except KeyError:
                yield number, f"{series.word}编号 {number} 不是由编号表发出的，或者重复"
        for (named, year), missing in sorted(expected.items()):
            if named == name and missing:
                first = "、".join(map(str, sorted(missing)[:5]))
                yield (
                    name,
                    f"{series.word}编号 {year or ''} 缺 {len(missing)} 个：{first}{'…' * (len(missing) > 5)}",
                )


def _of(series: numbers.Series, chosen: Select[Any]) -> Select[Any]:
    return chosen if series.only is None else chosen.where(series.only)
