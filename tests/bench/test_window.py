"""How long a person waits for the window on a large file: from the call until the rows are painted."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from odr_desk.store import place
from tests.bench.conftest import Stopwatch, at

pytestmark = pytest.mark.bench
ROOT = Path(__file__).parents[2]
MOST = {
    "queue after the login": 150,
    "change the view": 100,
    "change the order": 100,
    "change the filter of open cases": 100,
    "change the filter of all cases": 100,
    "jump to the end": 100,
    "jump to the start": 100,
    "open a case": 50,
    "open a page": 100,
}
MOST_MEMORY = 350
LONGEST_STALL = 50
"""Milliseconds of work of the window's thread in one go."""


@pytest.fixture(scope="module")
def run(large, tmp_path_factory):
    """What the run on a copy of the large file has measured."""
    folder = tmp_path_factory.mktemp("window") / "data"
    folder.mkdir()
    with large.connection() as connection:
        connection.connection.cursor().execute("VACUUM INTO ?", (str(folder / place.FILE),))
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.bench.window_run", str(folder)]
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=600)
    shutil.rmtree(folder)
    measured = json.loads(done.stdout)
    for name, times in measured["times"].items():
        Stopwatch.lines.append(f"{name:44} {statistics.median(times):8.2f} {at(times, 95):8.2f}")
    Stopwatch.lines.append(f"memory of the window at its peak {measured['memory']:.0f} MB")
    return measured


@pytest.mark.parametrize("deed", MOST)
def test_nobody_waits_for_the_window(run, deed):
    assert statistics.median(run["times"][deed]) <= MOST[deed]


@pytest.mark.parametrize("way", ["scroll by the wheel", "scroll by the page", "drag the handle"])
def test_scrolling_never_stalls(run, way):
    assert max(run["times"][way]) <= LONGEST_STALL


def test_the_window_stays_small(run):
    assert run["memory"] <= MOST_MEMORY
