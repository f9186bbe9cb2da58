"""The commands of the command line: each opens the data folder, does one thing, and says what it did."""

import argparse
import logging
import sys
import uuid
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from odr_desk import paths
from odr_desk.port import server
from odr_desk.port.session import PortClock, Session
from odr_desk.rules import moments
from odr_desk.rules import period as periods
from odr_desk.rules.errors import DeskError, Trouble
from odr_desk.rules.importing import untold
from odr_desk.rules.people import PROGRAM, Actor
from odr_desk.services import daily, import_source, importers, monthly, people, safekeeping, setup, submissions
from odr_desk.services import demo as training
from odr_desk.store import logs, opening, place
from odr_desk.store.database import Clock, Database, wall_clock

log = logging.getLogger(__name__)


def run(name: str, folder: Path, wanted: argparse.Namespace) -> int:
    """Run one command; a fault of the program leaves a report in the log, and a word instead of a traceback."""
    try:
        return int(COMMANDS[name](folder, wanted))
    except (DeskError, EOFError, BrokenPipeError):
        raise
    except Exception:
        mark = uuid.uuid4().hex[:8]
        end = logs.begin(paths.logs(folder))
        log.exception("command %s failed, report %s", name, mark)
        end()
        raise Trouble(f"程序内部出错（报告号 {mark}），这一步没有完成。", "请把日志交给维护人员。") from None


def port(folder: Path, _wanted: argparse.Namespace) -> int:
    """Answer requests until the input ends; a damaged database still answers `restore` and `verify`."""
    clock = PortClock()
    with _claimed(folder):
        session = Session(folder, clock)
        try:
            session.open()
        except DeskError as error:
            session.damage = error
        try:
            server.serve(session, sys.stdin.buffer, sys.stdout.buffer)
        finally:
            session.close()
    return 0


def demo(folder: Path, wanted: argparse.Namespace) -> int:
    """Fill an empty folder with sample data and say how to log in."""
    with _opened(folder, fresh=True) as database:
        with database.reading(PROGRAM) as work:
            if setup.is_set_up(work):
                raise Trouble(f"数据文件夹 {folder} 里已经有数据，没有装入示例。", "请用 --data 指定一个空文件夹。")
        training.fill(database)
        if wanted.cases:
            from odr_desk.services import bulk_demo

            bulk_demo.fill(database, wanted.cases, wanted.seed, _progress)
    _say(f"示例数据已装入 {folder}")
    _say(f"登录名 {training.FIRST_LOGIN}，密码 {training.PASSWORD}")
    return 0


def export(folder: Path, wanted: argparse.Namespace) -> int:
    """Fill a form for a period, or only look whether it could be filled."""
    span = periods.make(_day("起日", wanted.start), _day("止日", wanted.to))
    out = Path(wanted.out) if wanted.out else Path.cwd() / submissions.file_name(wanted.form, span)
    with _logged_in(folder, wanted) as (database, actor):
        if wanted.check:
            with database.reading(actor) as work:
                findings = monthly.count(work, wanted.form, span).findings
        else:
            template = Path(wanted.template) if wanted.template else None
            with database.writing(actor, "export") as work:
                made = submissions.export(work, wanted.form, span, out, template)
            findings = made.problems
            _say(f"已写入 {made.path}，{made.rows} 行，编号 {made.submission_no}")
    for finding in findings:
        _say(f"{finding.case_no}：{finding.message}")
    if wanted.check:
        _say(f"体检完毕，{len(findings)} 处要看" if findings else "体检完毕，没有缺项")
    return 0


def backup(folder: Path, wanted: argparse.Namespace) -> int:
    """Make a checked backup now."""
    with _logged_in(folder, wanted) as (database, actor):
        with database.writing(actor, "backup") as work:
            order = safekeeping.order_backup(work, Path(wanted.to) if wanted.to else None)
        made = safekeeping.make_backup(order, _progress)
    _say(f"已备份到 {made.path}，投诉件 {made.cases} 件，已核对")
    return 0


def restore(folder: Path, wanted: argparse.Namespace) -> int:
    """Put a backup back; a damaged database has nobody to log in to."""
    with _claimed(folder):
        try:
            database = opening.open_database(folder)
        except Trouble:
            done = safekeeping.restore_folder(folder, Path(wanted.file), _progress)
        else:
            try:
                done = safekeeping.restore(database, _actor(database, wanted), Path(wanted.file), _progress)
            finally:
                database.close()
    before = f"；原来的数据在 {done.aside}" if done.aside is not None else ""
    _say(f"已恢复 {moments.local(done.made_at):%Y-%m-%d %H:%M} 的备份，投诉件 {done.cases} 件{before}")
    return 0


def verify(folder: Path, wanted: argparse.Namespace) -> int:
    """Check the data; the status is 1 when something is wrong."""
    if not place.is_used(folder):
        raise Trouble(f"文件夹 {folder} 里没有数据，没有什么可检查。", "请核对 --data 后面的文件夹。")
    with _claimed(folder):
        found = safekeeping.verify_folder(folder, full=wanted.full, report=_progress)
    for problem in found.problems:
        print(f"{problem.object}：{problem.message}", file=sys.stderr)  # noqa: T201 - this is the answer
    _say("数据检查完毕，没有发现问题" if found.is_clean else f"数据检查完毕，发现 {len(found.problems)} 处问题")
    return 0 if found.is_clean else 1


def upgrade(folder: Path, _wanted: argparse.Namespace) -> int:
    """Bring the data to this version; opening does it, with a backup first."""
    with _opened(folder):
        _say("数据已是本版本的格式")
    return 0


def import_(folder: Path, wanted: argparse.Namespace) -> int:
    """Preview a workbook row by row, and write it when asked to."""
    importer = importers.importer_of(wanted.profile)
    with _logged_in(folder, wanted) as (database, actor):
        source = import_source.load(Path(wanted.file), wanted.profile)
        with database.reading(actor) as work:
            shown = importer.preview(work, source, untold)
            before = safekeeping.order_before_import(work) if wanted.apply and shown.takes_any else None
        for note in shown.notes:
            _say(note)
        for row in shown.rows:
            _say(" ".join(filter(None, (f"第 {row.row} 行：{row.verdict.label}", row.name, row.message))))
        _say("，".join(f"{verdict.label} {count} 行" for verdict, count in shown.counts.items() if count))
        if before is not None:
            _say(f"导入前已备份到 {safekeeping.make_backup(before).path}")
        if wanted.apply:
            with database.writing(actor, "import") as work:
                done = importer.apply(work, source, (), _progress)
            _say(f"已导入，批号 {done.batch_no}" if done.batch_no else "没有要写入的内容")
        else:
            _say("以上只是预览，没有写入；加 --apply 写入")
    return 0


@contextmanager
def _claimed(folder: Path) -> Generator[None]:
    claim = place.Claim(place.prepare(folder))
    try:
        yield
    finally:
        claim.release()


@contextmanager
def _opened(folder: Path, clock: Clock = wall_clock, *, fresh: bool = False) -> Generator[Database]:
    """Open the database of a folder; only with `fresh` one that holds none yet: a typing error must not make one."""
    if not fresh and not place.is_used(folder):
        raise Trouble(
            f"文件夹 {folder} 里没有数据，什么也没有做。", "请核对 --data 后面的文件夹，或先打开窗口完成设置。"
        )
    with _claimed(folder):
        database = opening.open_database(folder, clock)
        try:
            yield database
        finally:
            database.close()


@contextmanager
def _logged_in(folder: Path, wanted: argparse.Namespace) -> Generator[tuple[Database, Actor]]:
    """Log in and let the day turn, as window and port do: what is overdue today is overdue in a form too."""
    with _opened(folder) as database:
        actor = _actor(database, wanted)
        try:
            daily.turn_day(database)
        except Trouble as error:  # a full disk keeps nobody from what he came for
            log.warning("the day could not be turned: %s", type(error).__name__)
        yield database, actor


def _actor(database: Database, wanted: argparse.Namespace) -> Actor:
    user = wanted.user or input("登录名：")
    login = people.log_in(database, user, wanted.ask_password(user))
    if login.must_change_password:
        raise Trouble("这个账号的密码是别人给的，还没有改过。", "请先在窗口里登录一次，改掉密码。")
    return login.actor


def _day(label: str, text: str) -> date:
    try:
        return moments.parse_day(text)
    except ValueError as error:
        raise Trouble(f"{label}“{text}”{error}。", "请改正后重试。") from None


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done:,} / {total:,}", end="" if done < total else "\n", file=sys.stderr)  # noqa: T201


def _say(words: str) -> None:
    print(words)  # noqa: T201 - the answer of a command


COMMANDS: dict[str, Callable[[Path, argparse.Namespace], int]] = {
    "port": port,
    "demo": demo,
    "export": export,
    "import": import_,
    "backup": backup,
    "restore": restore,
    "verify": verify,
    "upgrade": upgrade,
}
