import dataclasses
from datetime import date

import pytest
from make import case_draft, make_case, make_merchant

from odr_desk.rules.case import CaseState, Claim, Level, Outcome
from odr_desk.rules.errors import Invalid
from odr_desk.services import cases, likeness, registration, timeline


def register(database, actor, **changes):
    with database.writing(actor, "case.create") as work:
        return registration.register(work, case_draft(make_merchant(work).number, **changes))


def test_a_case_gets_number_clocks_and_first_entry(database, clerk):
    with database.writing(clerk, "case.create") as work:
        made = registration.register(work, case_draft(make_merchant(work).number), (Claim("C04", 328_000),))
    assert made.case_no == "XSBBB-2026-0001"
    assert [d.due for d in made.deadlines] == [date(2026, 11, 28), date(2026, 12, 7)]
    with database.reading(clerk) as work:
        case = cases.named(work, made.case_no)
        assert (case.subject, case.due_on) == ("“一口价”黄金吊坠，要求退货", date(2026, 12, 7))
        (entry,) = timeline.rows(work, case.id)
        assert entry.text.startswith("来源 12315平台")


def test_numbers_have_no_gap_when_a_case_is_refused(database, clerk):
    first = register(database, clerk).case_no
    with pytest.raises(Invalid):
        register(database, clerk, problem="P99")
    assert (first, register(database, clerk).case_no) == ("XSBBB-2026-0001", "XSBBB-2026-0002")


def test_the_same_key_returns_the_same_case(database, clerk):
    with database.writing(clerk, "case.create") as work:
        draft = case_draft(make_merchant(work).number)
        one = registration.register(work, draft, key="abc")
        two = registration.register(work, dataclasses.replace(draft, product="别的"), key="abc")
    assert one.case_id == two.case_id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consumer_phone": "1380000567"}, "consumer_phone"),
        ({"merchant_no": "M9999"}, "merchant_no"),
        ({"channel": "CH99"}, "channel"),
        ({"received_at": None}, "received_at"),
        ({"purchase_date": date(2026, 12, 1)}, "purchase_date"),
        ({"category": "没有的类"}, "category"),
        ({"facts": "好" * 4001}, "facts"),
        ({"consumer_name": "王\u202e女士"}, "consumer_name"),
    ],
)
def test_what_is_wrong_is_named(database, clerk, changes, field):
    with pytest.raises(Invalid) as refused, database.writing(clerk, "case.create") as work:
        draft = case_draft(make_merchant(work).number)
        registration.register(work, dataclasses.replace(draft, **changes))
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_trade_or_a_12315_code_gives_the_class(database, clerk):
    with database.writing(clerk, "case.create") as work:
        assert make_case(work, category="M09").category == "首饰及文体用品类"
        assert make_case(work, category="117").category == "服装鞋帽类"


def test_solved_on_the_spot_is_settled_at_once(database, clerk):
    number = register(database, clerk, solved_on_spot=True, channel="CH06").case_no
    with database.reading(clerk) as work:
        case = cases.named(work, number)
        assert (case.state, case.result, case.answered_on) == (
            CaseState.SETTLED, Outcome.SETTLED, date(2026, 11, 23),
        )  # fmt: skip


def test_many_on_one_shop_make_a_case_grave(database, clerk):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work).number
        levels = [make_case(work, merchant_no=shop, consumer_phone="").level for _ in range(5)]
    assert levels == [Level.NORMAL] * 4 + [Level.MAJOR]


def test_likeness_names_the_earlier_case(database, clerk):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work).number
        first = registration.register(work, case_draft(shop, platform_no="P1"))
        second = registration.register(work, case_draft(shop, platform_no=" Ｐ 1\n"))
    assert [(like.kind, like.case_no) for like in second.duplicates] == [("platform_no", first.case_no)]


@pytest.mark.parametrize("typed", ["199-0000 1001", "+86 19900001001", "１９９００００１００１"])
def test_the_same_person_is_known_however_the_number_is_written(database, clerk, typed):
    with database.writing(clerk, "case.create") as work:
        shop = make_merchant(work)
        first = registration.register(work, case_draft(shop.number, consumer_phone="19900001001")).case_no
        found = likeness.find(work, merchant_id=shop.id, phone=typed, platform_no="", on=date(2026, 11, 23))
    assert [(like.kind, like.case_no) for like in found] == [("phone_merchant", first)]
