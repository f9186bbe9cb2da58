"""What stands around the table: 填报单位：, 统计期间：, 填报人： and the title."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from odr_desk.rules import moments
from odr_desk.sheets import text
from odr_desk.sheets.form import PERIOD, UNIT, Form, Slot

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_BLANK = r"[\s_＿﹍…]*(?:(?:20[\d\s_＿]{0,4})?年[\s_＿]*月(?:[\s_＿]*日)?)?[\s_＿﹍]*"
_YEAR_MONTH = re.compile(r"(?:[xX×＊*_＿\s]{1,6}|20[xX×]{2})年(?:[xX×＊*_＿\s]{1,4})月")
_SOMEBODY = re.compile(r"[xX×＊*]{2,4}(商场|企业|单位|公司)")
_GAP = "　　"

Words = Mapping[str, str | date]


def fill(sheet: "Worksheet", form: Form, words: Words, table: range, heading_row: int) -> tuple[str, ...]:
    """Write the facts behind their labels outside the rows of the table; return the keys found."""
    found: list[str] = []
    for row in sheet.iter_rows():
        if row[0].row in table:
            continue
        for cell in row:
            if cell.value is None:
                continue
            keys, filled = filled_text(str(cell.value), form.slots, words)
            found.extend(keys)
            if filled != str(cell.value):
                cell.value = text.escaped(text.fit(filled, "填报栏"))
                cell.data_type = "s"
    if PERIOD.key not in found:
        _put_period_in_title(sheet, words, heading_row)
    return tuple(found)


def present(sheet: "Worksheet", form: Form) -> tuple[str, ...]:
    """Return the keys of the labels a sheet has anywhere."""
    words = (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return tuple(dict.fromkeys(key for plain in words for key in labels_in(plain, form.slots)))


def labels_in(plain: str, slots: Sequence[Slot]) -> tuple[str, ...]:
    """Return the keys of the slots whose labels stand in a text."""
    return tuple(slot.key for slot in slots if _pattern(slot).search(plain))


def filled_text(plain: str, slots: Sequence[Slot], words: Words) -> tuple[tuple[str, ...], str]:
    """Return the keys of the labels in a text, and the text with the facts behind them."""
    keys: list[str] = []
    for slot in slots:
        found = _pattern(slot).search(plain)
        if not found:
            continue
        keys.append(slot.key)
        fact = shown(words.get(slot.key))
        rest = plain[found.end() :]
        starts_label = bool(rest) and any(_pattern(other).match(rest) for other in slots)
        if fact and (not rest or starts_label):
            plain = f"{plain[: found.start('blank')]}{fact}{_GAP if rest else ''}{rest}"
    return tuple(keys), plain


def shown(fact: str | date | None) -> str:
    """Return a fact as it stands on a form."""
    if isinstance(fact, date):
        return moments.show_long(fact)
    return fact or ""


def _pattern(slot: Slot) -> re.Pattern[str]:
    labels = "|".join(r"\s*".join(map(re.escape, label)) for label in sorted(slot.labels, key=len, reverse=True))
    return re.compile(
        rf"(?<![\u4e00-\u9fff])(?:{labels})\s*(?:[（(]\s*[盖签][章字]\s*[)）])?\s*[:：](?P<blank>{_BLANK})"
    )


def _put_period_in_title(sheet: "Worksheet", words: Words, heading_row: int) -> None:
    period = shown(words.get(PERIOD.key))
    if not period or heading_row == 1:
        return
    cells = [cell for row in sheet.iter_rows(max_row=heading_row - 1) for cell in row if cell.value]
    if not cells:
        return
    title = max(cells, key=lambda cell: cell.font.sz or 0)  # above it may stand 附件1, below it 单位：元
    plain = str(title.value)
    if period in plain:
        return
    dated = _YEAR_MONTH.sub(period, plain, count=1)
    if dated == plain:
        title.value = f"{plain}（{period}）"
    else:
        unit = shown(words.get(UNIT.key))
        title.value = _SOMEBODY.sub(lambda found: unit if found[1] in unit else unit + found[1], dated, count=1)
