"""和解不成 and what follows on screen: the explanation, transfers both ways, the package."""

from pathlib import Path

import pytest

from odr_desk.rules.case import CaseState
from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.rules.explaining import Route
from odr_desk.rules.transfer import Direction, TransferDraft
from odr_desk.services import cases, explaining, failing, hand_over, transfers
from odr_desk.ui.cases import fail_dialog
from odr_desk.ui.form import Form
from odr_desk.ui.transfers import leaving
from odr_desk.ui.widgets.choice_edit import Tick
from tests.ui.looks import clipped, dump, settle, unnamed


@pytest.fixture
def failed(database, mediator, house, page):
    with database.writing(mediator, "fail") as work:
        failing.fail(work, house.first, FailDraft(reason=FailReason.MERCHANT_REFUSES, text="坚持不退"))
    page.open_case(house.first)
    return house.first


def fill(dialog, **values):
    form = dialog.findChild(Form)
    form.set_values(values)
    return form


def acts_of(page):
    return [act.text for act in page.case.acts.more(page.case._found)]


def test_the_explanation_is_written_down_with_its_ways(database, mediator, page, failed, asked):
    leaving.explain(page.shell, page.case, failed)
    (dialog,) = asked.dialogs
    assert "第三十九条" in dump(dialog)
    assert unnamed(dialog) == []
    dialog.submit()
    assert "请填写" in dump(dialog)
    fill(dialog, text="商户不退，可以起诉", lawsuit=True, mode="call")
    dialog.submit()
    with database.reading(mediator) as work:
        (row,) = explaining.of_case(work, failed)
        assert (row.routes, row.text) == ((Route.LAWSUIT,), "商户不退，可以起诉")
    page.case.tabs.choose("data")
    assert "已告知：向人民法院提起诉讼" in dump(page.case.data)


def test_a_question_begins_at_its_first_field(page, failed, asked):
    leaving.give_back(page.shell, page.case, failed)
    assert asked.dialogs[-1].focusWidget() is fill(asked.dialogs[-1]).editor("reason").focusProxy()


def test_no_way_named_is_said_at_its_place_and_nothing_is_lost(page, failed, asked):
    leaving.explain(page.shell, page.case, failed)
    (dialog,) = asked.dialogs
    form = fill(dialog, text="商户不退", mode="call")
    dialog.submit()
    assert "请勾选告知了哪些途径" in dump(dialog)
    assert form.values()["text"] == "商户不退"


def test_a_case_is_handed_over_acknowledged_and_packed(database, mediator, page, failed, asked, tmp_path, monkeypatch):
    leaving.move_out(page.shell, page.case, failed)
    fill(asked.dialogs[-1], to="东亭分局", materials="小票")
    asked.dialogs[-1].submit()
    page.case.tabs.choose("data")
    assert "移送东亭分局" in dump(page.case.data)
    assert "待收讫" in dump(page.case.data)
    opened = []
    monkeypatch.setattr(leaving, "open_package", opened.append)
    asked.paths = [tmp_path]
    leaving.pack(page.shell, page.case, failed)
    with database.reading(mediator) as work:
        (package,) = hand_over.of_case(work, failed)
    assert Path(package.folder).parent == tmp_path
    assert opened == [package]
    leaving.acknowledge(page.shell, page.case, failed, 1)
    fill(asked.dialogs[-1], receiver="张科")
    asked.dialogs[-1].submit()
    page.case.tabs.choose("data")
    settle(page.window(), 1024, 540)
    assert "已收讫" in dump(page.case.data)
    assert "材料包" in dump(page.case.data)
    assert clipped(page.case.data) == []


def test_a_package_that_has_gone_is_said_so(database, mediator, page, failed, asked, tmp_path, monkeypatch):
    with database.writing(mediator, "transfer.out") as work:
        transfers.hand_over(work, failed, TransferDraft())
    opened = []
    monkeypatch.setattr(leaving, "open_package", opened.append)
    asked.paths = [tmp_path]
    leaving.pack(page.shell, page.case, failed)
    Path(opened[0].folder).rename(tmp_path / "moved")
    page.case.tabs.choose("data")
    page.case.data.moves._open(opened[0])
    assert "材料包已不在" in dump(page.window())


def test_a_case_came_and_goes_back(database, mediator, page, house, asked):
    page.open_case(house.second)
    assert "退回…" not in acts_of(page)
    leaving.take_in(page.shell, page.case, house.second)
    fill(asked.dialogs[-1], body="东亭分局", original_no="转 18")
    asked.dialogs[-1].submit()
    leaving.give_back(page.shell, page.case, house.second)
    fill(asked.dialogs[-1], reason="not_ours", text="该店在隔壁商场")
    asked.dialogs[-1].submit()
    with database.reading(mediator) as work:
        assert cases.named(work, house.second).state is CaseState.NOT_OURS
        assert [row.direction for row in transfers.of_case(work, house.second)] == [Direction.BACK, Direction.IN]


def test_what_may_be_done_depends_on_the_case(page, house, failed):
    assert {"登记向消费者的说明…", "移送…", "登记转入…"} <= set(acts_of(page))
    page.open_case(house.second)
    assert {"登记向消费者的说明…", "移送…"} & set(acts_of(page)) == set()


def test_an_end_without_settlement_goes_on_to_the_explanation(database, mediator, page, house, asked):
    page.open_case(house.second)
    fail_dialog.show(page.shell, page.case, house.second)
    asked.dialogs[-1].submit()
    assert "请填写原因" in dump(asked.dialogs[-1])
    reason, transfer = asked.dialogs[-1].findChildren(Form)
    reason.set_values({"reason": FailReason.NO_ANSWER, "text": "五日未答复"})
    for tick in asked.dialogs[-1].findChildren(Tick):
        if tick.text() in ("同时移送", "已向消费者说明，接着登记"):
            tick.click()
    transfer.set_values({"to": "消保委", "materials": "小票"})
    asked.dialogs[-1].submit()
    assert "已向消费者说明？" in asked.dialogs[-1].windowTitle()
    with database.reading(mediator) as work:
        (row,) = transfers.of_case(work, house.second)
        assert (row.body, row.materials) == ("消保委", ("小票",))
        assert cases.named(work, house.second).state is CaseState.FAILED
