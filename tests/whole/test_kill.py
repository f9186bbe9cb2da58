"""The program is killed at random moments: what it has acknowledged is there, whole, and the data are clean.

ODR_DESK_KILLS=200 makes it a long run.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.model.case import Case, CaseClaim, Event
from odr_desk.model.document import Document, DocumentFile
from odr_desk.rules.people import PROGRAM
from odr_desk.store import archive, backup, opening, place, verify
from odr_desk.store.database import Database
from tests.make import make_merchant

KILLS = int(os.environ.get("ODR_DESK_KILLS", "12"))
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL; the store is the same")


@pytest.fixture(scope="module")
def office():
    """The process that has everything imported and makes a child for each job."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.whole.clerk"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
        bufsize=1,
    ) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def folder(tmp_path, template):
    shutil.copyfile(template, tmp_path / place.FILE)
    database = Database(tmp_path / place.FILE)
    with database.writing(PROGRAM, "merchant.create") as work:
        assert make_merchant(work).number == "M0001"
    database.close()
    return tmp_path


def killed_at_work(office, job, folder, patience, until="") -> list[list[str]]:
    """Let a child work until it has acknowledged something (of a kind) and a little longer; return what it said."""
    office.stdin.write(json.dumps([job, str(folder)]) + "\n")
    kind, child = json.loads(office.stdout.readline())
    assert kind == "child"
    said = [json.loads(office.stdout.readline())]
    while until and said[-1][0] != until:
        said.append(json.loads(office.stdout.readline()))
    time.sleep(patience)
    os.kill(child, signal.SIGKILL)
    while (line := json.loads(office.stdout.readline()))[0] != "ended":
        said.append(line)
    assert line == ["ended", signal.SIGKILL]
    return said


def test_what_was_acknowledged_is_there_after_a_kill(office, folder):
    dice = random.Random(20261123)  # noqa: S311 - dice, no secret
    acknowledged: list[list[str]] = []
    for kill in range(KILLS):
        acknowledged += killed_at_work(
            office, "work", folder, dice.uniform(0, 0.2), until="document" if kill % 4 == 0 else ""
        )
        database = opening.open_database(folder)
        missing = look_for(database, acknowledged)
        assert missing == [], f"after kill {kill}"
        findings = verified(database, full=kill % 4 == 3 or kill == KILLS - 1)
        assert findings.problems == (), f"after kill {kill}"
        database.close()
    assert {kind for kind, _ in acknowledged} == {"case", "event", "agreement", "document"}


def look_for(database, acknowledged):
    """Return what is not wholly there: case with claim and timeline, agreement with duty, paper with its bytes."""
    counts = select(
        Case.number,
        select(func.count()).where(CaseClaim.case_id == Case.id).scalar_subquery(),
        select(func.count()).where(Event.case_id == Case.id, Event.kind == "registered").scalar_subquery(),
        select(func.count()).where(Event.case_id == Case.id, Event.kind == "call").scalar_subquery(),
    )
    agreements = select(Agreement.number).join(Duty, Duty.agreement_id == Agreement.id)
    papers = select(Document.number).join(DocumentFile, DocumentFile.document_id == Document.id)
    with database.reading(PROGRAM) as work:
        cases = {number: (claims, first, calls) for number, claims, first, calls in work.session.execute(counts)}
        whole = {
            "case": {number for number, found in cases.items() if found[:2] == (1, 1)},
            "event": {number for number, found in cases.items() if found[2] == 1},
            "agreement": set(work.session.scalars(agreements)),
            "document": set(work.session.scalars(papers)),
        }
    half = [["half", number] for number, found in cases.items() if found[:2] != (1, 1)]
    return half + [[kind, what] for kind, what in acknowledged if what not in whole[kind]]


def verified(database, *, full):
    with database.reading(PROGRAM) as work:
        return verify.look_over(work.session.connection(), database.folder, full=full, seconds=30)


def test_a_backup_is_complete_or_absent_after_a_kill(office, folder):
    dice = random.Random(7)  # noqa: S311 - dice, no secret
    for _ in range(max(3, KILLS // 4)):
        acknowledged = killed_at_work(office, "back_up", folder, dice.uniform(0, 0.15))
        there = {path.name for path in (folder / place.BACKUPS).glob(f"*{archive.ENDING}")}
        assert {name for _kind, name in acknowledged} <= there
        for name in there:
            archive.require_whole(folder / place.BACKUPS / name)
    assert len(backup.listed(folder / place.BACKUPS)) == len(there)
    assert Path(folder / place.FILE).exists()
