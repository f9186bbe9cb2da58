"""The declarative base: constraint names and column kinds shared by every table."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, Date, DateTime, Enum, ForeignKey, Integer, LargeBinary, MetaData, String, Text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from odr_desk.rules.labels import Word

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcMoment(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; SQLite would hand it back without its zone."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store the UTC clock time; a naive datetime is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant must know its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Every table of the program; enums are stored by value."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcMoment,
        date: Date,
        bytes: LargeBinary,
        Word: Enum(Word, native_enum=False, values_callable=lambda kind: [w.value for w in kind], length=40),
    }


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Money = Annotated[int, mapped_column(BigInteger)]
OptionalMoney = Annotated[int | None, mapped_column(BigInteger)]
LongText = Annotated[str, mapped_column(Text, default="")]
No = Annotated[bool, mapped_column(default=False)]


DERIVED = {"derived": True}
"""Mark of a column that follows from other records: neither journaled nor counted as a change."""
SECRET = {"secret": True}
"""Mark of a column whose values the journal proves by a hash, but never writes down."""


def line(length: int, **options: Any) -> Mapped[str]:  # noqa: ANN401
    """Return a text column of limited length, empty by default."""
    options.setdefault("default", "")
    return mapped_column(String(length), **options)


def owner(target: str, **options: Any) -> Mapped[Any]:  # noqa: ANN401
    """Return a foreign key column with an index: every owner is looked up by what it owns."""
    options.setdefault("index", True)
    return mapped_column(ForeignKey(target), **options)


class Versioned:
    """A record that two people may edit: saving over somebody else's change is a StaleDataError.

    The store counts the version up when something other than a derived column changed.
    """

    version_id: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands in the class
        """Let SQLAlchemy compare the version, but not count it."""
        column = cls.__table__.c.version_id  # type: ignore[attr-defined]
        return {"version_id_col": column, "version_id_generator": False}
