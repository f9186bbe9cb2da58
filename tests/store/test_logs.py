import logging
import subprocess
import sys
from pathlib import Path

import pytest

from odr_desk.store import logs


@pytest.fixture
def written(tmp_path):
    """Write through the log; end it and return what stands in the file."""
    ends = [logs.begin(tmp_path)]

    def read():
        ends.pop()()
        return (tmp_path / logs.FILE).read_text("utf-8")

    yield read
    for end in ends:
        end()


def test_a_warning_stands_in_the_file_with_its_place(written):
    logging.getLogger("odr_desk.store").warning("case %s not found", 12)
    line = written()
    assert "WARNING" in line
    assert "odr_desk.store: case 12 not found" in line


def test_chatter_is_not_kept(written):
    logging.getLogger("odr_desk").info("opened")
    logging.getLogger("odr_desk").warning("kept")
    assert "opened" not in written()


@pytest.mark.parametrize(
    "canary", ["19912345678", "199 1234 5678", "320205199001011234", "32020519900101123X", "6222021234567890123"]
)
def test_personal_numbers_never_reach_the_disk(written, canary):
    log = logging.getLogger("odr_desk")
    log.error("refused %s", canary)
    log.error(f"refused {canary} at the desk")  # noqa: G004 - somebody will write it like this
    try:
        int(f"phone {canary}")
    except ValueError:
        log.exception("failed for %s", {"phone": canary})
    text = written()
    assert text.count("refused") == 2
    assert "builtins.ValueError" in text
    assert canary not in text
    assert canary.replace(" ", "") not in text


def test_an_error_is_told_without_what_was_typed(written):
    try:
        try:
            {}["欧阳小燕"]
        except KeyError as cause:
            raise RuntimeError("address 友谊路1号") from cause
    except RuntimeError:
        logging.getLogger("odr_desk").exception("step %s failed", 7)
    text = written()
    assert "step 7 failed" in text
    assert "builtins.RuntimeError <- builtins.KeyError" in text
    assert "test_logs.py:" in text and " test_an_error_is_told_without_what_was_typed" in text
    assert "欧阳小燕" not in text and "友谊路" not in text


def test_ending_gives_the_log_back(written):
    before = list(logging.getLogger().handlers)
    logging.getLogger().warning("one line")
    written()
    assert len(logging.getLogger().handlers) == len(before) - 1


CRASH = """
import ctypes, sys
from pathlib import Path
from odr_desk.store import logs
left, file = logs.watch_for_crashes(Path(sys.argv[1]))
print(left)
sys.stdout.flush()
if len(sys.argv) > 2:
    ctypes.string_at(0)
"""


def start(folder, *more):
    command = [sys.executable, "-c", CRASH, str(folder), *more]
    return subprocess.run(command, cwd=Path(logs.__file__).parents[2], capture_output=True, text=True, check=False)


def test_a_crash_of_the_interpreter_is_on_record_at_the_next_start(tmp_path):
    crashed = start(tmp_path, "crash")
    assert crashed.returncode != 0
    assert crashed.stdout.strip() == "None"
    left = Path(start(tmp_path).stdout.strip())
    assert left.name.startswith("crash-")
    assert "string_at" in left.read_text()
    assert start(tmp_path).stdout.strip() == "None"
