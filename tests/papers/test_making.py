import csv
from dataclasses import replace
from datetime import date

import pytest

from odr_desk import paths
from odr_desk.papers import PAPERS, checking, making, pages, reading_back
from odr_desk.papers.checking import Level
from odr_desk.papers.settlement_agreement import Term
from odr_desk.rules import clauses, money
from odr_desk.rules.errors import Invalid

(AGREEMENT,) = [paper for paper in PAPERS if paper.code == "settlement_agreement"]


def test_a_paper_is_made_and_its_words_kept(agreement):
    made = making.make(AGREEMENT, agreement())
    assert made.text == AGREEMENT.build(agreement()).as_text()
    assert made.pdf.pages == 2
    reading_back.compare(AGREEMENT.build(agreement()), made.pdf.data)


def test_what_must_be_mended_stops_it(agreement):
    with pytest.raises(Invalid) as refused:
        making.make(AGREEMENT, agreement(total_fen=1))
    (problem,) = refused.value.problems
    assert problem.field == "terms"
    assert problem.text == "各项相加是 1,299.00 元，合计写的是 0.01 元。请核对各项金额。"


def test_what_cannot_be_printed_is_named_by_its_field(agreement):
    consumer = replace(agreement().consumer, name="王𪚥")
    for job in (making.make, making.preview):
        with pytest.raises(Invalid, match="“甲方姓名”里的“𪚥”（U\\+2A6A5）") as refused:
            job(AGREEMENT, agreement(consumer=consumer))
        assert [problem.field for problem in refused.value.problems] == ["consumer_name"]
    (found,) = checking.problems(making.checks(AGREEMENT, agreement(consumer=consumer)))
    assert (found.level, found.field) == (Level.MUST, "consumer_name")


def test_a_preview_shows_what_is_missing_instead_of_refusing(agreement):
    shown = making.preview(AGREEMENT, agreement(number="", consumer=replace(agreement().consumer, name="")))
    assert "甲方姓名" in "".join(reading_back.text_of(shown.data))
    assert len(pages.pictures(shown.data, width=100)) == shown.pages


def worked_cases():
    with paths.resource("reference", "demo_cases.csv").open(encoding="utf-8", newline="") as source:
        return [row for row in csv.DictReader(source) if row["result_code"] == "O1"]


def terms_of(row):
    amounts = (("C06", money.parse(row["refund_yuan"])), ("C08", money.parse(row["compensation_yuan"])))
    paid = tuple(
        Term(
            code=code,
            words=clauses.wording(clauses.TermDraft(kind=code, amount=fen, method="原路退回")),
            amount_fen=fen,
        )
        for code, fen in amounts
        if fen
    )
    return (Term(code="C18", words=row["agreement_zh"]), *paid)


@pytest.mark.parametrize("row", worked_cases(), ids=lambda row: row["case_no"])
def test_the_worked_cases_print_as_they_were_told(agreement, row):
    terms = terms_of(row)
    base = agreement()
    facts = replace(
        base,
        consumer=replace(base.consumer, name=row["consumer_demo"]),
        merchant=replace(base.merchant, name=row["merchant_demo"], uscc=row["uscc_demo"], counter=row["counter"]),
        dispute=replace(
            base.dispute,
            product=row["product_or_service"],
            bought_on=date.fromisoformat(row["purchase_date"]),
            price_fen=money.parse(row["amount_yuan"]),
            consumer_view=row["narrative_zh"],
            facts=row["facts_zh"],
        ),
        terms=terms,
        total_fen=sum(term.amount_fen or 0 for term in terms),
    )
    made = making.make(AGREEMENT, facts)
    assert row["narrative_zh"] in made.text
    assert made.pdf.pages == 2
