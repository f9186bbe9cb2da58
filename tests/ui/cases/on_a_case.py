"""What tests of a case on screen do and look at: its record, its acts, the dialog over it."""

from PySide6.QtWidgets import QApplication

from odr_desk.services import case_file, cases, drafts
from odr_desk.ui.widgets.dialog import Dialog
from tests.ui.looks import clipped, dump, unnamed


def detail(database, actor, number):
    """Read the record of a case."""
    with database.reading(actor) as work:
        return case_file.detail(work, number)


def waiting(database, actor):
    """Read what one has begun and not finished."""
    with database.reading(actor) as work:
        return drafts.waiting(work)


def advance(database, actor, number, *states):
    """Take a case from state to state."""
    with database.writing(actor, "case.advance") as work:
        for state in states:
            cases.advance(work, number, state, "商户拒绝")


def act(case, words):
    """Choose what stands under ▾."""
    (found,) = [one for one in case.header.button._acts if one.text == words]
    found.slot()


def top_dialog(asked) -> Dialog:
    """Return the dialog that has opened last, nothing in it cut and nothing without a name."""
    dialog = asked.dialogs[-1]
    QApplication.processEvents()
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    return dialog


def shown(widget):
    """Return what a screen says once it has come to rest."""
    QApplication.processEvents()
    return dump(widget)
