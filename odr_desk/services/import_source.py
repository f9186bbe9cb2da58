"""A foreign workbook as an import sees it: read once, away from the database."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from odr_desk.rules.errors import Invalid
from odr_desk.rules.importing import PreviewRow, Progress, Verdict, untold
from odr_desk.sheets import profile_of, profiles, reading
from odr_desk.sheets.profiles import Imported

UNUSED = ""
"""Stands in a mapping for a column that is left out."""
WORKBOOKS = "表格 (*.xlsx *.xlsm *.xls *.ods *.csv)"
"""The kinds of file that can be read, for a file dialog."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds under a profile; `sha256` tells whether it has been imported before."""

    profile: str
    file_name: str
    sha256: str
    table: Imported


def load(path: Path, profile: str, mapping: Mapping[str, str] | None = None, progress: Progress = untold) -> Source:
    """Read a file; raise UnsafeFile or Invalid in complete words when it is damaged or another kind of table.

    `mapping` says which field a heading stands for that the profile does not know; an empty text leaves a column out.
    """
    _check(profile, mapping or {})
    book = reading.read(path, lambda: progress(0, 0))
    table = profiles.read_book(book, profile_of(profile), mapping)
    return Source(profile, path.name, _fingerprint(path), table)


def _fingerprint(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        raise Invalid.of("path", f"“{path.name}”刚读完就打不开了，可能被移走或拔下了，没有导入；请放回后再试") from None


def _check(profile: str, mapping: Mapping[str, str]) -> None:
    known = {field.name: field.label for field in profile_of(profile).fields}
    wrong = sorted(set(mapping.values()) - known.keys() - {""})
    if wrong:
        there = "、".join(f"{name} {label}" for name, label in known.items())
        raise Invalid.of("mapping", f"没有“{wrong[0][:30]}”这一项，可选：{there}")


def fields(profile: str) -> tuple[tuple[str, str], ...]:
    """Return name and label of everything that a column may stand for."""
    return tuple((field.name, field.label) for field in profile_of(profile).fields)


def columns(source: Source) -> dict[str, str]:
    """Return the field of every heading of the table, those without one first."""
    return {**dict.fromkeys(source.table.unmapped, UNUSED), **source.table.headings}


def check_columns(profile: str, mapping: Mapping[str, str]) -> None:
    """Raise Invalid when two columns are said to be the same, for only one of them would be read."""
    twice = next((name for name, count in Counter(mapping.values()).items() if name != UNUSED and count > 1), "")
    if twice:
        several = "、".join(f"“{heading}”" for heading, name in mapping.items() if name == twice)
        label = profile_of(profile).field(twice).label
        raise Invalid.of("mapping", f"{several}都对应“{label}”，只能留一列，其余请选“不用这一列”")


def remarks_on(source: Source) -> tuple[str, ...]:
    """Return what is to be said about the table as a whole."""
    found: list[str] = []
    if source.table.missing:
        found.append(f"表里没有这几列：{'、'.join(source.table.missing)}，缺它们的行不能导入")
    if source.table.unmapped:
        found.append(f"这几列没有用到：{'、'.join(source.table.unmapped)}")
    return (*found, *source.table.notes)


def skipped_rows(source: Source) -> tuple[PreviewRow, ...]:
    """Return the rows of the table that are no records."""
    return tuple(PreviewRow(row.number, Verdict.SKIPPED, "", "", "", (), (row.text,)) for row in source.table.skipped)


def with_repeats(source: Source, numbers: Mapping[int, str]) -> dict[int, str]:
    """Return the numbers of records by row, rows that repeat an earlier one among them."""
    repeats = ((row.number, row.repeats) for row in source.table.rows if row.repeats is not None)
    return {**numbers, **{row: numbers[earlier] for row, earlier in repeats if earlier in numbers}}
