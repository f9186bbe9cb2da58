import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from odr_desk.services import case_bin, drafts, merging
from odr_desk.ui.cases import calculator, fail_dialog
from odr_desk.ui.form import Form
from odr_desk.ui.transfers import leaving
from odr_desk.ui.widgets.text_edit import TextEdit
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, unnamed


def _kept(database, actor, kind):
    with database.reading(actor) as work:
        return drafts.of(work, kind)


def _delete(widget):
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_Delete)


def _editor(dialog, field):
    return next(form.editor(field) for form in dialog.findChildren(Form) if field in form.values())


def test_a_sitting_half_written_waits_while_another_case_is_looked_at(page, house, database, manager, click):
    page.open_case(house.first)
    page.case.note_sitting()
    form = page.case.sittings.form
    write(form.fields.editor("merchant_position"), "愿意退差价")
    write(form._offers[1].text, "退 680 元")
    page.open_case(house.second)
    assert not page.case.sittings.is_writing()
    assert len(_kept(database, manager, drafts.SITTING)) == 1
    page.open_case(house.first)
    page.case.note_sitting()
    form = page.case.sittings.form
    assert form.fields.values()["merchant_position"] == "愿意退差价"
    assert form._offers[1].text.value() == "退 680 元"
    page.case.sittings.save()
    assert _kept(database, manager, drafts.SITTING) == ()


def test_fields_half_changed_wait_and_only_the_changed_ones(page, house, database, manager, click):
    page.open_case(house.first)
    page.case.edit_data()
    write(page.case.data._form.editor("receipt_no"), "A-1")
    page.open_case(house.second)
    (kept,) = _kept(database, manager, drafts.FIELDS)
    assert dict(kept.content) == {"receipt_no": "A-1"}
    page.open_case(house.first)
    page.case.edit_data()
    assert page.case.data._form.values()["receipt_no"] == "A-1"
    click(page.case.data, "不改了")
    assert _kept(database, manager, drafts.FIELDS) == ()


def test_fields_half_changed_are_on_disk_before_the_window_is_gone(page, house, database, manager):
    page.open_case(house.first)
    page.case.edit_data()
    write(page.case.data._form.editor("receipt_no"), "A-1")
    page.hide()
    assert [dict(kept.content) for kept in _kept(database, manager, drafts.FIELDS)] == [{"receipt_no": "A-1"}]


@pytest.mark.parametrize(
    ("kind", "field", "show"),
    [
        (drafts.FAILING, "text", fail_dialog.show),
        (drafts.FAILING, "materials", fail_dialog.show),
        (drafts.EXPLAINING, "text", leaving.explain),
        (drafts.HANDING_OVER, "reason", leaving.move_out),
        (drafts.TAKING_IN, "reason", leaving.take_in),
        (drafts.GIVING_BACK, "text", leaving.give_back),
    ],
)
def test_a_dialog_closed_half_written_comes_back_as_it_was(page, house, database, manager, asked, kind, field, show):
    page.open_case(house.first)
    show(page.shell, page.case, house.first)
    write(_editor(asked.dialogs[-1], field), "写到一半  \n第二行 \n")
    asked.dialogs[-1].reject()
    (kept,) = _kept(database, manager, kind)
    page.show_record({"draft": (kept.kind, kept.subject)})
    again = asked.dialogs[-1]
    assert _editor(again, field).toPlainText() == "写到一半  \n第二行 \n"
    assert _editor(again, field).isVisible()


def test_words_deleted_by_hand_do_not_come_back(page, house, database, manager, asked):
    page.open_case(house.first)
    leaving.move_out(page.shell, page.case, house.first)
    write(_editor(asked.dialogs[-1], "reason"), "先写几句")
    asked.dialogs[-1].reject()
    leaving.move_out(page.shell, page.case, house.first)
    _delete(_editor(asked.dialogs[-1], "reason"))
    asked.dialogs[-1].reject()
    assert _kept(database, manager, drafts.HANDING_OVER) == ()


def test_fields_put_back_as_they_were_leave_no_draft(page, house, database, manager):
    page.open_case(house.first)
    page.case.edit_data()
    write(page.case.data._form.editor("receipt_no"), "A-1")
    page.open_case(house.second)
    page.open_case(house.first)
    page.case.edit_data()
    _delete(page.case.data._form.editor("receipt_no"))
    page.open_case(house.second)
    assert _kept(database, manager, drafts.FIELDS) == ()


def test_an_amendment_written_and_deleted_leaves_no_draft(page, house, database, manager, asked):
    page.open_case(house.first)
    event = page.case._found.timeline[-1]
    page.case.progress.amend_asked.emit(event)
    write(asked.dialogs[-1].findChild(TextEdit), "更正")
    asked.dialogs[-1].reject()
    page.case.progress.amend_asked.emit(event)
    _delete(asked.dialogs[-1].findChild(TextEdit))
    asked.dialogs[-1].reject()
    assert _kept(database, manager, drafts.REWRITING) == ()


def test_what_has_been_written_down_is_kept_no_longer(page, house, database, manager, asked):
    page.open_case(house.first)
    leaving.take_in(page.shell, page.case, house.first)
    write(_editor(asked.dialogs[-1], "body"), "市场监管局")
    asked.dialogs[-1].submit()
    assert _kept(database, manager, drafts.TAKING_IN) == ()


def test_an_amendment_half_written_comes_back_at_its_entry(page, house, database, manager, asked, click):
    page.open_case(house.first)
    event = page.case._found.timeline[-1]
    page.case.progress.amend_asked.emit(event)
    write(asked.dialogs[-1].findChild(TextEdit), "更正：是 12 月 7 日")
    asked.dialogs[-1].reject()
    (kept,) = _kept(database, manager, drafts.REWRITING)
    page.show_record({"draft": (kept.kind, kept.subject)})
    assert asked.dialogs[-1].findChild(TextEdit).toPlainText() == "更正：是 12 月 7 日"


def test_what_was_taken_back_letter_by_letter_is_kept_no_longer(page, house, database, manager, asked):
    page.open_case(house.first)
    fail_dialog.show(page.shell, page.case, house.first)
    text = _editor(asked.dialogs[-1], "text")
    write(text, "双")
    asked.dialogs[-1].reject()
    assert len(_kept(database, manager, drafts.FAILING)) == 1
    fail_dialog.show(page.shell, page.case, house.first)
    _editor(asked.dialogs[-1], "text").clear()
    asked.dialogs[-1].reject()
    assert _kept(database, manager, drafts.FAILING) == ()


def test_forms_are_open_again_when_they_are_gone_on_with(page, house):
    page.open_case(house.first)
    page.case.note_sitting()
    write(page.case.sittings.form.fields.editor("outcome"), "再谈")
    page.open_case(house.second)
    page.case.edit_data()
    write(page.case.data._form.editor("receipt_no"), "A-1")
    page.case.arrange()
    write(page.case.sittings.plan.fields.editor("place"), "二号调解室")
    page.case.add_point()
    write(page.case.points.rows[-1].point, "是否当面验过")
    page.open_case(house.third)
    page.show_record({"draft": (drafts.SITTING, house.first)})
    assert page.case.sittings.form.fields.values()["outcome"] == "再谈"
    page.show_record({"draft": (drafts.FIELDS, house.second)})
    assert page.case.data._form.values()["receipt_no"] == "A-1"
    page.show_record({"draft": (drafts.APPOINTMENT, house.second)})
    assert page.case.sittings.plan.fields.values()["place"].startswith("二号调解室")
    page.show_record({"draft": (drafts.POINTS, house.second)})
    assert page.case.points.rows[-1].values()["point"] == "是否当面验过"


def test_what_was_put_into_the_calculator_comes_back(page, house, database, manager, asked):
    page.open_case(house.first)
    calculator.show(page.shell, page.case, page.case.shown)
    bench = asked.dialogs[-1].findChild(calculator.Bench)
    bench.choose("all", "FRAUD_3X")
    name = next(iter(bench.form.values()))
    write(bench.form.editor(name), "1")
    tick = bench.ticks[0]
    tick.click()
    typed = bench.content()
    asked.dialogs[-1].reject()
    page.show_record({"draft": (drafts.RECKONING, house.first)})
    again = asked.dialogs[-1].findChild(calculator.Bench)
    assert again is not bench
    assert again.content() == typed
    asked.dialogs[-1].submit()
    assert _kept(database, manager, drafts.RECKONING) == () or again.found is None


def test_a_note_on_a_case_that_was_deleted_meanwhile_can_still_be_read(page, house, database, manager, asked):
    page.open_case(house.first)
    write(page.case.log.edit, "店长说明天")
    page.open_case(house.second)
    with database.writing(manager, "case.delete") as work:
        case_bin.delete(work, house.first, "登记错了")
    page.show_record({"draft": (drafts.LOG, house.first)})
    shown = asked.dialogs[-1]
    assert "在回收站里" in dump(shown)
    assert shown.findChild(TextEdit).toPlainText() == "店长说明天"
    assert clipped(shown) == []
    assert unnamed(shown) == []


def test_a_note_on_a_case_that_was_merged_meanwhile_is_gone_on_with_at_the_leading_one(page, house, database, manager):
    page.open_case(house.second)
    write(page.case.log.edit, "被子还在家里")
    page.open_case(house.third)
    with database.writing(manager, "case.merge") as work:
        merging.merge(work, house.second, house.third)
    page.show_record({"draft": (drafts.LOG, house.second)})
    assert page.case.shown.row.number == house.third
    assert page.case.log.edit.toPlainText() == "被子还在家里"


def test_what_is_typed_before_the_draft_has_been_read_stands_behind_it(page, house, database, manager, asked, later):
    page.open_case(house.first)
    later.work()
    leaving.move_out(page.shell, page.case, house.first)
    later.work()
    write(_editor(asked.dialogs[-1], "reason"), "先写几句")
    asked.dialogs[-1].reject()
    later.work()
    leaving.move_out(page.shell, page.case, house.first)
    again = _editor(asked.dialogs[-1], "reason")
    write(again, "，接着写")
    later.work()
    assert again.toPlainText() == "先写几句，接着写"
    write(again, "。")
    asked.dialogs[-1].reject()
    later.work()
    assert [kept.content["reason"] for kept in _kept(database, manager, drafts.HANDING_OVER)] == ["先写几句，接着写。"]


def test_a_dialog_closed_before_its_draft_has_been_read_loses_neither(page, house, database, manager, asked, later):
    page.open_case(house.first)
    later.work()
    for words in ("先写几句", "，接着写"):
        leaving.move_out(page.shell, page.case, house.first)
        write(_editor(asked.dialogs[-1], "reason"), words)
        asked.dialogs[-1].reject()
    later.work()
    assert [kept.content["reason"] for kept in _kept(database, manager, drafts.HANDING_OVER)] == ["先写几句，接着写"]


def test_a_dialog_that_is_not_wanted_leaves_no_draft_but_a_way_back(page, house, database, manager, asked, click):
    page.open_case(house.first)
    leaving.move_out(page.shell, page.case, house.first)
    write(_editor(asked.dialogs[-1], "reason"), "先写几句")
    click(asked.dialogs[-1], "取消")
    assert _kept(database, manager, drafts.HANDING_OVER) == ()
    click(page.window(), "撤销")
    assert [kept.content["reason"] for kept in _kept(database, manager, drafts.HANDING_OVER)] == ["先写几句"]


def test_a_dialog_closed_with_nothing_written_says_nothing(page, house, database, manager, asked, click):
    page.open_case(house.first)
    leaving.move_out(page.shell, page.case, house.first)
    click(asked.dialogs[-1], "取消")
    assert "已放弃" not in dump(page.window())
    assert _kept(database, manager, drafts.HANDING_OVER) == ()


@pytest.mark.parametrize("kind", [drafts.SITTING, drafts.APPOINTMENT])
def test_a_form_whose_words_were_deleted_leaves_no_draft(page, house, database, manager, kind):
    page.open_case(house.first)
    if kind == drafts.SITTING:
        page.case.note_sitting()
        edit = page.case.sittings.form.fields.editor("outcome")
    else:
        page.case.arrange()
        edit = page.case.sittings.plan.fields.editor("invited")
    before = str(edit.value())
    write(edit, "再谈")
    page.case.sittings.keep_now()
    assert len(_kept(database, manager, kind)) == 1
    _delete(edit)
    write(edit, before)
    page.case.sittings.keep_now()
    assert _kept(database, manager, kind) == ()


def test_who_types_elsewhere_keeps_the_cursor_when_a_draft_comes_back(page, house, database, manager):
    page.open_case(house.second)
    data, note = page.case.data, page.case.log.edit
    data.edit()
    write(note, "店长")
    note.moveCursor(QTextCursor.MoveOperation.Start)
    with database.writing(manager, "draft.keep") as work:
        drafts.keep_for(work, drafts.FIELDS, house.second, {"product": "枕套"})
    data._keeping.begin(house.second, data._form.set_values)
    assert data._form.values()["product"] == "枕套"
    write(note, "问")
    assert note.toPlainText() == "问店长"
