"""Fixtures everybody uses: a fresh data file from one filled template, people, and a clock that is set."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from odr_desk.pictures import child, looking
from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.mall import Mall
from odr_desk.rules.people import PROGRAM, Actor, Role, UserDraft
from odr_desk.services import people, setup
from odr_desk.store import passwords, schema
from odr_desk.store.database import Database
from odr_desk.store.place import FILE

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


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has been migrated and set up once for the whole run."""
    path = tmp_path_factory.mktemp("template") / FILE
    schema.create(path)
    database = Database(path, Clock())
    with pytest.MonkeyPatch.context() as patch, database.writing(PROGRAM, "setup") as work:
        patch.setattr(passwords, "seal", _sealed_cheaply)
        setup.set_up(work, MALL, _account(Role.ADMIN))
        for role in PEOPLE.keys() - {Role.ADMIN}:
            people.add(work, _account(role), must_change=False)
    database.close()
    return path


def _sealed_cheaply(password: str) -> str:
    """Seal as the program does, but with so little work that hundreds of tests can log in."""
    from argon2 import PasswordHasher
    from argon2.profiles import CHEAPEST

    return PasswordHasher.from_parameters(CHEAPEST).hash(password)


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


def _actor(database: Database, role: Role) -> Actor:
    from sqlalchemy import select

    from odr_desk.model.people import User

    with database.reading(PROGRAM) as work:
        return people.actor_of(work.session.scalars(select(User).where(User.user == role.value)).one())


@pytest.fixture
def admin(database: Database) -> Actor:
    return _actor(database, Role.ADMIN)


@pytest.fixture
def manager(database: Database) -> Actor:
    return _actor(database, Role.MANAGER)


@pytest.fixture
def mediator(database: Database) -> Actor:
    return _actor(database, Role.MEDIATOR)


@pytest.fixture
def clerk(database: Database) -> Actor:
    return _actor(database, Role.CLERK)


@pytest.fixture
def auditor(database: Database) -> Actor:
    return _actor(database, Role.AUDITOR)


def _account(role: Role) -> UserDraft:
    return UserDraft(user=role.value, display_name=PEOPLE[role], role=role, password=PASSWORD)
