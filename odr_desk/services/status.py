"""What the status bar says: is it safe, what waits, who works here."""

from dataclasses import dataclass

from odr_desk.rules.people import Right
from odr_desk.services import calendar_admin, demo, safekeeping, setup, submissions, views
from odr_desk.services.safekeeping import Standing
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How things stand; what this person may not see is None."""

    is_training: bool
    backup: Standing
    without_next_step: int | None
    report: str
    missing_year: int | None
    person: str
    place: str


def _missing_year(work: Work) -> int | None:
    """Return the year whose holidays are missing, for who may enter them and for who sees to it that it is done."""
    concerned = work.actor.may(Right.REFERENCE) or work.actor.may(Right.MANAGE)
    return calendar_admin.missing_year(work) if concerned else None


def read(work: Work) -> Status:
    """Return how things stand for the person logged in."""
    sees_cases = work.actor.may(Right.READ_CASES)
    pending = submissions.pending(work) if sees_cases else None
    return Status(
        is_training=demo.is_training(work),
        backup=safekeeping.last_backup(work),
        without_next_step=views.counts(work, ("no_next_step",))["no_next_step"] if sees_cases else None,
        report=pending.words if pending is not None else "",
        missing_year=_missing_year(work),
        person=work.actor.name,
        place=setup.profile(work).desk_name,
    )
