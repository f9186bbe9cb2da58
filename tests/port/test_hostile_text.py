"""Text that is meant to break something, through the port, the papers and the workbooks."""

import io
import json

import pytest
from conftest import PASSWORD
from make import make_merchant

from odr_desk.papers import reading_back
from odr_desk.port import server
from odr_desk.rules.errors import Invalid
from odr_desk.services import case_export, queue, search
from odr_desk.services.queue import CaseFilter
from odr_desk.ui.cases import columns

HARMLESS = (
    "<b>粗</b>",
    "<img src=file:///etc/passwd>",
    "&lt;b&gt;",
    "=1+1",
    "@SUM(A1)",
    "'; DROP TABLE cases;--",
    "%s %d {0}",
)


@pytest.fixture
def talk(port):
    port.get("login", user="manager", password=PASSWORD)
    return port


@pytest.fixture
def shop(database, manager):
    with database.writing(manager, "merchant.create") as work:
        return make_merchant(work).number


def create(talk, shop, **more):
    return talk.ask("case.create", merchant_no=shop, channel="CH06", received_at="2026-11-20", **more)


@pytest.mark.parametrize("text", [*HARMLESS, "😀👨‍👩‍👧", "𬭚女士"])
def test_plain_text_comes_back_as_it_was_sent(talk, shop, text):
    made = create(talk, shop, facts=text, consumer={"name": text[:50]}, product=text)
    shown = talk.get("case.show", case_no=made["result"]["case_no"])
    assert (shown["facts"], shown["consumer_name"], shown["product"]) == (text, text[:50], text)
    number = made["result"]["case_no"]
    talk.get("event.add", case_no=number, kind="note", party="desk", text=text)
    talk.get("case.next_step", case_no=number, text=text, due="2026-11-25")
    assert talk.get("case.show", case_no=number)["next_step"] == text


@pytest.mark.parametrize("character", ["\0", "\x1b", "\u202e", "\u2069", "\u200b"])
def test_what_nobody_sees_is_refused_by_every_text(talk, shop, character):
    text = f"甲{character}乙"
    assert create(talk, shop, facts=text)["error"]["field"] == "facts"
    number = create(talk, shop)["result"]["case_no"]
    for verb, name, more in (
        ("event.add", "text", {"kind": "note", "party": "desk"}),
        ("case.next_step", "text", {"due": "2026-11-25"}),
        ("case.advance", "reason", {"to": "withdrawn"}),
        ("case.delete", "reason", {}),
        ("session.add", "outcome", {"held_at": "2026-11-20", "mode": "A", "mediator": "刘洋"}),
        ("case.update", "brand", {"version": 1}),
    ):
        error = talk.refused(verb, case_no=number, **{name: text}, **more)
        assert (error["code"], error["field"]) == ("invalid", name), verb
        assert "U+" in error["message"]
    assert "U+" in talk.refused("case.find", text=f"甲{character}乙")["message"]


def test_a_hundred_thousand_characters_are_refused_with_the_limit(talk, shop):
    long = "字" * 100_000
    assert "最多 4,000 字" in create(talk, shop, facts=long)["error"]["message"]
    number = create(talk, shop)["result"]["case_no"]
    for verb, name, more in (
        ("event.add", "text", {"kind": "note", "party": "desk"}),
        ("case.next_step", "text", {"due": "2026-11-25"}),
        ("case.advance", "reason", {"to": "withdrawn"}),
        ("case.reopen", "reason", {}),
        ("case.find", "text", {}),
    ):
        given = {"case_no": number} if verb != "case.find" else {}
        error = talk.refused(verb, **given, **{name: long}, **more)
        assert "100,000 个字" in error["message"], verb


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31"])
def test_days_out_of_reach_are_refused(talk, shop, day):
    answer = talk.ask("case.create", merchant_no=shop, channel="CH06", received_at=day)
    assert answer["error"]["field"] == "received_at"
    assert "2000 年至 2099 年" in answer["error"]["message"]


@pytest.mark.parametrize(
    "line",
    [
        rb'{"id": 1, "verb": "case.find", "text": "\ud800"}',
        rb'{"id": "\udfff", "verb": "case.find"}',
        rb'{"id": 1, "verb": "\ud800"}',
        rb'{"id": 1, "verb": "case.find", "\ud800": 1}',
        b'{"id": 1, "verb": "case.find", "text": "\xff"}',
    ],
)
def test_half_a_character_is_answered_and_the_port_goes_on(talk, line):
    out = io.BytesIO()
    server.serve(talk.session, io.BytesIO(line + b"\n" + b'{"id": 2, "verb": "case.find"}\n'), out)
    first, second = (json.loads(answer) for answer in out.getvalue().splitlines())
    assert first["error"]["code"] == "invalid"
    assert second["ok"]


def test_a_whole_character_written_in_halves_is_text(talk, shop):
    line = json.dumps(
        {
            "id": 1,
            "verb": "case.create",
            "merchant_no": shop,
            "channel": "CH06",
            "received_at": "2026-11-20",
            "facts": "😀",
        }
    )
    assert "\\ud83d" in line
    answer = server.answer_line(talk.session, line.encode())
    assert answer["ok"]


def test_searching_for_anything_is_only_searching(talk, shop, database, manager):
    create(talk, shop, facts="；".join(HARMLESS))
    with database.reading(manager) as work:
        with pytest.raises(Invalid, match=r"100,000 个字，最多 100 字"):
            search.find(work, "字" * 100_000)
        for text in (*HARMLESS, '"', "*", "a OR b", "NEAR(", "^", "\0", "\u202e", "字" * 100, "( " * 50):
            search.find(work, text)
            assert queue.count(work, CaseFilter(view="all", text=text)) >= 0


def test_a_workbook_shows_it_as_entered(talk, shop, database, manager, tmp_path):
    import openpyxl

    for text in HARMLESS:
        create(talk, shop, product=text)
    out = tmp_path / "list.xlsx"
    shown = tuple(column for column in columns.QUEUE if column.heading in ("编号", "事由"))
    with database.reading(manager) as work:
        case_export.prepare(work, CaseFilter(view="all"), shown, out, lambda _done, _total: None).file.put()
    book = openpyxl.load_workbook(out)
    cells = {cell.value: cell.data_type for row in book.active.iter_rows() for cell in row}
    book.close()
    assert all(cells.get(text) == "s" for text in HARMLESS)


def test_a_paper_prints_it_as_entered_and_names_what_it_cannot_print(talk, shop, tmp_path):
    named = {"consumer": {"name": "周女士"}}
    number = create(talk, shop, **named, product="<b>粗</b>", facts="<img src=file:///etc/passwd> & =1+1")["result"][
        "case_no"
    ]
    out = tmp_path / "receipt.pdf"
    issued = talk.get("document.issue", kind="registration_receipt", case_no=number, out=str(out))
    said = "".join("".join(reading_back.text_of(out.read_bytes())).split())
    assert issued["pages"] >= 1
    assert "<b>粗</b>" in said
    assert "<imgsrc=file:///etc/passwd>&=1+1" in said
    smiling = create(talk, shop, **named, facts="😀")["result"]["case_no"]
    error = talk.refused("document.issue", kind="registration_receipt", case_no=smiling, out=str(out))
    assert "😀" in error["message"]
