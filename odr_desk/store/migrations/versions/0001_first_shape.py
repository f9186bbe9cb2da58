"""Create every table of the first release."""

import sqlalchemy as sa
from alembic import op

from odr_desk.model.base import UtcMoment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Enum("off", "work", name="daykind", native_enum=False, length=40), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "call_scripts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=10), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_scripts")),
        sa.UniqueConstraint("problem", "party", name=op.f("uq_call_scripts_problem_party")),
    )
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("short", sa.String(length=30), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
        sa.UniqueConstraint("group", "code", name=op.f("uq_codes_group_code")),
    )
    op.create_table(
        "counters",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_counters")),
    )
    op.create_table(
        "deadline_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "clock", sa.Enum("first_answer", "odr_result", name="clock", native_enum=False, length=40), nullable=False
        ),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Enum("working", "natural", name="unit", native_enum=False, length=40), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("channels", sa.String(length=200), nullable=False),
        sa.Column("district", sa.String(length=12), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rules")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_deadline_rules_code_valid_from")),
    )
    op.create_table(
        "document_files",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_files")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.Column("author", sa.String(length=30), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("system", sa.Boolean(), nullable=False),
        sa.Column("amends", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_events_case_id_number")),
    )
    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("profile", sa.String(length=30), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("applied_at", UtcMoment(), nullable=False),
        sa.Column("applied_by", sa.String(length=30), nullable=False),
        sa.Column("undone_at", UtcMoment(), nullable=True),
        sa.Column("undone_by", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
        sa.UniqueConstraint("number", name=op.f("uq_import_batches_number")),
    )
    with op.batch_alter_table("import_batches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batches_sha256"), ["sha256"], unique=False)

    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("user", sa.String(length=30), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("object", sa.String(length=60), nullable=False),
        sa.Column("before_hash", sa.String(length=64), nullable=False),
        sa.Column("after_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_object"), ["object"], unique=False)

    op.create_table(
        "legal_rules",
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("min_or_cap", sa.Text(), nullable=False),
        sa.Column("exceptions", sa.Text(), nullable=False),
        sa.Column("evidence_needed", sa.Text(), nullable=False),
        sa.Column("calculator", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", name=op.f("pk_legal_rules")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=False),
        sa.Column("undone_at", UtcMoment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.create_index("ix_steps_first_seq", ["first_seq"], unique=False)
        batch_op.create_index("ix_steps_user", ["user_id", "id"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column("made_by", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("number", name=op.f("uq_submissions_number")),
    )
    op.create_table(
        "text_modules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kinds", sa.String(length=100), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_modules")),
        sa.UniqueConstraint("code", name=op.f("uq_text_modules_code")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(length=30), nullable=False),
        sa.Column("display_name", sa.String(length=30), nullable=False),
        sa.Column(
            "role",
            sa.Enum("clerk", "mediator", "manager", "auditor", "admin", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcMoment(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("user", name=op.f("uq_users_user")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["journal.seq"], name=op.f("fk_changes_seq_journal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_seq"), ["seq"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcMoment(), nullable=False),
        sa.Column("thrown_at", UtcMoment(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_drafts_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_user_id"), ["user_id"], unique=False)

    op.create_table(
        "import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("table", sa.String(length=30), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batches.id"], name=op.f("fk_import_rows_batch_id_import_batches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
    )
    with op.batch_alter_table("import_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_rows_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "merchants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("nickname", sa.String(length=60), nullable=False),
        sa.Column("counter", sa.String(length=30), nullable=False),
        sa.Column("floor", sa.String(length=20), nullable=False),
        sa.Column("trade", sa.String(length=30), nullable=False),
        sa.Column("uscc", sa.String(length=20), nullable=False),
        sa.Column("subject_type", sa.String(length=30), nullable=False),
        sa.Column("legal_person", sa.String(length=50), nullable=False),
        sa.Column("contact", sa.String(length=50), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("after_hours", sa.String(length=60), nullable=False),
        sa.Column("odr_contact", sa.String(length=60), nullable=False),
        sa.Column("lease_start", sa.Date(), nullable=True),
        sa.Column("lease_end", sa.Date(), nullable=True),
        sa.Column("deposit", sa.BigInteger(), nullable=True),
        sa.Column("licence_no", sa.String(length=60), nullable=False),
        sa.Column("licence_expires", sa.Date(), nullable=True),
        sa.Column("is_food", sa.Boolean(), nullable=False),
        sa.Column("is_cosmetics", sa.Boolean(), nullable=False),
        sa.Column("prepaid_filing_no", sa.String(length=60), nullable=False),
        sa.Column("no_reason_days", sa.Integer(), nullable=True),
        sa.Column("no_reason_scope", sa.String(length=200), nullable=False),
        sa.Column("no_reason_terms", sa.String(length=400), nullable=False),
        sa.Column("no_reason_since", sa.Date(), nullable=True),
        sa.Column("credit_level", sa.String(length=10), nullable=False),
        sa.Column("training", sa.String(length=1000), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("initials", sa.String(length=600), nullable=False),
        sa.Column("pinyin", sa.String(length=500), nullable=False),
        sa.Column("findable", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_merchants_batch_id_import_batches")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchants")),
        sa.UniqueConstraint("number", name=op.f("uq_merchants_number")),
    )
    with op.batch_alter_table("merchants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merchants_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merchants_counter"), ["counter"], unique=False)
        batch_op.create_index("ix_merchants_name_counter", ["name", "counter"], unique=False)
        batch_op.create_index(batch_op.f("ix_merchants_uscc"), ["uscc"], unique=False)

    op.create_table(
        "preferences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_preferences_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preferences")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_preferences_user_id_key")),
    )
    with op.batch_alter_table("preferences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preferences_user_id"), ["user_id"], unique=False)

    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_views_user_id_name")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("received_at", UtcMoment(), nullable=False),
        sa.Column("platform_no", sa.String(length=60), nullable=False),
        sa.Column("first_asked_by", sa.String(length=30), nullable=False),
        sa.Column("late_entry", sa.Boolean(), nullable=False),
        sa.Column("consumer_name", sa.String(length=50), nullable=False),
        sa.Column("consumer_phone", sa.String(length=30), nullable=False),
        sa.Column("consumer_address", sa.String(length=200), nullable=False),
        sa.Column(
            "id_type",
            sa.Enum("id_card", "passport", "other", name="idkind", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("id_no", sa.String(length=40), nullable=False),
        sa.Column(
            "age_band",
            sa.Enum("adult", "elderly", "minor", "under_14", name="ageband", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("guardian", sa.String(length=50), nullable=False),
        sa.Column("agent", sa.String(length=50), nullable=False),
        sa.Column("agent_letter", sa.Boolean(), nullable=False),
        sa.Column("agree_publish", sa.Boolean(), nullable=False),
        sa.Column("agree_delegate", sa.Boolean(), nullable=False),
        sa.Column("privacy_notice_at", UtcMoment(), nullable=True),
        sa.Column("product", sa.String(length=120), nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("model", sa.String(length=60), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("purchase_date", sa.Date(), nullable=True),
        sa.Column("receipt_no", sa.String(length=60), nullable=False),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("is_prepaid", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(length=10), nullable=False),
        sa.Column("problem_note", sa.String(length=120), nullable=False),
        sa.Column(
            "level", sa.Enum("normal", "urgent", "major", name="level", native_enum=False, length=40), nullable=True
        ),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("solved_on_spot", sa.Boolean(), nullable=False),
        sa.Column("merchant_id", sa.Integer(), nullable=False),
        sa.Column("merchant_name", sa.String(length=100), nullable=False),
        sa.Column("merchant_counter", sa.String(length=30), nullable=False),
        sa.Column("merchant_uscc", sa.String(length=20), nullable=False),
        sa.Column("merchant_lease_end", sa.Date(), nullable=True),
        sa.Column("merchant_deposit", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("phone_tail", sa.String(length=4), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("registered_at", UtcMoment(), nullable=False),
        sa.Column("registered_by", sa.String(length=30), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("handler_name", sa.String(length=30), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "registered",
                "assigned",
                "contacted",
                "negotiating",
                "awaiting_merchant",
                "awaiting_testing",
                "awaiting_consumer",
                "settled",
                "failed",
                "withdrawn",
                "unreachable",
                "not_ours",
                "suspected",
                "closed",
                name="casestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column(
            "result",
            sa.Enum("O1", "O2", "O3", "O4", "O5", "O6", "O7", name="outcome", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("result_note", sa.String(length=1000), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("refund", sa.BigInteger(), nullable=False),
        sa.Column("compensation", sa.BigInteger(), nullable=False),
        sa.Column("punitive", sa.BigInteger(), nullable=False),
        sa.Column("recovered", sa.BigInteger(), nullable=True),
        sa.Column(
            "performance",
            sa.Enum("", "F0", "F1", "F2", "F3", "F4", "F5", name="performance", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_estimated", sa.Boolean(), nullable=False),
        sa.Column("paused_since", sa.Date(), nullable=True),
        sa.Column("manual_due_on", sa.Date(), nullable=True),
        sa.Column("manual_due_reason", sa.String(length=200), nullable=False),
        sa.Column("first_contact_at", UtcMoment(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("merchant_contact_at", UtcMoment(), nullable=True),
        sa.Column("mediated_on", sa.Date(), nullable=True),
        sa.Column("next_step", sa.String(length=200), nullable=False),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("fed_back_on", sa.Date(), nullable=True),
        sa.Column("revisit_due_on", sa.Date(), nullable=True),
        sa.Column("revisited_on", sa.Date(), nullable=True),
        sa.Column("satisfaction", sa.String(length=20), nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        sa.Column("last_event_at", UtcMoment(), nullable=True),
        sa.Column("event_count", sa.Integer(), nullable=False),
        sa.Column("deleted_at", UtcMoment(), nullable=True),
        sa.Column("deleted_by", sa.String(length=30), nullable=False),
        sa.Column("delete_reason", sa.String(length=200), nullable=False),
        sa.Column("emptied_at", UtcMoment(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_cases_batch_id_import_batches")),
        sa.ForeignKeyConstraint(["handler_id"], ["users.id"], name=op.f("fk_cases_handler_id_users")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_cases_merchant_id_merchants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("key", name=op.f("uq_cases_key")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cases_alike",
            ["problem", "category", "received_on", "result", "deleted_at", "amount", "refund"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_cases_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(
            "ix_cases_bin", ["deleted_at", "id"], unique=False, sqlite_where=sa.text("deleted_at IS NOT NULL")
        )
        batch_op.create_index("ix_cases_by_amount", ["amount", "id", "is_open", "deleted_at"], unique=False)
        batch_op.create_index("ix_cases_by_due", ["due_on", "id", "is_open", "deleted_at"], unique=False)
        batch_op.create_index("ix_cases_by_last", ["last_event_at", "id", "is_open", "deleted_at"], unique=False)
        batch_op.create_index("ix_cases_by_merchant", ["merchant_name", "id", "is_open", "deleted_at"], unique=False)
        batch_op.create_index("ix_cases_by_received", ["received_on", "id", "is_open", "deleted_at"], unique=False)
        batch_op.create_index("ix_cases_by_state", ["state", "id", "is_open", "deleted_at"], unique=False)
        batch_op.create_index("ix_cases_ended", ["ended_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_merchant_id"), ["merchant_id"], unique=False)
        batch_op.create_index(
            "ix_cases_merchant_open",
            ["merchant_id"],
            unique=False,
            sqlite_where=sa.text("is_open IS 1 AND deleted_at IS NULL"),
        )
        batch_op.create_index("ix_cases_merchant_received", ["merchant_id", "received_on", "deleted_at"], unique=False)
        batch_op.create_index(
            "ix_cases_merged", ["merged_into_id"], unique=False, sqlite_where=sa.text("merged_into_id IS NOT NULL")
        )
        batch_op.create_index(
            "ix_cases_narrowed",
            [
                "received_on",
                "channel",
                "problem",
                "category",
                "state",
                "result",
                "handler_id",
                "due_on",
                "is_open",
                "deleted_at",
            ],
            unique=False,
        )
        batch_op.create_index(
            "ix_cases_open_due",
            ["due_on", "id"],
            unique=False,
            sqlite_where=sa.text("is_open IS 1 AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_cases_open_handler",
            ["handler_id", "due_on", "id"],
            unique=False,
            sqlite_where=sa.text("is_open IS 1 AND deleted_at IS NULL"),
        )
        batch_op.create_index("ix_cases_phone", ["consumer_phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_platform_no"), ["platform_no"], unique=False)

    op.create_table(
        "advances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("merchant_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum("refuses", "delays", "left", "unreachable", name="advancecause", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "approved",
                "refused",
                "paid",
                "recovered",
                name="advancestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_at", UtcMoment(), nullable=False),
        sa.Column("requested_by", sa.String(length=30), nullable=False),
        sa.Column("approved_at", UtcMoment(), nullable=True),
        sa.Column("approved_by", sa.String(length=30), nullable=False),
        sa.Column("refusal", sa.String(length=200), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by", sa.String(length=30), nullable=False),
        sa.Column("voucher", sa.String(length=60), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("recovered", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_advances_case_id_cases")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_advances_merchant_id_merchants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advances")),
        sa.UniqueConstraint("number", name=op.f("uq_advances_number")),
    )
    with op.batch_alter_table("advances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_advances_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_advances_merchant_id"), ["merchant_id"], unique=False)

    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("reserved", sa.String(length=400), nullable=False),
        sa.Column("guardian", sa.String(length=50), nullable=False),
        sa.Column("agent", sa.String(length=50), nullable=False),
        sa.Column("merchant_handler", sa.String(length=50), nullable=False),
        sa.Column("merchant_authority", sa.Boolean(), nullable=False),
        sa.Column("late", sa.String(length=400), nullable=False),
        sa.Column("advance_payment", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("attachments", sa.String(length=400), nullable=False),
        sa.Column("consumer_view", sa.Text(), nullable=False),
        sa.Column("merchant_view", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("mediator", sa.String(length=50), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcMoment(), nullable=False),
        sa.Column("created_by", sa.String(length=30), nullable=False),
        sa.Column("voided_at", UtcMoment(), nullable=True),
        sa.Column("voided_by", sa.String(length=30), nullable=False),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_agreements_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("number", name=op.f("uq_agreements_number")),
    )
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreements_case_id"), ["case_id"], unique=False)

    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcMoment(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("mediator", sa.String(length=50), nullable=False),
        sa.Column("invited", sa.String(length=400), nullable=False),
        sa.Column("reminder", sa.Text(), nullable=False),
        sa.Column("despite", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "held", "cancelled", name="appointmentstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("session", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=30), nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_appointments_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_appointments_case_id_number")),
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_appointments_planned", ["starts_at"], unique=False, sqlite_where=sa.text("state = 'planned'")
        )
        batch_op.create_index("ix_appointments_starts_at", ["starts_at"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("party", sa.String(length=20), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("shared_of", sa.Integer(), nullable=True),
        sa.Column("added_at", UtcMoment(), nullable=False),
        sa.Column("added_by", sa.String(length=30), nullable=False),
        sa.Column("deleted_at", UtcMoment(), nullable=True),
        sa.Column("deleted_by", sa.String(length=30), nullable=False),
        sa.Column("delete_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachments_case_id_cases")),
        sa.ForeignKeyConstraint(["shared_of"], ["attachments.id"], name=op.f("fk_attachments_shared_of_attachments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_attachments_case_id_number")),
        sa.UniqueConstraint("case_id", "sha256", name=op.f("uq_attachments_case_id_sha256")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_shared_of"), ["shared_of"], unique=False)

    op.create_table(
        "bottom_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "consumer",
                "merchant",
                "both",
                "regulator",
                "platform",
                "desk",
                name="party",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("told_at", UtcMoment(), nullable=False),
        sa.Column("noted_by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bottom_lines_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bottom_lines")),
        sa.UniqueConstraint("case_id", "side", name=op.f("uq_bottom_lines_case_id_side")),
    )
    op.create_table(
        "case_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_claims_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_claims")),
    )
    with op.batch_alter_table("case_claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_claims_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", UtcMoment(), nullable=False),
        sa.Column("merged_by", sa.String(length=30), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("parted_at", UtcMoment(), nullable=True),
        sa.Column("parted_by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["follower_id"], ["cases.id"], name=op.f("fk_case_merges_follower_id_cases")),
        sa.ForeignKeyConstraint(["leader_id"], ["cases.id"], name=op.f("fk_case_merges_leader_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merges")),
    )
    with op.batch_alter_table("case_merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_merges_follower_id"), ["follower_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_merges_leader_id"), ["leader_id"], unique=False)

    op.create_table(
        "case_tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_tags_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tags")),
        sa.UniqueConstraint("case_id", "name", name=op.f("uq_case_tags_case_id_name")),
    )
    with op.batch_alter_table("case_tags", schema=None) as batch_op:
        batch_op.create_index("ix_case_tags_name", ["name", "case_id"], unique=False)

    op.create_table(
        "clock_pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("noted_by", sa.String(length=30), nullable=False),
        sa.Column("noted_at", UtcMoment(), nullable=False),
        sa.Column("taken_back", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clock_pauses_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_pauses")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_clock_pauses_case_id_number")),
    )
    op.create_table(
        "dispute_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=200), nullable=False),
        sa.Column("claim", sa.String(length=4), nullable=False),
        sa.Column("consumer_says", sa.Text(), nullable=False),
        sa.Column("merchant_says", sa.Text(), nullable=False),
        sa.Column("evidence", sa.String(length=400), nullable=False),
        sa.Column("exhibits", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "agreed", "dropped", name="pointstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("agreed", sa.String(length=1000), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_dispute_points_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_points")),
    )
    with op.batch_alter_table("dispute_points", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_points_case_id"), ["case_id"], unique=False)

    op.create_table(
        "explanations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcMoment(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("call", "visit", "wechat", "letter", name="told", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("by", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("routes", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.Column("recorded_by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_explanations_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanations")),
    )
    with op.batch_alter_table("explanations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_explanations_case_id"), ["case_id"], unique=False)

    op.create_table(
        "feedbacks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("time_text", sa.Text(), nullable=False),
        sa.Column("process_text", sa.Text(), nullable=False),
        sa.Column("mode_text", sa.Text(), nullable=False),
        sa.Column("result_text", sa.Text(), nullable=False),
        sa.Column("time_on", sa.Date(), nullable=True),
        sa.Column("process_on", sa.Date(), nullable=True),
        sa.Column("mode_on", sa.Date(), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_feedbacks_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedbacks")),
    )
    with op.batch_alter_table("feedbacks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedbacks_case_id"), ["case_id"], unique=False)

    op.create_table(
        "observations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "quantity", "series", "no_purchase", "shared_contact", name="observed", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("noted_at", UtcMoment(), nullable=False),
        sa.Column("noted_by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_observations_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
        sa.UniqueConstraint("case_id", "kind", name=op.f("uq_observations_case_id_kind")),
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=True),
        sa.Column(
            "by",
            sa.Enum(
                "consumer",
                "merchant",
                "both",
                "regulator",
                "platform",
                "desk",
                name="party",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("waiting", "accepted", "declined", "countered", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("answer_note", sa.String(length=400), nullable=False),
        sa.Column("answered_at", UtcMoment(), nullable=True),
        sa.Column("noted_by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_offers_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_offers_case_id_number")),
    )
    op.create_table(
        "revisits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("satisfaction", sa.String(length=20), nullable=False),
        sa.Column("performed", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_revisits_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisits")),
    )
    with op.batch_alter_table("revisits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revisits_case_id"), ["case_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_at", UtcMoment(), nullable=False),
        sa.Column("ended_at", UtcMoment(), nullable=True),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("mediator", sa.String(length=50), nullable=False),
        sa.Column("informed", sa.Boolean(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("consumer_position", sa.Text(), nullable=False),
        sa.Column("merchant_position", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sessions_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_case_id"), ["case_id"], unique=False)

    op.create_table(
        "transfers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "direction", sa.Enum("in", "out", "back", name="direction", native_enum=False, length=40), nullable=False
        ),
        sa.Column("body", sa.String(length=100), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("original_no", sa.String(length=60), nullable=False),
        sa.Column(
            "cause",
            sa.Enum("not_ours", "no_settlement", "other", name="returnreason", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("receiver", sa.String(length=50), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_no", sa.String(length=60), nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.Column("recorded_by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_transfers_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_transfers_case_id_number")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfers_on"), ["on"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("merchant_id", sa.Integer(), nullable=True),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("issued_at", UtcMoment(), nullable=False),
        sa.Column("issued_by", sa.String(length=30), nullable=False),
        sa.Column("voided_at", UtcMoment(), nullable=True),
        sa.Column("voided_by", sa.String(length=30), nullable=False),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_documents_agreement_id_agreements")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_documents_case_id_cases")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchants.id"], name=op.f("fk_documents_merchant_id_merchants")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_merchant_id"), ["merchant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_number"), ["number"], unique=False)

    op.create_table(
        "duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("goods_back", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("performed", sa.BigInteger(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("waived_at", UtcMoment(), nullable=True),
        sa.Column("waived_by", sa.String(length=30), nullable=False),
        sa.Column("waive_reason", sa.String(length=200), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_duties_agreement_id_agreements")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_duties_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_duties_agreement_id_number")),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duties_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_duties_open_due",
            ["due_on", "id"],
            unique=False,
            sqlite_where=sa.text("done_on IS NULL AND waived_at IS NULL"),
        )

    op.create_table(
        "packages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=100), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("made_at", UtcMoment(), nullable=False),
        sa.Column("made_by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_packages_case_id_cases")),
        sa.ForeignKeyConstraint(["transfer_id"], ["transfers.id"], name=op.f("fk_packages_transfer_id_transfers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packages")),
    )
    with op.batch_alter_table("packages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_packages_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_packages_transfer_id"), ["transfer_id"], unique=False)

    op.create_table(
        "recoveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("advance_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["advance_id"], ["advances.id"], name=op.f("fk_recoveries_advance_id_advances")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recoveries")),
    )
    with op.batch_alter_table("recoveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recoveries_advance_id"), ["advance_id"], unique=False)

    op.create_table(
        "performances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=False),
        sa.Column("recorded_at", UtcMoment(), nullable=False),
        sa.Column("advance_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", UtcMoment(), nullable=True),
        sa.Column("taken_back_by", sa.String(length=30), nullable=False),
        sa.Column("taken_back_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["advance_id"], ["advances.id"], name=op.f("fk_performances_advance_id_advances")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_performances_case_id_cases")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_performances_duty_id_duties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performances")),
    )
    with op.batch_alter_table("performances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_performances_advance_id"), ["advance_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_performances_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_performances_duty_id"), ["duty_id"], unique=False)
