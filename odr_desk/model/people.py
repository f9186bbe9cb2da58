"""Accounts of the people at the desk, and what each has set up for himself."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, No, Versioned, line, owner
from odr_desk.rules.people import Role


class User(Versioned, Base):
    """One account; the failure counter survives a restart."""

    __tablename__ = "users"

    id: Mapped[Key]
    user: Mapped[str] = line(30, unique=True)
    display_name: Mapped[str] = line(30)
    role: Mapped[Role]
    password_hash: Mapped[str] = line(200)
    must_change_password: Mapped[No]
    disabled: Mapped[No]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class Preference(Base):
    """One thing a person has arranged on screen: widths, order, filters."""

    __tablename__ = "preferences"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    id: Mapped[Key]
    user_id: Mapped[int] = owner("users.id")
    key: Mapped[str] = line(80)
    value: Mapped[LongText]


class Draft(Base):
    """Something typed and not yet registered; one thrown away waits a while, so that it can be taken back."""

    __tablename__ = "drafts"

    id: Mapped[Key]
    user_id: Mapped[int] = owner("users.id")
    kind: Mapped[str] = line(30)
    subject: Mapped[str] = line(60)
    content: Mapped[LongText]
    updated_at: Mapped[datetime]
    thrown_at: Mapped[datetime | None]
