"""A data folder with a case, an attachment and a paper in it, as backups and checks meet it."""

import hashlib
import io

import pytest
from make import make_case

from odr_desk.model.document import Attachment
from odr_desk.store import attachments, place

PICTURE = b"\xff\xd8\xff\xe0 a picture of a pendant" * 100
SHA = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
def folder(database, manager):
    """The data folder of `database`, with one case and one file handed in."""
    attachments.keep(database.folder / place.ATTACHMENTS, io.BytesIO(PICTURE), SHA)
    with database.writing(manager, "attach") as work:
        case = make_case(work)
        work.session.add(
            Attachment(
                case_id=case.id,
                sha256=SHA,
                size=len(PICTURE),
                kind="jpeg",
                label="吊坠照片",
                party="consumer",
                added_at=work.now,
                added_by=manager.name,
            )
        )
    return database.folder


@pytest.fixture
def facts(database):
    """What a data folder says: every record of every table, as text."""

    def read(of=database):
        with of.connection() as connection:
            tables = [row[1] for row in connection.exec_driver_sql("PRAGMA table_list") if row[2] == "table"]
            found = {
                table: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall()))
                for table in tables
                if not table.startswith("sqlite_")
            }
        of.close()
        return found

    return read
