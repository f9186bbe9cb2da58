"""The audit journal: a chain of hashes without personal data, and the changed values beside it."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, line, owner


class JournalEntry(Base):
    """One link: what was done to which record, sealed by the hash of the link before it."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime]
    user: Mapped[str] = line(30)
    verb: Mapped[str] = line(40)
    object: Mapped[str] = line(60, index=True)
    before_hash: Mapped[str] = line(64)
    after_hash: Mapped[str] = line(64)
    reason: Mapped[str] = line(200)
    ok: Mapped[bool] = mapped_column(default=True)
    previous: Mapped[str] = line(64)
    hash: Mapped[str] = line(64)


class Change(Base):
    """One changed field: old and new value. Erasure may blank these; the chain stays whole."""

    __tablename__ = "changes"

    id: Mapped[Key]
    seq: Mapped[int] = owner("journal.seq")
    field: Mapped[str] = line(40)
    old: Mapped[LongText]
    new: Mapped[LongText]


class Step(Base):
    """One step of a person's work: the links it made in the journal, so that it can be undone as a whole.

    An index over the journal, no decision of its own. A draft that was thrown away makes no link and
    is named instead. `undoes` is the step that this one took back.
    """

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_user", "user_id", "id"), Index("ix_steps_first_seq", "first_seq"))

    id: Mapped[Key]
    user_id: Mapped[int]
    name: Mapped[str] = line(30)
    verb: Mapped[str] = line(40)
    at: Mapped[datetime]
    first_seq: Mapped[int] = mapped_column(default=0)
    last_seq: Mapped[int] = mapped_column(default=0)
    draft_id: Mapped[int] = mapped_column(default=0)
    undoes: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]
