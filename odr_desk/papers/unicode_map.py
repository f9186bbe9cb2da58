"""The table in a PDF that says which character each glyph stands for: copying, searching and reading back need it.

reportlab 5.1 writes one block of any length and cuts characters beyond U+FFFF, so that 李𬭚 is copied as 李ⲵ.
"""

from collections.abc import Sequence

_BLOCK = 100  # entries the format allows in one block


def to_unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """Return the map of one embedded subset, which holds a code point for each of its codes."""
    entries = [f"<{code:02X}> <{chr(sign).encode('utf-16-be').hex().upper()}>" for code, sign in enumerate(subset)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
        f"/CMapName /{fontname} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def repair() -> None:
    """Let reportlab write this map instead of its own."""
    from reportlab.pdfbase import ttfonts

    ttfonts.makeToUnicodeCMap = to_unicode_map
