"""A data folder as backups and checks meet it: cases, a file handed in, an agreement in part performed, its paper."""

import hashlib
import io
import json
import shutil

import pytest
from conftest import Clock
from make import make_case
from settled import REFUND, case_of, conclude

from odr_desk.model.document import Attachment, Document, DocumentFile
from odr_desk.rules import moments
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.people import PROGRAM
from odr_desk.services import duties
from odr_desk.store import attachments, place
from odr_desk.store.database import Database

PICTURE = b"\xff\xd8\xff\xe0 a picture of a pendant" * 100
SHA = hashlib.sha256(PICTURE).hexdigest()
PDF = b"%PDF-1.7 an agreement"


@pytest.fixture(scope="session")
def _one_case(tmp_path_factory, template):
    """A folder with one case and one file handed in, made once."""
    folder = tmp_path_factory.mktemp("one-case")
    shutil.copyfile(template, folder / place.FILE)
    attachments.keep(folder / place.ATTACHMENTS, io.BytesIO(PICTURE), SHA)
    database = Database(folder / place.FILE, Clock())
    with database.writing(PROGRAM, "attach") as work:
        picture = Attachment(sha256=SHA, size=len(PICTURE), kind="jpeg", label="吊坠照片", party="consumer")
        picture.number = picture.position = 1
        picture.case_id, picture.added_at, picture.added_by = make_case(work).id, work.now, "王敏"
        work.session.add(picture)
    database.close()
    return folder


@pytest.fixture(scope="session")
def _settled(tmp_path_factory, _one_case):
    """The same with a second case: agreed, in part performed, its paper issued."""
    folder = tmp_path_factory.mktemp("settled") / "data"
    shutil.copytree(_one_case, folder)
    database = Database(folder / place.FILE, Clock())
    agreed = conclude(database, PROGRAM, REFUND)
    with database.writing(PROGRAM, "duty.perform") as work:
        today = moments.day_of(work.now)
        duties.perform(work, agreed.agreement_no, 1, PerformanceDraft(amount=50_000, on=today, proof="转账截图"))
        document = Document(
            number=agreed.agreement_no,
            kind="settlement_agreement",
            title="消费纠纷和解协议书",
            case_id=case_of(work, agreed.agreement_no).id,
            agreement_id=duties.agreement_named(work, agreed.agreement_no).id,
            template_version=1,
            facts=json.dumps({"number": agreed.agreement_no, "total_fen": agreed.total}),
            sha256=hashlib.sha256(PDF).hexdigest(),
            pages=1,
            issued_at=work.now,
            issued_by="刘洋",
        )
        work.session.add(document)
        work.session.flush()
        work.session.add(DocumentFile(document_id=document.id, pdf=PDF))
    database.close()
    return folder


@pytest.fixture
def with_case(tmp_path, _one_case, clock):
    """An open database with one case, in a folder of its own."""
    shutil.copytree(_one_case, tmp_path / "data")
    database = Database(tmp_path / "data" / place.FILE, clock)
    yield database
    database.close()


@pytest.fixture
def settled(tmp_path, _settled, clock):
    """An open database with one case just come in and one settled."""
    shutil.copytree(_settled, tmp_path / "settled")
    database = Database(tmp_path / "settled" / place.FILE, clock)
    yield database
    database.close()


@pytest.fixture
def facts(with_case):
    """What a data folder says: every record of every table, as text."""

    def read(of=with_case):
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
