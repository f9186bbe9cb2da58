"""What is typed is on disk within a second: the window is killed in the middle of it and started again."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from odr_desk.model.people import Draft
from odr_desk.rules.people import PROGRAM
from odr_desk.store import place
from odr_desk.store.database import Database
from tests.conftest import PASSWORD
from tests.make import make_case
from tests.whole.typist import FIRST, REASON, SECOND, note_of

PROMISED = 1.0  # seconds within which what was typed is on disk
BURST = 4.0
STROKE = 0.06  # seconds from letter to letter where nothing else runs
PATIENCE = 120
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL; the store is the same")


@pytest.fixture
def folder(tmp_path, template):
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(template, folder / place.FILE)
    return folder


@pytest.fixture
def numbers(folder):
    database = Database(folder / place.FILE)
    with database.writing(PROGRAM, "case.create") as work:
        found = [make_case(work, consumer_name=name).number for name in ("周女士", "李先生", "吴女士")]
    database.close()
    return found


def at_work(job, folder, numbers):
    """Start the program in a process of its own."""
    command = [sys.executable, "-m", "tests.whole.typist", job, str(folder), "manager", PASSWORD, *numbers]
    here = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder.parent)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], env=here, text=True)


def test_what_was_typed_a_second_before_a_kill_is_back_as_it_was_typed(folder, numbers):
    with at_work("type", folder, numbers) as typist:
        assert json.loads(typist.stdout.readline()) == "typed"
        time.sleep(3 * PROMISED)  # a machine that runs other tests beside this one is slower than a desk's
        typist.send_signal(signal.SIGKILL)
        typist.wait(PATIENCE)
    with at_work("look", folder, numbers) as again:
        kinds, notes, reason, forms = (json.loads(again.stdout.readline()) for _ in range(4))
        assert again.wait(PATIENCE) == 0
    assert sorted(kinds) == ["deleting", "intake", "intake", "log", "log", "log"]
    assert notes == {number: note_of(number) for number in numbers}
    assert reason == REASON
    assert sorted(forms) == sorted([["", FIRST], ["吴", SECOND]])


def test_a_burst_is_kept_while_it_goes_on_and_not_only_when_it_pauses(folder, numbers):
    heard: dict[int, float] = {}
    with at_work("burst", folder, numbers) as typist:
        while not heard or time.monotonic() - min(heard.values()) < BURST:
            count = json.loads(typist.stdout.readline())
            heard[count] = time.monotonic()
        typist.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        typist.wait(PATIENCE)
    slowness = max(1.0, BURST / len(heard) / STROKE)
    promised = max((count for count, at in heard.items() if at < killed - 1.5 * PROMISED * slowness), default=1)
    database = Database(folder / place.FILE)
    with database.reading(PROGRAM) as work:
        (content,) = work.session.scalars(select(Draft.content))
    database.close()
    assert promised <= len(json.loads(content)["text"]) <= len(heard) + 100
