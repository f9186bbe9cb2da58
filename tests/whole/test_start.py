"""The start as people meet it: its own process, a data folder, a second start, a folder that is in use."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from odr_desk.store import place

ROOT = Path(__file__).parents[2]
HEAVY = ("openpyxl", "reportlab", "alembic", "pypinyin", "xlsxwriter", "pypdfium2", "argon2", "segno")
AFTER_PAINT = """
import sys
from pathlib import Path
from odr_desk import app
status = app.run(Path(sys.argv[1]))
print(status, *sorted(sys.modules))
"""
AFTER_OPENING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from odr_desk import app

application = app._application()
program = app.Program(application)
assert program.open(Path(sys.argv[1]))
look = QTimer(interval=20)

def ask():
    if program.window.desk.has_database and program.window.desk.idle:
        print(*sorted(sys.modules), flush=True)
        program.window.close()

look.timeout.connect(ask)
look.start()
sys.exit(application.exec() or program.close())
"""

ASKED_TO_END = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from odr_desk import app

ends = app.Program.close
app.Program.close = lambda program: (print("closed", flush=True), ends(program))
QTimer.singleShot(0, lambda: QTimer.singleShot(500, lambda: os.kill(os.getpid(), int(sys.argv[2]))))
sys.exit(app.run(Path(sys.argv[1])))
"""


@pytest.fixture
def folder(tmp_path, template):
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(template, folder / place.FILE)
    return folder


@pytest.fixture(scope="module")
def bytecode(tmp_path_factory):
    """Where the child processes keep what they have compiled, as an installed program has it beside it."""
    return tmp_path_factory.mktemp("bytecode")


@pytest.fixture
def run(bytecode):
    """Run Python with these arguments, offscreen, knowing of nobody's data."""

    def run(*arguments, **more):
        env = {name: value for name, value in os.environ.items() if not name.startswith(("ODR_DESK", "PYTHON"))}
        env |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(bytecode)}
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(
            command, env=env | more, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT
        )

    return run


def test_the_first_window_is_painted_before_anything_heavy_is_imported(folder, run):
    done = run("-c", AFTER_PAINT, folder, ODR_DESK_START_PROBE="1")
    assert done.returncode == 0, done.stderr
    status, *modules = done.stdout.split()
    assert status == "0"
    assert "PySide6.QtWidgets" in modules
    assert {"sqlalchemy", "sqlcipher3", "PySide6.QtNetwork", *HEAVY} & set(modules) == set()
    assert [name for name in modules if name.startswith(("odr_desk.services", "odr_desk.model"))] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux runs without a screen")
def test_without_a_screen_it_says_so_in_chinese(folder, run):
    done = run("-m", "odr_desk", "--data", folder, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 1
    assert done.stderr.startswith("这里没有图形界面，窗口打不开。")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux runs without a screen")
def test_a_screen_that_cannot_be_reached_is_said_in_chinese(folder, run):
    done = run("-m", "odr_desk", "--data", folder, QT_QPA_PLATFORM="xcb", DISPLAY=":94", WAYLAND_DISPLAY="")
    assert done.returncode == 1
    assert "连不上图形界面，窗口打不开" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to a window")
@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_closes_the_window_in_order(folder, run, wish):
    done = run("-c", ASKED_TO_END, folder, int(wish))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "closed\n"


def test_a_probe_leaves_nothing_behind_in_a_new_folder(tmp_path, run):
    done = run("-m", "odr_desk", "--data", tmp_path / "new", ODR_DESK_START_PROBE="1")
    assert (done.returncode, done.stdout) == (0, "")
    assert [path.name for path in (tmp_path / "new").iterdir()] == [place.LOCK]


def test_with_the_data_open_and_the_login_shown_the_heavy_ones_are_still_missing(folder, run):
    done = run("-c", AFTER_OPENING, folder)
    assert done.returncode == 0, done.stderr
    modules = set(done.stdout.split())
    assert "sqlalchemy" in modules
    assert set(HEAVY) & modules == set()


def test_a_command_refuses_while_a_window_has_the_folder(folder, run):
    with place.Claim(folder):
        for command in (("port",), ("backup", "--user", "manager")):
            done = run("-m", "odr_desk", "--data", folder, *command, ODR_DESK_PASSWORD="a-good-password")
            assert done.returncode == 1, command
            assert "已被另一个打开的程序占用" in done.stderr
            assert "关闭已打开的窗口" in done.stderr
            assert "Traceback" not in done.stderr
            assert done.stdout == ""


def test_a_second_start_that_finds_no_window_says_who_has_the_folder(folder, run):
    with place.Claim(folder):
        done = run("-m", "odr_desk", "--data", folder, ODR_DESK_START_PROBE="1")
    assert done.returncode == 1
    assert "已被另一个打开的程序占用" in done.stderr


def test_a_folder_nobody_may_write_is_refused_in_words(tmp_path, run):
    (tmp_path / "file").write_text("x")
    for arguments, words in (((), "不能写入"), (("demo",), "不能写入"), (("verify",), "里没有数据")):
        done = run("-m", "odr_desk", "--data", tmp_path / "file", *arguments, ODR_DESK_START_PROBE="1")
        assert done.returncode == 1
        assert words in done.stderr
        assert "--data" in done.stderr
        assert "Traceback" not in done.stderr
