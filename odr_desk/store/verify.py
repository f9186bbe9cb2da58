"""检查数据: every promise about the stored data has its check here; quick at start, full weekly and on demand."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from odr_desk.store import faults
from odr_desk.store.chain import Seal
from odr_desk.store.checks import audit, cases, clocks, files, handing, money, numbering, papers, structure, words
from odr_desk.store.checks.looking import Check, Look, Problem

QUICK_SECONDS = 1.5
MOST = 50
"""Problems of one kind that are listed; a file with more has one cause, not a thousand."""
CHECKS = (
    Check("declarations", "结构定义", structure.declarations),
    Check("journal", "审计记录", audit.links),
    Check("papers", "文书原件", papers.bytes_and_hash),
    Check("paper_facts", "文书内容", papers.facts),
    Check("attachments", "附件", files.handed_in),
    Check("scans", "证照扫描件", files.scans),
    Check("evidence", "材料", files.boxes),
    Check("timelines", "进展", cases.timelines),
    Check("numbers", "编号", numbering.counted),
    Check("agreed", "协议金额", money.agreed),
    Check("performed", "履行金额", money.performed),
    Check("standing", "退款和赔偿", money.standing),
    Check("recovered", "追回金额", money.recovered),
    Check("results", "处理结果", cases.results),
    Check("due", "期限", clocks.counted),
    Check("pauses", "期限暂停", clocks.pauses_apart),
    Check("held", "预约与方案", clocks.held),
    Check("moved", "转入移送", handing.moved),
    Check("search", "搜索索引", words.indexed),
    Check("numbers", "编号", numbering.complete),
    Check("owners", "所属关系", structure.owners),
    Check("records", "记录与审计", audit.records),
    Check("structure", "数据库结构", structure.pages),
)
"""In the order of a quick look: what takes long with a large file comes last and may find no time."""
Report = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found wrong; `unfinished` names the checks that a quick look had no time for."""

    problems: tuple[Problem, ...]
    checked: tuple[str, ...]
    unfinished: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing is wrong as far as was looked."""
        return not self.problems


def look_over(
    connection: Connection,
    folder: Path,
    *,
    full: bool,
    seals: Sequence[Seal] = (),
    report: Report | None = None,
    seconds: float = QUICK_SECONDS,
) -> Findings:
    """Look at one state of the data; a quick look ends after `seconds` with what it has not got to."""
    say = report or (lambda _done, _total: None)
    deadline = None if full else time.monotonic() + seconds
    problems: list[Problem] = []
    checked: dict[str, str] = {}
    unfinished: dict[str, str] = {}
    with _stopped_at(connection, deadline):
        for n, check in enumerate(CHECKS):
            say(n, len(CHECKS))
            look = Look(connection, folder, full, tuple(seals), deadline)
            found, done = _run(check, look)
            problems += found
            (checked if done else unfinished)[check.code] = check.label
    say(len(CHECKS), len(CHECKS))
    return Findings(tuple(problems), tuple(checked.values()), tuple(unfinished.values()))


def _run(check: Check, look: Look) -> tuple[list[Problem], bool]:
    """Return what a check found and whether it came to its end; damage that stops it is a finding, too."""
    found: list[Problem] = []
    if look.is_late:
        return found, False
    try:
        for obj, message in itertools.islice(check.run(look), MOST):
            found.append(Problem(check.code, obj, message))
    except DBAPIError as error:
        if faults.is_interrupt(error):
            return found, False
        # A table or column that is gone is damage as well: the file is what is looked at, not our statements.
        found.append(Problem(check.code, "", f"检查“{check.label}”做不下去：{faults.explain(error) or error.orig}"))
    return found, True


@contextmanager
def _stopped_at(connection: Connection, deadline: float | None) -> Iterator[None]:
    """Have SQLite break off whatever it is doing when the time is up."""
    handle = connection.connection.driver_connection
    if deadline is None or handle is None:
        yield
        return
    handle.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
    try:
        yield
    finally:
        handle.set_progress_handler(None, 0)
