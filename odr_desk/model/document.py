"""Issued papers, kept as the bytes that were issued, and files handed in."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import Base, Key, LongText, No, line, owner


class Document(Base):
    """One issued paper. The stored PDF is the original, never rendered again."""

    __tablename__ = "documents"

    id: Mapped[Key]
    number: Mapped[str] = line(60, index=True)
    kind: Mapped[str] = line(40)
    title: Mapped[str] = line(60)
    case_id: Mapped[int | None] = owner("cases.id")
    agreement_id: Mapped[int | None] = owner("agreements.id")
    merchant_id: Mapped[int | None] = owner("merchants.id")
    template_version: Mapped[int]
    facts: Mapped[LongText]
    sha256: Mapped[str] = line(64)
    pages: Mapped[int]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = line(30)
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str] = line(30)
    void_reason: Mapped[str] = line(200)
    archived: Mapped[No]


class DocumentFile(Base):
    """The bytes of a paper, apart so that lists never load them."""

    __tablename__ = "document_files"

    document_id: Mapped[int] = mapped_column(primary_key=True)
    pdf: Mapped[bytes]


class Attachment(Base):
    """A file handed in with a case; the bytes lie in the data folder under their hash.

    `name` is what the file was called outside, for showing only. `shared_of` is the original of a
    blacked-out copy. One that was taken out of the box stays on record with who did it and why.
    """

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("case_id", "number"), UniqueConstraint("case_id", "sha256"))

    id: Mapped[Key]
    case_id: Mapped[int] = owner("cases.id")
    number: Mapped[int]
    position: Mapped[int]
    sha256: Mapped[str] = line(64, index=True)
    size: Mapped[int]
    kind: Mapped[str] = line(10)
    name: Mapped[str] = line(200)
    label: Mapped[str] = line(100)
    party: Mapped[str] = line(20)
    pages: Mapped[int] = mapped_column(default=1)
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    shared_of: Mapped[int | None] = owner("attachments.id")
    added_at: Mapped[datetime]
    added_by: Mapped[str] = line(30)
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[str] = line(30)
    delete_reason: Mapped[str] = line(200)
