"""Two shops and three complaints in a window as it is used."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from odr_desk.rules.case import Claim
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.services import merchants, registration
from odr_desk.ui.cases.case_page import CasePage
from odr_desk.ui.cases.page import CasesPage
from odr_desk.ui.widgets import day_edit
from odr_desk.ui.window import Window
from tests.make import case_draft
from tests.ui.looks import settle

GOLD = MerchantDraft(
    name="无锡金禧珠宝有限公司", brand="金禧珠宝", counter="A馆1F-101", trade="珠宝首饰", contact="陈莉"
)
SILK = MerchantDraft(name="锦绣家纺商行", brand="锦绣家纺", counter="A馆4F-408", trade="床上用品")


@dataclass(frozen=True)
class House:
    """Numbers of what is on file."""

    gold: str
    silk: str
    first: str  # 周女士 against the jeweller, the platform's, due first
    second: str  # 李先生 against the linen shop, at the counter
    third: str  # 吴女士 against the linen shop, late


@pytest.fixture
def house(database, manager) -> House:
    with database.writing(manager, "case.create") as work:
        gold, silk = (merchants.register(work, draft) for draft in (GOLD, SILK))
        first = registration.register(work, case_draft(gold.number), (Claim("C04"),))
        second = registration.register(
            work,
            case_draft(
                silk.number,
                channel="CH06",
                consumer_name="李先生",
                consumer_phone="19900000031",
                product="蚕丝被",
                amount=89_900,
            ),
        )
        third = registration.register(
            work,
            case_draft(
                silk.number,
                received_at=datetime(2026, 10, 26, 1, 0, tzinfo=UTC),
                consumer_name="吴女士",
                consumer_phone="19900000042",
                product="四件套",
            ),
        )
    return House(gold.number, silk.number, first.case_no, second.case_no, third.case_no)


@pytest.fixture(autouse=True)
def one_clock(monkeypatch, clock):
    """Let the inputs read the clock that the data are written by."""
    moment = SimpleNamespace(currentMSecsSinceEpoch=lambda: int(clock().timestamp() * 1000))
    monkeypatch.setattr(day_edit, "QDateTime", moment)


@pytest.fixture
def window(qtbot, desk, wardrobe, house) -> Window:
    """The whole window, so that keys go where they go for a person."""
    made = Window(desk, wardrobe)
    qtbot.addWidget(made)
    made.enter("cases")
    with qtbot.waitActive(made):
        settle(made, 1366, 697)
    return made


@pytest.fixture
def page(window) -> CasesPage:
    found = window.current()
    assert isinstance(found, CasesPage)
    return found


@pytest.fixture
def case(page, house) -> CasePage:
    """The page of the first complaint."""
    page.open_case(house.first)
    return page.case


@pytest.fixture
def press(qtbot) -> Callable[..., None]:
    """Press a key where the cursor is."""

    def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)

    return press


@pytest.fixture
def click(qtbot) -> Callable[[QWidget, str], None]:
    """Click the visible button that says this."""

    def click(inside: QWidget, words: str) -> None:
        found = [
            button
            for button in inside.findChildren(QPushButton)
            if button.isVisible() and words in (button.text(), button.accessibleName())
        ]
        assert found, f"no button {words}"
        qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    return click
