from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from odr_desk.ui.widgets import day_edit
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Radio, Tick
from odr_desk.ui.widgets.day_edit import DayEdit, MomentEdit, read_day, this_day
from odr_desk.ui.widgets.day_picker import DayPicker
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.number_edit import MoneyEdit, NumberEdit
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from tests.ui.hands import write
from tests.ui.looks import dump

TODAY = date(2026, 12, 2)  # a Wednesday


def shown(qtbot, *widgets):
    place = QWidget()
    qtbot.addWidget(place)
    place.setLayout(column(*widgets))
    place.show()
    QApplication.processEvents()
    qtbot.place = place  # qtbot itself holds it weakly
    return place


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12-07", date(2026, 12, 7)),
        ("1207", date(2026, 12, 7)),
        ("12.7", date(2026, 12, 7)),
        ("12/7", date(2026, 12, 7)),
        ("12月7日", date(2026, 12, 7)),
        ("１２－０７", date(2026, 12, 7)),
        ("2026-12-07", date(2026, 12, 7)),
        ("20261207", date(2026, 12, 7)),
        ("2026年12月7日", date(2026, 12, 7)),
        ("今天", TODAY),
        ("明天", date(2026, 12, 3)),
        ("前天", date(2026, 11, 30)),
        ("周五", date(2026, 12, 4)),
        ("周三", TODAY),
        ("周天", date(2026, 12, 6)),
        ("+3", date(2026, 12, 5)),
        ("-1", date(2026, 12, 1)),
        ("01-05", date(2027, 1, 5)),
        ("11-23", date(2026, 11, 23)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day):
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["13-45", "02-30", "1900-01-01", "2026-13-01", "abc", "12", "今年", "+", "周八", "99999"]
)
def test_what_is_no_day_is_refused_in_words(typed):
    with pytest.raises(ValueError, match=r"日期|年"):
        read_day(typed, TODAY)


def test_the_29th_of_february_is_the_nearest_one_there_is():
    assert read_day("02-29", date(2027, 12, 1)) == date(2028, 2, 29)


def test_a_day_is_written_out_when_the_field_is_left(qtbot):
    field, other = DayEdit(today=lambda: TODAY), LineEdit()
    shown(qtbot, field, other)
    write(field, "1207")
    other.setFocus()
    assert field.text() == "2026-12-07"
    assert field.value() == date(2026, 12, 7)


def test_a_wrong_day_stays_as_typed(qtbot):
    field, other = DayEdit(today=lambda: TODAY), LineEdit()
    shown(qtbot, field, other)
    write(field, "13-45")
    other.setFocus()
    assert field.text() == "13-45"
    assert field.value() == "13-45"


def test_the_calendar_writes_the_day_that_is_picked(qtbot):
    field = DayEdit(today=lambda: TODAY)
    shown(qtbot, field)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    picker = field.findChild(DayPicker)
    assert picker.isVisible()
    assert "2026 年 12 月" in dump(picker)
    assert picker.findChildren(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly) == []
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert field.value() == date(2026, 12, 3)


def test_the_calendar_turns_its_months(qtbot):
    field = DayEdit(today=lambda: TODAY)
    shown(qtbot, field)
    field.open_calendar()
    picker = field.findChild(DayPicker)
    forth = next(button for button in picker.findChildren(Button) if button.accessibleName() == "下个月")
    qtbot.mouseClick(forth, Qt.MouseButton.LeftButton)
    assert "2027 年 1 月" in dump(picker)
    picker.close()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12-07 14:30", "2026-12-07T14:30"),
        ("今天 9:05", "2026-12-02T09:05"),
        ("14：30", "2026-12-02T14:30"),
        ("12-07", "2026-12-07T00:00"),
        ("13-45 10:00", "13-45 10:00"),
        ("", None),
    ],
)
def test_an_instant_is_a_day_and_a_time(qtbot, typed, value):
    field = MomentEdit(today=lambda: TODAY)
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.value() == value


def test_an_instant_is_shown_on_the_wall_clock(qtbot):
    field = MomentEdit()
    qtbot.addWidget(field)
    field.set_value(datetime(2026, 12, 2, 6, 30, tzinfo=UTC))
    assert field.text() == "2026-12-02 14:30"
    field.set_value(None)
    assert field.text() == ""


def test_an_amount_gets_its_separators_when_the_field_is_left(qtbot):
    field, other = MoneyEdit(), LineEdit()
    shown(qtbot, field, other)
    write(field, "￥12８0.5")
    assert field.fen() == 128050
    other.setFocus()
    assert field.text() == "1,280.50"
    field.setFocus()
    field.selectAll()
    write(field, "一千")
    other.setFocus()
    assert field.text() == "一千"


def test_numbers_stand_at_the_right(qtbot):
    for field in (MoneyEdit(), NumberEdit()):
        qtbot.addWidget(field)
        assert field.alignment() & Qt.AlignmentFlag.AlignRight


def test_a_text_grows_with_what_is_typed_and_then_scrolls(qtbot):
    field = TextEdit(least=2, most=4)
    shown(qtbot, field)
    low = field.height()
    write(field, "一")
    for _ in range(2):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.height() > low
    four = None
    for _ in range(20):
        qtbot.keyClick(field, Qt.Key.Key_Return)
        four = four or field.height()
    assert field.height() <= 2 * low
    assert field.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded


def test_a_hundred_thousand_characters_are_kept(qtbot):
    long = "投诉" * 50_000
    for field in (TextEdit(), LineEdit()):
        qtbot.addWidget(field)
        QApplication.clipboard().setText(long)
        field.paste()
        assert field.value() == long


def test_markup_in_a_text_stays_text(qtbot):
    field = TextEdit()
    qtbot.addWidget(field)
    field.set_value("<b>粗</b>")
    assert field.toPlainText() == "<b>粗</b>"


def test_tab_leaves_a_text_and_ctrl_enter_belongs_to_the_page(qtbot):
    field, other, pressed = TextEdit(), LineEdit(), []
    place = shown(qtbot, field, other)
    place.keyPressEvent = lambda event: pressed.append(event.key())
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == ""
    assert pressed[-1] == Qt.Key.Key_Return  # after the Ctrl key itself
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is other


def test_setting_a_value_announces_nothing(qtbot):
    fields = [
        (TextEdit(), "字"),
        (LineEdit(), "字"),
        (MoneyEdit(), 100),
        (DayEdit(), TODAY),
        (Tick("同意"), True),
        (ChoiceEdit([(1, "一"), (2, "二")]), 2),
    ]
    for field, value in fields:
        qtbot.addWidget(field)
        with qtbot.assertNotEmitted(field.changed):
            field.set_value(value)
        assert field.value() == (value if not isinstance(field, MoneyEdit) else "1.00")


def test_a_choice_is_made_by_keys(qtbot):
    field = ChoiceEdit([("odr", "ODR 直达"), ("walk", "到店"), ("call", "来电")])
    shown(qtbot, field)
    field.setFocus()
    assert field.value() is None
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field, Qt.Key.Key_Space)
        qtbot.keyClick(field.view(), Qt.Key.Key_Down)
        qtbot.keyClick(field.view(), Qt.Key.Key_Return)
    assert field.value() in {"odr", "walk"}
    field.hidePopup()


def test_a_tick_and_a_radio_show_their_sign(qtbot):
    tick, radio = Tick("同意公示"), Radio("商户承担", checked=True)
    shown(qtbot, tick, radio)
    tick.setFocus()
    with qtbot.waitSignal(tick.changed):
        qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert tick.value() is True
    assert "(x) 同意公示" in dump(tick.parentWidget())
    assert not tick.grab().isNull()


def test_a_field_says_its_problem_to_eye_and_ear(qtbot):
    place = Labelled("电话", LineEdit(), required=True, note="不详可空")
    shown(qtbot, place)
    assert place.editor.accessibleName() == "电话，必填"
    place.show_problem("差一位")
    assert place.problem() == "差一位"
    assert place.editor.accessibleDescription() == "差一位"
    assert place.editor.property("bad") == "true"
    place.show_problem("")
    assert place.problem() == ""
    assert not place.editor.property("bad")
    place.set_note("已有 3 件")
    assert "已有 3 件" in dump(place)


def test_today_is_the_day_in_china_whatever_zone_the_computer_is_set_to(monkeypatch):
    late = datetime(2026, 11, 29, 20, 37, tzinfo=UTC)
    clock = SimpleNamespace(currentMSecsSinceEpoch=lambda: int(late.timestamp() * 1000))
    monkeypatch.setattr(day_edit, "QDateTime", clock)
    assert this_day() == date(2026, 11, 30)


def _compose(edit, letters):
    QApplication.sendEvent(edit, QInputMethodEvent(letters, []))


class _Shelf:
    def words(self, code):
        return "展开" if code == "hf" else ""


@pytest.mark.parametrize("make", [TextEdit, LineEdit, DayEdit, MoneyEdit])
def test_letters_that_are_still_being_composed_change_nothing(qtbot, make):
    edit = make()
    qtbot.addWidget(edit)
    edit.show()
    heard = []
    edit.changed.connect(lambda: heard.append(edit.value()))
    edit.setFocus()
    _compose(edit, "z")
    _compose(edit, "zhong")
    _compose(edit, "")
    assert heard == []
    _compose(edit, "zhong")
    write(edit, "中")
    assert [str(value) for value in heard] == ["中"]


def test_what_was_selected_goes_as_soon_as_one_composes(qtbot):
    edit = TextEdit()
    qtbot.addWidget(edit)
    edit.show()
    write(edit, "旧")
    heard = []
    edit.changed.connect(lambda: heard.append(edit.value()))
    edit.selectAll()
    _compose(edit, "x")
    assert heard == [""]


def test_a_short_code_waits_until_nothing_is_composed(qtbot):
    host = QWidget()
    host.modules = SimpleNamespace(words=_Shelf().words, choose=lambda *_: None)
    edit = TextEdit(parent=host)
    LineEdit(parent=host)
    qtbot.addWidget(host)
    host.show()
    write(edit, "/hf")
    _compose(edit, "ni")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText() == "/hf"
    _compose(edit, "")
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.toPlainText() == "展开"


def test_an_optional_row_of_buttons_is_emptied_by_keys_and_by_pressing_again(qtbot):
    row = Segments([("a", "甲"), ("b", "乙")], optional=True)
    shown(qtbot, row)
    heard = []
    row.chosen.connect(heard.append)
    row.button("a").setFocus()
    qtbot.keyClick(row.button("a"), Qt.Key.Key_Space)
    qtbot.keyClick(row.button("a"), Qt.Key.Key_Right)
    qtbot.keyClick(row.button("b"), Qt.Key.Key_Space)
    qtbot.mouseClick(row.button("a"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(row.button("a"), Qt.Key.Key_Delete)
    qtbot.keyClick(row.button("a"), Qt.Key.Key_Delete)
    assert heard == ["a", "b", None, "a", None]
    assert row.value() is None


def test_a_row_of_buttons_that_is_not_optional_keeps_its_choice(qtbot):
    row = Segments([("a", "甲"), ("b", "乙")], "a")
    shown(qtbot, row)
    row.button("a").setFocus()
    qtbot.keyClick(row.button("a"), Qt.Key.Key_Space)
    qtbot.keyClick(row.button("a"), Qt.Key.Key_Delete)
    assert row.value() == "a"


def test_an_optional_choice_is_emptied_by_keys_and_from_its_list(qtbot):
    choice = ChoiceEdit([("a", "甲"), ("b", "乙")], optional=True)
    shown(qtbot, choice)
    heard = []
    choice.changed.connect(lambda: heard.append(choice.value()))
    choice.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Delete):
        qtbot.keyClick(choice, key)
    assert heard == ["a", "b", None, "a", None]
    assert choice.currentIndex() == -1


@pytest.mark.parametrize("words", ["字" * 150, "字a" * 80])
def test_no_line_runs_under_the_bar_that_it_has_made_necessary(qtbot, words):
    place = QWidget()
    qtbot.addWidget(place)
    edit = TextEdit(least=2, most=6)
    edit.set_value(words)
    laid = QVBoxLayout(place)
    laid.addWidget(edit)
    laid.addStretch()
    place.resize(220, 300)
    place.show()
    qtbot.waitExposed(place)
    QApplication.processEvents()
    lines = edit.document().firstBlock().layout()
    assert edit.verticalScrollBar().isVisible()
    room = edit.viewport().width() - 2 * edit.document().documentMargin()
    assert {lines.lineAt(at).width() for at in range(lines.lineCount())} == {room}
