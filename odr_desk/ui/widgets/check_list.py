"""What to look at before something is signed or printed: open points first, then what is in order."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.ui.widgets.boxes import card, column, empty_layout, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words

_INDENT = 24


class Finding(Protocol):
    """One finding: how it weighs (`must`, `look`, `done`), where it leads, what it says and advises."""

    @property
    def level(self) -> str:
        """Return how it weighs."""

    @property
    def field(self) -> str:
        """Return what is to be mended."""

    @property
    def text(self) -> str:
        """Return what was found."""

    @property
    def advice(self) -> str:
        """Return what to do about it."""


class CheckList(QWidget):
    """A card of findings; `asked` carries the field of the one that is to be mended now."""

    asked = Signal(str)

    def __init__(self, title: str, *, link: str = "去填", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._link = title, link
        self._leads: frozenset[str] | None = None
        self._body = column(gap=8)
        self.setLayout(column(card(self._body), gap=0))

    def lead_to(self, fields: Sequence[str]) -> None:
        """Say which fields can be gone to: names, or beginnings such as `terms[`."""
        self._leads = frozenset(fields)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the findings of a paper."""
        empty_layout(self._body)
        wrong = [finding for finding in findings if finding.level != "done"]
        fine = [finding for finding in findings if finding.level == "done"]
        wrong.sort(key=lambda finding: finding.level != "must")
        self._body.addWidget(self._head(wrong))
        for finding in wrong:
            self._body.addWidget(self._wrong(finding))
        if wrong and fine:
            self._body.addWidget(line())
        for finding in fine:
            words = Words(finding.text, wrap=True)
            laid = row(column(Icon("check", "done", says="无误"), None, gap=0), words, gap=8)
            laid.setStretch(1, 1)
            self._body.addWidget(panel(laid))

    def _head(self, wrong: Sequence[Finding]) -> QWidget:
        must = sum(finding.level == "must" for finding in wrong)
        if must:
            said = Words(f"{must} 处必须改", "head", "late")
        elif wrong:
            said = Words(f"{len(wrong)} 处要看", "head", "act")
        else:
            said = Words("都齐了", "head", "done")
        return panel(row(Words(self._title, "head"), None, said))

    def _wrong(self, finding: Finding) -> QWidget:
        tone = "late" if finding.level == "must" else "act"
        sign = Icon("alert", tone, says="必须改" if tone == "late" else "请核对")
        head = row(column(sign, None, gap=0), gap=8)
        head.addWidget(Words(finding.text, "head", tone, wrap=True), 1)
        body = column(head, gap=2)
        if finding.advice:
            body.addLayout(row(Words(finding.advice, "small", wrap=True), margins=(_INDENT, 0, 0, 0)))
        if self._can_go(finding.field):
            field = finding.field
            says = f"{self._link}：{finding.text}"
            go = Button(self._link, "link", says=says, clicked=lambda: self.asked.emit(field))
            body.addLayout(row(go, None, margins=(_INDENT, 0, 0, 0)))
        return panel(body)

    def _can_go(self, field: str) -> bool:
        if not field:
            return False
        return self._leads is None or any(field == name or field.startswith(name) for name in self._leads)
