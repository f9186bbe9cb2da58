"""One conversation over the port: the open database, who is logged in, and one door to work."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from odr_desk.rules import moments
from odr_desk.rules.errors import DeskError, LoginRefused, Trouble
from odr_desk.rules.people import Actor
from odr_desk.services import daily
from odr_desk.store import opening
from odr_desk.store.database import Database, Work, wall_clock

PASSWORD_ONLY = "密码是别人给的，先用 user.password 改掉，才能做别的"  # noqa: S105 - a sentence, no password


class PortClock:
    """The wall clock, unless a test has set it."""

    def __init__(self) -> None:
        """Begin with the wall clock."""
        self.fixed: datetime | None = None

    def __call__(self) -> datetime:
        """Return the present instant."""
        return self.fixed or wall_clock()


@dataclass(slots=True)
class Session:
    """What one process on the port knows."""

    folder: Path
    clock: PortClock = field(default_factory=PortClock)
    actor: Actor | None = None
    must_change_password: bool = False
    damage: DeskError | None = None
    opened: Database | None = None
    turned_on: date | None = None
    clearing: bool = False

    @property
    def database(self) -> Database:
        """Return the open database; raise why it could not be opened."""
        if self.opened is None:
            raise self.damage or Trouble("数据库没有打开。", "请重新启动端口。")
        return self.opened

    def open(self) -> None:
        """Open the data folder; raise Trouble when that cannot be done."""
        self.opened, self.damage = opening.open_database(self.folder, self.clock), None

    def close(self) -> None:
        """Close the database."""
        if self.opened is not None:
            self.opened.close()

    def keep_up(self) -> None:
        """Turn the day once it has begun, as the window does; then clear the search index, one step a request."""
        if self.opened is None or self.actor is None:
            return
        today = moments.day_of(self.opened.clock())
        if today != self.turned_on:
            self.turned_on, self.clearing = today, True
            daily.turn_day(self.opened)
        elif self.clearing:
            self.clearing = daily.clear_words(self.opened)

    def who(self) -> Actor:
        """Return who is logged in; raise LoginRefused when nobody is."""
        if self.actor is None:
            raise LoginRefused("还没有登录，请先用 login")
        if self.must_change_password:
            raise LoginRefused(PASSWORD_ONLY)
        return self.actor

    @contextmanager
    def reading(self) -> Generator[Work]:
        """Yield work that reads as the person who is logged in."""
        with self.database.reading(self.who()) as work:
            yield work

    @contextmanager
    def writing(self, verb: str, reason: str = "") -> Generator[Work]:
        """Yield work that writes as the person who is logged in; durable when the block is left."""
        with self.database.writing(self.who(), verb, reason) as work:
            yield work
