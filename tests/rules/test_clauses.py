"""The wording of clauses, and figures against capitals in a clerk's own words."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odr_desk import paths
from odr_desk.rules import clauses
from odr_desk.rules.clauses import Share, TermDraft, contradiction, wording

DUE = date(2026, 12, 4)


def test_a_payment_names_amount_twice_day_and_way() -> None:
    term = TermDraft(kind="C06", amount=68000, method="原路退回", due=DUE, goods_back="吊坠一件")
    assert wording(term) == (
        "乙方退还甲方货款人民币陆佰捌拾元整（¥680.00），于2026年12月4日（含当日）前付清，付款方式：原路退回。"
        "甲方同时交还吊坠一件。"
    )


def test_what_is_done_on_the_spot_says_so() -> None:
    assert "已在签订本协议时当场付清" in wording(TermDraft(kind="C04", amount=129900, at_once=True))
    assert wording(TermDraft(kind="C14")) == "乙方向甲方赔礼道歉，于签订本协议当日完成。"


def test_own_words_keep_and_only_what_they_lack_is_added() -> None:
    whole = "乙方补偿甲方人民币叁佰元整（¥300.00），2026年12月4日前转账至甲方账户"
    assert wording(TermDraft(kind="C08", amount=30000, due=DUE, text=whole)) == whole + "。"
    short = wording(TermDraft(kind="C08", amount=30000, due=DUE, text="乙方另补偿甲方300元。"))
    assert short == "乙方另补偿甲方300元，计人民币叁佰元整（¥300.00），于2026年12月4日（含当日）前付清。"


def test_a_day_of_something_else_is_not_taken_for_the_day_of_performance() -> None:
    bought = wording(TermDraft(kind="C06", amount=500, text="乙方退还甲方10月3日所购戒指的货款"))
    assert bought.endswith("，于签订本协议当日付清。")
    in_december = wording(TermDraft(kind="C06", amount=500, due=date(2027, 2, 4), text="乙方退还甲方12月4日所付货款"))
    assert in_december.endswith("，于2027年2月4日（含当日）前付清。")
    padded = TermDraft(kind="C06", amount=500, due=date(2026, 12, 4), text="乙方于12月04日前退还货款")
    assert wording(padded).count("12月") == 1


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("乙方于12月5日前退还", [date(2026, 12, 5)]),
        ("乙方于1月5日前退还", [date(2027, 1, 5)]),
        ("退还10月3日所购戒指的货款，于2026年12月4日前付清", []),
        ("将会员卡延期至2027年10月3日，12月4日前办妥", [date(2027, 10, 3)]),
        ("13月40日、9月31日", []),
    ],
)
def test_finds_other_days_to_come_in_a_clause(said: str, found: list[date]) -> None:
    assert list(clauses.other_days(said, date(2026, 11, 23), DUE)) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("乙方退还¥1,280.00", "1,280.00"),
        ("乙方退还1280元", "1,280.00"),
        ("乙方退还人民币壹仟贰佰捌拾元整", "壹仟贰佰玖拾玖元整"),
        ("乙方退还壹仟贰佰捌拾元", "壹仟贰佰玖拾玖元整"),
    ],
)
def test_words_that_differ_from_the_amount_are_found(text: str, said: str) -> None:
    assert said in contradiction(TermDraft(kind="C06", amount=129900, text=text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "退还余款",
        "单价 98.50 元，共计 1299 元",
        "人民币壹仟贰佰玖拾玖元",
        "退款壹仟贰佰玖拾玖元整",
        "10万元以内",
        "，元",
        "1,2,元",
    ],
)
def test_words_that_agree_or_name_no_amount_pass(text: str) -> None:
    assert contradiction(TermDraft(kind="C06", amount=129900, text=text)) == ""


@given(st.sampled_from(sorted(clauses.KINDS)), st.integers(1, 10**12), st.booleans())
def test_a_composed_clause_never_contradicts_its_amount(kind: str, fen: int, at_once: bool) -> None:
    said = wording(TermDraft(kind=kind, amount=fen, at_once=at_once))
    assert contradiction(TermDraft(kind=kind, amount=fen, text=said)) == ""


def test_capitals_of_the_official_vectors_stand_in_the_clause() -> None:
    file = Path(__file__).parents[1] / "data" / "rmb_uppercase_tests.csv"
    with file.open(encoding="utf-8", newline="") as source:
        vectors = list(csv.reader(source))[1:]
    for figure, capitals, *_ in vectors:
        fen = round(float(figure.replace(",", "")) * 100)
        if fen:
            assert capitals.removeprefix("人民币") in wording(TermDraft(kind="C06", amount=fen))


def test_every_claim_code_has_its_clause() -> None:
    with paths.resource("reference", "claims.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    assert {row["code"] for row in rows} == set(clauses.KINDS) | {"C18"}
    pays = {row["code"] for row in rows if row["amount_expected"] == "Y"} - {"C05"}  # goods may be made up in kind
    assert {code for code, kind in clauses.KINDS.items() if kind.pays} == pays


def test_money_counts_as_what_the_claim_is() -> None:
    shares = {code: clauses.kind_of(code).share for code in ("C04", "C06", "C07", "C11", "C13")}
    assert set(shares.values()) == {Share.REFUND}
    assert clauses.kind_of("C09").share is clauses.kind_of("C10").share is Share.PUNITIVE
    assert clauses.kind_of("C08").share is clauses.kind_of("C18").share is Share.COMPENSATION


def test_the_first_clauses_are_what_is_asked_for_without_presuming_fraud() -> None:
    claimed = [("C04", None), ("C06", None), ("C09", 1_000_000), ("C08", 32_650), ("C14", None), ("C11", None)]
    assert clauses.proposed(claimed, 129_900) == (
        TermDraft(kind="C04", amount=129_900, method="原路退回"),
        TermDraft(kind="C08", amount=32_650, method="银行转账"),
        TermDraft(kind="C14"),
        TermDraft(kind="C11", method="原路退回"),
    )
    assert clauses.proposed([("C06", None)], 5_000) == (TermDraft(kind="C06", amount=5_000, method="原路退回"),)
