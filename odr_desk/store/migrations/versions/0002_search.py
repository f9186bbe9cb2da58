"""Create the search index and fill it from the cases on record."""

from alembic import op

from odr_desk.store import search_index

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No content: the texts stand in their own tables. One Chinese character is no word to `ascii` but part of one,
    # so a token is what stands between blanks; `unicode61` does not know the characters added since 2012.
    op.execute("CREATE VIRTUAL TABLE case_search USING fts5(words, content='', contentless_delete=1, tokenize='ascii')")
    search_index.fill(op.get_bind())


def downgrade() -> None:
    op.execute("DROP TABLE case_search")
