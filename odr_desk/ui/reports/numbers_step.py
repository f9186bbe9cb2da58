"""The third step: each form as it will stand, figures proved two ways, and somebody who has checked them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from odr_desk.services import report_desk
from odr_desk.services.monthly import Counted, Month
from odr_desk.services.report_desk import Opening
from odr_desk.ui.reports.columns import look_at_preview, of_preview
from odr_desk.ui.reports.edge import keep_edge
from odr_desk.ui.reports.sums_card import SumsCard
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.choice_edit import Tick
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

_SIDE = 320


class NumbersStep(QWidget):
    """Shows the forms of a month; `changed` when they were checked or not."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._forms: dict[str, Counted] = {}
        self._which = row(gap=0)
        self.segments: Segments | None = None
        self._title = Words("", "head", elide=True)
        self._left_out = Words("", "small")
        self._place = column(gap=0)
        self.table: Table | None = None
        self.sums = SumsCard()
        self.checker = LineEdit("姓名")
        self.checker.setAccessibleName("核对人")
        self.checked = Tick("以上数字已核对")
        self.checked.changed.connect(self.changed)
        self.checker.changed.connect(self.changed)
        self._note = Words("", "small", wrap=True)
        self.setLayout(self._lay())

    def show_opening(self, found: Opening) -> None:
        """Take the name of the person who checks."""
        if not self.checker.text():
            self.checker.setText(found.reviewer)

    def show_month(self, month: Month) -> None:
        """Show the forms; whoever checked other figures has to check these."""
        changed = {form.form: form.sums for form in month.forms} != {
            code: form.sums for code, form in self._forms.items()
        }
        if changed:
            self.checked.set_value(False)
        self._forms = {form.form: form for form in month.forms}
        self._note.setText(month.forms[0].note)
        self._offer(tuple(self._forms))

    def checked_by(self) -> str:
        """Return who has checked, empty when nobody has."""
        return self.checker.text().strip() if self.checked.value() else ""

    def obstacle(self) -> str:
        """Return why one cannot go on."""
        wrong = [proof.text for form in self._forms.values() for proof in form.proofs if not proof.holds]
        if wrong:
            return f"{wrong[0]}，对不上"
        if not self.checker.text().strip():
            return "还没有写核对人"
        return "" if self.checked.value() else "还没有核对数字"

    def _lay(self) -> QHBoxLayout:
        frame = QFrame()
        frame.setProperty("card", "plain")
        head = row(self._title, self._left_out, margins=(16, 10, 16, 10), gap=12)
        head.setStretch(0, 1)
        inside = column(head, line(), self._place, gap=0)
        inside.setStretch(2, 1)
        frame.setLayout(inside)
        left = column(row(panel(self._which), None), frame, gap=8)
        left.setStretch(1, 1)
        who = card(
            column(Words("核对", "head"), self._note, self.checker, self.checked, gap=8), margins=(16, 12, 16, 14)
        )
        side = scroll(column(self.sums, who, None, gap=12))
        side.setFixedWidth(_SIDE)
        body = row(panel(left), side, margins=(16, 12, 16, 12), gap=16)
        body.setStretch(0, 1)
        return body

    def _offer(self, codes: tuple[str, ...]) -> None:
        shown = str(self.segments.value()) if self.segments is not None else ""
        empty_layout(self._which)
        self.segments = Segments(tuple((code, code) for code in codes), shown if shown in codes else codes[0])
        self.segments.setAccessibleName("看哪张表")
        self.segments.chosen.connect(lambda code: self._show(str(code)))
        self._which.addWidget(self.segments)
        self._show(str(self.segments.value()))

    def _show(self, code: str) -> None:
        counted = self._forms[code]
        found = report_desk.preview(counted)
        self._title.setText(f"{code}  {counted.title}")
        self._left_out.setText(found.left_out)
        self.sums.show_sums(f"{counted.period.month_words}合计", counted.sums, proofs=counted.proofs)
        empty_layout(self._place)
        self.table = Table(f"{code} 的样子", of_preview(found), identity=lambda line: line, looks=look_at_preview)
        keep_edge(self.table)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.set_empty(Empty("这段时间没有收到投诉", "表里各栏会填 0", icon="cases"))
        self.table.set_rows(found.rows)
        self._place.addLayout(row(self.table, margins=(1, 0, 1, 1)))
