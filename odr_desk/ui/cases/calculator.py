"""算主张: choose a rule, put in what is known, see at once what it comes to and what it rests on."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from odr_desk.rules import calculators
from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import Field, Kind, fields_of
from odr_desk.rules.people import Right
from odr_desk.rules.reckoning import LABEL, Reckoning
from odr_desk.services import calculating, drafts
from odr_desk.services.calculating import Calculation, Law, Sheet
from odr_desk.services.case_file import CaseDetail
from odr_desk.ui import ask, keeping
from odr_desk.ui.draft_dialog import write_from
from odr_desk.ui.form import Form, form_values
from odr_desk.ui.keeping import Content
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, empty_layout, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Tick
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.words import Words

_WIDTH, _LEFT, _LEAST_HIGH = 840, 400, 348
_SUGGESTED, _ALL = "suggested", "all"


def show(shell: Shell, parent: QWidget, found: CaseDetail) -> None:
    """Open the calculator for a case, with what the case already says filled in."""
    number = found.row.number
    may_note = shell.desk.actor.may(Right.WRITE_CASES) and found.row.state is not CaseState.CLOSED
    shell.desk.read(
        parent,
        lambda work: calculating.sheet(work, number),
        lambda sheet: _open(shell, parent, sheet, may_note=may_note),
        shell.refuse,
    )


def _open(shell: Shell, parent: QWidget, sheet: Sheet, *, may_note: bool) -> None:
    bench = Bench(sheet)
    dialog = Dialog(
        f"{sheet.case_no} 算主张",
        bench,
        do="记入进展" if may_note else "",
        keep="关闭",
        closes=False,
        width=_WIDTH,
        parent=parent,
    )
    copy = Button("复制结果", clicked=lambda: QGuiApplication.clipboard().setText(bench.words()))
    dialog.foot.insertWidget(0, copy)
    dialog.foot.insertWidget(1, Words("只作协商参考，不会写进协议。", "small"))

    def refresh() -> None:
        dialog.do.setEnabled(bench.found is not None)
        copy.setEnabled(bench.found is not None)

    def submit() -> None:
        if bench.found is None:
            return
        rule, values, ticked = bench.rule(), bench.values(), bench.ticked()
        write_from(
            shell,
            dialog,
            lambda work: calculating.note(work, sheet.case_no, rule, values, ticked),
            f"{LABEL}已记入 {sheet.case_no} 的进展",
            "event.add",
        )

    _keep(shell, dialog, sheet.case_no, bench)
    bench.reckoned.connect(refresh)
    dialog.submitted.connect(submit)
    refresh()
    ask.show(dialog)


def _keep(shell: Shell, dialog: Dialog, number: str, bench: "Bench") -> None:
    """Keep what is put in, also while the dialog is closed to look something up; what is known already is not kept."""
    known = bench.content()

    def content() -> Content | None:
        if not shell.desk.actor.may(Right.WRITE_CASES):
            return None
        typed = bench.content()
        return typed if typed != known else {}

    kept = keeping.over(shell, dialog, (drafts.RECKONING, number), content, bench.load)
    bench.typed.connect(kept.soon)


class Bench(QWidget):
    """The rule and its inputs at the left, the result and the law at the right."""

    reckoned = Signal()
    typed = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.found: Calculation | None = None
        self.kinds = ChoiceEdit(_kinds(sheet))
        self.rules = ChoiceEdit()
        self.form: Form[object]
        self._takes: type | None = None
        self.ticks: tuple[Tick, ...] = ()
        self._inputs = column(gap=12)
        self._result = Result()
        left = column(
            row(Labelled("类别", self.kinds), Labelled("规则", self.rules), gap=16), self._inputs, None, gap=12
        )
        laid = row(panel(left, width=_LEFT), self._result, gap=24)
        laid.setStretch(1, 1)
        self.setLayout(laid)
        laid.addStrut(_LEAST_HIGH)
        self.kinds.changed.connect(self._show_kind)
        self.rules.changed.connect(self._show_rule)
        self.kinds.changed.connect(self.typed)
        self.rules.changed.connect(self.typed)
        self.choose(_SUGGESTED if sheet.suggested else _ALL)

    def rule(self) -> str:
        """Return the rule that is chosen."""
        return str(self.rules.value())

    def values(self) -> dict[str, object]:
        """Return the inputs as typed."""
        return self.form.values()

    def ticked(self) -> tuple[str, ...]:
        """Return the conditions that were checked."""
        return tuple(tick.accessibleName() for tick in self.ticks if tick.value())

    def content(self) -> dict[str, object]:
        """Return what was chosen and put in, fit for a draft."""
        return {
            "kind": self.kinds.value(),
            "rule": self.rule(),
            "values": form_values(self.form.typed()),
            "ticked": list(self.ticked()),
        }

    def load(self, content: Mapping[str, Any]) -> None:
        """Show what was put in before."""
        self.choose(str(content["kind"]), str(content["rule"]))
        self.form.set_values(content["values"])
        for tick in self.ticks:
            tick.set_value(tick.accessibleName() in content["ticked"])
        self._reckon()

    def words(self) -> str:
        """Return the result as it goes into the timeline; empty while there is none."""
        return calculating.words(self.found, self.ticked()) if self.found is not None else ""

    def choose(self, kind: str, rule: str = "") -> None:
        """Offer the rules of a category and open one, the first unless it is named."""
        self.kinds.set_value(kind)
        offered = _of_kind(self._sheet, kind)
        self.rules.set_value(None)
        self.rules.set_options([(law.rule, law.name) for law in offered])
        self.rules.set_value(rule if any(law.rule == rule for law in offered) else offered[0].rule)
        self._show_rule()

    def _show_kind(self) -> None:
        self.choose(str(self.kinds.value()))

    def _show_rule(self) -> None:
        law = self._sheet.book.law(self.rule())
        takes = calculators.BY_RULE[law.rule].takes
        typed = self._typed_for(takes)
        empty_layout(self._inputs)
        self.form, self._takes = Form(takes), takes
        self.form.set_values({**self._sheet.known, **typed})
        self.form.changed.connect(self._reckon)
        self.form.changed.connect(self.typed)
        self._inputs.addWidget(self.form)
        self.ticks = tuple(Tick(condition) for condition in law.conditions)
        for tick in self.ticks:
            tick.changed.connect(self.typed)
        if self.ticks:
            self._inputs.addWidget(_part("条件（逐项核对后勾选）", self.ticks))
        self._result.show_law(law)
        self._reckon()

    def _typed_for(self, takes: type) -> dict[str, object]:
        """Return what was put in for the rule before that means the same for one that takes these inputs."""
        if self._takes is None:
            return {}
        before = {field.name: field for field in fields_of(self._takes)}
        same = {field.name for field in fields_of(takes) if field.name in before and _same(before[field.name], field)}
        return {name: value for name, value in self.form.values().items() if value and name in same}

    def _reckon(self) -> None:
        try:
            self.found = calculating.work_out(self._sheet.book, self.rule(), self.values())
        except Invalid as error:
            self.found = None
            self._result.show_open(error)
        else:
            self._result.show_reckoning(self.found.reckoning)
        self.reckoned.emit()


class Result(QWidget):
    """What a claim comes to, and the law it rests on."""

    def __init__(self) -> None:
        super().__init__()
        self._sum = column(gap=4)
        self._law = column(gap=10)
        self.setLayout(column(card(self._sum, "soft"), self._law, None, gap=12))

    def show_reckoning(self, found: Reckoning) -> None:
        """Show figures and formula."""
        empty_layout(self._sum)
        self._sum.addWidget(Words(LABEL, "small"))
        if found.figures:
            first, *rest = found.figures
            self._sum.addLayout(row(Words(first.shown, "title"), Words(first.label, "secondary"), None, gap=8))
            if rest:
                more = "，".join(f"{figure.label} {figure.shown}" for figure in rest)
                self._sum.addWidget(Words(more, "secondary", wrap=True))
        if not found.stands:
            self._sum.addWidget(Words("这条规则不适用", "title", "act"))
        self._sum.addSpacing(4)
        for step in found.steps:
            self._sum.addWidget(Words(step, wrap=True))
        for remark in found.remarks:
            self._sum.addWidget(Words(f"{remark}。", "secondary", wrap=True))

    def show_open(self, error: Invalid) -> None:
        """Say what is still needed."""
        empty_layout(self._sum)
        self._sum.addWidget(Words(LABEL, "small"))
        self._sum.addWidget(Words("填好左边就算出结果", "head"))
        for problem in error.problems:
            self._sum.addWidget(Words(problem.text, "secondary", wrap=True))

    def show_law(self, law: Law) -> None:
        """Show where the rule stands, what is excepted and what has to be shown."""
        empty_layout(self._law)
        self._law.addWidget(
            _part("依据", (Words(law.article, wrap=True), Words("、".join(law.versions), "small", wrap=True)))
        )
        if law.exceptions:
            self._law.addWidget(_part("例外和说明", _lines(("；".join(law.exceptions),))))
        if law.evidence:
            self._law.addWidget(_part("需要的材料", _lines((law.evidence,))))


def _same(one: Field, other: Field) -> bool:
    """Tell whether two inputs of one name mean the same: a rate a year is none a day, a price after rebate none before.

    Prices and days are called by what each rule is about, and mean the same where nothing is said to them.
    """
    alike = one.kind is other.kind and one.hint == other.hint
    return alike and (one.kind in (Kind.MONEY, Kind.DAY) or one.label == other.label)


def _kinds(sheet: Sheet) -> list[tuple[object, str]]:
    kinds: list[tuple[object, str]] = [(_SUGGESTED, "按本件建议")] if sheet.suggested else []
    kinds.append((_ALL, "全部"))
    return kinds + [(kind, kind) for kind in dict.fromkeys(law.category for law in sheet.book.laws)]


def _of_kind(sheet: Sheet, kind: str) -> tuple[Law, ...]:
    if kind == _SUGGESTED:
        return tuple(sheet.book.law(rule) for rule in sheet.suggested)
    return tuple(law for law in sheet.book.laws if kind in (_ALL, law.category))


def _part(head: str, parts: Iterable[QWidget]) -> QWidget:
    return panel(column(Words(head, "small"), *parts, gap=2))


def _lines(texts: Iterable[str]) -> tuple[Words, ...]:
    return tuple(Words(text, wrap=True) for text in texts)
