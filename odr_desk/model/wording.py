"""Words the desk keeps for use again: text modules, and what to ask in a call."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, No, line


class TextModule(Base):
    """One text with fields and a short code; never deleted, only retired. `kinds` are parted by blanks."""

    __tablename__ = "text_modules"

    id: Mapped[Key]
    code: Mapped[str] = line(12, unique=True)
    title: Mapped[str] = line(30)
    text: Mapped[LongText]
    kinds: Mapped[str] = line(100)
    rank: Mapped[int] = mapped_column(default=0)
    retired: Mapped[No]


class CallScript(Base):
    """The points for one problem and one party, one a line; an empty problem stands for all without their own."""

    __tablename__ = "call_scripts"
    __table_args__ = (UniqueConstraint("problem", "party"),)

    id: Mapped[Key]
    problem: Mapped[str] = line(10)
    party: Mapped[str] = line(20)
    points: Mapped[LongText]
