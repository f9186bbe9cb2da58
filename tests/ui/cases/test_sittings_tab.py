from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from odr_desk.rules.session import PresentDraft, SessionDraft
from odr_desk.services import drafts, sessions
from odr_desk.ui.cases.sitting_form import people as people_in
from tests.ui.cases.on_a_case import detail, shown, top_dialog, waiting
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, unnamed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sat(database, manager, house):
    """The first complaint after a sitting."""
    before = detail(database, manager, house.first).read_at - timedelta(seconds=7)
    held = SessionDraft(held_at=before, mode="A", mediator="刘洋", outcome="再谈")
    with database.writing(manager, "session.add") as work:
        sessions.add(work, house.first, held, (PresentDraft(name="周女士", role="消费者"),))
    return held


def _sitting(database, actor, number):
    with database.reading(actor) as work:
        (found,) = sessions.rows(work, number)
    return found


def test_what_was_noted_of_a_sitting_is_corrected(sat, case, page, click, press, database, manager, house):
    case.tabs.choose("sittings")
    QApplication.processEvents()
    click(case.sittings, "修改第 1 次调解的记录")
    form = case.sittings.form
    assert clipped(case) == [] and unnamed(case) == []
    write(form.fields.editor("consumer_position"), "坚持全退")
    page.open_case(house.second)
    page.show_record({"draft": (drafts.SITTING, f"{house.first}/1")})
    assert case.sittings.form.fields.editor("consumer_position").value() == "坚持全退"
    case.sittings.form.present.set_value("周女士（消费者）、陈莉（店长）")
    press(Qt.Key.Key_Return, CTRL)
    found = _sitting(database, manager, house.first)
    assert (found.consumer_position, found.outcome, len(found.present)) == ("坚持全退", "再谈", 2)
    assert found.held_at == sat.held_at, "the form shows no seconds, and takes none away"
    assert not case.sittings.is_writing() and "坚持全退" in shown(case.sittings)
    assert drafts.SITTING not in {one.kind for one in waiting(database, manager)}


def test_two_people_correct_a_sitting(sat, case, asked, click, database, mediator, manager, house):
    case.tabs.choose("sittings")
    QApplication.processEvents()
    click(case.sittings, "修改第 1 次调解的记录")
    case.sittings.form.fields.set_values({"outcome": "谈崩了", "opinion": "退三成"})
    with database.writing(mediator, "session.change") as work:
        sessions.change(work, house.first, 1, {"outcome": "谈成了"})
    case.sittings.save()
    dialog = top_dialog(asked)
    assert "谈成了" in dump(dialog) and "谈崩了" in dump(dialog) and "刘洋" in dump(dialog)
    dialog.submit()
    assert not dialog.isVisible() and not case.sittings.is_writing()
    assert (_sitting(database, manager, house.first).outcome, _sitting(database, manager, house.first).opinion) == (
        "谈崩了",
        "退三成",
    )


def test_a_sitting_is_written_down_with_its_offers(press, case, database, manager, house):
    case.note_sitting()
    form = case.sittings.form
    write(form.fields.editor("consumer_position"), "坚持退货")
    form._offers[1].amount.setText("680")
    form._offers[1].text.set_value("退差价")
    press(Qt.Key.Key_Return, CTRL)
    with database.reading(manager) as work:
        (sitting,) = sessions.rows(work, house.first)
    assert (sitting.mode, sitting.consumer_position) == (sessions.ON_SITE, "坚持退货")
    assert [(one.name, one.role) for one in sitting.present] == [("周女士", "消费者"), ("陈莉", "商户")]
    assert [(offer.amount, offer.text) for offer in sitting.offers] == [(68_000, "退差价")]
    assert "方案 1" in shown(case.sittings) and "680.00 元，退差价" in shown(case.sittings)


def test_an_offer_that_is_no_amount_is_refused_beside_it(press, case, database, manager, house):
    case.note_sitting()
    case.sittings.form._offers[0].amount.setText("很多")
    press(Qt.Key.Key_Return, CTRL)
    assert "第 1 个方案" in shown(case.sittings)
    with database.reading(manager) as work:
        assert sessions.rows(work, house.first) == ()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("周女士（消费者）、陈莉(店长)", [("周女士", "消费者"), ("陈莉", "店长")]),
        ("王律师，李先生", [("王律师", ""), ("李先生", "")]),
        ("", []),
    ],
)
def test_people_in_a_line(said, found):
    assert [(one.name, one.role) for one in people_in(said)] == found
