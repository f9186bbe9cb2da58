"""Merging, taking apart, the bin: from the case to the way back."""

from datetime import UTC, datetime

import pytest

from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import cases, drafts, merging, registration, timeline
from odr_desk.ui.cases.bin_card import BinCard
from odr_desk.ui.cases.merged_line import MergedLine
from odr_desk.ui.widgets.text_edit import TextEdit
from tests.make import case_draft
from tests.ui.hands import give_reason, write
from tests.ui.looks import clipped, dump, settle, unnamed


@pytest.fixture
def twin(database, manager, house):
    """The first complaint once more, as somebody registered it at the counter."""
    with database.writing(manager, "case.create") as work:
        received = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
        draft = case_draft(house.gold, channel="CH06", received_at=received, consumer_name="")
        return registration.register(work, draft).case_no


@pytest.fixture
def page(window, house):
    window.open("cases", house.first)
    return window.current()


def act(page, words):
    """Do what stands under the arrow."""
    found = [one for one in page.case.acts.more(page.case._found) if one.text == words]
    assert found, words
    found[0].slot()


def test_which_case_was_chosen_and_which_number_leads_comes_back(twin, page, asked, window, database, manager, house):
    with database.writing(manager, "case.create") as work:
        third = registration.register(work, case_draft(house.gold, channel="CH06", consumer_name="钱女士")).case_no
    page.refresh()
    act(page, "合并到…")
    (dialog,) = asked.dialogs
    first = dialog.table.current().number
    other = third if first == twin else twin
    dialog.table.choose(other)
    at = next(at for at, radio in enumerate(dialog._leads) if not radio.isChecked())
    dialog._leads[at].click()
    leader = dialog._plan.leader
    dialog.reject()
    page.show_record({"draft": (drafts.MERGING, house.first)})
    again = asked.dialogs[-1]
    assert again is not dialog
    assert (again.table.current().number, again._plan.leader) == (other, leader)


def test_two_cases_are_merged_and_taken_apart(twin, page, asked, window, click, house):
    window.current().refresh()
    act(page, "合并到…")
    (dialog,) = asked.dialogs
    settle(dialog, 620, 470)
    assert dialog.table.current().number == twin
    assert clipped(dialog) == [] and unnamed(dialog) == []
    assert f"并入 {twin}" in dump(dialog)  # received first
    assert "期限按较早的一件" in dump(dialog)
    dialog.submit()
    assert f"{house.first} 已并入 {twin}" in dump(window.notices)
    settle(window, 1024, 540)
    line = page.findChild(MergedLine)
    assert house.first in dump(line)
    assert clipped(line) == [] and unnamed(line) == []
    click(line, f"把 {house.first} 拆开")
    assert not line.isVisible()


def test_an_entry_of_the_case_that_follows_is_changed_there(page, database, manager, house, twin, asked, click, window):
    with database.writing(manager, "event.add") as work:
        said = EventDraft(kind=EventKind.CALL, party=Party.CONSUMER, text="来店说要退贷")
        timeline.add(work, cases.named(work, twin), said)
    with database.writing(manager, "case.merge") as work:
        merging.merge(work, twin, house.first)
    page.refresh()
    settle(window, 1366, 697)
    click(page.case.progress, "修改")
    dialog = asked.dialogs[-1]
    write(dialog.findChild(TextEdit), "来店说要退货")
    dialog.reject()
    page.case.rewrite_entry(f"{twin}/2")  # from what was left unfinished
    dialog = asked.dialogs[-1]
    dialog.findChild(TextEdit).set_value("来店说要退货")
    dialog.submit()
    with database.writing(manager, "case.split") as work:
        merging.split(work, twin)
        assert "来店说要退货" in [row.text for row in timeline.rows(work, cases.named(work, twin).id)]


def test_the_other_one_may_lead(twin, page, asked, window, house):
    window.current().refresh()
    act(page, "合并到…")
    (dialog,) = asked.dialogs
    radio = next(one for one in dialog._leads if one.text() == house.first)
    radio.click()
    assert f"并入 {house.first}" in dump(dialog)
    dialog.submit()
    window.open("cases", twin)
    settle(window, 1366, 697)
    assert "您找的" in dump(page.findChild(MergedLine))


def test_nothing_to_merge_with_says_so_and_a_search_looks_among_the_same_shop(page, asked, qtbot, house):
    act(page, "合并到…")
    (dialog,) = asked.dialogs
    settle(dialog, 620, 470)
    assert not dialog.do.isEnabled()
    write(dialog._search, "四件套")  # of another shop
    dialog.look()
    assert dialog.table.current() is None
    dialog.reject()


def test_a_case_goes_into_the_bin_with_a_reason_and_comes_back(page, asked, window, click, house):
    act(page, "删除…")
    give_reason(asked.dialogs[-1], "重复登记")
    card = page.findChild(BinCard)
    assert card.isVisible()
    settle(window, 1024, 540)
    assert clipped(card) == [] and unnamed(card) == []
    shown = dump(card)
    assert house.first in shown and "重复登记" in shown and "30 天" in shown
    click(card, "恢复")
    assert page.case.isVisible()
    assert window.notices.undo()  # the strip takes the restoring back
    assert card.isVisible()


def test_the_bin_is_a_view_of_the_list(page, asked, window, house):
    act(page, "删除…")
    give_reason(asked.dialogs[-1], "重复登记")
    window.open("cases", {"view": "bin"})
    page.queue.table.choose(house.first)
    assert page.findChild(BinCard).isVisible()
