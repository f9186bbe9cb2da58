"""The tables of a case that leaves the desk: what the consumer was told, transfers both ways, hand-over packages."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, line, owner
from odr_desk.rules.explaining import Told
from odr_desk.rules.transfer import Direction, ReturnReason


class Explanation(Base):
    """The consumer was told that there is no settlement; `routes` are the ways that were named, comma separated."""

    __tablename__ = "explanations"

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    at: Mapped[datetime]
    mode: Mapped[Told]
    by: Mapped[str] = line(30)
    text: Mapped[LongText]
    routes: Mapped[str] = line(100)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = line(30)


class Transfer(Base):
    """A case handed to, taken from or given back to another body; `number` counts within the case."""

    __tablename__ = "transfers"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    number: Mapped[int]
    direction: Mapped[Direction]
    body: Mapped[str] = line(100)
    on: Mapped[date] = mapped_column(index=True)
    original_no: Mapped[str] = line(60)
    cause: Mapped[ReturnReason | None]
    reason: Mapped[LongText]
    materials: Mapped[LongText]
    receiver: Mapped[str] = line(50)
    answer_by: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    acknowledged_no: Mapped[str] = line(60)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = line(30)


class Package(Base):
    """The folder that was made for a transfer; `files` is JSON of name, size and SHA-256 of each file in it."""

    __tablename__ = "packages"

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    transfer_id: Mapped[int] = owner("transfers.id")
    body: Mapped[str] = line(100)
    folder: Mapped[LongText]
    files: Mapped[LongText]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = line(30)
