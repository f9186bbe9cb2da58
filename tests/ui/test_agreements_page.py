"""协议与履行 as a person uses it: due lists, payments, the register, advance payments."""

import dataclasses
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from odr_desk.model.agreement import Agreement, PerformanceEntry
from odr_desk.rules.advance import AdvanceDraft, AdvanceState
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.transfer import TransferInDraft
from odr_desk.services import advances, agreement_file, drafts, duties, duty_list, transfer_list, transfers
from odr_desk.services.duty_list import DutyView
from odr_desk.ui.actions import bind
from odr_desk.ui.form import Form
from odr_desk.ui.settlements.page import AgreementsPage
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words
from tests.make import make_case
from tests.settled import APOLOGY, case_of, conclude
from tests.ui.hands import give_reason
from tests.ui.looks import clipped, dump, settle, unnamed

TODAY = date(2026, 11, 23)
SIZES = [(1366, 645), (1280, 597), (1024, 488), (1920, 957)]


@pytest.fixture
def numbers(database, manager, clock) -> list[str]:
    """Two agreements: one with a late and a later payment, one with an apology; the clock is two days on."""

    def pays(days: int, fen: int) -> TermDraft:
        return TermDraft(kind="C06", amount=fen, method="转账", due=TODAY + timedelta(days=days))

    made = [
        conclude(database, manager, pays(1, 50_000), pays(9, 80_000)).agreement_no,
        conclude(database, manager, APOLOGY).agreement_no,
    ]
    clock.forward(days=2)
    return made


@pytest.fixture
def page(qtbot, shell, numbers, monkeypatch):
    monkeypatch.setattr("odr_desk.ui.settlements.duty_panel.this_day", lambda: TODAY + timedelta(days=2))
    monkeypatch.setattr("odr_desk.ui.settlements.advance_dialogs.this_day", lambda: TODAY + timedelta(days=2))
    made = AgreementsPage(shell)
    qtbot.addWidget(made)
    settle(made, 1366, 645)
    return made


def click(widget, words):
    QApplication.processEvents()
    shown = [button for button in widget.findChildren(QAbstractButton) if button.isVisibleTo(widget)]
    next(button for button in shown if words in (button.text(), button.accessibleName())).click()


def said(widget) -> list[str]:
    QApplication.processEvents()
    return [words.text() for words in widget.findChildren(Words) if words.isVisibleTo(widget)]


def listed(board) -> list[str]:
    model = board.table.rows
    return [model.row(at).text if hasattr(model.row(at), "text") else "" for at in range(model.rowCount())]


def choose(board, at=0):
    board.table.setCurrentIndex(board.table.rows.index(at, 0))
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("part", "service"), [("duties", duty_list), ("agreements", agreement_file), ("moves", transfer_list)]
)
def test_a_long_list_keeps_its_place_when_it_is_read_anew(page, monkeypatch, part, service, database, manager, numbers):
    with database.writing(manager, "transfer.in") as work:
        transfers.take_in(work, case_of(work, numbers[0]).number, TransferInDraft(body="东亭分局", on=TODAY))
    page.show_part(part)
    board = getattr(page, part)
    first, key = board.table.rows.row(0), "number" if part == "agreements" else "id"
    many = [dataclasses.replace(first, **{key: f"协{n:04}" if key == "number" else n}) for n in range(450)]
    monkeypatch.setattr(service, "window", lambda _work, _wanted, at, limit: (len(many), tuple(many[at : at + limit])))
    board.refresh()
    board.table.scrollTo(board.table.rows.index(300, 0))
    QApplication.processEvents()
    choose(board, 300)
    top = board.table.rowAt(0)
    board.refresh()
    QApplication.processEvents()
    assert board.table.rowAt(0) == top > 200
    assert board.table.current() == many[300]


def test_open_duties_come_by_day_with_counts_on_the_chips(page):
    assert [text[:8] for text in listed(page.duties)] == [
        "乙方退还甲方货款",
        "乙方退还甲方货款",
        "乙方向甲方赔礼道歉"[:8],
    ]
    names = [button.accessibleName() for button in page.duties.chips.findChildren(QAbstractButton)]
    assert {"逾期 1", "今天 0", "7 日内 1", "未履行 3", "全部 3"} <= set(names)
    click(page, "逾期 1")
    assert len(listed(page.duties)) == 1


def test_a_payment_is_written_down_and_the_rest_stays(page, shell, database, manager):
    choose(page.duties)
    panel = page.duties.panel
    assert panel.form.editor("amount").value() == "500.00"
    panel.form.editor("amount").set_value("200")
    panel.form.editor("proof").set_value("回单 0071")
    click(page, "登记履行")
    assert shell.said == ["已登记，还剩 300.00 元"]
    choose(page.duties)
    assert panel.form.editor("amount").value() == "300.00"
    assert any("回单 0071" in text for text in said(panel))


def test_ctrl_enter_registers_from_the_keyboard(page, qtbot, shell, database, manager):
    bind(page, page.acts())
    choose(page.duties, 1)
    qtbot.keyClick(page.duties.table, Qt.Key.Key_Return)
    assert page.duties.panel.form.editor("amount").hasFocus()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shell.said == ["已登记，这一项已履行完"]
    with database.reading(manager) as work:
        assert [entry.amount for entry in work.session.query(PerformanceEntry)] == [80_000]


def test_an_act_needs_no_amount(page, shell):
    choose(page.duties, 2)
    assert not page.duties.panel.form.place("amount").isVisibleTo(page)
    click(page, "登记履行")
    assert shell.said == ["已登记，这一项已履行完"]


def test_too_much_is_refused_at_the_field(page, shell, database, manager):
    choose(page.duties)
    page.duties.panel.form.editor("amount").set_value("500.01")
    click(page, "登记履行")
    assert "还剩 500.00 元" in page.duties.panel.form.place("amount").problem()
    page.duties.panel.form.editor("amount").set_value("五百")
    click(page, "登记履行")
    assert "应为金额" in page.duties.panel.form.place("amount").problem()
    assert shell.refused == [] and shell.said == []


def test_a_mistake_is_taken_back_with_its_reason(page, shell, asked):
    choose(page.duties)
    click(page, "登记履行")
    page.duties.show_only(view=DutyView.ALL)
    choose(page.duties)
    click(page, "撤回 11-25 周三 500.00")
    give_reason(asked.dialogs[-1], "记错了件")
    assert shell.said[-1] == "已撤回，记录留痕"
    choose(page.duties)
    assert "已撤回：记错了件" in said(page.duties.panel)


def test_a_duty_is_waived_with_a_reason(page, shell, asked, database, manager, numbers):
    choose(page.duties)
    click(page, "不再要求…")
    give_reason(asked.dialogs[-1], "消费者书面放弃")
    assert shell.said == ["已记为不再要求"]
    with database.reading(manager) as work:
        first = duties.of_agreement(work, duties.agreement_named(work, numbers[0]).id)[0]
        assert first.waive_reason == "消费者书面放弃"


def test_a_clerk_sees_no_way_to_waive(qtbot, shell, numbers, clerk):
    shell.desk.actor = clerk
    page = AgreementsPage(shell)
    qtbot.addWidget(page)
    settle(page, 1366, 645)
    choose(page.duties)
    texts = {b.text() for b in page.findChildren(QAbstractButton) if b.isVisibleTo(page)}
    assert "登记履行" in texts and not {"不再要求…", "申请先行赔付…"} & texts


def test_a_search_and_a_case_narrow_the_list(page, database, manager, numbers):
    with database.reading(manager) as work:
        case_no = case_of(work, numbers[1]).number
    page.show_record({"case": case_no})
    page.search._say()
    assert listed(page.duties) == ["乙方向甲方赔礼道歉，于2026年12月4日（含当日）前完成。"]
    page.search.setText("没有这样的")
    page.search._say()
    assert listed(page.duties) == [] and "没有找到" in said(page)


def test_the_register_shows_an_agreement_and_makes_it_void(page, shell, asked, database, manager, numbers):
    page.show_record({"agreement": numbers[0]})
    assert numbers[0] in said(page.agreements.panel)
    assert "逾期 1 天" in said(page.agreements.panel)
    click(page.agreements, "看文书")
    assert shell.opened == [("papers", {"agreement": numbers[0]})]
    click(page.agreements, "作废…")
    give_reason(asked.dialogs[-1], "金额写错")
    assert shell.said[-1] == f"{numbers[0]} 已作废"
    with database.reading(manager) as work:
        assert work.session.query(Agreement).filter_by(number=numbers[0]).one().void_reason == "金额写错"


def test_what_was_paid_is_told_before_an_agreement_is_made_void(page, asked, database, manager, numbers):
    with database.writing(manager, "duty.perform") as work:
        duties.perform(work, numbers[0], 1, PerformanceDraft(amount=20_000, on=TODAY))
    page.show_record({"agreement": numbers[0]})
    click(page.agreements, "作废…")
    assert "已付 200.00 元：照样计入挽回经济损失，新协议只写还没付的" in dump(asked.dialogs[-1])


def test_an_approved_advance_can_still_be_given_up(page, asked, database, manager, numbers):
    with database.writing(manager, "advance.approve") as work:
        case_no = case_of(work, numbers[0]).number
        advances.approve(work, advances.request(work, case_no, AdvanceDraft(amount=100, reason="未果")).advance_no)
    page.show_part("advances")
    choose(page.advances)
    click(page, "不付了…")
    give_reason(asked.dialogs[-1], "商户已付款")
    with database.reading(manager) as work:
        (row,) = advances.rows(work)
        assert (row.state, row.refusal) == (AdvanceState.REFUSED, "商户已付款")


def test_a_case_with_an_agreement_is_led_to_it(page, shell, database, manager, numbers):
    with database.reading(manager) as work:
        case_no = case_of(work, numbers[0]).number
    page.show_record({"agree": case_no})
    assert "已有生效的协议" in shell.said[-1]
    assert page.agreements.table.current().number == numbers[0]


def test_writing_an_agreement_ends_at_its_paper(page, shell, database, manager):
    with database.writing(manager, "case.create") as work:
        case_no = make_case(work).number
    page.show_record({"agree": case_no})
    assert page.editor.isVisibleTo(page)
    page.editor.submit()
    assert shell.opened[-1] == ("papers", {"agreement": "锡八佰伴和〔2026〕003号"})
    assert shell.said[-1].startswith("已签订")
    page.show_record({"agree": case_no})
    assert not page.editor.isVisibleTo(page)


def test_who_writes_while_another_concludes_sees_both_and_loses_no_word(page, shell, asked, database, manager):
    with database.writing(manager, "case.create") as work:
        case_no = make_case(work).number
    page.show_record({"agree": case_no})
    page.editor.form.editor("reserved").set_value("后续治疗费另行协商")
    theirs = conclude(database, manager, APOLOGY, case_no=case_no).agreement_no
    page.editor.submit()
    assert page.agreements.table.current().number == theirs
    assert f"{theirs}（{manager.name} 11-25 周三 10:00 签订）" in shell.said[-1]
    assert "后续治疗费另行协商" in asked.dialogs[-1].findChild(TextEdit).toPlainText()
    with database.reading(manager) as work:
        (kept,) = drafts.of(work, drafts.AGREEMENT, case_no)
        assert len(agreement_file.of_case(work, case_no)) == 1
    assert kept.content["form"]["reserved"] == "后续治疗费另行协商"


def test_an_advance_goes_from_request_to_recovery(page, shell, asked, database, manager, numbers):
    choose(page.duties)
    click(page, "申请先行赔付…")
    dialog = asked.dialogs[-1]
    dialog.do.click()
    assert "索赔未果" in "".join(said(dialog))
    dialog.findChild(TextEdit).setPlainText("三次电话未果")
    dialog.do.click()
    assert shell.said[-1] == "已提交审批"
    page.show_part("advances")
    choose(page.advances)
    asked.answers = [True]
    click(page, "批准")
    choose(page.advances)
    click(page, "登记付款")
    asked.dialogs[-1].do.click()
    choose(page.advances)
    click(page, "登记追回")
    asked.dialogs[-1].findChild(Form).editor("source").set_value("扣划保证金")
    asked.dialogs[-1].do.click()
    assert shell.said[-1] == "已登记追回"
    with database.reading(manager) as work:
        (row,) = advances.rows(work)
        assert (row.state, row.recovered) == (AdvanceState.RECOVERED, 50_000)


def test_a_request_is_turned_down_with_a_reason(page, shell, asked, database, manager, numbers):
    with database.writing(manager, "advance.request") as work:
        case_no = case_of(work, numbers[0]).number
        advances.request(work, case_no, AdvanceDraft(amount=100, reason="三次电话未果"))
    page.show_part("advances")
    choose(page.advances)
    click(page, "不批准…")
    give_reason(asked.dialogs[-1], "商户已答应付款")
    choose(page.advances)
    assert "商户已答应付款" in said(page.advances.panel)


def test_nothing_is_cut_at_any_size(page):
    for part in ("duties", "agreements", "advances"):
        page.show_part(part)
        if page._part().table.rows.rowCount():
            choose(page._part())
        for size in SIZES:
            settle(page, *size)
            assert clipped(page) == []
            assert unnamed(page) == []


def test_columns_follow_the_width_until_somebody_chooses_them(page, shell):
    def shown():
        table = page.duties.table
        return [at for at in range(table.model().columnCount()) if not table.isColumnHidden(at)]

    wide = shown()
    head = page.duties.table.horizontalHeader()
    head.sectionClicked.emit(next(at for at in wide if page.duties.table.rows.columns[at].key))
    page.duties.table.columns._keep.timeout.emit()
    assert shell.layouts["agreements.duties"]["own"] is False
    again = AgreementsPage(shell)  # opened another day: only the order was arranged
    again.resize(1024, 488)
    again.duties.set_room(1024)
    narrow = [at for at in wide if not again.duties.table.isColumnHidden(at)]
    assert len(narrow) < len(wide)
    page.duties.table.columns._show_column(narrow[-1], on=False)
    page.duties.set_room(1024)
    assert shown() == [at for at in wide if at != narrow[-1]]
    again.deleteLater()
