"""What two people say about one piece of evidence: neither is lost without a word."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.rules.evidence import Side
from odr_desk.services import evidence
from tests.make import make_picture
from tests.ui.hands import write
from tests.ui.looks import dump

pytestmark = pytest.mark.usefixtures("no_child")


@pytest.fixture
def tab(page, house, tmp_path):
    page.open_case(house.first)
    page.case.tabs.choose("evidence")
    QApplication.processEvents()
    file = tmp_path / "小票.jpg"
    file.write_bytes(make_picture("red", (30, 20)))
    page.case.evidence.put([file])
    return page.case.evidence


@pytest.fixture
def say(database, mediator, house):
    def said(**changes):
        with database.writing(mediator, "attachment.update") as work:
            evidence.update(work, house.first, 1, **changes)

    return said


def on_record(database, actor, house):
    with database.reading(actor) as work:
        (piece,) = evidence.pieces(work, house.first)
    return piece.label, piece.party


def settle(asked, own):
    (dialog,) = asked.dialogs
    (group,) = dialog._groups.values()
    group.button(0 if own else 1).setChecked(True)
    shown = dump(dialog)
    dialog.submit()
    return shown


@pytest.mark.parametrize("own", [True, False])
def test_which_label_holds_is_asked(tab, say, asked, press, database, manager, house, own):
    tab.details.edit()
    write(tab.details.label, "小票")
    say(label="购物凭证")
    press(Qt.Key.Key_Return)
    shown = settle(asked, own)
    assert "小票" in shown and "购物凭证" in shown
    assert on_record(database, manager, house)[0] == tab.details.label.text() == ("小票" if own else "购物凭证")


def test_which_party_holds_is_asked_and_a_label_beside_it_stays(tab, say, asked, database, manager, house):
    say(label="购物凭证", party=Side.MERCHANT)
    tab.acts.give_to(1, Side.MALL, Side.CONSUMER)
    shown = settle(asked, own=True)
    assert "商场" in shown and "商户" in shown
    assert on_record(database, manager, house) == ("购物凭证", Side.MALL)
