"""Public data filled from CSV at setup: codes, the calendar, deadline rules, rules of law; and settings."""

from datetime import date

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, No, line
from odr_desk.rules.calendar import DayKind
from odr_desk.rules.deadlines import Clock, Unit


class Code(Base):
    """One value of a code group; never deleted, only retired. `extra` is JSON of the remaining columns."""

    __tablename__ = "codes"
    __table_args__ = (UniqueConstraint("group", "code"),)

    id: Mapped[Key]
    group: Mapped[str] = line(30)
    code: Mapped[str] = line(60)
    name: Mapped[str] = line(120)
    short: Mapped[str] = line(30)
    rank: Mapped[int] = mapped_column(default=0)
    extra: Mapped[LongText]
    retired: Mapped[No]


class CalendarDay(Base):
    """A day off or a make-up day of the State Council's notice."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind]
    name: Mapped[str] = line(30)
    source: Mapped[str] = line(200)


class DeadlineRuleRow(Base):
    """A dated rule of a rule pack (rules.deadlines.DeadlineRule); `channels` holds codes with blanks between."""

    __tablename__ = "deadline_rules"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: Mapped[Key]
    code: Mapped[str] = line(20)
    name: Mapped[str] = line(120)
    clock: Mapped[Clock]
    length: Mapped[int]
    unit: Mapped[Unit]
    basis: Mapped[str] = line(300)
    channels: Mapped[str] = line(200)
    district: Mapped[str] = line(12)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class LegalRule(Base):
    """One claim rule of the law as the calculator shows it; every column is text of the CSV."""

    __tablename__ = "legal_rules"

    rule_id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[LongText]
    category: Mapped[LongText]
    article: Mapped[LongText]
    condition: Mapped[LongText]
    base: Mapped[LongText]
    formula: Mapped[LongText]
    min_or_cap: Mapped[LongText]
    exceptions: Mapped[LongText]
    evidence_needed: Mapped[LongText]
    calculator: Mapped[LongText]
    example: Mapped[LongText]


class Setting(Base):
    """One setting shared by all desks, as JSON."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[LongText]


class Counter(Base):
    """The last number given out of a series in a year; numbers come from here and nowhere else.

    `skipped` lists what was passed over when a number came from outside, such as `3-7 9`.
    """

    __tablename__ = "counters"

    series: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
    skipped: Mapped[LongText]
