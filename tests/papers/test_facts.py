import dataclasses
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odr_desk.papers import facts, settlement_agreement
from odr_desk.papers.settlement_agreement import Facts, Term
from tests import stored_facts


def test_facts_come_back_from_their_json(agreement):
    known = agreement()
    assert stored_facts.read(Facts, facts.as_json(known)) == known


@given(
    st.builds(
        Term,
        code=st.text(),
        words=st.text(),
        amount_fen=st.none() | st.integers(0, 10**12),
        due_on=st.none() | st.dates(),
        due_is_working=st.none() | st.booleans(),
    )
)
def test_every_term_comes_back(term):
    assert stored_facts.read(Term, facts.as_json(term)) == term


def test_equal_facts_give_equal_json(agreement):
    assert facts.as_json(agreement()) == facts.as_json(agreement())
    assert facts.as_json(agreement(copies=4)) != facts.as_json(agreement())
    assert '"signed_on":"2026-11-05"' in facts.as_json(agreement())


def test_json_of_an_older_version_gets_the_defaults():
    assert stored_facts.read(Term, '{"code":"C04","due_on":"2026-12-04"}') == Term(code="C04", due_on=date(2026, 12, 4))


def test_texts_have_path_and_label(agreement):
    found = {path: (label, text) for path, label, text in facts.texts(agreement())}
    assert found["consumer.name"] == ("甲方姓名", "王女士（示例）")
    assert found["terms[0].words"][0] == "第 1 项协议内容"
    assert found["attachments[1]"] == ("附件第 2 项", "看货照片三张")


def test_every_text_of_the_agreement_has_a_label(agreement):
    unnamed = [path for path, label, _ in facts.texts(agreement()) if not label and not path.endswith(".code")]
    assert unnamed == []


def test_facts_cannot_be_changed(agreement):
    assert all(
        kind.__dataclass_params__.frozen
        for kind in vars(settlement_agreement).values()
        if dataclasses.is_dataclass(kind) and kind.__module__ == settlement_agreement.__name__
    )
