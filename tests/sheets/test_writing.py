import errno
import hashlib
import os
import subprocess
import sys

import pytest

from odr_desk.rules.errors import Invalid, Trouble
from odr_desk.sheets import writing


def fine(_content):
    pass


def test_a_finished_file_is_there_with_its_hash(tmp_path):
    seen = []
    written = writing.finish(tmp_path / "表.xlsx", b"content", seen.append)
    assert written.path.read_bytes() == b"content"
    assert (written.sha256, written.size) == (hashlib.sha256(b"content").hexdigest(), 7)
    assert seen == [b"content"]
    assert list(tmp_path.iterdir()) == [written.path]


def test_what_a_killed_program_left_half_done_goes_the_day_after(tmp_path):
    old, fresh, foreign = (tmp_path / name for name in (".odr-desk-abcd1234", ".odr-desk-efgh5678", ".odr-desk"))
    for folder in (old, fresh, foreign):
        folder.mkdir()
        (folder / "表.xlsx").write_bytes(b"half")
    for folder in (old, foreign):
        os.utime(folder, (0, 0))
    written = writing.finish(tmp_path / "表.xlsx", b"content", fine)
    assert sorted(tmp_path.iterdir()) == sorted([written.path, fresh, foreign])


def test_what_is_never_put_goes_when_the_program_ends(tmp_path):
    ready = writing.prepare(tmp_path / "甲.xlsx", b"1", lambda _: None)
    kept = writing.prepare(tmp_path / "乙.xlsx", b"2", lambda _: None).put()
    assert ready.folder.is_dir()
    writing.leave_nothing()
    assert list(tmp_path.iterdir()) == [kept.path]


def test_a_program_that_ends_takes_it_away_by_itself(tmp_path):
    code = """
import sys, pathlib
from odr_desk.sheets import writing
writing.prepare(pathlib.Path(sys.argv[1]), b"1", lambda _: None)
"""
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "甲.xlsx")], check=True)
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_is_replaced_whole_or_stays(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"old")

    def wrong(_content):
        raise Trouble("不一致。", "再试。")

    with pytest.raises(Trouble, match="不一致"):
        writing.finish(path, b"new", wrong)
    assert path.read_bytes() == b"old"
    writing.finish(path, b"new", fine)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "words"), [("表.xls", "以 .xlsx 结尾"), ("夹.xlsx", "是文件夹"), ("没有/表.xlsx", "没有文件夹")]
)
def test_a_place_that_cannot_be_is_refused_by_its_field(tmp_path, name, words):
    (tmp_path / "夹.xlsx").mkdir()
    with pytest.raises(Invalid, match=words) as caught:
        writing.finish(tmp_path / name, b"", fine)
    assert caught.value.problems[0].field == "out"


def test_a_file_that_somebody_protected_is_not_replaced(tmp_path):
    path = tmp_path / "上报.xlsx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(Invalid, match="只读文件，没有覆盖") as caught:
        writing.finish(path, b"new", fine)
    assert caught.value.problems[0].field == "out"
    assert path.read_bytes() == b"old"


def test_a_name_no_disk_takes_is_refused_in_words(tmp_path):
    with pytest.raises(Trouble, match="太长或有不能用的字符"):
        writing.finish(tmp_path / ("长" * 120 + ".xlsx"), b"new", fine)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "不许写入"),
        (errno.EACCES, "不许写入"),
        (errno.ENAMETOOLONG, "太长或有不能用的字符"),
        (errno.EIO, "检查磁盘"),
    ],
)
def test_what_the_disk_refuses_is_said_in_words_and_leaves_nothing(tmp_path, monkeypatch, number, words):
    def refuse(*_paths):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(Trouble, match=words) as caught:
        writing.finish(tmp_path / "表.xlsx", b"content", fine)
    assert caught.value.saved == "false"
    assert list(tmp_path.iterdir()) == []


def held(*_paths):
    error = PermissionError(13, "used by another process")
    error.winerror = 32
    raise error


def test_a_file_open_in_wps_is_waited_for_then_named(tmp_path, monkeypatch):
    path = tmp_path / "月报.xlsx"
    path.write_bytes(b"old")
    waits = []
    monkeypatch.setattr(writing.time, "sleep", waits.append)
    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(Trouble, match="正被 WPS/Excel 打开") as caught:
        writing.finish(path, b"new", fine)
    assert "月报 (2).xlsx" in caught.value.advice
    assert len(waits) == writing.TRIES - 1
    assert path.read_bytes() == b"old"


def test_a_short_hold_is_outwaited(tmp_path, monkeypatch):
    replace, calls = os.replace, []

    def held_once(*paths):
        calls.append(paths)
        if len(calls) == 1:
            held()
        replace(*paths)

    monkeypatch.setattr(writing.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(os, "replace", held_once)
    assert writing.finish(tmp_path / "表.xlsx", b"new", fine).path.read_bytes() == b"new"


def test_a_disk_that_gives_back_something_else_is_reported(tmp_path, monkeypatch):
    replace = os.replace

    def spoil(source, target):
        replace(source, target)
        target.write_bytes(b"spoilt")

    monkeypatch.setattr(os, "replace", spoil)
    with pytest.raises(Trouble, match="读回不一致"):
        writing.finish(tmp_path / "表.xlsx", b"content", fine)


def test_a_free_name_is_found(tmp_path):
    path = tmp_path / "表.xlsx"
    assert writing.free_name(path) == path
    path.touch()
    (tmp_path / "表 (2).xlsx").touch()
    assert writing.free_name(path).name == "表 (3).xlsx"
