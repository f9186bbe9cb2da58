import hashlib
import io

import pytest

from odr_desk.rules.errors import UnsafeFile
from odr_desk.store import attachments

CONTENT = b"\xff\xd8 a picture"
SHA = hashlib.sha256(CONTENT).hexdigest()


def files(root):
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_file_lies_under_its_own_hash(tmp_path):
    attachments.keep(tmp_path, io.BytesIO(CONTENT), SHA)
    assert files(tmp_path) == [tmp_path / SHA[:2] / SHA]
    assert attachments.holds(tmp_path, SHA)
    assert attachments.hash_of(attachments.place_of(tmp_path, SHA)) == SHA


def test_the_same_file_twice_is_one(tmp_path):
    for _ in range(2):
        attachments.keep(tmp_path, io.BytesIO(CONTENT), SHA)
    assert len(files(tmp_path)) == 1


def test_a_file_with_another_hash_is_not_kept(tmp_path):
    with pytest.raises(UnsafeFile, match="内容已改变"):
        attachments.keep(tmp_path, io.BytesIO(b"something else"), SHA)
    assert files(tmp_path) == []


def test_a_source_that_breaks_off_leaves_nothing(tmp_path):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError(5, "I/O error")

    with pytest.raises(OSError, match="I/O"):
        attachments.keep(tmp_path, Broken(), SHA)
    assert files(tmp_path) == []


def test_a_changed_or_missing_file_is_not_held(tmp_path):
    assert not attachments.holds(tmp_path, SHA)
    attachments.keep(tmp_path, io.BytesIO(CONTENT), SHA)
    attachments.place_of(tmp_path, SHA).write_bytes(b"changed")
    assert not attachments.holds(tmp_path, SHA)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, f"{SHA}/..", f"{SHA}\n"])
def test_no_name_from_outside_becomes_a_path(tmp_path, name):
    with pytest.raises(ValueError, match="SHA-256"):
        attachments.place_of(tmp_path, name)
