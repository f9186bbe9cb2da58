"""The tables of tenant merchants and of their licences."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from odr_desk.model.base import DERIVED, Base, Key, LongText, No, OptionalMoney, Versioned, line, owner


class Merchant(Versioned, Base):
    """A tenant; a provisional one was noted at the desk and is not on file yet."""

    __tablename__ = "merchants"
    __table_args__ = (Index("ix_merchants_name_counter", "name", "counter"),)

    id: Mapped[Key]
    number: Mapped[str] = line(20, unique=True)
    name: Mapped[str] = line(100)
    brand: Mapped[str] = line(60)
    nickname: Mapped[str] = line(60)
    counter: Mapped[str] = line(30, index=True)
    floor: Mapped[str] = line(20)
    trade: Mapped[str] = line(30)
    uscc: Mapped[str] = line(20, index=True)
    subject_type: Mapped[str] = line(30)
    legal_person: Mapped[str] = line(50)
    contact: Mapped[str] = line(50)
    phone: Mapped[str] = line(30)
    after_hours: Mapped[str] = line(60)
    odr_contact: Mapped[str] = line(60)
    lease_start: Mapped[date | None]
    lease_end: Mapped[date | None]
    deposit: Mapped[OptionalMoney]
    is_food: Mapped[No]
    is_cosmetics: Mapped[No]
    prepaid_filing_no: Mapped[str] = line(60)
    no_reason_days: Mapped[int | None]
    no_reason_scope: Mapped[str] = line(200)
    no_reason_terms: Mapped[str] = line(400)
    no_reason_since: Mapped[date | None]
    credit_level: Mapped[str] = line(10)
    training: Mapped[str] = line(1000)
    note: Mapped[str] = line(1000)

    initials: Mapped[str] = line(600, info=DERIVED)
    pinyin: Mapped[str] = line(500, info=DERIVED)
    findable: Mapped[LongText] = mapped_column(info=DERIVED)
    provisional: Mapped[No]
    retired: Mapped[No]
    created_at: Mapped[datetime]
    batch_id: Mapped[int | None] = owner("import_batches.id")

    @property
    def shown_name(self) -> str:
        """Return what people call the shop: the brand over the door, else the licence name."""
        return self.brand or self.name


class MerchantLicence(Base):
    """A licence of a tenant, in the order of `position`.

    The bytes of its scan lie in the data folder under their hash, as those of evidence do; without a hash there is
    none. `scan_name` is what the file was called outside, for showing only.
    """

    __tablename__ = "merchant_licences"

    id: Mapped[Key]
    merchant_id: Mapped[int] = owner("merchants.id")
    position: Mapped[int]
    kind: Mapped[str] = line(40)
    number: Mapped[str] = line(60)
    expires: Mapped[date | None]
    sha256: Mapped[str] = line(64, index=True)
    size: Mapped[int] = mapped_column(default=0)
    scan_kind: Mapped[str] = line(10)
    scan_name: Mapped[str] = line(200)
    scan_pages: Mapped[int] = mapped_column(default=0)
