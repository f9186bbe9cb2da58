"""The shape of the database file: which revision it has, and how it is brought to ours.

Alembic is slow to import, so the revision is read by hand and Alembic is called only when behind.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine

from odr_desk.rules.errors import Trouble

HEAD = "0001"
SCRIPTS = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str:
    """Return the revision of a database, empty for a new file."""
    known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").scalar()
    if not known:
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def is_current(connection: Connection) -> bool:
    """Tell whether the file has our shape; raise Trouble when a newer program wrote it."""
    found = revision(connection)
    if found > HEAD:
        raise Trouble(
            f"这份数据由更新版本的程序写成（{found}），本版本没有打开它。",
            "请安装新版本程序后再打开。",
        )
    return found == HEAD


def upgrade(engine: Engine) -> None:
    """Bring the file to our shape, each step inside its own explicit transaction.

    Foreign keys are off meanwhile, because rebuilding a table would delete its children, and are
    checked at the end.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    if broken is not None:
        raise Trouble("升级后有记录失去了所属，升级没有完成。", "请用升级前的备份恢复，并把备份交给维护人员。")
