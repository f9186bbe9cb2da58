"""The form for one sitting: when and how, who was there, what each side said and offered."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.events import Party
from odr_desk.rules.parsing import check, parse
from odr_desk.rules.session import SIDES as SESSION_SIDES
from odr_desk.rules.session import OfferDraft, PresentDraft, SessionDraft
from odr_desk.ui import theme
from odr_desk.ui.form import Form, form_values
from odr_desk.ui.widgets.boxes import column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.number_edit import MoneyEdit
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

SIDES = ((Party.CONSUMER, Party.CONSUMER.label), (Party.MERCHANT, Party.MERCHANT.label))
_ORDER = (
    "held_at", "ended_at", "mediator", "place", "mode", "informed",
    "consumer_position", "merchant_position", "opinion", "outcome",
)  # fmt: skip
_AMOUNT_WIDTH = 124
_PERSON = re.compile(r"([^（(]+)(?:[（(]([^）)]*)[）)])?")


class OfferLine(QWidget):
    """What one side offered: who, how much, in what words."""

    changed = Signal()

    def __init__(self, n: int, by: Party) -> None:
        super().__init__()
        self.by = Segments(SIDES, by)
        self.amount = MoneyEdit()
        theme.widen(self.amount, _AMOUNT_WIDTH)
        for editor in (self.by, self.amount):
            editor.changed.connect(self.changed)
        self.amount.setAccessibleName(f"第 {n} 个方案，金额（元）")
        self.text = LineEdit("方案，如：退差价并换新")
        self.text.changed.connect(self.changed)
        self.text.setAccessibleName(f"第 {n} 个方案，内容")
        laid = row(self.by, self.amount, self.text, gap=8)
        laid.setStretch(2, 1)
        self.setLayout(laid)

    def draft(self) -> OfferDraft | None:
        """Return the offer, None while the line is empty; raise Invalid for an amount that is none."""
        if not self.amount.text().strip() and not self.text.value():
            return None
        values = {"by": self.by.value(), "amount": self.amount.value(), "text": self.text.value()}
        return parse(OfferDraft, values)


class SittingForm(QWidget):
    """Fields of a sitting; people stand in one line, offers one below the other."""

    changed = Signal()

    def __init__(
        self, modes: Mapping[str, str], values: Mapping[str, object], present: str, *, offers: bool = True
    ) -> None:
        super().__init__()
        self.appointment: int | None = None
        self._mode = values.get("mode")
        self.fields: Form[SessionDraft] = Form(
            SessionDraft, only=_ORDER, choices={"modes": list(modes.items())}, columns=3
        )
        self.fields.set_values(values)
        self.present = LineEdit("姓名（身份），用顿号隔开，如：陈莉（店长）")
        self.present.set_value(present)
        self.present_place = Labelled("参加人", self.present)
        self._offers: list[OfferLine] = []
        self._list = column(gap=6)
        self._wrong = Words("", tone="late", wrap=True)
        self._wrong.hide()
        more = Button("再加一个方案", "link", "plus", clicked=self.add_offer)
        place = panel(column(Words("各方方案", "small"), self._list, self._wrong, row(more, None), gap=6))
        place.setVisible(offers)
        self.setLayout(column(self.fields, self.present_place, place, gap=12))
        for side in SESSION_SIDES if offers else ():
            self.add_offer(side)
        self.fields.changed.connect(self.changed)
        self.present.changed.connect(self.changed)

    def know_modes(self, modes: Mapping[str, str]) -> None:
        """Offer the ways of mediating; what was meant before they were known is chosen now."""
        self.fields.set_choices("modes", modes.items())
        if not self.fields.editor("mode").value():
            self.fields.set_values({"mode": self._mode})

    def add_offer(self, by: Party = Party.CONSUMER) -> None:
        """Add a line for one more offer."""
        offer = OfferLine(len(self._offers) + 1, by)
        offer.changed.connect(self.changed)
        self._offers.append(offer)
        self._list.addWidget(offer)

    def draft(self) -> tuple[SessionDraft, tuple[PresentDraft, ...], tuple[OfferDraft, ...]]:
        """Return what was entered; raise Invalid naming each field that does not parse."""
        problems: list[Problem] = []
        offers: list[OfferDraft] = []
        try:
            draft = self.fields.draft()
            check(draft)
        except Invalid as error:
            problems += error.problems
        for n, line in enumerate(self._offers, start=1):
            try:
                offer = line.draft()
            except Invalid as error:
                problems += [Problem("offers", f"第 {n} 个方案：{problem.text}") for problem in error.problems]
            else:
                offers += [offer] if offer is not None else []
        if problems:
            raise Invalid(tuple(problems))
        return draft, people(str(self.present.value())), tuple(offers)

    def content(self) -> dict[str, object]:
        """Return what was typed, fit for JSON, so that it comes back exactly."""
        offers = [[str(line.by.value()), line.amount.typed(), line.text.typed()] for line in self._offers]
        return {
            "fields": form_values(self.fields.typed()),
            "present": self.present.typed(),
            "offers": offers,
            "appointment": self.appointment,
        }

    def load(self, content: Mapping[str, Any]) -> None:
        """Show what was typed before."""
        self.fields.set_values(content["fields"])
        self.present.set_value(content["present"])
        self.appointment = content.get("appointment", self.appointment)
        for n, (by, amount, text) in enumerate(content["offers"]):
            if n == len(self._offers):
                self.add_offer()
            self._offers[n].by.set_value(Party(by))
            self._offers[n].amount.setText(amount)
            self._offers[n].text.set_value(text)

    def show_problems(self, error: Invalid) -> tuple[Problem, ...]:
        """Show each problem where it belongs; return those that belong nowhere here."""
        rest = self.fields.show_problems(error)
        wrong = [problem.text for problem in rest if problem.field.startswith("offers")]
        self._wrong.setText("；".join(wrong))
        self._wrong.setVisible(bool(wrong))
        return tuple(problem for problem in rest if not problem.field.startswith("offers"))


def in_words(present: Iterable[PresentDraft]) -> str:
    """Return people in a line as `people` reads it."""
    return "、".join(f"{one.name}（{one.role}）" if one.role else one.name for one in present)


def people(said: str) -> tuple[PresentDraft, ...]:
    """Return the people named in a line: 周女士（消费者）、陈莉（店长）."""
    found = (_PERSON.fullmatch(part.strip()) for part in re.split(r"[、，,；;]", said) if part.strip())
    return tuple(PresentDraft(name=m[1].strip(), role=(m[2] or "").strip()) for m in found if m)
