"""Two versions of one record side by side: which one holds is chosen field by field, and nothing typed is lost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QButtonGroup, QWidget

from odr_desk.rules.case import Claim, claims_in_words
from odr_desk.rules.columns import plain
from odr_desk.rules.errors import Conflict
from odr_desk.rules.fields import Field, Kind, field_of, fields_of
from odr_desk.rules.moments import parse_moment, show_moment
from odr_desk.rules.parsing import parse
from odr_desk.ui import ask
from odr_desk.ui.widgets.boxes import card, column, panel, row
from odr_desk.ui.widgets.choice_edit import Radio
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

Names = Mapping[str, Mapping[str, str]]
Save = Callable[[Mapping[str, object], int, str], object]
"""Saves these changes to this version; the words say what of the other person stays beside them."""
_WIDE = 560
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that both have changed: what was typed here, and what the other one has saved."""

    field: Field
    mine: Any
    theirs: Any


def differences(error: Conflict, draft: type, base: object) -> tuple[Difference, ...]:
    """Return the fields that the other one has changed too, and differently."""
    mine, theirs = (read_side(draft, error.detail.get(side)) for side in ("mine", "theirs"))
    return tuple(
        Difference(field, mine[field.name], theirs[field.name])
        for field in fields_of(draft)
        if field.name in mine
        and field.name in theirs
        and theirs[field.name] not in (mine[field.name], getattr(base, field.name))
    )


def who_and_when(error: Conflict) -> str:
    """Say who saved the other version, and when."""
    at = parse_moment(str(error.detail["at"]))
    return f"{error.detail['by']} {show_moment(at)}"


def settle(
    error: Conflict,
    base: object,
    save: Save,
    *,
    names: Names | None = None,
    parent: QWidget,
) -> "VersionsDialog | None":
    """Save beside what somebody else changed; where both changed the same field, ask which version holds.

    `base` is the draft that the typing began with. Return the dialog when there was something to ask.
    """
    version = int(str(error.detail["version"]))
    mine = read_side(type(base), error.detail["mine"])
    found = differences(error, type(base), base)
    if not found:
        save(mine, version, f"；{who_and_when(error)} 改的其他内容已保留")
        return None

    def chosen(own: frozenset[str]) -> None:
        theirs = {difference.field.name for difference in found} - own
        kept = f"；{len(theirs)} 项用了对方的" if theirs else ""
        save({name: value for name, value in mine.items() if name not in theirs}, version, kept)

    dialog = VersionsDialog(error, found, chosen, names=names, parent=parent)
    ask.show(dialog)
    return dialog


class Whole(Protocol):
    """A draft that is read and chosen as one thing."""

    @property
    def words(self) -> str:
        """Return it as one reads it."""


def choose(
    error: Conflict, draft: type[Whole], name: str, then: Callable[[bool, int], object], *, parent: QWidget
) -> "VersionsDialog":
    """Ask whose version of one thing holds, called as this field of the draft.

    `then` hears whether it is mine, and the version that the other one has saved.
    """
    mine, theirs = (draft(**read_side(draft, error.detail[side])).words for side in ("mine", "theirs"))
    version = int(str(error.detail["version"]))
    return choose_words(error, field_of(draft, name), (mine, theirs), lambda own: then(own, version), parent=parent)


def choose_words(
    error: Conflict, field: Field, sides: tuple[str, str], then: Callable[[bool], object], *, parent: QWidget
) -> "VersionsDialog":
    """Ask which of two sides of a field holds, mine or theirs; `then` hears whether it is mine."""

    def chosen(own: frozenset[str]) -> None:
        dialog.accept()
        then(bool(own))

    dialog = VersionsDialog(error, (Difference(field, *sides),), chosen, parent=parent)
    ask.show(dialog)
    return dialog


class VersionsDialog(Dialog):
    """Asks for every field that two people changed whose version holds; `chosen` hears the names of one's own."""

    def __init__(
        self,
        error: Conflict,
        found: Sequence[Difference],
        chosen: Callable[[frozenset[str]], object],
        *,
        names: Names | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._groups: dict[str, QButtonGroup] = {}
        other = who_and_when(error)
        choice = "逐项选用哪一个" if len(found) > 1 else "请选用哪一个"
        body = column(Words(f"{other} 已保存了下面的内容。{choice}；您打的字都还在。", "secondary", wrap=True), gap=10)
        for difference in found:
            body.addWidget(self._card(difference, other, names or {}))
        super().__init__(
            "两个人改了同一处", body, do="按所选保存", keep="先不存", closes=False, width=_WIDE, parent=parent
        )
        self.submitted.connect(lambda: chosen(self.mine()))

    def mine(self) -> frozenset[str]:
        """Return the names of the fields for which one's own version holds."""
        return frozenset(name for name, group in self._groups.items() if group.checkedId() == 0)

    def _card(self, difference: Difference, other: str, names: Names) -> QWidget:
        field = difference.field
        group = QButtonGroup()
        lines = column(Words(field.label, "head"), gap=4)
        for at, (whose, value) in enumerate((("我的", difference.mine), (f"对方的（{other}）", difference.theirs))):
            radio = Radio(whose, checked=at == 0)
            shown = said(field, value, names)
            radio.setAccessibleName(f"{field.label}用{whose}：{shown}")
            group.addButton(radio, at)
            lines.addWidget(radio)
            words = Words(shown, wrap=True)
            lines.addWidget(panel(row(26, words, gap=0)))
        self._groups[field.name] = group
        return card(lines, "plain")


def said(field: Field, value: Any, names: Names) -> str:  # noqa: ANN401 - whatever a field holds
    """Return a value in words, long ones cut; codes by their names."""
    if value in (None, ""):
        return "（空）"
    if isinstance(field.options, str):
        return names.get(field.options, {}).get(str(value), str(value))
    if field.rows is Claim:
        return claims_in_words(value, names.get("claims", {})) or "（没有诉求）"
    if field.kind is Kind.MONEY:
        from odr_desk.rules import money

        return f"¥{money.show(value)}"
    words = plain(value)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……（共 {len(words):,} 字）"


def read_side(draft: type, values: object) -> dict[str, Any]:
    """Return the values of one side as the draft holds them."""
    if not isinstance(values, Mapping):
        return {}
    made: Any = parse(draft, values)
    return {name: getattr(made, name) for name in values}
