import shutil
from pathlib import Path

import pytest

from odr_desk.store import place, schema, swap


class Crash(BaseException):
    """Stands in for the end of the program."""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for name, content in (("desk.db", "old"), ("desk.db-wal", "old log"), ("desk.db-shm", "old index")):
        (folder / name).write_text(content)
    return folder


def content(folder):
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def aside(folder):
    (kept,) = (folder / place.REPLACED).iterdir()
    return content(kept)


def build(folder, text="new"):
    built = swap.building(folder)
    built.write_text(text)
    return built


def test_the_new_file_takes_the_place_and_the_old_one_is_kept_with_its_journals(folder):
    kept = swap.put(build(folder))
    assert content(folder) == {"desk.db": "new"}
    assert content(kept) == {"desk.db": "old", "desk.db-wal": "old log", "desk.db-shm": "old index"}


def test_into_an_empty_folder(tmp_path):
    assert swap.put(build(tmp_path)) is None
    assert [path.name for path in tmp_path.iterdir()] == ["desk.db"]


def test_nothing_decided_nothing_done(folder):
    build(folder, "half built")
    assert swap.finish(folder) is None
    assert content(folder)["desk.db"] == "old"
    assert not swap.building(folder).exists()


def test_two_exchanges_keep_two_old_files(folder):
    first = swap.put(build(folder))
    second = swap.put(build(folder, "newer"))
    assert first != second
    assert content(second) == {"desk.db": "new"}
    assert content(folder) == {"desk.db": "newer"}


@pytest.mark.parametrize("crash_at", range(5))
def test_a_crash_before_any_renaming_ends_with_one_file_whole(folder, monkeypatch, crash_at):
    left, real = [crash_at], Path.replace

    def replace(self, target):
        if left[0] == 0:
            raise Crash
        left[0] -= 1
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(Crash):
        swap.put(build(folder))
    monkeypatch.setattr(Path, "replace", real)
    swap.finish(folder)
    if crash_at == 0:
        shutil.rmtree(folder / place.REPLACED, ignore_errors=True)
        schema.discard(folder / "desk.db.building")
        assert content(folder) == {"desk.db": "old", "desk.db-wal": "old log", "desk.db-shm": "old index"}
    else:
        assert content(folder) == {"desk.db": "new"}
        assert aside(folder) == {"desk.db": "old", "desk.db-wal": "old log", "desk.db-shm": "old index"}
    assert swap.finish(folder) is None
