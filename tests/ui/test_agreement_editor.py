"""出协议 as a person writes it: clauses by keyboard, sums, checks, drafts, refusals."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.rules.case import CaseState, Claim
from odr_desk.rules.dispute import PointDraft, PointState
from odr_desk.services import agreement_desk, cases, disputes, drafts
from odr_desk.ui.actions import bind
from odr_desk.ui.settlements.agreement_editor import AgreementEditor
from odr_desk.ui.settlements.clause_row import ClauseRow
from odr_desk.ui.widgets.words import Words
from tests.make import make_case
from tests.ui.hands import write
from tests.ui.looks import clipped, settle, unnamed

SIZES = [(1366, 645), (1280, 597), (1024, 488), (1920, 957)]


@pytest.fixture
def case_no(database, manager) -> str:
    with database.writing(manager, "case.create") as work:
        return make_case(work, (Claim("C06", 129_900),), id_no="320205199003070011").number


@pytest.fixture
def editor(qtbot, shell, database, manager, case_no):
    made = AgreementEditor(shell)
    qtbot.addWidget(made)
    open_desk(made, database, manager, case_no)
    settle(made, 1366, 645)
    made.set_room(1366)
    return made


def open_desk(editor, database, actor, case_no):
    with database.reading(actor) as work:
        found = agreement_desk.begin(work, case_no)
    editor.show_desk(found)


def rows(editor) -> list[ClauseRow]:
    return editor.clauses._rows


def said(editor) -> list[str]:
    QApplication.processEvents()
    return [words.text() for words in editor.findChildren(Words) if words.isVisibleTo(editor)]


def change(editor, widget, text):
    """Replace what stands in a line and leave it, as a person does."""
    widget.setFocus()
    widget.selectAll()
    write(widget, text)
    widget.clearFocus()


def test_the_claims_are_the_first_clauses_and_are_summed(editor):
    (first,) = rows(editor)
    assert (first.kind.currentText(), first.amount.text()) == ("退货款", "1,299.00")
    assert first.text.toPlainText().startswith("乙方退还甲方货款人民币壹仟贰佰玖拾玖元整（¥1,299.00）")
    assert {"1,299.00", "人民币壹仟贰佰玖拾玖元整"} <= set(said(editor))


def test_the_cursor_begins_where_something_is_missing(editor):
    (first,) = rows(editor)
    editor.clauses.begin()
    assert first.due.hasFocus()
    first.due.set_value("2026-12-04")
    editor.clauses.begin()
    assert first.text.hasFocus()
    first.amount.set_value("")
    editor.clauses.begin()
    assert first.amount.hasFocus()


def test_words_follow_the_fields_until_the_clerk_writes_his_own(editor):
    (first,) = rows(editor)
    change(editor, first.method, "现金")
    change(editor, first.due, "2026-12-04")
    assert first.text.toPlainText().endswith("于2026年12月4日（含当日）前付清，付款方式：现金。")
    first.text.selectAll()
    write(first.text, "乙方退还1299元，双方无其他争议")
    change(editor, first.amount, "1300")
    assert first.text.toPlainText() == "乙方退还1299元，双方无其他争议"
    assert any(text.startswith("印出：乙方退还1299元") for text in said(editor))
    first._again.click()
    assert "¥1,300.00" in first.text.toPlainText()


def test_choosing_a_payment_offers_the_usual_way(editor):
    editor.clauses.add()
    second = rows(editor)[1]
    second.kind.setCurrentIndex(second.kind.findText("退货款"))
    second.kind.activated.emit(second.kind.currentIndex())
    assert second.method.value() == "原路退回"


def test_an_agreement_is_written_and_concluded_from_the_keyboard(editor, qtbot, shell, database, manager):
    bind(editor, editor.acts())
    concluded = []
    editor.concluded.connect(concluded.append)
    (first,) = rows(editor)
    first.due.setFocus()
    QTest.keyClicks(first.due, "20261204")
    qtbot.keyClick(editor, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    second = rows(editor)[1]
    assert second.kind.hasFocus()
    while second.kind.currentText() != "道歉":
        qtbot.keyClick(second.kind, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert concluded == ["锡八佰伴和〔2026〕001号"]
    with database.reading(manager) as work:
        duties = work.session.query(Duty).order_by(Duty.number).all()
        assert [(duty.kind, duty.amount, duty.due_on) for duty in duties] == [
            ("C06", 129_900, date(2026, 12, 4)),
            ("C14", None, date(2026, 11, 23)),
        ]


def test_what_is_wrong_is_shown_at_its_clause_and_nothing_is_lost(editor, shell, database, manager):
    (first,) = rows(editor)
    change(editor, first.amount, "一千三")
    editor.submit()
    assert "金额" in first._problems.text() and first.amount.property("bad") == "true"
    assert first.amount.hasFocus() and first.amount.text() == "一千三"
    change(editor, first.amount, "1300")
    assert not first._problems.isVisibleTo(editor)
    change(editor, first.due, "2026-11-01")
    editor.submit()
    assert "早于签订日期" in first._problems.text()
    assert shell.refused == []
    with database.reading(manager) as work:
        assert work.session.query(Agreement).count() == 0


def test_what_is_wrong_in_a_field_of_the_form_is_shown_there(editor, shell):
    editor.form.editor("copies").set_value("2")
    editor.submit()
    assert "份数" in editor.form.place("copies").problem()
    editor.form.editor("copies").set_value("3")
    editor.form.editor("reserved").set_value("另行申请司法确认")
    editor.submit()
    assert "司法确认" in editor.form.place("reserved").problem()


def test_what_belongs_to_no_field_stands_at_the_top(editor, shell, database, manager, case_no):
    with database.writing(manager, "case.advance") as work:
        cases.advance(work, case_no, CaseState.WITHDRAWN, "消费者来电撤回")
    editor.submit()
    assert "不能出协议" in str(shell.refused[-1])
    assert rows(editor)[0].amount.text() == "1,299.00"


def test_checks_are_told_beside_while_writing(editor, qtbot):
    (first,) = rows(editor)
    first.method.set_value("")
    first.method.changed.emit()
    editor._look_soon.stop()
    editor._look()
    assert "第 1 项没有写付款方式" in said(editor)
    editor.side.asked.emit("terms[0].method")
    assert first.method.hasFocus()
    editor.side.asked.emit("merchant_handler")
    assert editor.form.editor("merchant_handler").hasFocus()


def test_clauses_are_moved_and_removed(editor):
    editor.clauses.add()
    second = rows(editor)[1]
    second.kind.set_value("C14")
    second._up.click()
    assert [row.kind.value() for row in rows(editor)] == ["C14", "C06"]
    rows(editor)[0].removed.emit()
    rows(editor)[0].removed.emit()
    assert [row.kind.value() for row in rows(editor)] == [None]


def test_what_is_typed_is_kept_and_comes_back_as_typed(editor, qtbot, shell, database, manager, case_no):
    (first,) = rows(editor)
    change(editor, first.amount, "12 元左右")
    editor.form.editor("reserved").set_value("后续另议")
    editor.form.changed.emit()
    assert editor._keeping._timer.isActive()
    editor.leave()
    assert "草稿已存" in said(editor)
    again = AgreementEditor(shell)
    qtbot.addWidget(again)
    open_desk(again, database, manager, case_no)
    settle(again, 1366, 645)
    assert rows(again)[0].amount.text() == "12 元左右"
    assert again.form.editor("reserved").value() == "后续另议"
    assert "上次没有签订的草稿" in said(again)


def test_a_concluded_draft_is_thrown_away(editor, database, manager, case_no):
    editor.form.changed.emit()
    editor.keep_now()
    editor.submit()
    with database.reading(manager) as work:
        assert drafts.of(work, agreement_desk.KIND, case_no) == ()
        assert work.session.query(Agreement).count() == 1


def test_nothing_is_cut_at_any_size(editor):
    editor.clauses.add()
    for size in SIZES:
        editor.set_room(size[0])
        settle(editor, *size)
        settle(editor, *size)  # the words of a clause take another line, then the page makes room
        assert clipped(editor) == []
        assert unnamed(editor) == []


def test_what_was_typed_is_on_disk_before_the_window_is_gone(editor, database, manager, case_no):
    change(editor, rows(editor)[0].amount, "800")
    editor.hide()
    with database.reading(manager) as work:
        (kept,) = drafts.of(work, agreement_desk.KIND, case_no)
    assert kept.content["terms"][0]["amount"].startswith("800")


def test_what_is_agreed_point_by_point_is_brought_in_beside_what_was_typed(editor, database, manager, case_no):
    assert not editor.bring.isVisible()
    agreed = PointDraft(point="退款", claim="C06", state=PointState.AGREED, agreed="乙方退还货款 800 元")
    with database.writing(manager, "points.save") as work:
        disputes.save(work, case_no, (agreed, PointDraft(point="运费")))
        drafts.keep(work, agreement_desk.KIND, case_no, {"form": {}, "terms": [{"kind": "C14", "text": "口头道歉"}]})
    open_desk(editor, database, manager, case_no)
    assert "加入双方已一致的 1 项" in editor.bring.text() and editor.bring.isVisible()
    editor.bring.click()
    QApplication.processEvents()
    assert [(row.kind.value(), row.text.value()) for row in rows(editor)] == [
        ("C14", "口头道歉"),
        ("C06", "乙方退还货款 800 元"),
    ]
    assert rows(editor)[1].amount.value() == "800.00"
    assert not editor.bring.isVisible()


def test_a_fresh_agreement_begins_with_what_is_agreed(editor, database, manager, case_no):
    agreed = PointDraft(point="退款", claim="C06", state=PointState.AGREED, agreed="乙方退还货款 800 元")
    with database.writing(manager, "points.save") as work:
        disputes.save(work, case_no, (agreed,))
    open_desk(editor, database, manager, case_no)
    assert [row.text.value() for row in rows(editor)] == ["乙方退还货款 800 元"]
    assert not editor.bring.isVisible()
