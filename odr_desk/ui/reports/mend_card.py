"""The finding that is being mended: the facts around it, the field itself, and on to the next."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from odr_desk.rules import money
from odr_desk.rules.case import CaseDraft
from odr_desk.rules.completeness import Finding, Weight
from odr_desk.rules.errors import DeskError, Invalid, Problem
from odr_desk.rules.fields import fields_of
from odr_desk.rules.mending import EndingDraft
from odr_desk.services import mending, monthly
from odr_desk.services.mending import Mendable
from odr_desk.ui.form import Form
from odr_desk.ui.latest import Latest
from odr_desk.ui.reports.columns import tail
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, empty_layout, line, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon, Key
from odr_desk.ui.widgets.words import Words

_OF_THE_END = frozenset(field.name for field in fields_of(EndingDraft))
_HINTS = {field.name: field.hint for field in fields_of(EndingDraft)}
Options = Iterable[tuple[str, str]]


class MendCard(QFrame):
    """Mends one finding; `mended` when that has been saved or waved through."""

    mended = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._shell = shell
        self._reading = Latest(shell.desk, self)
        self._finding: Finding | None = None
        self._case: Mendable | None = None
        self._choices: dict[str, list[tuple[str, str]]] = {}
        self.form: Form[CaseDraft] | Form[EndingDraft] | None = None
        self._sign = Icon("alert", "act")
        self._title = Words("", "head", elide=True)
        self._place = Words("", "small")
        self._facts = column(gap=4)
        self._field = column(gap=4)
        self._hint = Words("", "small", wrap=True)
        self.save = Button("保存，看下一项", "primary", clicked=self.submit)
        self._key = Key("Ctrl ⏎")
        self.leave = Button("看过，不改", "link", clicked=self._wave)
        self._open = Button("打开件", "link", "jump", clicked=self._go)
        self._other = Button("", "link", "jump", clicked=self._go_to_other)
        head = row(self._sign, self._title, self._place)
        head.setStretch(1, 1)
        foot = row(self.save, self._key, None, self.leave, self._other, self._open, gap=8)
        self.setLayout(
            column(head, line(), self._facts, line(), self._field, self._hint, foot, margins=(16, 12, 16, 14), gap=6)
        )

    def set_choices(self, problems: Options, categories: Options) -> None:
        """Offer the words of the codes."""
        self._choices = {"problems": list(problems), "categories": list(categories)}

    def show_finding(self, finding: Finding, place: str) -> None:
        """Show a finding; `place` says which of how many it is."""
        self._finding, self._case = finding, None
        must = finding.level is Weight.MUST
        self._sign.set_icon("alert" if must else "eye", "act" if must else "wait")
        self._title.setText(f"{tail(finding.case_no)} {finding.merchant}")
        self._place.setText(place)
        self._reading.read(lambda work: mending.look(work, finding.case_no), self._show, self._shell.refuse)

    def submit(self) -> None:
        """Save the field, or wave the finding through, or open the case: what the primary button says."""
        if self._finding is None or self._case is None:
            return
        if self.form is None:
            self._go() if self._finding.level is Weight.MUST else self._wave()
            return
        field, number, version = self._finding.field, self._finding.case_no, self._case.version
        try:
            value = getattr(self.form.draft(), field)
            if value in (None, ""):
                raise Invalid.of(field, f"请填写{self._finding.topic.label}")
        except Invalid as error:
            self.form.show_problems(error)
            return
        self._shell.desk.write(
            self,
            lambda work: mending.mend(work, number, version, field, value),
            lambda _version: self.mended.emit(),
            self._refuse,
            verb="case.update",
        )

    def _show(self, case: Mendable) -> None:
        finding = self._finding
        if finding is None or finding.case_no != case.case_no:
            return
        self._case = case
        self._show_facts(case)
        empty_layout(self._field)
        self.form = self._form_for(finding.field, case)
        if self.form is None:
            self._field.addWidget(Words(finding.message, wrap=True))
        else:
            self._field.addWidget(self.form)
        must = finding.level is Weight.MUST
        hint = _HINTS.get(finding.field, "")
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and self.form is not None)
        self.save.setText("保存，看下一项" if self.form else "打开件" if must else "看过，不改")
        self.leave.setVisible(not must and self.form is not None)
        self._open.setVisible(self.form is not None or not must)
        self._other.setVisible(bool(finding.other))
        self._other.setText(f"打开 {tail(finding.other)}")

    def _form_for(self, field: str, case: Mendable) -> "Form[CaseDraft] | Form[EndingDraft] | None":
        """Return a form of the one field, None when it cannot be mended here."""
        if self._finding is None or self._finding.topic.is_comparison or field not in case.values:
            return None
        made: Form[CaseDraft] | Form[EndingDraft]
        if field in _OF_THE_END:
            made = Form(EndingDraft, only=(field,), columns=1)
            made.place(field).set_note("")
        else:
            made = Form(CaseDraft, only=(field,), columns=1, sections=False, choices=self._choices)
        now = case.values[field]
        made.set_values({field: now})
        if field == "recovered" and now is None:
            made.set_values({field: case.paid})
            made.place(field).set_note("按 退款＋赔偿 算出")
        return made

    def _show_facts(self, case: Mendable) -> None:
        empty_layout(self._facts)
        result = case.result.label if case.result else "没有结果"
        ended = f"，{case.ended_on}" if case.ended_on else ""
        facts = (
            ("消费者", case.consumer or "不详"),
            ("商品或服务", case.product or "没有填"),
            ("收到", case.received_on.isoformat()),
            ("结果", result + ended),
            ("退款和赔偿", money.show(case.paid)),
        )
        for name, value in facts:
            words = row(Words(name, "secondary"), Words(value, elide=True, right=True), gap=12)
            words.setStretch(1, 1)
            self._facts.addLayout(words)

    def _wave(self) -> None:
        finding = self._finding
        if finding is None:
            return
        self._shell.desk.write(
            self,
            lambda work: monthly.note_seen(work, finding),
            lambda _nothing: self.mended.emit(),
            self._refuse,
            verb="case.update",
        )

    def _go(self) -> None:
        if self._finding is not None:
            self._shell.open("cases", self._finding.case_no)

    def _go_to_other(self) -> None:
        if self._finding is not None:
            self._shell.open("cases", self._finding.other)

    def _refuse(self, error: DeskError) -> None:
        if isinstance(error, Invalid) and self.form is not None:
            rest: tuple[Problem, ...] = self.form.show_problems(error)
            if not rest:
                return
        self._shell.refuse(error)
