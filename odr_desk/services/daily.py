"""What the program does by itself: turning the day, and the full look at the data once a week."""

from datetime import date, timedelta

from odr_desk.rules import moments
from odr_desk.rules.people import PROGRAM
from odr_desk.services import case_bin, drafts, duties
from odr_desk.store import attachments, place, reference, settings, thumbnails
from odr_desk.store.database import Database, Work

LAST_FULL_LOOK = "verify.last_full"
EVERY = timedelta(days=7)


def turn_day(database: Database) -> frozenset[str]:
    """Mark what has become overdue, put in what is shipped since, clear the bin; return the tables that changed."""
    with database.writing(PROGRAM, "day.pass") as work:
        duties.pass_day(work)
        reference.complete(work)
        files = case_bin.empty(work)
        drafts.forget_thrown(work)
        if not settings.read(work, LAST_FULL_LOOK):
            _note(work)  # a new folder is in order: its first week begins
    for sha256 in files:
        attachments.remove(database.folder / place.ATTACHMENTS, sha256)
        thumbnails.remove(database.folder, sha256)
    return frozenset(work.touched)


def clear_words(database: Database) -> bool:
    """Take the next step of clearing the search index; tell whether there is more to do."""
    with database.writing(PROGRAM, "day.pass") as work:
        return case_bin.clear_words(work)


def full_look_due(work: Work) -> bool:
    """Tell whether a week has passed since everything was looked at."""
    last = settings.read(work, LAST_FULL_LOOK)
    return bool(last) and moments.day_of(work.now) - date.fromisoformat(last) >= EVERY


def note_full_look(database: Database) -> None:
    """Begin a new week."""
    with database.writing(PROGRAM, "verify") as work:
        _note(work)


def _note(work: Work) -> None:
    settings.write(work, LAST_FULL_LOOK, moments.day_of(work.now).isoformat())
