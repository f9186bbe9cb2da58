"""A form made from the declared fields of a draft: nothing about a field is said here again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from types import NoneType
from typing import Any, Generic, TypeVar, cast, get_args, get_type_hints

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import Field, Kind, fields_of
from odr_desk.rules.parsing import parse
from odr_desk.ui.reading_order import go_to
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Tick
from odr_desk.ui.widgets.day_edit import DayEdit, MomentEdit, this_day
from odr_desk.ui.widgets.field import Editor, Labelled
from odr_desk.ui.widgets.number_edit import MoneyEdit, NumberEdit
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from odr_desk.ui.widgets.words import Words

Draft = TypeVar("Draft")
Choices = Mapping[str, Iterable[tuple[str, str]]]
_MOST_SEGMENTS = 6
_MOST_LETTERS = 20  # in all the segments together, else they become a list
_SENTENCE = 100  # letters from which a field wants more than a column, if nothing stands beside it
_MOST_TICKED = 12  # letters of boxes to tick that share a cell


class Form(QWidget, Generic[Draft]):
    """One editor per field, grouped by section, problems below the fields they belong to.

    `only` picks fields and their order; `choices` gives the words for reference groups
    (`{"channels": [("odr", "ODR直达"), …]}`); `columns` puts short fields side by side,
    `sections` sets their names over them. `editors` brings editors for fields that are several drafts, or that
    want one of their own.
    """

    changed = Signal()

    def __init__(
        self,
        draft: type[Draft],
        *,
        only: Iterable[str] = (),
        choices: Choices | None = None,
        columns: int = 2,
        sections: bool = True,
        editors: Mapping[str, QWidget] | None = None,
        today: Callable[[], date] = this_day,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._today = today
        self._choices = dict(choices or {})
        self._editors = dict(editors or {})
        self._fields = _chosen(draft, tuple(only))
        self._places: dict[str, Labelled] = {}
        self._sections: dict[str, QGridLayout] = {}
        self._columns = columns = min(columns, len(self._fields))  # a field alone has the whole line
        self._shows_sections = sections
        self._body = column(gap=12)
        self.setLayout(self._body)
        self._lines: dict[tuple[str, int], list[Labelled]] = {}
        cells = tuple(_cells(self._fields))
        for at, fields in enumerate(cells):
            self._add(fields, has_rest=at + 1 == len(cells) or _begins_line(cells[at + 1][0], fields[0]))
        for grid in self._sections.values():
            for at in range(grid.property("used"), columns):
                grid.addWidget(QWidget(), 0, at)  # an empty column has no gap beside it: a lone field would be wider
        for places in self._lines.values():
            if not any(place.label() for place in places):
                for place in places:
                    place.drop_name()  # boxes among themselves leave no room for names over them

    def draft(self) -> Draft:
        """Return what was entered; raise Invalid naming each field that does not parse."""
        return parse(self._draft, self.values())

    def values(self) -> dict[str, object]:
        """Return what was entered, as typed."""
        return {field.name: self.editor(field.name).value() for field in self._fields}

    def typed(self) -> dict[str, object]:
        """Return what was entered to the last blank and line break, as a draft keeps it."""
        return {name: typed_in(editor) for name, editor in self.editors().items()}

    def load(self, draft: object) -> None:
        """Show a draft, or any record with attributes of the same names, without announcing changes."""
        self.clear_problems()
        for field in self._fields:
            if hasattr(draft, field.name):
                self.editor(field.name).set_value(getattr(draft, field.name))

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show loose values, such as those of a kept draft."""
        for name, value in values.items():
            if name in self._places:
                self.editor(name).set_value(value)

    def start(self) -> None:
        """Put the cursor into the first field; of buttons side by side Qt would think that the default one is meant."""
        next(iter(self._places.values())).editor.setFocus()

    def editor(self, name: str) -> Editor:
        """Return the editor of a field."""
        return cast("Editor", self._places[name].editor)

    def editors(self) -> dict[str, Editor]:
        """Return the editors by the names of their fields."""
        return {name: self.editor(name) for name in self._places}

    def place(self, name: str) -> Labelled:
        """Return the whole place of a field: name, editor, problem."""
        return self._places[name]

    def put_under(self, section: str, widget: QWidget) -> None:
        """Put something that is no single field below the fields of a section."""
        grid = self._section(section)
        grid.addWidget(widget, grid.rowCount(), 0, 1, self._columns)

    def show_problems(self, error: Invalid) -> tuple[Problem, ...]:
        """Write each problem below its field, focus the first; return those that belong to no field here."""
        self.clear_problems()
        rest = []
        first: Labelled | None = None
        for problem in error.problems:
            place = self._places.get(problem.field.partition("[")[0])  # of several, what is wrong with one of them
            if place is None:
                rest.append(problem)
                continue
            place.show_problem(problem.text)
            first = first or place
        if first is not None:
            go_to(first.editor, first)
        return tuple(rest)

    def show_doubts(self, doubts: Mapping[str, str]) -> None:
        """Write what looks odd below its field, in place of what was said before."""
        for name, place in self._places.items():
            place.show_doubt(doubts.get(name, ""))

    def clear_problems(self) -> None:
        """Take every problem back."""
        for place in self._places.values():
            place.show_problem("")

    def set_choices(self, group: str, options: Iterable[tuple[str, str]]) -> None:
        """Offer the words of a reference group, once they have been read."""
        kept = tuple(options)
        for field in self._fields:
            editor = self.editor(field.name)
            if field.options == group and isinstance(editor, ChoiceEdit):
                editor.set_options(kept)

    def _add(self, fields: tuple[Field, ...], *, has_rest: bool) -> None:
        """Put the places of these fields into the next cell of their section; a sentence takes the rest of its line."""
        places = [self._place(field) for field in fields]
        first = fields[0]
        grid = self._section(first.section)
        wants_all = first.multiline or isinstance(places[0].editor, Segments) or first.kind is Kind.ROWS
        (down, across), wide = _next_cell(grid, self._columns, wide=wants_all)
        if has_rest and first.kind is Kind.TEXT and (first.max_length or 0) >= _SENTENCE:
            grid.setProperty("used", grid.property("used") + self._columns - across - wide)
            wide = self._columns - across
        if len(places) == 1:  # a layout with an alignment of its own forgets that words in it wrap
            grid.addWidget(places[0], down, across, 1, wide, Qt.AlignmentFlag.AlignTop)
        else:
            grid.addLayout(row(*places, None, gap=16), down, across, 1, wide, Qt.AlignmentFlag.AlignTop)
        self._lines.setdefault((first.section, down), []).extend(places)

    def _place(self, field: Field) -> Labelled:
        editor = self._editors.get(field.name) or self._editor(field)
        editor.setObjectName(field.name)
        place = Labelled(
            "" if isinstance(editor, Tick) else field.label, editor, required=field.required, note=field.hint
        )
        self._places[field.name] = place
        cast("Editor", editor).changed.connect(lambda: self._on_changed(place))
        return place

    def _section(self, name: str) -> QGridLayout:
        if name not in self._sections:
            if name and self._shows_sections:
                self._body.addLayout(row(Words(name, "head"), None))
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(12)
            for at in range(self._columns):
                grid.setColumnStretch(at, 1)
            self._body.addLayout(grid)
            self._sections[name] = grid
        return self._sections[name]

    def _editor(self, field: Field) -> QWidget:
        match field.kind:
            case Kind.TEXT:
                return TextEdit() if field.multiline else LineEdit()
            case Kind.MONEY:
                return MoneyEdit()
            case Kind.NUMBER:
                return NumberEdit()
            case Kind.DAY:
                return DayEdit(today=self._today)
            case Kind.MOMENT:
                return MomentEdit(today=self._today)
            case Kind.FLAG:
                return Tick(field.label)
            case Kind.CHOICE:
                return self._choice(field)
            case Kind.ROWS:
                raise KeyError(f"{field.name} needs an editor of its own")

    def _choice(self, field: Field) -> QWidget:
        if isinstance(field.options, str) or field.options is None:
            return ChoiceEdit(self._choices.get(field.options or "", ()), optional=not field.required)
        options: list[tuple[object, str]] = [(word, word.label) for word in field.among or field.options]
        letters = sum(len(words) for _word, words in options)
        optional = not field.required and NoneType in get_args(get_type_hints(self._draft)[field.name])
        if len(options) <= _MOST_SEGMENTS and letters <= _MOST_LETTERS:
            return Segments(options, optional=optional)
        return ChoiceEdit(options, optional=optional)

    def _on_changed(self, place: Labelled) -> None:
        place.show_problem("")
        self.changed.emit()


def typed_in(editor: Editor) -> object:
    """Return what stands in an editor to the last blank and line break, as a draft keeps it."""
    return editor.typed() if isinstance(editor, TextEdit | LineEdit) else editor.value()


def _chosen(draft: type[Any], only: tuple[str, ...]) -> tuple[Field, ...]:
    declared = {field.name: field for field in fields_of(draft)}
    return tuple(declared[name] for name in only) if only else tuple(declared.values())


def _cells(fields: Iterable[Field]) -> Iterator[tuple[Field, ...]]:
    """Return the fields of each cell: one, or short boxes to tick that follow one another."""
    ticks: list[Field] = []
    for field in fields:
        fits = sum(len(tick.label) for tick in (*ticks, field)) <= _MOST_TICKED
        is_short = field.kind is Kind.FLAG and not field.hint
        if ticks and not (is_short and fits and field.section == ticks[0].section):
            yield tuple(ticks)
            ticks = []
        if is_short:
            ticks.append(field)
        else:
            yield (field,)
    if ticks:
        yield tuple(ticks)


def _begins_line(field: Field, before: Field) -> bool:
    """Tell whether a field begins a line of its own, whatever room the one before it leaves."""
    return field.section != before.section or field.multiline or field.kind is Kind.ROWS


def _next_cell(grid: QGridLayout, columns: int, *, wide: bool) -> tuple[tuple[int, int], int]:
    used = grid.property("used") or 0
    if wide and used % columns:
        used += columns - used % columns
    span = columns if wide else 1
    grid.setProperty("used", used + span)
    return divmod(used, columns), span


def form_values(values: Mapping[str, object]) -> dict[str, object]:
    """Return values of a form as a draft holds them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
