"""How long the program takes to its first painted window, against a bare window with a table in the same run."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUNS = 9
MOST = 2.0
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem

class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)

app = QApplication(sys.argv)
window = Bare()
table = QTableWidget(20, 6)
for row in range(20):
    for column in range(6):
        table.setItem(row, column, QTableWidgetItem(f"cell {row} {column}"))
window.setCentralWidget(table)
window.resize(1366, 697)
window.show()
sys.exit(app.exec())
"""
OURS = "import sys; from odr_desk import cli; sys.exit(cli.main(['--data', sys.argv[1]]))"


@pytest.mark.bench
def test_the_first_window_takes_at_most_twice_a_bare_one(tmp_path: Path):
    env = surroundings(tmp_path / "bytecode")
    folder = str(tmp_path / "data")
    for code in (BARE, OURS):  # writes bytecode, warms the disk
        seconds(code, folder, env)
    bare, ours = [], []
    for _ in range(RUNS):
        bare.append(seconds(BARE, folder, env))
        ours.append(seconds(OURS, folder, env))
    one, other = statistics.median(bare) * 1000, statistics.median(ours) * 1000
    ratio = other / one
    sys.stdout.write(f"\nbare window {one:.0f} ms, ours {other:.0f} ms: ×{ratio:.2f}\n")
    assert ratio <= MOST


def surroundings(bytecode: Path) -> dict[str, str]:
    """Both programs as they are installed: compiled, nothing shown."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ODR_DESK"))}
    root = str(Path(__file__).parents[2])
    wanted = {"QT_QPA_PLATFORM": "offscreen", "ODR_DESK_START_PROBE": "1", "PYTHONPATH": root}
    return env | wanted | {"PYTHONPYCACHEPREFIX": str(bytecode)}


def seconds(code: str, folder: str, env: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, folder], env=env, check=True, capture_output=True)
    return time.perf_counter() - began
