import io
import json

import pytest

from odr_desk.port import server
from odr_desk.port.session import Session
from odr_desk.rules.errors import Trouble


def answers(database, tmp_path, *lines: bytes):
    target = io.BytesIO()
    server.serve(Session(tmp_path, opened=database), io.BytesIO(b"\n".join(lines) + b"\n"), target)
    return [json.loads(line) for line in target.getvalue().splitlines()]


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"[]", b"1", b'"x"', b'{"id": NaN}', b"\xff\xfe", b'{"id":1,"id":2}', b'{"id":1}',
        b'{"id":1,"verb":"no.such"}', b'{"id":1,"verb":3}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_bad_line_is_answered_and_the_port_goes_on(database, tmp_path, line):
    bad, good = answers(database, tmp_path, line, b'{"id":"a","verb":"logout"}')
    assert bad["error"]["code"] == "invalid"
    assert good == {"id": "a", "ok": True, "result": {}}


def test_a_damaged_database_is_said_before_anything_else(tmp_path):
    target = io.BytesIO()
    damaged = Session(tmp_path, damage=Trouble("数据库文件已损坏。", "请恢复备份。"))
    lines = b'{"verb":"case.find"}\n{"verb":"logout"}\n{"verb":"restore"}\n{"verb":"fly"}\n'
    server.serve(damaged, io.BytesIO(lines), target)
    codes = [json.loads(line)["error"]["code"] for line in target.getvalue().splitlines()]
    assert codes == ["storage", "storage", "invalid", "invalid"]


def test_a_stream_may_begin_with_a_byte_order_mark(database, tmp_path):
    (answer,) = answers(database, tmp_path, b'\xef\xbb\xbf{"id":1,"verb":"logout"}')
    assert answer["ok"]


def test_a_line_without_a_verb_is_told_what_is_missing(database, tmp_path):
    (answer,) = answers(database, tmp_path, b'{"id":1}')
    assert answer["error"]["message"] == '这一行没有写动词，请加上 "verb"'


def test_a_line_without_end_is_refused_whole(database, tmp_path, monkeypatch):
    monkeypatch.setattr(server, "LONGEST_LINE", 1000)
    found = answers(database, tmp_path, b"x" * 5000, b'{"id":2,"verb":"logout"}')
    assert [answer["ok"] for answer in found] == [False, True]


def test_a_bug_is_said_without_its_insides(database, tmp_path, monkeypatch, caplog):
    def broken(_session, _given):
        raise ZeroDivisionError("secret")

    verb = server.verbs.BY_NAME["logout"]
    monkeypatch.setitem(
        server.verbs.BY_NAME, "logout", type(verb)(name="logout", takes=verb.takes, run=broken, open_to_all=True)
    )
    (answer,) = answers(database, tmp_path, b'{"id":1,"verb":"logout"}')
    assert answer["error"]["code"] == "internal"
    assert "secret" not in json.dumps(answer)
    assert "ZeroDivisionError" in caplog.text


def test_empty_lines_are_passed_over(database, tmp_path):
    assert len(answers(database, tmp_path, b"", b"   ", b'{"id":1,"verb":"logout"}')) == 1
