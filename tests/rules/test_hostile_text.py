"""Whatever comes in as a value, a field takes it as it is or refuses it in Chinese, naming itself."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odr_desk.rules.case import CaseDraft
from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import EventDraft
from odr_desk.rules.fields import Kind, fields_of
from odr_desk.rules.parsing import check, parse, sentence, without_unseen
from odr_desk.rules.session import SessionDraft

DRAFTS = (CaseDraft, EventDraft, SessionDraft)
ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Co", "So", "Lo"])),
    st.lists(st.text(), max_size=2),
    st.dates(),
    st.datetimes(timezones=st.sampled_from([None, UTC])),
)
NAMES = st.sampled_from(sorted({field.name for draft in DRAFTS for field in fields_of(draft)}))


def is_chinese(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)


def read(draft, values):
    """Return the draft, or None and what is wrong."""
    try:
        made = parse(draft, values)
        check(made)
    except Invalid as error:
        return None, error.problems
    return made, ()


@given(st.sampled_from(DRAFTS), st.dictionaries(NAMES, ANYTHING, max_size=4))
@settings(max_examples=300, deadline=None)
def test_every_value_is_taken_or_refused_in_words(draft, values):
    known = {field.name: field for field in fields_of(draft)}
    made, problems = read(draft, values)
    assert all(is_chinese(problem.text) for problem in problems)
    if made is None:
        return
    for name, value in values.items():
        held = getattr(made, name)
        if known[name].kind is Kind.TEXT and isinstance(value, str):
            assert held == unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Co"]), min_size=1, max_size=5))
@settings(deadline=None)
def test_nothing_unseen_is_ever_stored(hidden):
    _, problems = read(CaseDraft, {"facts": f"甲{hidden}乙"})
    assert all("U+" in problem.text for problem in problems if problem.field == "facts")
    assert without_unseen(f"甲{hidden}乙").startswith("甲")


def refused(values, draft=CaseDraft):
    with pytest.raises(Invalid) as caught:
        check(parse(draft, values))
    return {problem.field: problem.text for problem in caught.value.problems}


@pytest.mark.parametrize(
    "text",
    ["<b>粗</b>", "<img src=file:///etc/passwd>", "&amp; & <", "😀👨‍👩‍👧", "𬭚", "=1+1", "'; DROP TABLE cases;--"],
)
def test_text_of_any_meaning_elsewhere_is_plain_text_here(text):
    assert parse(CaseDraft, {"facts": text}).facts == text
    assert sentence("原因", text) == text


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\u202e", "\u2066", "\u200f", "\ufeff", "\ud800"])
def test_what_nobody_sees_is_refused_and_a_paste_leaves_it_out(character):
    text = refused({"facts": f"甲乙{character}丙"})["facts"]
    assert f"U+{ord(character):04X}" in text
    assert "第 3 个字" in text
    with pytest.raises(Invalid, match="控制字符"):
        sentence("原因", f"甲{character}乙")
    if character != "\ud800":
        assert without_unseen(f"甲乙{character}丙") == "甲乙丙"


def test_a_paste_keeps_lines_tabs_and_joined_emoji():
    assert without_unseen("甲\r\n乙\r丙\t丁👨‍👩‍👧") == "甲\n乙\n丙\t丁👨‍👩‍👧"


def test_a_line_break_becomes_a_blank_where_there_is_one_line_only():
    sent = {"product": "吊坠\r\n18K", "brand": "甲\u2028\n乙", "facts": "一\r\n二"}
    draft = parse(CaseDraft, sent)
    assert (draft.product, draft.brand, draft.facts) == ("吊坠 18K", "甲 乙", "一\n二")
    assert sentence("原因", "一\r\n二") == "一\n二"


def test_a_hundred_thousand_characters_are_refused_with_the_limit():
    assert refused({"facts": "字" * 100_000})["facts"].startswith("事实和诉求有 100,000 个字，最多 4,000 字")
    with pytest.raises(Invalid, match=r"100,000 个字，最多 200 字"):
        sentence("原因", "字" * 100_000)


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31", "0001-01-01", "2026-02-30", "９９９９-12-31"])
def test_days_out_of_reach_are_refused(day):
    assert is_chinese(refused({"purchase_date": day})["purchase_date"])
    assert is_chinese(refused({"received_at": f"{day}T10:00"})["received_at"])


def test_days_and_instants_of_the_right_type_are_looked_at_too():
    assert "2000 年至 2099 年" in refused({"purchase_date": date(1900, 1, 1)})["purchase_date"]
    assert "2000 年至 2099 年" in refused({"received_at": datetime(9999, 12, 31, tzinfo=UTC)})["received_at"]
    naive = datetime(2026, 11, 23)  # noqa: DTZ001 - what must be refused
    assert "时区" in refused({"received_at": naive})["received_at"]


@pytest.mark.parametrize("digits", ["9" * 19, "9" * 5_000, "9" * 100_000])
def test_numbers_without_end_are_refused_in_chinese(digits):
    assert is_chinese(refused({"amount": digits})["amount"])


def test_an_unknown_name_is_cut_before_it_is_said_back():
    with pytest.raises(Invalid) as caught:
        parse(CaseDraft, {"x" * 100_000: "1"})
    assert len(str(caught.value)) < 100
