"""The tables of a settlement: agreement, its clauses (each a duty), and what was performed on them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, Money, No, OptionalMoney, Versioned, line, owner
from odr_desk.rules.advance import AdvanceCause, AdvanceState

OPEN_ONLY = text("done_on IS NULL AND waived_at IS NULL")


class Agreement(Versioned, Base):
    """What the parties agreed; a void one keeps its number, with reason, person and time."""

    __tablename__ = "agreements"

    id: Mapped[Key]
    number: Mapped[str] = line(60, unique=True)
    case_id: Mapped[int] = owner("cases.id")
    signed_on: Mapped[date]
    place: Mapped[str] = line(100)
    final: Mapped[bool] = mapped_column(default=True)
    reserved: Mapped[str] = line(400)
    guardian: Mapped[str] = line(50)
    agent: Mapped[str] = line(50)
    merchant_handler: Mapped[str] = line(50)
    merchant_authority: Mapped[No]
    late: Mapped[str] = line(400)
    advance_payment: Mapped[No]
    confidential: Mapped[No]
    attachments: Mapped[str] = line(400)
    consumer_view: Mapped[LongText]
    merchant_view: Mapped[LongText]
    copies: Mapped[int] = mapped_column(default=3)
    mediator: Mapped[str] = line(50)
    total: Mapped[Money]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = line(30)
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str] = line(30)
    void_reason: Mapped[str] = line(200)


class Duty(Versioned, Base):
    """One clause of an agreement as something to be done; done, part done, waived or outstanding."""

    __tablename__ = "duties"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        Index("ix_duties_open_due", "due_on", "id", sqlite_where=OPEN_ONLY),
    )

    id: Mapped[Key]
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    case_id: Mapped[int] = owner("cases.id")
    number: Mapped[int]
    kind: Mapped[str] = line(4)
    amount: Mapped[OptionalMoney]
    method: Mapped[str] = line(60)
    due_on: Mapped[date | None]
    goods_back: Mapped[str] = line(100)
    text: Mapped[LongText]
    performed: Mapped[Money] = mapped_column(default=0)
    done_on: Mapped[date | None]
    waived_at: Mapped[datetime | None]
    waived_by: Mapped[str] = line(30)
    waive_reason: Mapped[str] = line(200)


class PerformanceEntry(Base):
    """One payment or act on a duty; one taken back stays with the reason. The mall's own payment names its advance."""

    __tablename__ = "performances"

    id: Mapped[Key]
    duty_id: Mapped[int] = owner("duties.id")
    case_id: Mapped[int] = owner("cases.id")
    amount: Mapped[Money]
    on: Mapped[date]
    method: Mapped[str] = line(60)
    proof: Mapped[str] = line(200)
    by: Mapped[str] = line(30)
    recorded_at: Mapped[datetime]
    advance_id: Mapped[int | None] = owner("advances.id")
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str] = line(30)
    taken_back_reason: Mapped[str] = line(200)


class Advance(Versioned, Base):
    """Money the mall pays in the merchant's stead (江苏省消费者权益保护条例 32)."""

    __tablename__ = "advances"

    id: Mapped[Key]
    number: Mapped[str] = line(60, unique=True)
    case_id: Mapped[int] = owner("cases.id")
    merchant_id: Mapped[int] = owner("merchants.id")
    amount: Mapped[Money]
    cause: Mapped[AdvanceCause | None]
    reason: Mapped[str] = line(400)
    source: Mapped[str] = line(20)
    state: Mapped[AdvanceState] = mapped_column(default=AdvanceState.REQUESTED)
    requested_at: Mapped[datetime]
    requested_by: Mapped[str] = line(30)
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str] = line(30)
    refusal: Mapped[str] = line(200)
    paid_on: Mapped[date | None]
    paid_by: Mapped[str] = line(30)
    voucher: Mapped[str] = line(60)
    notified_on: Mapped[date | None]
    recovered: Mapped[Money] = mapped_column(default=0)


class Recovery(Base):
    """Money taken back from the merchant for an advance payment."""

    __tablename__ = "recoveries"

    id: Mapped[Key]
    advance_id: Mapped[int] = owner("advances.id")
    amount: Mapped[Money]
    on: Mapped[date]
    source: Mapped[str] = line(60)
    by: Mapped[str] = line(30)
