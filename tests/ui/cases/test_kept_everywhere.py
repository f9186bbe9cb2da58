"""Every question in which words are typed: closed half written, it comes back as it was; done, it leaves nothing."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from odr_desk.rules.case import CaseState
from odr_desk.rules.events import Party
from odr_desk.rules.session import Answer, AnswerDraft, BottomLineDraft, OfferDraft
from odr_desk.services import appointments, bottom_lines, case_bin, cases, drafts, offers
from odr_desk.services import merging as merging_service
from odr_desk.ui.cases import bin_card, bulk_dialogs, deadline_dialog, dialogs, feedback_dialog, merging
from odr_desk.ui.form import Form
from odr_desk.ui.settlements import advance_dialogs
from odr_desk.ui.transfers import leaving
from odr_desk.ui.widgets.day_edit import DayEdit
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from tests.ui.hands import give_reason, write
from tests.ui.looks import dump

HALF = "写到一半 😀𠀀\u202e  \n第二行 \n"


def _kept(database, actor, kind):
    with database.reading(actor) as work:
        return drafts.of(work, kind)


def _text(dialog: QWidget) -> TextEdit:
    return next(edit for edit in dialog.findChildren(TextEdit) if edit.isVisible() and not edit.isReadOnly())


def _reopen(page, house):
    dialogs.reopen(page.shell, page.case, house.first)


def _delete(page, house):
    bin_card.delete(page.shell, page.case, page.case.shown)


def _move(page, house):
    page.case.acts._move(house.first, CaseState.UNREACHABLE)


def _pause(page, house):
    deadline_dialog.show(page.shell, page.case, page.case.shown, drafts.PAUSING)


def _own_due(page, house):
    deadline_dialog.show(page.shell, page.case, page.case.shown, drafts.DUE)


def _ask_advance(page, house):
    advance_dialogs.request_advance(page.shell, page.case, house.first, 10_000)


Ask = Callable[..., None]
ASKS: list[tuple[str, Ask]] = [
    (drafts.REOPENING, _reopen),
    (drafts.DELETING, _delete),
    (drafts.MOVING, _move),
    (drafts.ADVANCING, _ask_advance),
]


@pytest.mark.parametrize(("kind", "ask"), ASKS, ids=[kind for kind, _ in ASKS])
def test_what_is_half_written_comes_back_to_the_letter(page, house, database, manager, asked, kind, ask):
    page.open_case(house.first)
    ask(page, house)
    _text(asked.dialogs[-1]).insertPlainText(HALF)
    asked.dialogs[-1].reject()
    (kept,) = _kept(database, manager, kind)
    if kind != drafts.ADVANCING:  # that one is led to the list of duties
        page.show_record({"draft": (kind, kept.subject)})
    else:
        ask(page, house)
    assert _text(asked.dialogs[-1]).toPlainText() == HALF
    asked.dialogs[-1].give_up()
    assert _kept(database, manager, kind) == ()


@pytest.mark.parametrize(("kind", "ask"), [(drafts.PAUSING, _pause), (drafts.DUE, _own_due)])
def test_a_deadline_form_comes_back(page, house, database, manager, asked, kind, ask):
    page.open_case(house.first)
    ask(page, house)
    QApplication.processEvents()
    write(asked.dialogs[-1].form.editor("reason"), "送检中")
    asked.dialogs[-1].reject()
    (kept,) = _kept(database, manager, kind)
    page.show_record({"draft": (kind, kept.subject)})
    form = asked.dialogs[-1].form
    assert form.editor("reason").value() == "送检中"
    form.set_values({"since": "2026-11-23", "due": "2026-12-01"})
    asked.dialogs[-1].submit()
    assert _kept(database, manager, kind) == ()


def test_a_reason_that_was_refused_is_still_there(page, house, database, manager, asked):
    page.open_case(house.first)
    _reopen(page, house)  # it is open, so that it cannot be
    give_reason(asked.dialogs[-1], "又来了")
    assert asked.dialogs[-1].isVisible()
    assert _text(asked.dialogs[-1]).toPlainText() == "又来了"
    asked.dialogs[-1].reject()
    assert [kept.content for kept in _kept(database, manager, drafts.REOPENING)] == [{"text": "又来了"}]


def test_a_reason_goes_into_the_journal_and_leaves_no_draft(page, house, database, manager, asked):
    page.open_case(house.first)
    _delete(page, house)
    assert not asked.dialogs[-1].do.isEnabled()
    give_reason(asked.dialogs[-1], "重复登记")
    assert _kept(database, manager, drafts.DELETING) == ()
    with database.reading(manager) as work:
        rows = work.session.connection().exec_driver_sql("select reason from journal where verb = 'case.delete'")
        assert {row[0] for row in rows} == {"重复登记"}


def test_the_next_step_of_several_comes_back_for_these_only(page, house, database, manager, asked):
    both = (house.first, house.second)
    bulk_dialogs.next_step(page.shell, page, both)
    write(next(edit for edit in asked.dialogs[-1].findChildren(LineEdit)), "集中回访 ")
    asked.dialogs[-1].reject()
    bulk_dialogs.next_step(page.shell, page, (house.third,))
    assert asked.dialogs[-1].findChildren(LineEdit)[0].text() == ""
    asked.dialogs[-1].reject()
    (kept,) = _kept(database, manager, drafts.NEXT_STEP)
    page.show_record({"draft": (kept.kind, kept.subject)})
    assert "给 2 件设下一步" in asked.titles[-1]
    assert asked.dialogs[-1].findChildren(LineEdit)[0].text() == "集中回访 "
    asked.dialogs[-1].findChild(DayEdit).set_value("2026-12-01")
    asked.dialogs[-1].submit()
    assert _kept(database, manager, drafts.NEXT_STEP) == ()


def test_a_tag_put_on_and_one_half_written_come_back(page, house, database, manager, asked):
    bulk_dialogs.tag(page.shell, page, (house.first, house.second))
    picked = asked.dialogs[-1].findChild(bulk_dialogs.TagPicker)
    write(picked.edit, "等鉴定")
    picked._put()
    write(picked.edit, "老顾")
    asked.dialogs[-1].reject()
    (kept,) = _kept(database, manager, drafts.TAGGING)
    page.show_record({"draft": (kept.kind, kept.subject)})
    picked = asked.dialogs[-1].findChild(bulk_dialogs.TagPicker)
    assert picked.edit.text() == "老顾"
    assert picked._add.values() == ("等鉴定",)


def test_what_was_searched_for_to_merge_comes_back_with_what_it_finds(page, house, database, manager, asked):
    page.open_case(house.second)
    merging.show(page.shell, page.case, page.case.shown)
    write(asked.dialogs[-1]._search, "吴女")
    asked.dialogs[-1].reject()
    page.show_record({"draft": (drafts.MERGING, house.second)})
    assert asked.dialogs[-1]._search.text() == "吴女"
    assert asked.dialogs[-1].table.current().number == house.third


def test_ticks_and_days_of_the_feedback_come_back(page, house, database, manager, asked):
    page.open_case(house.first)
    with database.writing(manager, "case.advance") as work:
        cases.advance(work, house.first, CaseState.UNREACHABLE, "三次没有接通")
    page.refresh()
    feedback_dialog.show(page.shell, page.case, house.first)
    part = next(iter(asked.dialogs[-1].parts.values()))
    part.tick.click()
    part.day.set_value("2026-11-20")
    part.day.changed.emit()
    write(part.edit, "补一句")
    text = part.edit.toPlainText()
    asked.dialogs[-1].reject()
    page.show_record({"draft": (drafts.FEEDBACK, house.first)})
    again = next(iter(asked.dialogs[-1].parts.values()))
    assert again is not part
    assert (again.tick.isChecked(), again.day.text(), again.edit.toPlainText()) == (True, "2026-11-20", text)
    assert again.day.isVisible() and f"{len(text)} / " in dump(again)


def test_an_offer_half_written_comes_back_and_leaves_nothing_once_noted(page, house, database, manager):
    page.open_case(house.first)
    page.case.tabs.choose("sittings")
    card = page.case.sittings.offers
    write(card.text, "退差价 ")
    page.open_case(house.second)
    assert card.text.text() == ""
    page.show_record({"draft": (drafts.OFFER, house.first)})
    assert card.text.text() == "退差价 "
    card.save()
    assert _kept(database, manager, drafts.OFFER) == ()


def test_why_a_sitting_is_moved_comes_back(page, house, database, manager):
    with database.writing(manager, "appointment.add") as work:
        appointments.add(work, house.first, appointments.proposed(work, house.first))
    page.open_case(house.first)
    page.case.tabs.choose("sittings")
    QApplication.processEvents()
    with database.reading(manager) as work:
        (arranged,) = appointments.of_case(work, house.first)
    tab = page.case.sittings
    tab._move(arranged)
    QApplication.processEvents()
    write(tab.plan.reason, "店长来不了 ")
    page.open_case(house.second)
    (kept,) = _kept(database, manager, drafts.MOVED)
    assert kept.subject == f"{house.first}/1"
    page.show_record({"draft": (kept.kind, kept.subject)})
    tab._move(arranged)
    assert tab.plan.reason.text() == "店长来不了 "
    tab.plan.left.emit()
    assert _kept(database, manager, drafts.MOVED) == ()


def test_how_an_offer_was_answered_is_kept_until_it_is_left(page, house, database, manager):
    with database.writing(manager, "offer.add") as work:
        offers.add(work, house.first, OfferDraft(by=Party.CONSUMER, text="退差价"))
        offers.answer(work, house.first, 1, AnswerDraft(answer=Answer.DECLINED))
    page.open_case(house.first)
    page.case.tabs.choose("sittings")
    card = page.case.sittings.offers
    QApplication.processEvents()
    write(card._notes["1"], "店长不同意")
    card._answering.now()
    assert [kept.content for kept in _kept(database, manager, drafts.ANSWER)] == [{"1": "店长不同意"}]
    card.show_offers(house.first, offers_of(database, manager, house.first), writable=True)
    assert card._notes["1"].text() == "店长不同意"
    card._notes["1"].editingFinished.emit()
    assert offers_of(database, manager, house.first)[0].answer_note == "店长不同意"
    assert _kept(database, manager, drafts.ANSWER) == ()


def offers_of(database, actor, number):
    with database.reading(actor) as work:
        return offers.rows(work, number)


def test_a_bottom_line_half_written_waits_closed_and_is_shown_nowhere_else(page, house, database, manager, click):
    page.open_case(house.first)
    page.case.tabs.choose("sittings")
    card = page.case.sittings.bottom
    with database.writing(manager, "bottom_line.save") as work:
        bottom_lines.keep(work, house.first, BottomLineDraft(side=Party.CONSUMER, amount=50_000, text="五百"))
    card.reveal()
    write(card._editors["merchant.text"], "最多三百")
    card.close_up()
    with database.reading(manager) as work:
        (waiting,) = drafts.waiting(work)
    assert "三百" not in waiting.words
    page.show_record({"draft": (drafts.BOTTOM, house.first)})
    assert "三百" not in dump(page)
    card.reveal()
    assert card._editors["merchant.text"].text() == "最多三百"
    assert card._editors["consumer.text"].text() == "五百"
    QApplication.processEvents()
    click(card, "记下商户底线")
    assert _kept(database, manager, drafts.BOTTOM) == ()


def test_what_is_about_a_part_of_a_case_merged_meanwhile_is_shown_with_where_it_went(
    page, house, database, manager, asked
):
    page.open_case(house.second)
    page.case.acts._move(house.second, CaseState.UNREACHABLE)
    write(_text(asked.dialogs[-1]), "三次没有接通")
    asked.dialogs[-1].reject()
    with database.writing(manager, "case.merge") as work:
        merging_service.merge(work, house.second, house.third)
    (kept,) = _kept(database, manager, drafts.MOVING)
    page.show_record({"draft": (kept.kind, kept.subject)})
    shown = asked.dialogs[-1]
    assert f"{house.second} 已并入 {house.third}" in dump(shown)
    assert shown.findChild(TextEdit).toPlainText() == "三次没有接通"


@pytest.mark.parametrize("kind", [drafts.MOVING, drafts.DELETING])
def test_a_reason_about_a_case_that_was_deleted_meanwhile_can_still_be_read(
    page, house, database, manager, asked, kind
):
    page.open_case(house.second)
    (_move if kind == drafts.MOVING else _delete)(page, SimpleNamespace(first=house.second))
    write(_text(asked.dialogs[-1]), "三次没有接通")
    asked.dialogs[-1].reject()
    with database.writing(manager, "case.delete") as work:
        case_bin.delete(work, house.second, "登记错了")
    (kept,) = _kept(database, manager, kind)
    page.show_record({"draft": (kept.kind, kept.subject)})
    assert "在回收站里" in dump(asked.dialogs[-1])
    assert asked.dialogs[-1].findChild(TextEdit).toPlainText() == "三次没有接通"


def test_that_a_transfer_was_received_comes_back(page, house, database, manager, asked):
    page.open_case(house.first)
    leaving.acknowledge(page.shell, page.case, house.first, 3)
    form = asked.dialogs[-1].findChild(Form)
    name = next(name for name, editor in form.editors().items() if name != "on" and isinstance(editor, LineEdit))
    write(form.editor(name), "王科长")
    asked.dialogs[-1].reject()
    page.show_record({"draft": (drafts.ACKNOWLEDGING, f"{house.first}/3")})
    assert asked.dialogs[-1].findChild(Form).editor(name).value() == "王科长"
