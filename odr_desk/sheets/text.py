"""Text that goes into a cell: all of it, as text, without what nobody can see."""

import re

from odr_desk.rules.errors import Invalid

LONGEST = 32_767  # UTF-16 units; a spreadsheet cuts the rest without a word
# Control characters, the two marks that are no characters, halves of pairs, and the marks that turn text round.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def fit(text: str, heading: str) -> str:
    """Return the text as a cell can hold it; raise Invalid naming the column if it is too long."""
    plain = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(plain) > LONGEST // 2 and len(plain.encode("utf-16-le")) // 2 > LONGEST:
        raise Invalid.of(
            heading, f"“{heading}”一栏有 {len(plain):,} 个字，超过一格能放的 {LONGEST:,} 字，没有导出；请先删减"
        )
    return plain


def escaped(text: str) -> str:
    """Return the text so that a spreadsheet does not take `_x0041_` in it for an A.

    XlsxWriter does this by itself, openpyxl does not.
    """
    return _ESCAPE.sub("_x005F_", text)


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet would calculate the text if somebody typed it."""
    return text.startswith(("=", "+", "-", "@", "\t"))
