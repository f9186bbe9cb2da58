"""Numbers without gaps: a counter row per series and year, moved in the transaction that uses the number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from odr_desk.model.agreement import Advance, Agreement
from odr_desk.model.case import Case
from odr_desk.model.document import Document
from odr_desk.model.exchange import ImportBatch, Submission
from odr_desk.model.merchant import Merchant
from odr_desk.model.reference import Counter
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Series:
    """Where the numbers of a series stand, and what 检查数据 calls them; `only` picks the rows of a shared table."""

    column: InstrumentedAttribute[str]
    word: str
    only: ColumnElement[bool] | None = None


def _of_papers(kind: str, word: str) -> Series:
    return Series(Document.number, word, Document.kind == kind)


SERIES: dict[str, Series] = {
    "case": Series(Case.number, "投诉件"),
    "merchant": Series(Merchant.number, "商户"),
    "agreement": Series(Agreement.number, "和解协议"),
    "advance": Series(Advance.number, "先行赔付"),
    "import": Series(ImportBatch.number, "导入批次"),
    "submission": Series(Submission.number, "报送"),
    "registration_receipt": _of_papers("registration_receipt", "登记回执"),
    "mediation_record": _of_papers("mediation_record", "调解笔录"),
    "failure_notice": _of_papers("failure_notice", "和解不成告知书"),
    "transfer_letter": _of_papers("transfer_letter", "移送函"),
    "return_letter": _of_papers("return_letter", "退回函"),
}
_PARTS = re.compile(r"(?:.*?(?:〔(\d{4})〕|(?<!\d)(\d{4})-))?\D*0*(\d+)号?")


def take(work: Work, series: str, year: int = 0) -> int:
    """Return the next number of a series; a year of 0 never starts again."""
    counter = _counter(work, series, year)
    counter.last += 1
    return counter.last


def reserve(work: Work, series: str, year: int, given: int) -> None:
    """Note a number that came from outside, so that it is never given again; those passed over are on record."""
    counter = _counter(work, series, year)
    skipped = passed_over(counter.skipped) - {given}
    skipped |= set(range(counter.last + 1, given))
    counter.last = max(counter.last, given)
    counter.skipped = _ranges(skipped)


def void(work: Work, series: str, given: Iterable[str]) -> None:
    """Note that these numbers have been given and nothing bears them any more; none of them is given again."""
    of_year: dict[int, set[int]] = {}
    for number in given:
        year, count = parts(number)
        of_year.setdefault(year, set()).add(count)
    for year, counts in of_year.items():
        counter = _counter(work, series, year)
        counter.skipped = _ranges(passed_over(counter.skipped) | counts)


def last(work: Work, series: str, year: int = 0) -> int:
    """Return the last number given out of a series."""
    return _counter(work, series, year).last


def advance(work: Work, series: str, year: int, upto: int) -> None:
    """Note that every number up to this one has been given, as a mass filling does."""
    counter = _counter(work, series, year)
    counter.last = max(counter.last, upto)


def passed_over(text: str) -> set[int]:
    """Return the numbers that a counter's `skipped` lists."""
    spans = (part.partition("-") for part in text.split())
    return {n for first, _, last in spans for n in range(int(first), int(last or first) + 1)}


def parts(number: str) -> tuple[int, int]:
    """Return year (0 without one) and count of a number of any series; (0, 0) when it is none."""
    found = _PARTS.fullmatch(number)
    return (int(found[1] or found[2] or 0), int(found[3])) if found else (0, 0)


def _counter(work: Work, series: str, year: int) -> Counter:
    if series not in SERIES:
        raise LookupError(f"series {series!r} is not declared in store.numbers.SERIES")
    counter = work.session.get(Counter, (series, year))
    if counter is None:
        counter = Counter(series=series, year=year, last=0, skipped="")
        work.session.add(counter)
    return counter


def _ranges(numbers: Iterable[int]) -> str:
    spans: list[list[int]] = []
    for n in sorted(numbers):
        if spans and spans[-1][1] == n - 1:
            spans[-1][1] = n
        else:
            spans.append([n, n])
    return " ".join(f"{first}-{last}" if last > first else f"{first}" for first, last in spans)
