"""Fixtures everybody uses: a fresh data file from one filled template, people, and a clock that is set."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select

from odr_desk.model.people import User
from odr_desk.pictures import child, looking
from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.mall import Mall
from odr_desk.rules.people import PROGRAM, Actor, Role, UserDraft
from odr_desk.services import people, setup
from odr_desk.store import passwords, schema, sqlite
from odr_desk.store.database import Database
from odr_desk.store.place import FILE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # for a test run by hand; on a machine without a screen Qt aborts
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in China, a Monday
MALL = Mall(
    name="无锡示例八佰伴商贸有限公司",
    short_name="锡八佰伴",
    uscc="91320205MA0000000M",
    address="无锡市锡山区示例路 1 号",
    phone="0510-88000000",
    regulator="锡山区市场监管局东亭分局",
    district="320205",
    desk_name="一楼售后服务台",
    case_prefix="XSBBB",
    reporter="王敏",
    reviewer="孙主任",
)
PEOPLE = {
    Role.ADMIN: "系统管理员",
    Role.MANAGER: "孙主任",
    Role.MEDIATOR: "刘洋",
    Role.CLERK: "王敏",
    Role.AUDITOR: "周审计",
}
PASSWORD = "a-good-password"


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        self.now += timedelta(**delta)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected words and screens anew")


@pytest.fixture
def golden(request):
    """Compare words with the file beside the test; --update-golden writes it anew."""

    def compare(words, name):
        expected = request.path.with_name(f"{name}.txt")
        if request.config.getoption("--update-golden"):
            expected.write_text(words, encoding="utf-8")
        assert words == expected.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session", autouse=True)
def _compiled_once():
    """Let the data files of a run share what SQLAlchemy made of each statement, as one long run of the program does."""
    whole = sqlite.create_engine("sqlite://", module=sqlite.driver, query_cache_size=5_000)
    whole.connect().close()

    def sharing(*arguments: object, **options: object) -> Engine:
        made = create_engine(*arguments, **options)
        made.dialect = made.pool._dialect = whole.dialect
        made._compiled_cache = whole._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "create_engine", sharing)
        yield
    whole.dispose()


@pytest.fixture(scope="session", autouse=True)
def _sealed_cheaply():
    """Seal as the program does, but with so little work that hundreds of tests can log in."""
    from argon2 import PasswordHasher
    from argon2.profiles import CHEAPEST

    with pytest.MonkeyPatch.context() as patch:
        cheap = SimpleNamespace(seal=PasswordHasher.from_parameters(CHEAPEST).hash, fits=passwords.fits)
        patch.setattr(people, "passwords", cheap)
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has been migrated and set up once for the whole run."""
    path = tmp_path_factory.mktemp("template") / FILE
    schema.create(path)
    database = Database(path, Clock())
    with database.writing(PROGRAM, "setup") as work:
        setup.set_up(work, MALL, _account(Role.ADMIN))
        for role in PEOPLE.keys() - {Role.ADMIN}:
            people.add(work, _account(role), must_change=False)
    database.close()
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path, template: Path, clock: Clock):
    path = tmp_path / "data" / FILE
    path.parent.mkdir()
    shutil.copyfile(template, path)
    database = Database(path, clock)
    yield database
    database.close()


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open evidence in this process, a hundred times as fast; what the child guards against has tests of its own."""

    def ask(job: dict, _seconds: int, pulse: object = None) -> child.Made:
        facts, content = child.refusing(job)
        if "refused" in facts:
            raise UnsafeFile(facts["refused"])
        return facts, content

    monkeypatch.setattr(looking, "_ask", ask)


@pytest.fixture(scope="session")
def staff(template: Path) -> dict[Role, Actor]:
    """The people of the template, read once."""
    database = Database(template, Clock())
    with database.reading(PROGRAM) as work:
        found = {account.role: people.actor_of(account) for account in work.session.scalars(select(User))}
    database.close()
    return found


@pytest.fixture
def admin(staff) -> Actor:
    return staff[Role.ADMIN]


@pytest.fixture
def manager(staff) -> Actor:
    return staff[Role.MANAGER]


@pytest.fixture
def mediator(staff) -> Actor:
    return staff[Role.MEDIATOR]


@pytest.fixture
def clerk(staff) -> Actor:
    return staff[Role.CLERK]


@pytest.fixture
def auditor(staff) -> Actor:
    return staff[Role.AUDITOR]


@pytest.fixture(scope="session")
def once(template, staff, tmp_path_factory) -> Callable[[str, Callable[[Database, Actor], object]], tuple[Path, Any]]:
    """Do costly work on a data folder once for all tests that begin with it; returns the folder and what the work said.

    The work is done by the manager. Tests open a copy of the folder (`copied`).
    """
    done: dict[str, tuple[Path, object]] = {}

    def do(name: str, job: Callable[[Database, Actor], object]) -> tuple[Path, object]:
        if name not in done:
            folder = tmp_path_factory.mktemp(name)
            shutil.copyfile(template, folder / FILE)
            database = Database(folder / FILE, Clock())
            try:
                done[name] = folder, job(database, staff[Role.MANAGER])
            finally:
                database.close()
        return done[name]

    return do


@pytest.fixture
def copied(tmp_path, clock):
    """Open a copy of a data folder that was made once."""
    opened: list[Database] = []

    def open_copy(folder: Path) -> Database:
        shutil.copytree(folder, tmp_path / folder.name)
        opened.append(Database(tmp_path / folder.name / FILE, clock))
        return opened[-1]

    yield open_copy
    for database in opened:
        database.close()


def _account(role: Role) -> UserDraft:
    return UserDraft(user=role.value, display_name=PEOPLE[role], role=role, password=PASSWORD)
