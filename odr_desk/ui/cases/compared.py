"""What an open case is compared with: precedents and what was seen, in the facts panel or in a dialog."""

from PySide6.QtWidgets import QWidget

from odr_desk.rules.people import Actor, Right
from odr_desk.ui import ask
from odr_desk.ui.cases.observed import ObservedCard
from odr_desk.ui.cases.precedents_card import PrecedentsCard
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words


class Compared(QWidget):
    """The two cards, one below the other."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.precedents = PrecedentsCard(shell)
        self.observed = ObservedCard(shell)
        self.setLayout(column(self.precedents, self.observed, gap=12))

    def show_case(self, number: str) -> None:
        """Read both for this case."""
        self.precedents.show_case(number)
        self.observed.show_case(number)


def title(actor: Actor) -> str:
    """Return what the dialog is called for this person."""
    return "同类先例和购买情况" if actor.may(Right.SEE_OBSERVED) else "同类先例"


def show(shell: Shell, parent: QWidget, number: str, tail: str) -> None:
    """Show both in a dialog, for windows that have no room for the facts panel."""
    cards = Compared(shell)
    few = Words("同类先例太少时不显示。", "small", wrap=True)
    words = f"{tail} 的{title(shell.desk.actor)}"
    dialog = Dialog(words, column(cards, few, None, gap=8), do="", keep="知道了", width=580, parent=parent)
    cards.precedents.known.connect(few.hide)
    for card in (cards.precedents, cards.observed):
        card.left.connect(dialog.accept)
        card.known.connect(dialog.fit)
    ask.show(dialog)
    cards.show_case(number)
