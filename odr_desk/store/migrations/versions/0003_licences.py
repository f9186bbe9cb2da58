"""Give a merchant a list of licences; the one that its record held becomes the first of them."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from odr_desk.model.base import UtcMoment
from odr_desk.store import chain, journal

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KIND = "许可证"
_MERCHANTS = sa.table(
    "merchants",
    *(
        sa.column(name, sa.String())
        for name in (
            "number", "name", "brand", "nickname", "counter", "floor", "trade", "uscc", "subject_type", "legal_person",
            "contact", "phone", "after_hours", "odr_contact", "licence_no", "prepaid_filing_no", "no_reason_scope",
            "no_reason_terms", "credit_level", "training", "note",
        )
    ),
    *(sa.column(name, sa.Integer()) for name in ("id", "version_id", "deposit", "no_reason_days", "batch_id")),
    *(sa.column(name, sa.Date()) for name in ("lease_start", "lease_end", "licence_expires", "no_reason_since")),
    *(sa.column(name, sa.Boolean()) for name in ("is_food", "is_cosmetics", "provisional", "retired")),
    sa.column("created_at", UtcMoment()),
)  # fmt: skip
_LICENCES = sa.table(
    "merchant_licences",
    *(sa.column(name, sa.Integer()) for name in ("id", "merchant_id", "position", "size", "scan_pages")),
    *(sa.column(name, sa.String()) for name in ("kind", "number", "sha256", "scan_kind", "scan_name")),
    sa.column("expires", sa.Date()),
)
_JOURNAL = sa.table(
    "journal",
    *(sa.column(name, sa.Integer()) for name in ("seq", "version")),
    *(
        sa.column(name, sa.String())
        for name in ("user", "verb", "object", "before_hash", "after_hash", "reason", "previous", "hash")
    ),
    sa.column("at", UtcMoment()),
    sa.column("ok", sa.Boolean()),
)
_CHANGES = sa.table("changes", *(sa.column(name) for name in ("seq", "field", "old", "new")))


def upgrade() -> None:
    op.create_table(
        "merchant_licences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merchant_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("scan_kind", sa.String(length=10), nullable=False),
        sa.Column("scan_name", sa.String(length=200), nullable=False),
        sa.Column("scan_pages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_merchant_licences_merchant_id_merchants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchant_licences")),
    )
    op.create_index(op.f("ix_merchant_licences_merchant_id"), "merchant_licences", ["merchant_id"])
    op.create_index(op.f("ix_merchant_licences_sha256"), "merchant_licences", ["sha256"])
    carry_over(op.get_bind())
    for name in ("licence_no", "licence_expires"):
        op.execute(f"ALTER TABLE merchants DROP COLUMN {name}")  # a rebuild would only copy every record


def carry_over(connection: sa.Connection) -> None:
    """Write the first licences, and both changes into the journal: the check compares it with the records."""
    held = sa.or_(_MERCHANTS.c.licence_no != "", _MERCHANTS.c.licence_expires.is_not(None))
    for row in connection.execute(sa.select(_MERCHANTS).where(held).order_by(_MERCHANTS.c.id)).mappings().all():
        licence = {
            "merchant_id": row["id"],
            "position": 1,
            "kind": _KIND,
            "number": row["licence_no"],
            "expires": row["licence_expires"],
            **dict.fromkeys(("sha256", "scan_kind", "scan_name"), ""),
            **dict.fromkeys(("size", "scan_pages"), 0),
        }
        made = connection.execute(sa.insert(_LICENCES).values(licence).returning(_LICENCES.c.id)).scalar_one()
        link(connection, f"merchant_licences:{made}", "", journal.fingerprint({"id": made, **licence}))
        _note_leaving(connection, dict(row))


def _note_leaving(connection: sa.Connection, row: dict[str, object]) -> None:
    """Say in the journal that the two fields left; a record that it does not know, or not so, stays for the check."""
    name = f"merchants:{row['id']}"
    known = sa.select(_JOURNAL.c.after_hash).where(_JOURNAL.c.object == name).order_by(_JOURNAL.c.seq.desc()).limit(1)
    before = journal.fingerprint(row)
    if connection.execute(known).scalar() != before:
        return
    seq = link(connection, name, before, journal.fingerprint({**row, "licence_no": "", "licence_expires": None}))
    for field in ("licence_no", "licence_expires"):
        if row[field]:
            connection.execute(sa.insert(_CHANGES).values(seq=seq, field=field, old=str(row[field]), new=""))


def link(connection: sa.Connection, obj: str, before: str, after: str) -> int:
    """Append a link to the chain and return its number."""
    last = connection.execute(
        sa.select(_JOURNAL.c.seq, _JOURNAL.c.hash).order_by(_JOURNAL.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last[0] + 1, last[1]) if last else (1, chain.START)
    columns = {
        "seq": seq,
        "version": chain.VERSION,
        "at": datetime.now(UTC),
        "user": "system",
        "verb": "upgrade",
        "object": obj,
        "before_hash": before,
        "after_hash": after,
        "reason": "证照改为列表",
        "ok": True,
        "previous": previous,
    }
    connection.execute(sa.insert(_JOURNAL).values({**columns, "hash": chain.seal_of(chain.facts_of(columns))}))
    return seq
