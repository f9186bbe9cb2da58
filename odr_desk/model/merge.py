"""Cases that are one matter: which leads, which follows, and what the merge changed."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, line, owner


class CaseMerge(Base):
    """One merge; `before` and `after` are JSON of what it changed in the leading case, so that it comes apart again.

    `claims` is JSON of the ids of the demands it gave to the leading case.
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
    parted_at: Mapped[datetime | None] = mapped_column()
    parted_by: Mapped[str] = line(30)
