"""Pasted and typed text of any kind: shown as it is, refused in words, never in the way of the hands."""

import gc
import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QLabel

from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.services import case_file, cases, drafts, handling, timeline
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit
from tests.ui.looks import dump

CTRL = Qt.KeyboardModifier.ControlModifier
MARKUP = "<b>粗</b><img src=file:///etc/passwd><a href='x'>点</a>"
LONG = "字" * 100_000


@pytest.fixture
def page(window, house):
    window.open("cases", house.first)
    return window.current()


def paste(edit, text):
    data = QMimeData()
    data.setText(text)
    edit.insertFromMimeData(data)


def spent(deed):
    """Return the seconds of work a deed takes; what other tests have left is not collected meanwhile."""
    gc.collect()
    gc.disable()
    begun = time.process_time()
    deed()
    taken = time.process_time() - begun
    gc.enable()
    return taken


def test_no_label_takes_text_for_markup(page, database, manager, house, window):
    with database.writing(manager, "event.add") as work:
        draft = EventDraft(kind=EventKind.NOTE, party=Party.DESK, text=MARKUP)
        timeline.add(work, cases.named(work, house.first), draft)
        version = case_file.detail(work, house.first).version
        cases.update(work, house.first, version, {"consumer_name": "<b>周</b>", "product": MARKUP})
        handling.set_next_step(work, house.first, MARKUP, work.now.date())
    page.refresh()
    page.case.tabs.choose("data")
    assert MARKUP in dump(page.case)
    assert "<b>周</b>" in dump(page.case)
    labels = window.findChildren(QLabel)
    assert labels
    assert [label.text() for label in labels if label.text() and label.textFormat() != Qt.TextFormat.PlainText] == []


def test_a_long_paste_is_refused_with_the_limit_and_stays_typed(page, window, database, manager, house):
    log = page.case.log
    log.start(0)
    paste(log.edit, LONG)
    log.submit()
    assert "100,000 个字，最多 4,000 字" in dump(window)
    assert len(log.edit.toPlainText()) == 100_000
    with database.reading(manager) as work:
        assert all(LONG not in event.text for event in case_file.detail(work, house.first).timeline)


def test_a_long_registration_is_refused_at_its_field_and_stays_typed(page, window, house):
    page.take_down()
    form = page.intake.form
    assert spent(lambda: paste(form.facts, LONG)) < 0.25
    page.intake.submit()
    assert "100,000 个字，最多 4,000 字" in dump(page.intake)
    assert form.facts.toPlainText() == LONG
    page.intake.throw_away()


def test_a_long_search_is_refused_with_the_limit_and_stays_typed(page, window, qtbot):
    page.queue.search.setText(LONG)
    qtbot.waitUntil(lambda: "最多 100 字" in dump(window.notices), timeout=3000)
    assert page.queue.search.text() == LONG


@pytest.mark.parametrize(
    "text", [LONG, "a" * 100_000, "😀" * 50_000, "一行\n" * 33_000], ids=["one", "latin", "emoji", "lines"]
)
def test_pasting_holds_nothing_up(page, qtbot, text):
    edit = page.case.log.edit
    page.case.log.start(0)
    QApplication.processEvents()
    assert spent(lambda: paste(edit, text)) < 0.25  # 0.1 s on a desk's own machine; this one is shared
    assert edit.toPlainText() == text


def test_a_draft_of_a_hundred_thousand_characters_is_kept_and_comes_back(page, qtbot, database, manager, house):
    page.case.log.start(0)
    paste(page.case.log.edit, LONG)

    def kept():
        with database.reading(manager) as work:
            found = drafts.of(work, drafts.LOG, house.first)
        return bool(found) and LONG in str(found[0].content.get("text"))

    qtbot.waitUntil(kept, timeout=3000)


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\ufeff", "\x07", "\0"])
def test_a_paste_leaves_out_what_nobody_sees(qtbot, character):
    edit, line = TextEdit(), LineEdit()
    qtbot.addWidget(edit)
    qtbot.addWidget(line)
    paste(edit, f"甲{character}乙\r\n丙")
    assert edit.toPlainText() == "甲乙\n丙"
    line.setText("甲")
    QApplication.clipboard().setText(f"乙{character}丙")
    line.paste()
    assert line.text() == "甲乙丙"
    assert line.cursorPosition() == 3


def test_nothing_is_cut_off_a_line(qtbot):
    line = LineEdit()
    qtbot.addWidget(line)
    line.insert("字" * 150_000)
    assert len(str(line.value())) == 150_000
