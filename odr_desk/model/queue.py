"""What people put on cases and lists to find them again: tags, and views of their own."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, line, owner


class CaseTag(Base):
    """One short word on a case; the words in use are the list that is offered."""

    __tablename__ = "case_tags"
    __table_args__ = (UniqueConstraint("case_id", "name"), Index("ix_case_tags_name", "name", "case_id"))

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id", index=False)
    name: Mapped[str] = line(12)


class SavedView(Base):
    """A filter of the queue that somebody kept under a name of his own; `content` is the filter as JSON."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[Key]
    user_id: Mapped[int] = owner("users.id", index=False)
    name: Mapped[str] = line(20)
    place: Mapped[int] = mapped_column(default=0)
    content: Mapped[LongText]
