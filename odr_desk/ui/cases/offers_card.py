"""Offers and counter-offers in order: who, how much, when, what was answered; written in place."""

from collections.abc import Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from odr_desk.rules.errors import DeskError, Invalid, Problem
from odr_desk.rules.events import Party
from odr_desk.rules.moments import show_moment
from odr_desk.rules.parsing import parse
from odr_desk.rules.session import SIDES, Answer, AnswerDraft, OfferDraft
from odr_desk.services import drafts, offers
from odr_desk.services.offers import OfferRow
from odr_desk.ui import theme
from odr_desk.ui.keeping import Content, FieldsKeeping
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, empty_layout, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import ChoiceEdit
from odr_desk.ui.widgets.field import Editor, mark_bad
from odr_desk.ui.widgets.number_edit import MoneyEdit
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

_SIDES = tuple((side, side.label) for side in SIDES)
_ANSWERS = tuple((answer, answer.label) for answer in Answer)
_WHO, _AMOUNT, _ANSWER = 56, 112, 108


class OffersCard(QFrame):
    """Lists the offers of a case; a line at the end takes down the next one, wherever it was made."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._shell = shell
        self._number, self._writable = "", False
        self._notes: dict[str, Editor] = {}
        self._list = column(gap=2)
        self._nothing = Words("还没有人提方案。谁先开口，在下面记一句。", "secondary")
        self.by = Segments(_SIDES, Party.CONSUMER)
        self.amount = MoneyEdit()
        theme.widen(self.amount, _AMOUNT)
        self.amount.setAccessibleName("新方案，金额（元）")
        self.text = LineEdit("方案，如：退差价并换新")
        self.text.setAccessibleName("新方案，内容")
        self.text.returnPressed.connect(self.save)
        self.do = Button("记下方案", clicked=self.save)
        entry = row(self.by, self.amount, self.text, self.do, gap=8)
        entry.setStretch(2, 1)
        self._wrong = Words("", tone="late", wrap=True)
        self._wrong.hide()
        self._entry = panel(column(line(), entry, self._wrong, gap=6))
        laid = column(
            Words("各方方案", "head"), self._nothing, panel(self._list), self._entry, margins=(12, 10, 12, 10), gap=6
        )
        self.setLayout(laid)
        editors: dict[str, Editor] = {"by": self.by, "amount": self.amount, "text": self.text}
        self._keeping = FieldsKeeping(shell, drafts.OFFER, self, editors)

    def show_offers(self, number: str, found: Sequence[OfferRow], *, writable: bool) -> None:
        """Show the offers of a case; what is being typed for the same case stays."""
        if number != self._number:
            self._keeping.now()
            self._clear()
        self._number, self._writable = number, writable
        empty_layout(self._list)
        self._notes = {}
        whole = panel(column(*map(self._line, found), gap=2))
        self._list.addWidget(whole)
        self._answering = FieldsKeeping(self._shell, drafts.ANSWER, whole, self._notes)
        if self._notes:
            self._answering.start(number, self._show_notes)
        self._nothing.setVisible(not found)
        self._entry.setVisible(writable)
        if not self.text.typed() and not self.amount.typed():
            if found:
                self.by.set_value(next(side for side in SIDES if side is not found[-1].by))
            self._keeping.start(number)

    def save(self) -> None:
        """Note what one side offers."""
        number = self._number
        values = {"by": self.by.value(), "amount": self.amount.value(), "text": self.text.value()}
        try:
            draft = parse(OfferDraft, values)
        except Invalid as error:
            self._refused(error)
            return
        self.do.setEnabled(False)
        self._shell.desk.write(
            self, lambda work: offers.add(work, number, draft), self._saved, self._refused, verb="offer.add"
        )

    def _line(self, offer: OfferRow) -> QWidget:
        who = Words(offer.by.label, "head")
        theme.widen(who, _WHO)
        when = f"{show_moment(offer.made_at)}" + (f"，第 {offer.session} 次调解" if offer.session else "")
        said = column(Words(offer.words, wrap=True), Words(when, "small"), gap=0)
        laid = row(Words(f"{offer.number}．", "secondary"), who, said, gap=8)
        laid.setStretch(2, 1)
        if not self._writable:
            answered = "：".join(part for part in (offer.answer.label, offer.answer_note) if part)
            laid.addWidget(Words(answered, "secondary"))
            return panel(laid)
        answer = ChoiceEdit(_ANSWERS)
        answer.set_value(offer.answer)
        theme.widen(answer, _ANSWER)
        answer.setAccessibleName(f"第 {offer.number} 个方案的答复")
        note = LineEdit("怎么答的")
        note.set_value(offer.answer_note)
        note.setAccessibleName(f"第 {offer.number} 个方案怎么答的")
        room = note.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the answers stand in a column
        note.setSizePolicy(room)
        note.setVisible(offer.answer is not Answer.WAITING)
        self._notes[str(offer.number)] = note
        answer.changed.connect(partial(self._answer, offer, answer, note))
        note.editingFinished.connect(partial(self._answer, offer, answer, note))
        laid.addWidget(answer)
        laid.addWidget(note, 1)
        return panel(laid)

    def _answer(self, offer: OfferRow, answer: ChoiceEdit, note: LineEdit) -> None:
        """Write an answer down as soon as it is chosen or its words are left."""
        chosen = answer.value()
        if (chosen, note.value()) == (offer.answer, offer.answer_note) or not isinstance(chosen, Answer):
            return
        number, keeping = self._number, self._answering
        words = "" if chosen is Answer.WAITING else str(note.value())
        draft, seen = AnswerDraft(answer=chosen, note=words), AnswerDraft(answer=offer.answer, note=offer.answer_note)

        def done(_: object) -> None:
            if shiboken6.isValid(keeping):
                keeping.settle(str(offer.number))
            self.changed.emit()

        def refused(error: DeskError) -> None:
            self._shell.refuse(error)
            self.changed.emit()  # the list shows what stands

        self._shell.desk.write(
            self,
            lambda work: offers.answer(work, number, offer.number, draft, seen),
            done,
            refused,
            verb="offer.answer",
        )

    def _show_notes(self, typed: Content) -> None:
        """Show where an answer is half written."""
        for name in typed:
            if isinstance(note := self._notes.get(name), LineEdit):
                note.show()

    def _saved(self, _number: object) -> None:
        self._keeping.drop()
        self._clear()
        self.changed.emit()
        self.amount.setFocus()

    def _clear(self) -> None:
        self.do.setEnabled(True)
        self.amount.setText("")
        self.text.setText("")
        self._show_wrong(())

    def _refused(self, error: DeskError) -> None:
        self.do.setEnabled(True)
        if isinstance(error, Invalid):
            self._show_wrong(error.problems)
        else:
            self._shell.refuse(error)

    def _show_wrong(self, problems: Sequence[Problem]) -> None:
        fields = {problem.field for problem in problems}
        mark_bad(self.amount, "amount" in fields)
        mark_bad(self.text, "text" in fields)
        self._wrong.setText("；".join(problem.text for problem in problems))
        self._wrong.setVisible(bool(problems))
