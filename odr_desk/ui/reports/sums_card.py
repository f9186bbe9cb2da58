"""The figures people check by hand, in a card beside the work."""

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame

from odr_desk.services.figures.report import Proof, Sum
from odr_desk.ui.widgets.boxes import column, empty_layout, row
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words


class SumsCard(QFrame):
    """Figures below a head; a note in amber where they will still change, proofs where they are final."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._head = Words("", "head", elide=True)
        self._body = column(gap=4)
        self._note = Words("", "small", "act", wrap=True)
        self.setLayout(column(self._head, self._body, self._note, margins=(16, 12, 16, 12), gap=6))

    def show_sums(self, head: str, sums: Iterable[Sum], note: str = "", proofs: Iterable[Proof] = ()) -> None:
        """Show figures, each once."""
        self._head.setText(head)
        empty_layout(self._body)
        for one in {one.label: one for one in sums}.values():
            self._body.addLayout(row(Words(one.label, "secondary"), None, Words(one.value)))
        for proof in proofs:
            sign = Icon("check", "done", says="对得上") if proof.holds else Icon("alert", "late", says="对不上")
            words = row(sign, Words(proof.text, "small", wrap=True), gap=6)
            words.setStretch(1, 1)
            self._body.addLayout(words)
        self._note.setText(note)
        self._note.setVisible(bool(note))
