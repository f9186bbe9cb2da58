"""What a mediation is worked with: the points in dispute, the offers, each side's bottom line, the appointments."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import SECRET, Base, Key, LongText, OptionalMoney, Versioned, line, owner
from odr_desk.rules.appointment import AppointmentState
from odr_desk.rules.dispute import PointState
from odr_desk.rules.events import Party
from odr_desk.rules.session import Answer


class DisputePoint(Versioned, Base):
    """One point of a dispute: what each side says to it, on what evidence, and whether they agree by now.

    `claim` is the demand it began as, `exhibits` the numbers of attachments with blanks between.
    """

    __tablename__ = "dispute_points"

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    rank: Mapped[int]
    point: Mapped[str] = line(200)
    claim: Mapped[str] = line(4)
    consumer_says: Mapped[LongText]
    merchant_says: Mapped[LongText]
    evidence: Mapped[str] = line(400)
    exhibits: Mapped[str] = line(200)
    state: Mapped[PointState] = mapped_column(default=PointState.OPEN)
    agreed: Mapped[str] = line(1000)


class Offer(Base):
    """What one side offered, in the order of the talks; `session` names the sitting at which it was said, if any."""

    __tablename__ = "offers"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id", index=False)
    number: Mapped[int]
    session: Mapped[int | None]
    by: Mapped[Party]
    amount: Mapped[OptionalMoney]
    text: Mapped[str] = line(400)
    made_at: Mapped[datetime]
    answer: Mapped[Answer] = mapped_column(default=Answer.WAITING)
    answer_note: Mapped[str] = line(400)
    answered_at: Mapped[datetime | None]
    noted_by: Mapped[str] = line(30)


class BottomLine(Base):
    """What a side would at most accept, told to the mediator alone.

    No list, paper, export, index or timeline reads this table; the journal keeps its values to itself.
    """

    __tablename__ = "bottom_lines"
    __table_args__ = (UniqueConstraint("case_id", "side"),)

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id", index=False)
    side: Mapped[Party]
    amount: Mapped[OptionalMoney] = mapped_column(info=SECRET)
    text: Mapped[str] = line(400, info=SECRET)
    told_at: Mapped[datetime]
    noted_by: Mapped[str] = line(30)


class Appointment(Versioned, Base):
    """A sitting that is planned; `session` names the one it has become."""

    __tablename__ = "appointments"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index("ix_appointments_planned", "starts_at", sqlite_where=text("state = 'planned'")),
        Index("ix_appointments_starts_at", "starts_at"),
    )

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id", index=False)
    number: Mapped[int]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    mode: Mapped[str] = line(4)
    place: Mapped[str] = line(100)
    mediator: Mapped[str] = line(50)
    invited: Mapped[str] = line(400)
    reminder: Mapped[LongText]
    despite: Mapped[str] = line(200)
    state: Mapped[AppointmentState] = mapped_column(default=AppointmentState.PLANNED)
    reason: Mapped[str] = line(200)
    session: Mapped[int | None]
    made_by: Mapped[str] = line(30)
    made_at: Mapped[datetime]
