"""What the screens before the pages need: is the mall set up, who comes in, what that person has arranged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from odr_desk.rules.mall import Mall
from odr_desk.rules.people import PROGRAM, Actor, UserDraft
from odr_desk.services import demo, people, preferences, setup
from odr_desk.store import settings
from odr_desk.store.database import Database


@dataclass(frozen=True, slots=True)
class Sample:
    """An account of the training copy, printed for everybody who opens it."""

    user: str
    role: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in a data folder: nothing yet, a mall, or the training copy with its accounts."""

    is_set_up: bool
    mall: str = ""
    samples: tuple[Sample, ...] = ()
    sample_password: str = ""

    @property
    def is_training(self) -> bool:
        """Tell whether this is a training copy."""
        return bool(self.samples)


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who has come in, with what that person has arranged on screen."""

    actor: Actor
    must_change_password: bool
    layouts: Mapping[str, Mapping[str, Any]]


def look_around(database: Database) -> Standing:
    """Return what is in the data folder."""
    with database.reading(PROGRAM) as work:
        if not setup.is_set_up(work):
            return Standing(is_set_up=False)
        mall = settings.load(work, Mall)
        name = mall.name if mall is not None else ""
        if not demo.is_training(work):
            return Standing(is_set_up=True, mall=name)
    first = sorted(demo.STAFF, key=lambda draft: draft.user != demo.FIRST_LOGIN)
    return Standing(True, name, tuple(Sample(d.user, d.role.label) for d in first), demo.PASSWORD)


def set_up(database: Database, mall: Mall, administrator: UserDraft, worker: UserDraft | None = None) -> Entered:
    """Set the mall up, with the first account that works on complaints, and let its first administrator in."""
    with database.writing(PROGRAM, "setup") as work:
        setup.set_up(work, mall, administrator, () if worker is None else (worker,))
    return come_in(database, administrator.user, administrator.password)


def come_in(database: Database, user: str, password: str) -> Entered:
    """Let somebody in; raise LoginRefused when name and password do not fit."""
    login = people.log_in(database, user, password)
    with database.reading(login.actor) as work:
        return Entered(login.actor, login.must_change_password, preferences.load(work))


def change_given_password(database: Database, entered: Entered, password: str) -> Entered:
    """Put an own password in the place of the given one and return the person with all rights."""
    with database.writing(entered.actor, "user.password") as work:
        people.change_password(work, password)
        work.session.flush()
        actor = people.refreshed(work)
    return Entered(actor, must_change_password=False, layouts=entered.layouts)
