"""The tables of a complaint case: the case, its claims, pauses, timeline, sessions, feedback and return visits."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import DERIVED, Base, Key, LongText, Money, No, OptionalMoney, Versioned, line, owner
from odr_desk.rules.case import AgeBand, CaseState, IdKind, Level, Outcome, Performance
from odr_desk.rules.observed import Observed

OPEN_ONLY = text("is_open IS 1 AND deleted_at IS NULL")
"""The few cases in hand, worded as SQLAlchemy words the condition, so that SQLite knows it again."""


NARROWED_BY = (
    "received_on", "channel", "problem", "category", "state", "result", "handler_id", "due_on", "is_open", "deleted_at"
)  # fmt: skip
"""What a list of all cases is narrowed by: gone through in this index, a million cases take a tenth of a second."""


def _sorted_by(name: str, column: str) -> Index:
    """Return an index that gives a page of any list in this order without a look at the table."""
    return Index(f"ix_cases_by_{name}", column, "id", "is_open", "deleted_at")


class Case(Versioned, Base):
    """One complaint. The draft's fields keep their names; what the desk derives stands below them."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_open_due", "due_on", "id", sqlite_where=OPEN_ONLY),
        Index("ix_cases_open_handler", "handler_id", "due_on", "id", sqlite_where=OPEN_ONLY),
        _sorted_by("due", "due_on"),
        _sorted_by("received", "received_on"),
        _sorted_by("merchant", "merchant_name"),
        _sorted_by("amount", "amount"),
        _sorted_by("state", "state"),
        _sorted_by("last", "last_event_at"),
        Index("ix_cases_merchant_received", "merchant_id", "received_on", "deleted_at"),
        Index("ix_cases_merchant_open", "merchant_id", sqlite_where=OPEN_ONLY),
        Index("ix_cases_bin", "deleted_at", "id", sqlite_where=text("deleted_at IS NOT NULL")),
        Index("ix_cases_merged", "merged_into_id", sqlite_where=text("merged_into_id IS NOT NULL")),
        Index("ix_cases_ended", "ended_on"),
        Index("ix_cases_alike", "problem", "category", "received_on", "result", "deleted_at", "amount", "refund"),
        Index("ix_cases_phone", "consumer_phone"),
        Index("ix_cases_narrowed", *NARROWED_BY),
    )

    id: Mapped[Key]
    number: Mapped[str] = line(40, unique=True)
    key: Mapped[str | None] = mapped_column(unique=True)

    channel: Mapped[str] = line(10)
    received_at: Mapped[datetime]
    platform_no: Mapped[str] = line(60, index=True)
    first_asked_by: Mapped[str] = line(30)
    late_entry: Mapped[No]
    consumer_name: Mapped[str] = line(50)
    consumer_phone: Mapped[str] = line(30)
    consumer_address: Mapped[str] = line(200)
    id_type: Mapped[IdKind | None]
    id_no: Mapped[str] = line(40)
    age_band: Mapped[AgeBand | None]
    guardian: Mapped[str] = line(50)
    agent: Mapped[str] = line(50)
    agent_letter: Mapped[No]
    agree_publish: Mapped[No]
    agree_delegate: Mapped[No]
    privacy_notice_at: Mapped[datetime | None]
    product: Mapped[str] = line(120)
    brand: Mapped[str] = line(60)
    model: Mapped[str] = line(60)
    category: Mapped[str] = line(60)
    amount: Mapped[OptionalMoney]
    purchase_date: Mapped[date | None]
    receipt_no: Mapped[str] = line(60)
    is_online: Mapped[No]
    is_prepaid: Mapped[No]
    problem: Mapped[str] = line(10)
    problem_note: Mapped[str] = line(120)
    level: Mapped[Level | None]
    facts: Mapped[LongText]
    solved_on_spot: Mapped[No]

    merchant_id: Mapped[int] = owner("merchants.id")
    merchant_name: Mapped[str] = line(100)
    merchant_counter: Mapped[str] = line(30)
    merchant_uscc: Mapped[str] = line(20)
    merchant_lease_end: Mapped[date | None]
    merchant_deposit: Mapped[OptionalMoney]

    subject: Mapped[str] = line(80)
    phone_tail: Mapped[str] = line(4)
    received_on: Mapped[date]
    registered_at: Mapped[datetime]
    registered_by: Mapped[str] = line(30)
    handler_id: Mapped[int | None] = owner("users.id", index=False)
    handler_name: Mapped[str] = line(30)
    state: Mapped[CaseState] = mapped_column(default=CaseState.REGISTERED)
    is_open: Mapped[bool] = mapped_column(default=True)
    result: Mapped[Outcome | None]
    result_note: Mapped[str] = line(1000)
    ended_on: Mapped[date | None]
    archived_on: Mapped[date | None]
    """When it came into the archive last; it stays when the case is taken out again, and its clock with it."""
    mode: Mapped[str] = line(4)
    refund: Mapped[Money] = mapped_column(default=0)
    compensation: Mapped[Money] = mapped_column(default=0)
    punitive: Mapped[Money] = mapped_column(default=0)
    recovered: Mapped[OptionalMoney]
    performance: Mapped[Performance] = mapped_column(default=Performance.NONE, info=DERIVED)

    first_due_on: Mapped[date] = mapped_column(info=DERIVED)
    due_on: Mapped[date] = mapped_column(info=DERIVED)
    due_estimated: Mapped[bool] = mapped_column(default=False, info=DERIVED)
    paused_since: Mapped[date | None] = mapped_column(info=DERIVED)
    manual_due_on: Mapped[date | None]
    manual_due_reason: Mapped[str] = line(200)
    first_contact_at: Mapped[datetime | None] = mapped_column(info=DERIVED)
    answered_on: Mapped[date | None] = mapped_column(info=DERIVED)
    merchant_contact_at: Mapped[datetime | None] = mapped_column(info=DERIVED)
    mediated_on: Mapped[date | None] = mapped_column(info=DERIVED)
    next_step: Mapped[str] = line(200)
    next_step_on: Mapped[date | None]
    fed_back_on: Mapped[date | None]
    revisit_due_on: Mapped[date | None]
    revisited_on: Mapped[date | None]
    satisfaction: Mapped[str] = line(20)
    transferred_on: Mapped[date | None]
    last_event_at: Mapped[datetime | None] = mapped_column(info=DERIVED)
    event_count: Mapped[int] = mapped_column(default=0, info=DERIVED)
    deleted_at: Mapped[datetime | None]
    """Since when the case stands in no list: it lies in the bin, or another case leads it (`merged_into_id`)."""
    deleted_by: Mapped[str] = line(30)
    delete_reason: Mapped[str] = line(200)
    emptied_at: Mapped[datetime | None]
    """Since when only the number is left of a case from the bin; it stays in the register as void."""
    merged_into_id: Mapped[int | None] = mapped_column()
    batch_id: Mapped[int | None] = owner("import_batches.id")


class CaseClaim(Base):
    """One demand of the consumer."""

    __tablename__ = "case_claims"

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    code: Mapped[str] = line(4)
    amount: Mapped[OptionalMoney]


class Event(Base):
    """One entry of the timeline; `number` counts within the case, `system` ones are folded on screen."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column()
    number: Mapped[int]
    kind: Mapped[str] = line(20)
    party: Mapped[str] = line(20)
    text: Mapped[LongText]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    author: Mapped[str] = line(30)
    author_id: Mapped[int] = mapped_column(default=0)
    system: Mapped[No]
    amends: Mapped[int | None] = mapped_column()


class ClockPause(Base):
    """Days on which the second clock stood still, both ends included; an open one has no `until`.

    One that was noted by mistake stays on record with why it was taken back, and no longer counts.
    """

    __tablename__ = "clock_pauses"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id", index=False)
    number: Mapped[int]
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str] = line(200)
    noted_by: Mapped[str] = line(30)
    noted_at: Mapped[datetime]
    taken_back: Mapped[str] = line(200)


class MediationSession(Base):
    """One sitting with the parties, what each said and how it ended."""

    __tablename__ = "sessions"

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    number: Mapped[int]
    held_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    place: Mapped[str] = line(100)
    mode: Mapped[str] = line(4)
    mediator: Mapped[str] = line(50)
    informed: Mapped[No]
    present: Mapped[LongText]
    consumer_position: Mapped[LongText]
    merchant_position: Mapped[LongText]
    opinion: Mapped[LongText]
    outcome: Mapped[LongText]


class Feedback(Base):
    """The four texts for the platform, each with the day on which it was entered; sent when all of them are."""

    __tablename__ = "feedbacks"

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    sent_on: Mapped[date | None]
    time_text: Mapped[LongText]
    process_text: Mapped[LongText]
    mode_text: Mapped[LongText]
    result_text: Mapped[LongText]
    time_on: Mapped[date | None]
    process_on: Mapped[date | None]
    mode_on: Mapped[date | None]
    result_on: Mapped[date | None]
    sent_by: Mapped[str] = line(30)


class Revisit(Base):
    """A call back after the end: how content the consumer is and what is left."""

    __tablename__ = "revisits"

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    on: Mapped[date]
    mode: Mapped[str] = line(20)
    satisfaction: Mapped[str] = line(20)
    performed: Mapped[str] = line(20)
    text: Mapped[LongText]
    by: Mapped[str] = line(30)


class Observation(Base):
    """A fact about the purchase that somebody saw (总局令第 121 号第十七条): only that, when and by whom.

    Nothing printed or exported is made of these records.
    """

    __tablename__ = "observations"
    __table_args__ = (UniqueConstraint("case_id", "kind"),)

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id", index=False)
    kind: Mapped[Observed]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str] = line(30)
