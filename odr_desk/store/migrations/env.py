"""Runs the migrations on the connection that store.schema hands in, one explicit transaction each.

Alembic takes SQLite for a database that cannot undo DDL; with BEGIN sent by ourselves it can.
"""

from alembic import context
from sqlalchemy import Connection

from odr_desk.model.tables import METADATA


def run(connection: Connection) -> None:
    """Bring the database behind the connection to the revision asked for."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
