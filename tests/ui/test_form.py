from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import flag, text
from odr_desk.rules.parsing import check
from odr_desk.ui.form import Form
from tests.ui.gallery import SampleDraft, Wish
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle, unnamed

CHANNELS = {"channels": [("odr", "ODR 直达"), ("walk", "到店")]}


@pytest.fixture
def form(qtbot):
    made = Form(SampleDraft, choices=CHANNELS, today=lambda: date(2026, 12, 2))
    qtbot.addWidget(made)
    settle(made, 700, 620)
    return made


def fill(form, **texts):
    for name, words in texts.items():
        write(form.editor(name), words)


def test_what_is_typed_becomes_a_draft(qtbot, form):
    fill(
        form,
        name="周女士",
        phone="13800005678",
        said="刻字错了",
        amount_fen="2,180",
        bought_on="1121",
        copies="3",
    )
    qtbot.mouseClick(form.editor("wish").button(Wish.SWAP), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.editor("consent"), Qt.MouseButton.LeftButton, pos=QPoint(8, 14))
    assert form.draft() == SampleDraft(
        name="周女士",
        phone="13800005678",
        wish=Wish.SWAP,
        said="刻字错了",
        amount_fen=218000,
        bought_on=date(2026, 11, 21),
        copies=3,
        consent=True,
    )


def test_a_draft_is_shown_again_as_it_was(form):
    draft = SampleDraft(name="李先生", wish=Wish.REPAIR, channel="walk", amount_fen=129900, bought_on=date(2026, 12, 1))
    form.load(draft)
    assert form.draft() == draft
    assert form.editor("amount_fen").text() == "1,299.00"


def test_loading_announces_nothing_and_typing_does(qtbot, form):
    with qtbot.assertNotEmitted(form.changed):
        form.load(SampleDraft(name="李先生", wish=Wish.REPAIR, said="一句话", consent=True))
    with qtbot.waitSignal(form.changed):
        write(form.editor("said"), "再说")


def test_what_does_not_parse_stays_and_is_named(qtbot, form):
    fill(form, amount_fen="12.345", bought_on="13-45")
    with pytest.raises(Invalid) as caught:
        form.draft()
    rest = form.show_problems(caught.value)
    assert rest == ()
    assert form.place("amount_fen").problem().startswith("金额（元）")
    assert form.place("bought_on").problem().startswith("购买日期")
    assert form.editor("amount_fen").text() == "12.345"
    assert QApplication.focusWidget() is form.editor("amount_fen")


def test_what_is_missing_is_said_below_its_field(qtbot, form):
    with pytest.raises(Invalid) as caught:
        check(form.draft())
    form.show_problems(caught.value)
    assert form.place("name").problem() == "请填写姓名"
    assert form.place("name").editor.accessibleDescription() == "请填写姓名"
    assert form.place("phone").problem() == ""
    fill(form, name="周")
    assert form.place("name").problem() == ""


def test_a_problem_of_no_field_comes_back(form):
    stray = Problem("status", "已归档")
    assert form.show_problems(Invalid((stray,))) == (stray,)


def test_the_wheel_never_changes_a_choice(qtbot, form):
    editor = form.editor("channel")
    editor.set_value("odr")
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, wheel)
    assert editor.value() == "odr"


def test_choices_that_come_later_keep_what_was_chosen(form):
    form.editor("channel").set_value("walk")
    form.set_choices("channels", [("walk", "到店"), ("mail", "来信")])
    assert form.editor("channel").value() == "walk"
    form.set_choices("channels", [("mail", "来信")])
    assert form.editor("channel").value() is None


def test_tab_goes_through_the_fields_in_reading_order(qtbot, form):
    form.editor("name").setFocus()
    seen = []
    for _ in range(8):
        seen.append(QApplication.focusWidget().objectName() or QApplication.focusWidget().accessibleName())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen[:2] == ["name", "phone"]
    assert seen[3:] == ["channel", "said", "amount_fen", "bought_on", "copies"]


def test_only_some_fields_in_their_own_order(qtbot):
    form = Form(SampleDraft, only=("said", "name"), columns=1)
    qtbot.addWidget(form)
    assert list(form.values()) == ["said", "name"]


def test_the_form_fits_and_can_be_heard(form):
    assert clipped(form) == []
    assert unnamed(form) == []
    words = dump(form)
    assert "必填" in words
    assert "(x)" not in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    number: str = text("备案号", "证照")
    food: bool = flag("食品经营", "证照")
    beauty: bool = flag("化妆品经营", "证照")
    told: bool = flag("已向双方告知全部权利义务", "证照")
    mode: str = text("方式", "其他", max_length=30)


def middle(form, name):
    return form.editor(name).mapTo(form, form.editor(name).rect().center())


def test_short_boxes_that_follow_one_another_share_a_cell(qtbot):
    form = Form(Ticked)
    qtbot.addWidget(form)
    settle(form, 700, 400)
    x = {name: form.editor(name).mapTo(form, QPoint()).x() for name in form.values()}
    y = {name: middle(form, name).y() for name in form.values()}
    assert y["food"] == y["beauty"] == pytest.approx(y["number"], abs=2)
    assert x["number"] < x["food"] < x["beauty"]
    assert x["told"] == x["number"]


def test_boxes_alone_in_their_line_leave_no_room_for_a_name_above(qtbot):
    form = Form(Ticked)
    qtbot.addWidget(form)
    settle(form, 700, 400)
    assert form.editor("told").mapTo(form.place("told"), QPoint()).y() == 0
    assert form.editor("food").mapTo(form.place("food"), QPoint()).y() > 0


def test_a_lone_field_is_as_wide_as_those_that_have_another_beside_them(qtbot):
    form = Form(Ticked)
    qtbot.addWidget(form)
    settle(form, 700, 400)
    assert form.place("mode").width() == form.place("number").width()


def test_the_only_field_has_the_whole_line(qtbot):
    form = Form(Ticked, only=("number",))
    qtbot.addWidget(form)
    settle(form, 700, 400)
    assert form.place("number").width() == form.width()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    since: str = text("从哪天")
    until: str = text("到哪天")
    reason: str = text("原因", max_length=200)
    place: str = text("地点", "其他", max_length=30)


def test_a_sentence_takes_the_rest_of_its_line_and_a_word_does_not(qtbot):
    form = Form(Paused)
    qtbot.addWidget(form)
    settle(form, 700, 400)
    assert form.place("reason").width() == form.width()
    assert form.place("place").width() == form.place("since").width()
