"""What each side told the mediator in confidence: closed until a click that is recorded, never on paper."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from odr_desk.rules import money
from odr_desk.rules.errors import Conflict, DeskError, Invalid
from odr_desk.rules.events import Party
from odr_desk.rules.fields import Field, Kind
from odr_desk.rules.moments import show_moment
from odr_desk.rules.parsing import parse
from odr_desk.rules.session import SIDES, BottomLineDraft
from odr_desk.services import bottom_lines, drafts
from odr_desk.services.bottom_lines import BottomLineRow
from odr_desk.ui import theme, versions
from odr_desk.ui.keeping import FieldsKeeping
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, empty_layout, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.field import Editor
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.number_edit import MoneyEdit
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

_WHO, _AMOUNT = 56, 112


class BottomCard(QFrame):
    """One line a side; opened by a button, closed again when another case is shown or the tab is left."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setProperty("card", "soft")
        self._shell = shell
        self._number = ""
        self._editors: dict[str, Editor] = {}
        self._seen: dict[Party, BottomLineDraft] = {}
        self._keeping: FieldsKeeping | None = None
        self._open = Button("显示", "link", "eye", says="显示各方底线（会留记录）", clicked=self.reveal)
        self._close = Button("收起", "link", clicked=self.close_up)
        about = Words("只有调解员看得到，打开会留记录；不印、不导出、不进反馈", "small", elide=True)
        head = row(Icon("shield"), Words("各方底线", "head"), about, self._open, self._close, gap=8)
        head.setStretch(2, 1)
        self._lines = column(gap=6)
        self._wrong = Words("", tone="late", wrap=True)
        self.setLayout(column(head, panel(self._lines), self._wrong, margins=(12, 8, 12, 8), gap=6))
        self.close_up()

    def show_case(self, number: str) -> None:
        """Stand ready for a case, closed if it is another one."""
        if number != self._number:
            self.close_up()
        self._number = number

    def reveal(self) -> None:
        """Open the lines; that somebody did is recorded."""
        self._open_lines(partial(self._show, self._number))

    def _open_lines(self, then: Callable[[Sequence[BottomLineRow]], object]) -> None:
        number = self._number
        self._shell.desk.write(
            self, lambda work: bottom_lines.reveal(work, number), then, self._shell.refuse, verb="bottom_line.show"
        )

    def close_up(self) -> None:
        """Take what was told in confidence off the screen; what was not noted yet waits for the next time."""
        if self._keeping is not None:
            self._keeping.now()
            self._keeping = None
        empty_layout(self._lines)
        self._wrong.hide()
        self._open.show()
        self._close.hide()

    def _show(self, number: str, found: Sequence[BottomLineRow]) -> None:
        if number != self._number:
            return
        self.close_up()
        self._open.hide()
        self._close.show()
        known = {line.side: line for line in found}
        self._editors = {}
        whole = panel(column(*(self._line(side, known.get(side)) for side in SIDES), gap=6))
        self._lines.addWidget(whole)
        self._keeping = FieldsKeeping(self._shell, drafts.BOTTOM, whole, self._editors)
        self._keeping.start(number)

    def _line(self, side: Party, known: BottomLineRow | None) -> QWidget:
        who = Words(side.label, "head")
        theme.widen(who, _WHO)
        amount, text = MoneyEdit(), LineEdit("最多（最少）能接受什么")
        self._seen[side] = known.draft if known is not None else BottomLineDraft(side=side)
        theme.widen(amount, _AMOUNT)
        amount.setAccessibleName(f"{side.label}底线，金额（元）")
        text.setAccessibleName(f"{side.label}底线，内容")
        told = ""
        if known is not None:
            amount.setText(money.show(known.amount))
            text.set_value(known.text)
            told = f"{show_moment(known.told_at)} {known.noted_by}记"
        self._editors |= {f"{side}.amount": amount, f"{side}.text": text}
        keep = partial(self._save, side, amount, text)
        text.returnPressed.connect(keep)
        laid = row(who, amount, text, Button("记下", says=f"记下{side.label}底线", clicked=keep), gap=8)
        laid.setStretch(2, 1)
        return panel(column(laid, row(_WHO + 8, Words(told, "small"), None), gap=0) if told else laid)

    def _save(self, side: Party, amount: MoneyEdit, text: LineEdit) -> None:
        number, seen = self._number, self._seen[side]
        try:
            draft = parse(BottomLineDraft, {"side": side, "amount": amount.value(), "text": text.value()})
        except Invalid as error:
            self._refused(error)
            return
        self._shell.desk.write(
            self,
            lambda work: bottom_lines.keep(work, number, draft, seen),
            lambda _: self._saved(draft),
            lambda error: (
                self._compare(error, draft, amount, text) if isinstance(error, Conflict) else self._refused(error)
            ),
            verb="bottom_line.save",
        )

    def _compare(self, error: Conflict, mine: BottomLineDraft, amount: MoneyEdit, text: LineEdit) -> None:
        """Open what somebody else has noted meanwhile, and ask which of both holds."""
        side = mine.side
        assert side is not None  # noqa: S101 - every line has one
        field, seen = Field(label=f"{side.label}的底线", kind=Kind.TEXT), self._seen[side]

        def compare(found: Sequence[BottomLineRow]) -> None:
            if self._seen.get(side) is not seen or self._keeping is None:
                return  # closed meanwhile: what was typed waits for the next time
            theirs = next((line.draft for line in found if line.side is side), BottomLineDraft(side=side))
            versions.choose_words(error, field, (mine.words, theirs.words), partial(chosen, theirs), parent=self)

        def chosen(theirs: BottomLineDraft, own: bool) -> None:
            self._seen[side] = theirs
            if own:
                self._save(side, amount, text)
                return
            amount.setText(money.show(theirs.amount))
            text.set_value(theirs.text)
            self._saved(theirs)

        self._open_lines(compare)

    def _saved(self, draft: BottomLineDraft) -> None:
        side = draft.side
        assert side is not None  # noqa: S101 - every line has one
        self._seen[side] = draft
        self._wrong.hide()
        if self._keeping is not None:
            self._keeping.settle(f"{side}.amount", f"{side}.text")
        self._shell.say(f"{side.label}的底线已记下")

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, Invalid):
            self._wrong.setText(str(error))
            self._wrong.show()
        else:
            self._shell.refuse(error)
