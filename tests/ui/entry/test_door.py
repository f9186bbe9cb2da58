import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog

from odr_desk.rules.people import Role, UserDraft
from odr_desk.services import people, setup
from odr_desk.store import schema
from odr_desk.store.database import Database
from odr_desk.ui import errors
from odr_desk.ui.desk import NOBODY, Desk
from odr_desk.ui.entry.choice_gate import ChoiceGate
from odr_desk.ui.entry.door import TRAINING, Door
from odr_desk.ui.entry.house import House
from odr_desk.ui.entry.login_gate import LoginGate
from odr_desk.ui.entry.password_gate import PasswordGate
from odr_desk.ui.entry.setup_gate import SetupGate
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.window import Window
from tests.conftest import PASSWORD
from tests.ui.conftest import AtOnce
from tests.ui.looks import clipped, dump, settle, unnamed

SIZES = [(1366, 697), (1024, 540)]


class Front:
    """A window with its door, on a folder of one's own."""

    def __init__(self, qtbot, wardrobe, database, folder, *, is_new=False):
        self.desk = Desk(lambda: database, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
        self.window = Window(self.desk, wardrobe)
        qtbot.addWidget(self.window)
        self.moved, self.entered, self.damaged = [], [], []
        house = House(self.window, folder, is_new, self.moved.append, lambda: self.entered.append(1))
        self.door = Door(house)
        self.door.begin()
        settle(self.window, *SIZES[0])
        self.door.look_around(self.damaged.append)
        QApplication.processEvents()

    @property
    def gate(self):
        return self.window.gate

    def click(self, words):
        QApplication.processEvents()
        button = next(b for b in self.window.findChildren(Button) if b.isVisible() and b.words() == words)
        button.click()
        QApplication.processEvents()

    def log_in(self, user, password):
        self.gate.user.setText(user)
        self.gate.password.setText(password)
        self.click("登录")


@pytest.fixture
def front(qtbot, wardrobe, database):
    made = Front(qtbot, wardrobe, database, database.folder)
    yield made
    made.desk.close()


@pytest.fixture
def new(qtbot, wardrobe, tmp_path):
    path = tmp_path / "home" / "desk.db"
    path.parent.mkdir()
    schema.create(path)
    database = Database(path)
    made = Front(qtbot, wardrobe, database, path.parent, is_new=True)
    yield made
    made.desk.close()


def test_an_empty_folder_offers_both_ways_and_setting_up_lets_the_administrator_in(new):
    assert isinstance(new.gate, ChoiceGate)
    assert new.window.focusWidget().words() == "设置商场"
    new.click("设置商场")
    assert isinstance(new.gate, SetupGate)
    gate = new.gate
    gate.mall.set_values({"name": "示例商场", "short_name": "示例"})
    gate.person.set_values({"user": "li", "display_name": "李工"})
    gate.with_worker.click()
    gate.password.first.setText(" 空格也算 ")
    gate.password.second.setText(" 空格也算 ")
    new.click("完成设置")
    assert "密码至少 8 个字符" in dump(gate)
    gate.password.first.setText(" blanks count ")
    gate.password.second.setText(" blanks count ")
    new.click("完成设置")
    assert new.gate is None
    assert new.desk.actor.role is Role.ADMIN
    assert new.entered == [1]
    new.desk.actor = NOBODY
    new.log_in("li", " blanks count ")
    assert new.desk.actor.user == "li"


def test_the_first_account_for_the_desk_is_made_with_the_mall(new, qtbot):
    new.click("设置商场")
    gate = new.gate
    gate.mall.set_values({"name": "示例商场", "short_name": "示例"})
    gate.person.set_values({"user": "li", "display_name": "李工"})
    gate.worker.set_values({"user": "li", "display_name": "孙主任"})
    for password in (gate.password, gate.given_password):
        password.first.setText("first-password")
        password.second.setText("first-password")
    new.click("完成设置")
    assert "要和系统管理员的不一样" in dump(gate)
    gate.worker.set_values({"user": "sun"})
    new.click("完成设置")
    assert isinstance(new.gate, LoginGate)
    assert "办投诉件用 sun（主管）登录；管账号和备份用 li" in dump(new.gate)
    assert new.gate.user.text() == "sun"
    qtbot.keyClicks(new.gate.password, "first-password")
    qtbot.keyClick(new.gate.password, Qt.Key.Key_Return)
    assert isinstance(new.gate, PasswordGate)
    fields = new.gate.new
    for field in (fields.first, fields.second):
        qtbot.keyClicks(field, "my-own-password")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert new.gate is None
    assert new.desk.actor.role is Role.MANAGER
    new.desk.actor = NOBODY
    new.log_in("sun", "my-own-password")
    assert new.desk.actor.user == "sun"


def test_setting_up_says_below_each_field_what_is_missing(new):
    new.click("设置商场")
    new.click("完成设置")
    shown = dump(new.gate)
    for words in ("请填写商场名称", "请填写简称", "请填写登录名", "请填写姓名", "密码至少 8 个字符"):
        assert words in shown
    assert new.window.focusWidget() is new.gate.mall.editor("name")
    new.gate.with_worker.click()
    new.gate.password.first.setText("long-enough")
    new.gate.password.second.setText("long-enougH")
    new.click("完成设置")
    assert "两次输入的密码不一样" in dump(new.gate)
    assert "密码至少" not in dump(new.gate).replace("至少 8 个字符", "", 1)
    new.click("返回")
    assert isinstance(new.gate, ChoiceGate)


def test_the_training_copy_is_made_beside_and_opened(new, monkeypatch):
    from odr_desk.services import training

    made = []
    monkeypatch.setattr(training, "prepare", lambda folder: made.append(folder) or folder)
    new.click("打开培训副本")
    beside = new.window.desk._open_database().folder.with_name("home" + TRAINING)
    assert new.moved == made == [beside]


def test_a_wrong_password_is_said_below_and_five_lock_the_account(front):
    for _ in range(5):
        front.log_in("clerk", "wrong-password")
        assert "登录名或密码不对，或者账号锁着，没有登录" in dump(front.gate)
        assert "连错 5 次的账号锁 15 分钟" in dump(front.gate)
        assert front.window.focusWidget() is front.gate.password
    front.log_in("clerk", PASSWORD)
    assert "账号锁着，没有登录" in dump(front.gate)
    assert front.desk.actor is NOBODY
    assert clipped(front.gate) == []


def test_name_and_password_are_asked_for_before_anything_is_looked_up(front):
    front.click("登录")
    assert "请输入登录名" in dump(front.gate)
    front.gate.user.setText("clerk")
    front.click("登录")
    assert "请输入密码" in dump(front.gate)
    assert front.gate.enter.isEnabled()


def test_the_keyboard_is_enough(front, qtbot):
    qtbot.keyClicks(front.gate.user, "clerk")
    qtbot.keyClick(front.gate.user, Qt.Key.Key_Return)
    assert front.window.focusWidget() is front.gate.password
    qtbot.keyClicks(front.gate.password, PASSWORD)
    qtbot.keyClick(front.gate.password, Qt.Key.Key_Return)
    assert front.desk.actor.user == "clerk"


def test_caps_lock_is_noticed(front):
    def press(text, modifiers=Qt.KeyboardModifier.NoModifier):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, ord(text.upper()), modifiers, text)
        QApplication.sendEvent(front.gate.password, event)

    press("A")
    assert "大写锁定已打开" in dump(front.gate)
    press("b")
    assert "大写锁定" not in dump(front.gate)
    press("C", Qt.KeyboardModifier.ShiftModifier)
    assert "大写锁定" not in dump(front.gate)


def test_a_given_password_is_changed_first(front, database, admin):
    with database.writing(admin, "user.create") as work:
        people.create(work, UserDraft(user="xin", display_name="新人", role=Role.CLERK, password="given-one"))
    front.log_in("xin", "given-one")
    assert isinstance(front.gate, PasswordGate)
    assert front.desk.actor is NOBODY
    front.gate.new.first.setText("given-one")
    front.gate.new.second.setText("given-one")
    front.click("改密码并进入")
    assert "新密码不能和原来的一样" in dump(front.gate)
    front.gate.new.first.setText("my-own-one")
    front.gate.new.second.setText("my-own-one")
    front.click("改密码并进入")
    assert (front.gate, front.desk.actor.user) == (None, "xin")


def test_after_a_while_it_is_locked_and_comes_back_as_it_was(front):
    front.log_in("clerk", PASSWORD)
    screen = front.window.current()
    dialog = QDialog(front.window)
    dialog.show()
    front.door._lock._idle.timeout.emit()
    QApplication.processEvents()
    assert isinstance(front.gate, LoginGate)
    assert not dialog.isVisible()
    assert "王敏，已锁定" in dump(front.gate)
    front.gate.password.setText("wrong-password")
    front.click("解锁")
    assert isinstance(front.gate, LoginGate)
    front.gate.password.setText(PASSWORD)
    front.click("解锁")
    assert front.gate is None
    assert front.window.current() is screen
    assert dialog.isVisible()
    dialog.close()


def test_somebody_else_may_take_over_a_locked_desk(front):
    front.log_in("clerk", PASSWORD)
    front.door._lock._idle.timeout.emit()
    front.click("换人登录")
    assert front.desk.actor is NOBODY
    front.log_in("manager", PASSWORD)
    assert front.desk.actor.user == "manager"


@pytest.mark.parametrize("locked", [True, False])
@pytest.mark.parametrize("page", ["today", "cases", "agreements", "reports"])
def test_what_the_one_before_had_open_is_not_read_for_the_next(front, monkeypatch, page, locked):
    refused = []
    monkeypatch.setattr(errors, "show", lambda error, *_: refused.append(str(error)))
    front.log_in("clerk", PASSWORD)
    front.window.open(page)
    if locked:
        front.door._lock._idle.timeout.emit()
        front.click("换人登录")
    else:
        front.desk.actor = NOBODY
    front.desk.changed.emit(frozenset({"cases", "drafts", "agreements"}))  # something has been written meanwhile
    front.log_in("admin", PASSWORD)
    front.desk.changed.emit(frozenset({"cases", "drafts", "agreements"}))
    QApplication.processEvents()
    assert (front.desk.actor.user, refused) == ("admin", [])


def test_touching_the_window_puts_the_lock_off(front, qtbot):
    front.log_in("clerk", PASSWORD)
    lock = front.door._lock
    lock._listen_to(front.window.windowHandle())
    lock._idle.setTimerType(Qt.TimerType.PreciseTimer)
    lock._idle.start(120_000)
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    qtbot.waitUntil(lambda: lock._idle.remainingTime() < 119_990)
    before = lock._idle.remainingTime()
    QApplication.sendEvent(front.window.windowHandle(), event)
    assert lock._idle.remainingTime() > before
    front.desk.actor = NOBODY
    assert not lock._idle.isActive()


def test_the_training_copy_is_marked_and_shows_its_accounts(qtbot, wardrobe, database, tmp_path):
    from odr_desk.rules.people import PROGRAM
    from odr_desk.store import settings

    with database.writing(PROGRAM, "demo") as work:
        settings.write(work, "training", "1")
    made = Front(qtbot, wardrobe, database, tmp_path / ("home" + TRAINING))
    assert made.window.windowTitle().endswith("培训副本")
    assert "sun（主管）" in dump(made.gate)
    assert made.gate.user.text() == "sun"
    made.click("离开培训副本")
    assert made.moved == [tmp_path / "home"]
    made.desk.close()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_and_everything_has_a_name(new, size):
    for words in ("", "设置商场", "完成设置"):
        if words:
            new.click(words)
        settle(new.window, *size)
        assert clipped(new.gate) == []
        assert unnamed(new.gate) == []


def test_a_folder_without_a_mall_asks_for_it(qtbot, wardrobe, tmp_path):
    schema.create(tmp_path / "desk.db")
    database = Database(tmp_path / "desk.db")
    made = Front(qtbot, wardrobe, database, tmp_path)
    assert isinstance(made.gate, ChoiceGate)
    with database.reading(people.PROGRAM) as work:
        assert not setup.is_set_up(work)
    made.desk.close()
