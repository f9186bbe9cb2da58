"""Cases that are one matter: which leads, which follows, and what the merge changed."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, line, owner


class CaseMerge(Base):
    """One merge, with what is needed to take it apart again.

    `before` and `after` are JSON of what it changed in the leading case, `claims` of the ids of the demands
    it gave to it, `moved` of the records it took over: table, id, number there before and number now.
    """

    __tablename__ = "case_merges"

    id: Mapped[Key]
    leader_id: Mapped[int] = owner("cases.id")
    follower_id: Mapped[int] = owner("cases.id")
    merged_at: Mapped[datetime]
    merged_by: Mapped[str] = line(30)
    note: Mapped[str] = line(200)
    before: Mapped[LongText]
    after: Mapped[LongText]
    claims: Mapped[LongText]
    moved: Mapped[LongText]
    parted_at: Mapped[datetime | None] = mapped_column()
    parted_by: Mapped[str] = line(30)
