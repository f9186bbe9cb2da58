"""A complaint copied off the platform's page or list: labels with what stands beside or below them."""

import re

from odr_desk.sheets import names
from odr_desk.sheets.platform_list import PROFILE
from odr_desk.sheets.profiles import ImportedRow, read_book
from odr_desk.sheets.reading import Sheet, Workbook

FEWEST = 3
"""Labels that must be known before copied text is taken for a complaint."""
LONGEST = 50_000
"""Characters beyond which a text is none either."""
_LONG = ("facts", "claims")
_LABELLED = re.compile(r"([^:：]{2,14})[:：]\s*(.*)", re.DOTALL)


def row_of(text: str) -> ImportedRow | None:
    """Return the first complaint as the import would read it from a list; None when the text is none."""
    pairs = (_table(text) or _labels(text)[0]) if len(text) <= LONGEST else {}
    if len(pairs) < FEWEST:
        return None
    sheet = Sheet(PROFILE.title, (tuple(pairs), tuple(pairs.values())))
    rows = read_book(Workbook(PROFILE.title, (sheet,)), PROFILE).rows
    return rows[0] if rows else None


def is_several(text: str) -> bool:
    """Tell whether a text that is a complaint goes on with others."""
    return len(_lines(text)) > 2 if _table(text) else _labels(text)[1]


def _known(*fields: str) -> frozenset[str]:
    """Return what the columns of these fields, or of all, are called."""
    wanted = (field for field in PROFILE.fields if not fields or field.name in fields)
    return frozenset(names.exact(name) for field in wanted for name in (*field.headings, field.label))


def _table(text: str) -> dict[str, str]:
    """Read the first row of a table that was copied with its headings."""
    lines = _lines(text)
    if len(lines) < 2:
        return {}
    heads, known = [cell.strip() for cell in lines[0].split("\t")], _known()
    found = {head: cell for head, cell in zip(heads, lines[1].split("\t"), strict=False) if names.exact(head) in known}
    return found if len(found) >= FEWEST else {}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _labels(text: str) -> tuple[dict[str, str], bool]:
    """Read labels with their values, and whether a label that was there already begins another complaint.

    What follows a story, and is no label, goes on with it.
    """
    known, long = _known(), _known(*_LONG)
    found: dict[str, list[str]] = {}
    last, again = "", False
    for part in filter(None, map(str.strip, re.split(r"[\t\n]+", text))):
        split = _LABELLED.fullmatch(part)
        label, value = (split[1].strip(), split[2].strip()) if split else (part, "")
        if again := label in found:
            break
        if names.exact(label) in known:
            last = label
            found[last] = [value] if value else []
        elif last and (not found[last] or names.exact(last) in long):
            found[last].append(part)
    return {label: "\n".join(parts) for label, parts in found.items()}, again
