"""没写完的 on 今日, and what becomes of a draft that is thrown away there."""

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from odr_desk.services import drafts, duties
from odr_desk.ui.dashboard.page import DashboardPage
from tests.make import make_case
from tests.settled import APOLOGY, conclude
from tests.ui.looks import clipped, dump, settle, unnamed


@pytest.fixture
def number(database, manager):
    with database.writing(manager, "case.create") as work:
        number = make_case(work).number
        drafts.keep_for(work, drafts.LOG, number, {"text": "店长说明天", "kind": 1})
        drafts.keep_for(work, drafts.INTAKE, "key-1", {"name": "吴", "facts": "刻错字", "key": "key-1"})
        drafts.keep_for(work, drafts.SITTING, number, {"outcome": "再谈"})
        return number


@pytest.fixture
def page(shell, qtbot, number):
    made = DashboardPage(shell)
    qtbot.addWidget(made)
    settle(made, 972, 500)
    return made


def press(widget, name):
    next(b for b in widget.findChildren(QPushButton) if b.accessibleName() == name).click()
    QApplication.processEvents()


def test_what_is_unfinished_stands_on_today(page, number):
    said = dump(page.drafts)
    for words in ("没写完的", "3 份", "吴 刻错字", f"{number[-4:]} 店长说明天"):
        assert words in said
    assert clipped(page) == []
    assert unnamed(page) == []


def test_each_is_gone_on_with_where_it_was_begun(page, shell, number):
    press(page.drafts, "接着写登记：吴 刻错字")
    press(page.drafts, f"接着写快速记录：{number[-4:]} 店长说明天")
    assert shell.opened == [("cases", {"draft": ("intake", "key-1")}), ("cases", {"draft": ("log", number)})]


@pytest.mark.parametrize(
    ("kind", "subject", "place"),
    [
        (drafts.VOIDING_AGREEMENT, "协〔2026〕003号", ("agreements", {"agreement": "协〔2026〕003号"})),
        (drafts.WAIVING, "协〔2026〕003号/2", ("agreements", {"case": "协〔2026〕003号"})),
        (drafts.RECOVERING, "XF-2026-0001", ("agreements", {"part": "advances"})),
        (drafts.VOIDING_PAPER, "XSBBB-2026-0001/告〔2026〕001号", ("papers", {"case": "XSBBB-2026-0001"})),
        (drafts.NOTICE, "2027", ("settings", "calendar")),
        (drafts.SCRIPT, "general", ("settings", "scripts")),
    ],
)
def test_what_is_asked_on_another_page_is_led_to_and_said(page, shell, desk, kind, subject, place):
    desk.write(page, lambda work: drafts.keep_for(work, kind, subject, {"text": "写了一半"}), verb="draft.keep")
    page.drafts.refresh()
    page.drafts._unfold()
    button = next(b for b in page.drafts.findChildren(QPushButton) if "写了一半" in b.accessibleName())
    button.click()
    assert shell.opened == [place]
    assert shell.said[-1].startswith("写过的字还在，") and shell.said[-1].endswith("接着写")


def test_what_somebody_else_has_done_meanwhile_is_said_and_goes(page, shell, desk, database, manager):
    made = conclude(database, manager, APOLOGY)
    subject = f"{made.agreement_no}/1"
    desk.write(page, lambda work: drafts.keep_for(work, drafts.WAIVING, subject, {"text": "她说算了"}), verb="x")
    with database.writing(manager, "duty.waive") as work:
        duties.waive(work, made.agreement_no, 1, "消费者书面放弃")
    page.drafts.refresh()
    page.drafts._unfold()
    next(b for b in page.drafts.findChildren(QPushButton) if "接着写不再要求" in b.accessibleName()).click()
    assert shell.opened == []
    assert shell.said[-1] == "第 1 项已不再要求，这份“不再要求”不用再写，草稿已放弃"
    assert "她说算了" not in dump(page.drafts)
    shell.undo()
    QApplication.processEvents()
    assert "她说算了" in dump(page.drafts)


def test_one_that_is_thrown_away_comes_back(page, shell):
    press(page.drafts, "放弃登记：吴 刻错字")
    assert "吴 刻错字" not in dump(page.drafts)
    assert shell.said == ["登记的草稿已放弃"]
    shell.undo()
    QApplication.processEvents()
    assert "吴 刻错字" in dump(page.drafts)


def test_every_one_of_many_can_be_reached(page, desk, number):
    for at in range(4):
        content = {"name": f"客{at}", "key": f"more-{at}"}
        desk.write(page, lambda work, at=at, c=content: drafts.keep_for(work, drafts.INTAKE, f"more-{at}", c), verb="x")
    page.drafts.refresh()
    QApplication.processEvents()
    assert "客3" in dump(page.drafts) and "吴 刻错字" not in dump(page.drafts)
    press(page.drafts, "看全部 7 份")
    assert "吴 刻错字" in dump(page.drafts)
    settle(page, 972, 500)
    assert clipped(page) == []
    press(page.drafts, "只看最近的")
    assert "吴 刻错字" not in dump(page.drafts)


@pytest.mark.parametrize(
    ("kind", "subject", "goes"),
    [
        (drafts.MERCHANT, "", ("merchants", "new")),
        (drafts.MERCHANT, "M0001", ("merchants", {"change": "M0001"})),
        (drafts.MODULE, "HF", ("settings", {"module": "HF"})),
        (drafts.AGREEMENT, "XSBBB-2026-0001", ("agreements", {"draft": "XSBBB-2026-0001"})),
    ],
)
def test_what_is_no_work_on_a_case_is_gone_on_with_too(page, desk, shell, kind, subject, goes):
    desk.write(page, lambda work: drafts.keep_for(work, kind, subject, {"text": "写到一半"}), verb="x")
    page.drafts.refresh()
    name = next(b.accessibleName() for b in page.drafts.findChildren(QPushButton) if "写到一半" in b.accessibleName())
    press(page.drafts, name)
    assert shell.opened[-1] == goes


def test_with_nothing_unfinished_there_is_no_card(page, desk, number):
    desk.write(
        page,
        lambda work: [drafts.throw_away(work, one.kind, one.subject) for one in drafts.waiting(work)],
        verb="draft.throw",
    )
    assert not page.drafts.isVisible()
