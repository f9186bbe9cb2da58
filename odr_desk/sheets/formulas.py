"""Formulas that carry no stored result, as tools that never calculate leave them.

Such a cell reads as empty. Often it is no formula at all: a consumer wrote `=1+1 的赠品没给`, and the
exporting program took it for one. The words are given back as words; nothing is calculated.
"""

import html
import posixpath
import re
import zipfile
from pathlib import Path

from odr_desk.rules.errors import UnsafeFile
from odr_desk.sheets.container import damaged, read_part, unpack_checked

_CELL = re.compile(
    rb"<c\b(?P<facts>[^>]*)>\s*<f\b[^>]*>(?P<text>[^<]+)</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>",
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Places = dict[tuple[int, int], str]


def without_result(path: Path) -> dict[str, Places]:
    """Return, by sheet name, row and column (from 0), the formulas of an .xlsx that have no result."""
    found: dict[str, Places] = {}
    with unpack_checked(path) as archive:
        for name, part in _parts_of_sheets(archive, path).items():
            if part in archive.namelist():
                places = _places(read_part(archive, archive.getinfo(part)))
                if places:
                    found[name] = places
    return found


def _places(content: bytes) -> Places:
    found: Places = {}
    for cell in _CELL.finditer(content):
        place = _PLACE.search(cell["facts"])
        # t="str" with an empty value is a formula whose result is the empty text.
        if place and b't="str"' not in cell["facts"]:
            text = html.unescape(cell["text"].decode("utf-8", "replace"))
            found[int(place[2]) - 1, column(place[1])] = f"={text}"
    return found


def column(letters: bytes) -> int:
    """Return the number of a column, A being 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _parts_of_sheets(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    names = set(archive.namelist())
    wanted = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    if not names.issuperset(wanted):
        return {}
    try:
        book, links = (fromstring(read_part(archive, archive.getinfo(part))) for part in wanted)
    except (ParseError, DefusedXmlException, ValueError):
        raise UnsafeFile(damaged(path)) from None
    targets = {link.get("Id"): posixpath.join("/xl", link.get("Target", "")) for link in links}
    return {
        sheet.get("name", ""): targets.get(sheet.get(_LINK), "").lstrip("/") for sheet in book.iter(f"{_MAIN}sheet")
    }
