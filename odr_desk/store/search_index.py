"""The full-text index of cases, kept in the transaction that changes them; nothing above knows that it is FTS5."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    column,
    event,
    false,
    func,
    inspect,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from odr_desk.model.agreement import Agreement, Duty
from odr_desk.model.case import Case, Event, MediationSession
from odr_desk.model.document import Document
from odr_desk.model.mediation import DisputePoint
from odr_desk.store import search_tokens

if TYPE_CHECKING:
    from odr_desk.store.database import Work

CODES = (Case.number, Case.platform_no, Case.consumer_phone)
"""Found by any tail of three or more characters."""
TEXTS: tuple[InstrumentedAttribute[str], ...] = (
    Case.consumer_name, Case.guardian, Case.agent, Case.merchant_name, Case.merchant_counter,
    Case.product, Case.brand, Case.model, Case.subject, Case.facts, Case.next_step, Case.result_note,
)  # fmt: skip
BESIDE: tuple[tuple[InstrumentedAttribute[str], ...], ...] = (
    (Event.text,),
    (MediationSession.consumer_position, MediationSession.merchant_position, MediationSession.outcome),
    (DisputePoint.point, DisputePoint.consumer_says, DisputePoint.merchant_says, DisputePoint.agreed),
    (Agreement.number,),
    (Duty.text,),
    (Document.number,),
)
"""Texts in tables whose records belong to a case; of the timeline only what people wrote, the rest says it again."""
LOT = 5_000
_INDEX = table("case_search", column("rowid", Integer), column("words"))
_STEP = 64  # pages of the index that are written in one go
_HELD = table("case_search_docsize", column("id", Integer))
"""Where FTS5 keeps which records it holds; the index itself lists them only by reading all of them."""
_WATCHED: dict[object, tuple[str, ...]] = {
    Case: tuple(
        part.key for part in (*CODES, *TEXTS, Case.merchant_id, Case.is_open, Case.deleted_at, Case.merged_into_id)
    )
}
_WATCHED |= {parts[0].class_: tuple(part.key for part in parts) for parts in BESIDE}


def watch(work: "Work") -> None:
    """Index anew, before this piece of work commits, every case whose words it has changed."""
    changed: set[int] = set()

    def note(session: Session, *_: object) -> None:
        for record in (*session.new, *session.dirty, *session.deleted):
            if _has_new_words(session, record):
                changed.update(_concerned(record))

    def write(session: Session) -> None:
        if changed:
            update(session.connection(), changed)
            changed.clear()

    event.listen(work.session, "after_flush", note)
    event.listen(work.session, "before_commit", write)


def _concerned(record: Any) -> Iterator[int]:  # noqa: ANN401 - a record of one of the watched tables
    """Yield the cases that a record speaks of: the one that leads a merged one, and the one that led it, too."""
    if not isinstance(record, Case):
        yield record.case_id
        return
    yield record.id
    led = inspect(record).attrs.merged_into_id.history
    yield from (case_id for case_id in (*led.deleted, record.merged_into_id) if case_id is not None)


def matching(words: Iterable[tuple[str, Iterable[int]]], *, open_only: bool = False) -> Select[int]:
    """Return the ids of the cases that answer to every word, each with shops it may mean; none when nothing is asked.

    The cases come in the order of their ids where that is asked for, without being sorted.
    """
    asked = search_tokens.question(words, open_only=open_only)
    holds = text("case_search MATCH :asked").bindparams(asked=asked) if asked else false()
    return select(_INDEX.c.rowid).where(holds)


def phoned(head: str, tail: str) -> ColumnElement[bool]:
    """Tell of a case in the index whether its telephone, or that of one merged into it, begins and ends so."""
    whose = aliased(Case)
    is_led = or_(whose.id == _INDEX.c.rowid, whose.merged_into_id == _INDEX.c.rowid)
    begins, finishes = whose.consumer_phone.startswith(head), whose.consumer_phone.endswith(tail)
    return select(whose.id).where(is_led, begins, finishes).correlate(_INDEX).exists()


def in_order(found: Select[int], *, newest_first: bool) -> Select[int]:
    """Return the same ids in their order; the index is read that way, nothing is sorted."""
    return found.order_by(_INDEX.c.rowid.desc() if newest_first else _INDEX.c.rowid)


def update(connection: Connection, ids: Collection[int]) -> None:
    """Index these cases as they stand now; those in the bin leave the index."""
    connection.execute(text("DELETE FROM case_search WHERE rowid = :id"), [{"id": number} for number in ids])
    add(connection, documents(connection, Case.id.in_(ids)))


def add(connection: Connection, made: Iterable[tuple[int, str]]) -> None:
    """Put documents of cases that are not in it into the index."""
    rows = [{"id": number, "words": words} for number, words in made]
    if rows:
        connection.execute(text("INSERT INTO case_search (rowid, words) VALUES (:id, :words)"), rows)


def fill(connection: Connection) -> None:
    """Index every case on record; the index must be empty."""
    last = connection.execute(select(func.coalesce(func.max(Case.id), 0))).scalar_one()
    write_in_bulk(connection)
    extend(connection, 1, last)
    compact(connection)


def extend(connection: Connection, first: int, count: int) -> None:
    """Index `count` ids from `first` on that are not in it yet."""
    for start in range(first, first + count, LOT):
        last = min(start + LOT, first + count) - 1
        add(connection, documents(connection, Case.id.between(start, last)))


def unindexed(connection: Connection, newest: int | None, most: int) -> list[str]:
    """Return numbers of live cases, of all or the newest, that the index does not hold."""
    chosen = select(Case.number).where(Case.deleted_at.is_(None), Case.id > _before(connection, newest))
    return list(connection.scalars(chosen.where(Case.id.not_in(select(_HELD.c.id))).limit(most)))


def strays(connection: Connection, newest: int | None, most: int) -> list[int]:
    """Return ids in the index that no live case has, of all or of the newest."""
    live = select(Case.id).where(Case.deleted_at.is_(None))
    chosen = select(_HELD.c.id).where(_HELD.c.id > _before(connection, newest), _HELD.c.id.not_in(live))
    return list(connection.scalars(chosen.limit(most)))


def _before(connection: Connection, newest: int | None) -> int:
    last = connection.execute(select(func.coalesce(func.max(Case.id), 0))).scalar_one()
    return 0 if newest is None else last - newest


def write_in_bulk(connection: Connection) -> None:
    """Gather much before writing and merge nothing, until `compact`; for many cases at once."""
    _set(connection, {"hashsize": 64 << 20, "automerge": 0, "crisismerge": 1_000})


def compact(connection: Connection) -> None:
    """Merge the parts the index was written in; what has been deleted leaves the file."""
    connection.execute(text("INSERT INTO case_search (case_search) VALUES ('optimize')"))
    _set(connection, {"hashsize": 1 << 20, "automerge": 4, "crisismerge": 16})


def clear_on(connection: Connection, *, begins: bool) -> bool:
    """Take one step of what `compact` does at once, a tenth of a second at most; tell whether there is more to do."""
    made = text("SELECT total_changes()")
    before = connection.execute(made).scalar_one()
    _set(connection, {"merge": -_STEP if begins else _STEP})
    return bool(connection.execute(made).scalar_one() - before >= 2)


def documents(connection: Connection, holds: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    """Yield id and words of the live cases that a condition on cases names, with those merged into them."""
    beside, merged = _beside(connection, holds), _merged(connection, holds)
    chosen = select(Case.id, Case.merchant_id, Case.is_open, *CODES, *TEXTS).where(holds, Case.deleted_at.is_(None))
    for case_id, shop, is_open, *values in connection.execute(chosen):
        more = merged.get(case_id, ([], []))
        codes, texts = [*values[: len(CODES)], *more[0]], values[len(CODES) :]
        said = (*texts, *beside.get(case_id, ()), *more[1])
        yield case_id, search_tokens.document(said, codes, shop, is_open=is_open)


def said_beside(parts: tuple[InstrumentedAttribute[str], ...]) -> Select[*tuple[Any, ...]]:
    """Return the statement that reads one entry of `BESIDE`: the case, then the texts."""
    of = parts[0].class_
    chosen = select(of.case_id, *parts)
    return chosen.where(Event.system.is_(False)) if of is Event else chosen


def _beside(connection: Connection, holds: Any) -> Mapping[int, list[str]]:  # noqa: ANN401
    found: dict[int, list[str]] = defaultdict(list)
    cases = select(Case.id).where(holds)
    for parts in BESIDE:
        for case_id, *texts in connection.execute(said_beside(parts).where(parts[0].class_.case_id.in_(cases))):
            found[case_id] += texts
    return found


def _merged(connection: Connection, holds: Any) -> Mapping[int, tuple[list[str], list[str]]]:  # noqa: ANN401
    """Return codes and texts of the cases that were merged into those of a condition, by the leading one."""
    leaders = select(Case.id).where(holds, Case.deleted_at.is_(None))
    chosen = select(Case.id, Case.merged_into_id, *CODES, *TEXTS).where(
        Case.merged_into_id.is_not(None), Case.merged_into_id.in_(leaders)
    )
    rows: Sequence[Any] = connection.execute(chosen).all()
    beside = _beside(connection, Case.id.in_([row[0] for row in rows])) if rows else {}
    found: dict[int, tuple[list[str], list[str]]] = {}
    for case_id, leader, *values in rows:
        codes, texts = found.setdefault(leader, ([], []))
        codes += values[: len(CODES)]
        texts += [*values[len(CODES) :], *beside.get(case_id, ())]
    return found


def _has_new_words(session: Session, record: object) -> bool:
    watched = _WATCHED.get(type(record))
    if watched is None or _says_nothing(session, record):
        return False
    if record in session.new or record in session.deleted:
        return True
    attributes = inspect(record).attrs
    return any(attributes[name].history.has_changes() for name in watched)


def _says_nothing(session: Session, record: object) -> bool:
    """Tell a paper about no case, and an entry that never was of a person's writing; one taken back becomes such."""
    if isinstance(record, Document):
        return record.case_id is None
    if not isinstance(record, Event) or not record.system:
        return False
    return record in session.new or not inspect(record).attrs.system.history.has_changes()


def _set(connection: Connection, options: Mapping[str, int]) -> None:
    for name, value in options.items():
        chosen = {"name": name, "value": value}
        connection.execute(text("INSERT INTO case_search (case_search, rank) VALUES (:name, :value)"), chosen)
