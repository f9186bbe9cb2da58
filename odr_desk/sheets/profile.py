"""What a table from outside may hold: declared once, found by name whatever its order and first row.

A new kind of import is one declaration in a module of its own and one line in `odr_desk.sheets.PROFILES`.
"""

from dataclasses import dataclass

from odr_desk.rules.cells import Reader


@dataclass(frozen=True, slots=True)
class ImportField:
    """One thing read from a column: its name in the draft, how people call it, how its cells are read."""

    name: str
    label: str
    read: Reader
    headings: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A kind of table.

    Each of `keys` names fields that together name a record. `number` is a field that tells two records apart
    although they agree in another key, `most` how many rows are taken at once.
    """

    code: str
    title: str
    fields: tuple[ImportField, ...]
    keys: tuple[tuple[str, ...], ...]
    number: str = ""
    most: int = 50_000

    def field(self, name: str) -> ImportField:
        """Return a field by its name; KeyError when there is none."""
        return {field.name: field for field in self.fields}[name]
