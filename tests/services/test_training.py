import pytest

from odr_desk.rules.people import PROGRAM
from odr_desk.services import setup, training
from odr_desk.services.demo import MALL, STAFF
from odr_desk.store import place
from odr_desk.store.database import Database


def _fill(database):
    with database.writing(PROGRAM, "demo") as work:
        setup.set_up(work, MALL, STAFF[0])


def test_it_is_made_whole_in_its_own_folder_and_kept(tmp_path):
    folder = tmp_path / "desk-training"
    assert training.prepare(folder, _fill) == folder
    database = Database(folder / place.FILE)
    with database.reading(PROGRAM) as work:
        assert setup.profile(work) == MALL
    database.close()
    assert training.prepare(folder, lambda _: pytest.fail("made a second time")) == folder
    assert [entry.name for entry in tmp_path.iterdir()] == [folder.name]


def test_what_was_begun_and_not_finished_is_thrown_away(tmp_path):
    folder = tmp_path / "desk-training"

    def break_down(_: Database) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        training.prepare(folder, break_down)
    assert not place.is_used(folder)
    training.prepare(folder, _fill)
    assert place.is_used(folder)
