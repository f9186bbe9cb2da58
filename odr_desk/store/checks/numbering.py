"""Numbers: unique and without gaps, from 1 to the counter, save those known to have been passed over."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import func, select

from odr_desk.model.reference import Counter
from odr_desk.store import numbers
from odr_desk.store.checks.looking import Finding, Look

_WORDS = {
    "case": "投诉件", "merchant": "商户", "agreement": "和解协议", "advance": "先行赔付", "import": "导入批次",
    "submission": "报送",
}  # fmt: skip


def counted(look: Look) -> Iterator[Finding]:
    """Compare how many numbers there are with how many were given."""
    given: dict[str, int] = defaultdict(int)
    for series, last, skipped in look.connection.execute(select(Counter.series, Counter.last, Counter.skipped)):
        given[series] += last - len(numbers.passed_over(skipped))
    for series, column in numbers.SERIES.items():
        there = look.connection.execute(select(func.count()).select_from(column.class_)).scalar_one()
        if there != given[series]:
            yield series, f"{_WORDS[series]}编号发出 {given[series]} 个，实有 {there} 个"


def complete(look: Look) -> Iterator[Finding]:
    """Look for every single number."""
    if not look.full:
        return
    rows = look.connection.execute(select(Counter.series, Counter.year, Counter.last, Counter.skipped)).all()
    expected = {
        (series, year): set(range(1, last + 1)) - numbers.passed_over(skipped) for series, year, last, skipped in rows
    }
    for series, column in numbers.SERIES.items():
        for (number,) in look.connection.execution_options(yield_per=5000).execute(select(column)):
            year, count = numbers.parts(number)
            try:
                expected[series, year].remove(count)
            except KeyError:
                yield number, f"{_WORDS[series]}编号 {number} 不是由编号表发出的，或者重复"
        for (named, year), missing in sorted(expected.items()):
            if named == series and missing:
                first = "、".join(map(str, sorted(missing)[:5]))
                yield (
                    series,
                    f"{_WORDS[series]}编号 {year or ''} 缺 {len(missing)} 个：{first}{'…' * (len(missing) > 5)}",
                )
