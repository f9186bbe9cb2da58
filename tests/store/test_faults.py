import errno
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from odr_desk.rules.errors import Conflict, Trouble
from odr_desk.store import faults, sqlite


def driver_error(code):
    error = sqlite.driver.OperationalError("said in English")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (5, "正被占用"),
        (6, "正被占用"),
        (7, "内存不够"),
        (8, "只读"),
        (10, "硬盘读写出错"),
        (10 | 4 << 8, "硬盘读写出错"),
        (11, "已损坏"),
        (13, "磁盘已满"),
        (14, "打不开"),
        (26, "不是本程序的数据库"),
    ],
)
def test_what_sqlite_says_is_said_in_words_with_advice(code, words):
    for error in (driver_error(code), OperationalError("select 1", {}, driver_error(code))):
        trouble = faults.explain(error)
        assert isinstance(trouble, Trouble)
        assert words in trouble.what
        assert trouble.advice
        assert trouble.saved == "false"


@pytest.mark.parametrize(("free", "words"), [(0, "磁盘已满，数据打不开"), (1 << 30, "硬盘读写出错")])
def test_a_full_disk_is_not_called_broken_when_the_data_do_not_open(tmp_path, monkeypatch, free, words):
    monkeypatch.setattr(faults.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    trouble = faults.explain(driver_error(10), tmp_path)
    assert isinstance(trouble, Trouble)
    assert words in trouble.what


@pytest.mark.parametrize("code", [1, 9, 19])
def test_our_own_mistakes_stay_mistakes(code):
    assert faults.explain(driver_error(code)) is None
    assert faults.explain(IntegrityError("insert", {}, driver_error(code))) is None


def test_errors_of_other_origin_are_not_explained():
    assert faults.explain(KeyError("disk is full")) is None


def test_a_record_changed_by_somebody_else_is_a_conflict():
    assert isinstance(faults.explain(StaleDataError("UPDATE matched 0 rows")), Conflict)


@pytest.mark.parametrize(("code", "may"), [(10, True), (10 | 3 << 8, True), (13, False), (5, False), (8, False)])
def test_only_some_failures_may_have_saved(code, may):
    assert faults.may_have_saved(driver_error(code)) is may


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EDQUOT, "磁盘已满"),
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "只读"),
        (errno.EIO, "硬盘读写出错"),
        (errno.ENOENT, "不在了"),
        (errno.EEXIST, "已有同名"),
    ],
)
def test_what_a_file_does_not_do_is_said_with_its_name(code, words):
    trouble = faults.explain_file(OSError(code, "said in English", "E:/备份"))
    assert trouble is not None
    assert words in trouble.what
    assert "E:/备份" in trouble.advice


def test_an_unknown_file_error_is_not_explained():
    assert faults.explain_file(OSError(errno.ENOTEMPTY, "x")) is None


def test_breaking_off_is_recognised():
    assert faults.is_interrupt(driver_error(9))
    assert not faults.is_interrupt(driver_error(10))
