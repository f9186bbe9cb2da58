import errno
import subprocess
import sys
from pathlib import Path

import pytest

from odr_desk.rules.errors import Trouble
from odr_desk.store import place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/mall\\040share cifs rw 0 0
server:/home /srv/home nfs4 rw 0 0
/dev/sdb1 /srv/home/local ext4 rw 0 0
broken
"""


@pytest.fixture
def mounts(tmp_path):
    table = tmp_path / "mounts"
    table.write_text(MOUNTS)
    return table


@pytest.mark.parametrize(
    ("folder", "remote"),
    [
        ("/var/lib/desk", False),
        ("/mnt/mall share/desk", True),
        ("/mnt/mall share", True),
        ("/mnt/mall shared", False),
        ("/srv/home/wang/desk", True),
        ("/srv/home/local/desk", False),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="mounts are Linux's")
def test_network_drives_are_known_by_their_mount(mounts, folder, remote):
    assert place.on_network(Path(folder), mounts) is remote


@pytest.mark.skipif(sys.platform == "win32", reason="mounts are Linux's")
def test_a_computer_that_starts_from_the_net_has_its_own_disk_there(tmp_path):
    table = tmp_path / "mounts"
    table.write_text("server:/root / nfs4 rw 0 0\n")
    assert not place.on_network(Path("/var/lib/desk"), table)


@pytest.mark.skipif(sys.platform == "win32", reason="links need no right on Linux")
def test_a_link_to_a_network_drive_is_seen_through(tmp_path, mounts):
    link = tmp_path / "desk"
    link.symlink_to("/srv/home/wang")
    assert place.on_network(link, mounts)


def test_a_network_drive_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "on_network", lambda folder: True)
    with pytest.raises(Trouble, match="网络盘") as refused:
        place.prepare(tmp_path / "desk")
    assert "--data" in refused.value.advice
    assert not (tmp_path / "desk").exists()


def test_the_folder_is_made_and_left_empty(tmp_path):
    folder = place.prepare(tmp_path / "商场" / "desk")
    assert folder.is_dir()
    assert list(folder.iterdir()) == []


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "desk").write_text("a file")
    with pytest.raises(Trouble, match="不能写入（这个名字是一个文件）"):
        place.prepare(tmp_path / "desk")


def test_a_file_on_the_way_is_named(tmp_path):
    (tmp_path / "file").write_text("a file")
    with pytest.raises(Trouble, match="不是文件夹"):
        place.prepare(tmp_path / "file" / "desk")


@pytest.mark.parametrize(
    ("code", "words"), [(errno.EACCES, "没有权限"), (errno.EROFS, "只读"), (errno.EPERM, "没有权限")]
)
def test_a_folder_that_cannot_be_written_is_refused(tmp_path, monkeypatch, code, words):
    def refuse(self, data):
        raise OSError(code, "no", str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(Trouble, match=f"不能写入（{words}）"):
        place.prepare(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no folder that nobody may write")
def test_a_place_where_not_even_root_may_write_is_refused():
    with pytest.raises(Trouble, match=r"不能写入（(没有权限|只读)）"):
        place.prepare(Path("/sys/odr-desk"))


def test_a_full_disk_does_not_keep_anybody_from_reading(tmp_path, monkeypatch):
    def fill(self, data):
        raise OSError(errno.ENOSPC, "full", str(self))

    monkeypatch.setattr(Path, "write_bytes", fill)
    assert place.prepare(tmp_path) == tmp_path


def test_one_program_a_folder(tmp_path):
    with place.Claim(tmp_path), pytest.raises(place.Taken, match="已被另一个打开的程序占用"):
        place.Claim(tmp_path)
    with place.Claim(tmp_path):
        pass


def test_a_claim_dies_with_its_program(tmp_path):
    code = (
        "import sys, pathlib; from odr_desk.store import place; claim = place.Claim(pathlib.Path(sys.argv[1])); "
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(place.__file__).parents[2],
    ) as other:
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(place.Taken):
            place.Claim(tmp_path)
        other.kill()
        other.wait()
    place.Claim(tmp_path).release()


def test_a_lock_file_that_does_not_open_is_named(tmp_path):
    (tmp_path / place.LOCK).mkdir()
    with pytest.raises(Trouble, match=r"desk\.lock 打不开"):
        place.Claim(tmp_path)


def test_a_disk_without_locks_is_refused(tmp_path, monkeypatch):
    def refuse(descriptor):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(place, "_lock", refuse)
    with pytest.raises(Trouble, match="不支持文件锁"):
        place.Claim(tmp_path)


@pytest.mark.parametrize("name", [place.FILE, f"{place.FILE}-wal", place.BACKUPS, place.ATTACHMENTS, place.REPLACED])
def test_traces_of_a_database_are_recognised(tmp_path, name):
    assert not place.is_used(tmp_path)
    (tmp_path / name).mkdir()
    assert place.is_used(tmp_path)
