"""What came in from workbooks and what was sent to the regulator."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, line, owner


class ImportBatch(Base):
    """One applied import; `counts` is JSON. An undone batch stays on record."""

    __tablename__ = "import_batches"

    id: Mapped[Key]
    number: Mapped[str] = line(40, unique=True)
    profile: Mapped[str] = line(30)
    file_name: Mapped[str] = line(200)
    sha256: Mapped[str] = line(64, index=True)
    counts: Mapped[LongText]
    applied_at: Mapped[datetime]
    applied_by: Mapped[str] = line(30)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = line(30)


class ImportRow(Base):
    """What one row of an import did.

    `before` is JSON of the fields it replaced; `version` is the record's afterwards, so that undoing
    sees whether somebody has changed it since.
    """

    __tablename__ = "import_rows"

    id: Mapped[Key]
    batch_id: Mapped[int] = owner("import_batches.id")
    row: Mapped[int]
    verdict: Mapped[str] = line(20)
    table: Mapped[str] = line(30)
    object_id: Mapped[int | None] = mapped_column()
    version: Mapped[int] = mapped_column(default=0)
    before: Mapped[LongText]


class Submission(Base):
    """One form that was filled for the regulator."""

    __tablename__ = "submissions"

    id: Mapped[Key]
    number: Mapped[str] = line(40, unique=True)
    form: Mapped[str] = line(20)
    period_from: Mapped[date]
    period_to: Mapped[date]
    rows: Mapped[int]
    figures: Mapped[LongText]
    file_name: Mapped[str] = line(200)
    sha256: Mapped[str] = line(64)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = line(30)
