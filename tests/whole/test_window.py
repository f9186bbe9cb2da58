"""The whole program in one process: its window opens, is called to the front, is closed, cannot open its data."""

import faulthandler
import gc
import shutil
import sys
import threading

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from odr_desk import app
from odr_desk.rules.keeping import Why
from odr_desk.store import backup, candidate, logs, place
from odr_desk.store.database import wall_clock
from odr_desk.ui import ask, doorbell
from odr_desk.ui.entry.frame import Gate
from odr_desk.ui.rescue import Rescue
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words


@pytest.fixture
def folder(tmp_path, template):
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(template, folder / place.FILE)
    return folder


@pytest.fixture
def program(qapp, monkeypatch):
    """The program, without the hooks that would outlive the test."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(faulthandler, "enable", lambda file: None)
    monkeypatch.setattr(faulthandler, "disable", lambda: None)
    quits = []
    monkeypatch.setattr(QApplication, "quit", lambda _app: quits.append(1))
    gc.collect()  # what earlier tests left must not be taken apart by this one's threads
    made = app.Program(qapp)
    made.quits = quits
    yield made
    made.end()


def opened(program, qtbot):
    qtbot.waitUntil(lambda: program.window.desk.has_database and program.window.desk.idle, timeout=20_000)


def texts(widget):
    return [words.text() for words in widget.findChildren(Words)]


def press(widget, text):
    next(button for button in widget.findChildren(Button) if button.text() == text).click()


def test_the_window_opens_its_data_behind_the_gate(program, folder, qtbot):
    assert program.open(folder)
    assert isinstance(program.window.gate, Gate)
    assert not program.window.desk.has_database
    opened(program, qtbot)
    with pytest.raises(place.Taken):
        place.Claim(folder)
    assert (folder / "logs" / logs.CRASH).exists()


def test_closing_lets_the_folder_go(program, folder, qtbot):
    program.open(folder)
    opened(program, qtbot)
    program.close()
    place.Claim(folder).release()
    assert not (folder / f"{place.FILE}-wal").exists()
    assert program.window is None


def test_a_second_start_brings_the_first_window_to_the_front(program, folder, qtbot, monkeypatch):
    fronts = []
    monkeypatch.setattr(app, "_to_the_front", fronts.append)
    program.open(folder)
    opened(program, qtbot)
    second = app.Program(QApplication.instance())
    rung = threading.Thread(target=lambda: fronts.append(doorbell.ring(folder)))
    rung.start()
    qtbot.waitUntil(lambda: len(fronts) == 2, timeout=5000)
    rung.join()
    assert program.window in fronts
    assert True in fronts
    monkeypatch.setattr(doorbell, "ring", lambda _folder: True)
    assert not second.open(folder)
    assert second.status == 0
    assert second.window is None


def test_nobody_answers_where_no_window_is(tmp_path, qapp):
    assert not doorbell.ring(tmp_path)


def test_a_folder_held_by_a_command_is_a_question_of_trying_again(program, folder, monkeypatch, qtbot):
    asked = []

    def trouble(_parent, error):
        asked.append(str(error))
        claim.release()
        return len(asked) == 1

    monkeypatch.setattr(ask, "trouble", trouble)
    claim = place.Claim(folder)
    assert program.open(folder)
    assert "已被另一个打开的程序占用" in asked[0]
    assert program.status == 0
    opened(program, qtbot)


def test_leaving_backs_up_what_has_changed(program, folder, qtbot):
    program.open(folder)
    opened(program, qtbot)
    program.window.close()
    assert program.window.isVisible(), "it waits for the backup"
    qtbot.waitUntil(lambda: program.quits != [], timeout=20_000)
    assert not program.window.isVisible()
    (made,) = backup.listed(folder / place.BACKUPS)
    assert made.manifest.why is Why.EXIT


def test_a_dialog_that_is_open_goes_first_so_that_it_keeps_its_words(program, folder, qtbot):
    program.open(folder)
    opened(program, qtbot)
    dialog = QDialog(program.window)
    dialog.open()
    seen = []
    dialog.finished.connect(lambda _result: seen.append(program.window.desk.has_database and not program.quits))
    program.ask_to_end()
    assert seen == [True]
    qtbot.waitUntil(lambda: program.quits != [], timeout=20_000)


def test_leaving_at_once_when_nothing_was_opened(program, tmp_path, qtbot):
    program.open(tmp_path / "new")
    qtbot.waitUntil((tmp_path / "new" / "logs").exists)
    program.window.close()
    assert program.quits == [1]
    assert not (tmp_path / "new" / place.FILE).exists()


def test_a_backup_that_fails_on_leaving_is_said_and_does_not_hold_anybody(program, folder, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(ask, "tell", lambda _parent, title, text: told.append((title, text)))
    program.open(folder)
    opened(program, qtbot)
    (folder / place.BACKUPS).write_text("a file in the way")
    program.window.close()
    qtbot.waitUntil(lambda: program.quits != [], timeout=20_000)
    ((title, text),) = told
    assert title == "退出时的备份没有做成"
    assert "录入的内容都已存好" in text


def test_data_that_do_not_open_are_explained_and_brought_back(program, folder, qtbot, monkeypatch):
    monkeypatch.setattr(candidate, "look_over", candidate.examined)
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    backup.make(folder, Why.DAILY, wall_clock())
    (folder / place.FILE).write_bytes(b"rubbish" * 3000)
    program.open(folder)
    qtbot.waitUntil(lambda: isinstance(program.window.gate, Rescue), timeout=20_000)
    rescue = program.window.gate
    qtbot.waitUntil(lambda: len(texts(rescue)) > 4, timeout=20_000)
    said = " ".join(texts(rescue))
    assert "数据打不开" in said
    assert "不是本程序的数据库" in said
    assert "最近一次好的备份" in said
    before = program.window
    press(rescue, "恢复这份备份")
    qtbot.waitUntil(lambda: program.window is not before and program.window is not None, timeout=20_000)
    opened(program, qtbot)
    assert isinstance(program.window.gate, Gate)
    assert (folder / place.REPLACED).exists()


def test_a_backup_that_does_not_fit_is_refused_on_the_same_page(program, folder, qtbot, monkeypatch, tmp_path):
    (tmp_path / "x.odrbak").write_bytes(b"nothing")
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    monkeypatch.setattr(ask, "open_file", lambda *_: tmp_path / "x.odrbak")
    (folder / place.FILE).write_bytes(b"rubbish" * 3000)
    program.open(folder)
    qtbot.waitUntil(lambda: isinstance(program.window.gate, Rescue), timeout=20_000)
    rescue = program.window.gate
    qtbot.waitUntil(lambda: len(texts(rescue)) > 4, timeout=20_000)
    assert any("没有备份" in text for text in texts(rescue))
    press(rescue, "另选备份文件")
    qtbot.waitUntil(lambda: any("不是完整的备份" in text for text in texts(rescue)), timeout=20_000)
    assert rescue.isEnabled()
