"""A fact as it stands in a cell of a form: number, day or words, with the format that shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from odr_desk.sheets import text
from odr_desk.sheets.form import Kind, Value
from odr_desk.sheets.layout import Place
from odr_desk.sheets.names import Unit

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

NOTHING = "—"
WHOLE, HUNDREDTHS, PER_CENT, DAY, ANY = "0", "0.00", "0.00%", "yyyy-mm-dd", "General"


@dataclass(frozen=True, slots=True)
class Stated:
    """What is written, how it is shown, and the words people will see."""

    value: str | int | Decimal | date | None
    number_format: str = ANY

    @property
    def shown(self) -> str:
        match self.value:
            case None:
                return ""
            case Decimal() if self.number_format == PER_CENT:
                return f"{self.value * 100:.2f}%"
            case Decimal():
                return f"{self.value:.2f}"
            case _:
                return str(self.value)


def stated(place: Place, value: Value) -> Stated:
    """Return the fact in the unit and with the decimals the column asks for."""
    match place.entry.kind:
        case Kind.COUNT:
            return Stated(0 if value is None else int(_decimal(value)), WHOLE)
        case Kind.WHOLE | Kind.SEQUENCE:
            return Stated(None if value is None else int(_decimal(value)), WHOLE)
        case Kind.MONEY:
            return Stated(money(place, value), HUNDREDTHS)
        case Kind.MEAN | Kind.RATE if _is_nothing(value):
            return Stated(NOTHING)
        case Kind.MEAN:
            return Stated(rounded(_decimal(value), 2), HUNDREDTHS)
        case Kind.RATE:
            rate = rounded(_decimal(value), 2)
            return Stated(rate, HUNDREDTHS) if place.unit is Unit.PERCENT else Stated(rate / 100, PER_CENT)
        case Kind.DAY if isinstance(value, date):
            return Stated(value.date() if isinstance(value, datetime) else value, DAY)
        case _:
            words = text.fit("" if value is None else str(value), place.heading)
            return Stated(words or None)


def money(place: Place, value: Value) -> Decimal:
    """Return fen as yuan, or as 万元 with four decimals behind the two that show."""
    fen = Decimal(0) if value is None else _decimal(value)
    return rounded(fen / 1_000_000, 4) if place.unit is Unit.TEN_THOUSAND else fen / 100


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return the value rounded half up, as people round."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def put(cell: "Cell", what: Stated) -> None:
    """Write into a cell and keep its style; the number format is set where the template has none."""
    if isinstance(what.value, str):
        cell.value = text.escaped(what.value)
        cell.data_type = "s"  # also what begins with = or reads #N/A
        if text.looks_like_formula(what.value):
            cell.quotePrefix = True
    else:
        before = cell.number_format
        cell.value = float(what.value) if isinstance(what.value, Decimal) else what.value
        cell.number_format = what.number_format if before == ANY else before


def _is_nothing(value: Value) -> bool:
    return value is None or value in {"", NOTHING}


def _decimal(value: Value) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise TypeError(f"not a number: {value!r}") from None
