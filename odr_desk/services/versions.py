"""Two people on one record: both versions field by field, and who saved the other one when."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from odr_desk.rules import moments, money
from odr_desk.rules.errors import Conflict
from odr_desk.rules.fields import Field, Kind, fields_of
from odr_desk.store import history
from odr_desk.store.database import Work
from odr_desk.store.history import Touch


def overtaken(
    work: Work,
    what: str,
    record: str,
    version: int,
    mine: Mapping[str, Any],
    theirs: object,
    last: Touch | None = None,
) -> Conflict:
    """Return the refusal of changes to a record that somebody else has saved since.

    `record` is its name in the journal, `theirs` the draft as it stands, `last` who saved it where that is known
    better. Values in the detail are such as the fields of the draft read again.
    """
    fields = {field.name: field for field in fields_of(type(theirs)) if field.name in mine}
    by, at = (last.by, last.at) if last is not None else touched(work, record)
    detail: dict[str, object] = {
        "by": by,
        "at": moments.local(at).isoformat(),
        "version": version,
        "mine": {name: written(field, mine[name]) for name, field in fields.items()},
        "theirs": {name: written(field, getattr(theirs, name)) for name, field in fields.items()},
    }
    when = moments.show_moment(at)
    return Conflict(f"{what}在 {when} 被{by}改过，您的改动没有存，也没有丢。请比较两个版本后再存", detail)


def require_seen(
    work: Work,
    what: str,
    record: str,
    versions: tuple[int | None, int],
    columns: Collection[str],
    mine: object,
    theirs: object,
) -> None:
    """Raise Conflict when one of these columns was changed after the version that was seen, the first of both.

    What else of the record has changed since does not matter; who saw no version is not told.
    """
    seen, now = versions
    if seen is None or seen == now:
        return
    behind = now - seen if seen < now else now  # a version that is yet to come says nothing: all of them are looked at
    last = history.changed_since(work, record, behind, columns)
    if last is not None:
        own = {field.name: getattr(mine, field.name) for field in fields_of(type(mine))}
        raise overtaken(work, what, record, now, own, theirs, last)


def touched(work: Work, record: str) -> tuple[str, datetime]:
    """Return who changed a record last, and when."""
    last = history.last_touch(work, record)
    return (last.by, last.at) if last is not None else ("别人", work.now)


def written(field: Field, value: Any) -> object:  # noqa: ANN401 - whatever a field holds
    """Return a value as a field reads it again: money in yuan, days and instants in ISO form."""
    if field.kind is Kind.MONEY and isinstance(value, int):
        return money.yuan(value)
    if field.rows is not None:
        parts = fields_of(field.rows)
        return [{part.name: written(part, getattr(entry, part.name)) for part in parts} for entry in value]
    return value.isoformat() if isinstance(value, date) else value
