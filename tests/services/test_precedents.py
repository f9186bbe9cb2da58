from datetime import UTC, datetime

from make import make_case, make_merchant

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.services import cases, precedents, queue

FURS = {"product": "羊毛大衣", "category": "服装鞋帽类", "problem": "P01", "amount": 100_000, "consumer_phone": ""}


def end(work, case, outcome, refund=0):
    case.state = {Outcome.SETTLED: CaseState.SETTLED, Outcome.WITHDRAWN: CaseState.WITHDRAWN}[outcome]
    case.result, case.refund = outcome, refund
    return case.number


def test_like_cases_of_a_year_are_counted_and_can_be_opened(database, mediator):
    with database.writing(mediator, "case.create") as work:
        shop = make_merchant(work).number

        def made(**changes):
            return make_case(work, merchant_no=shop, **(FURS | changes))

        settled = [end(work, made(), Outcome.SETTLED, refund) for refund in (20_000, 80_000, 100_000)]
        given_up = end(work, made(), Outcome.WITHDRAWN)
        nameless = end(work, made(amount=None), Outcome.SETTLED)
        swapped = [end(work, made(), Outcome.SETTLED) for _ in range(3)]
        old = datetime(2025, 10, 1, 3, 0, tzinfo=UTC)
        end(work, made(received_at=old, late_entry=True), Outcome.SETTLED, 100_000)
        end(work, made(problem="P09"), Outcome.SETTLED, 100_000)
        made()
        asked = end(work, made(), Outcome.SETTLED, 1)
    with database.reading(mediator) as work:
        found = precedents.of(work, asked)
        opened = (found.those, found.settled_ones, found.paid_ones)
        listed = [{row.number for row in queue.page(work, wanted, 0, 50)} for wanted in opened]
        counted = [queue.count(work, wanted) for wanted in opened]
    assert (found.ended, found.settled, found.refund_share) == (8, 7, 80)
    assert found.is_enough
    assert listed == [
        {*settled, given_up, nameless, *swapped},
        {*settled, nameless, *swapped},
        set(settled),
    ]
    assert counted[:2] == [found.ended, found.settled]


def test_without_precedents_there_is_no_share(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work).number
    with database.reading(mediator) as work:
        found = precedents.of(work, number)
    assert (found.ended, found.settled, found.refund_share) == (0, 0, None)
    assert not found.is_enough


def test_a_share_of_too_few_is_not_given(database, mediator):
    with database.writing(mediator, "case.create") as work:
        shop = make_merchant(work).number
        for amount in (100_000, 100_000, None, None):
            end(work, make_case(work, merchant_no=shop, **(FURS | {"amount": amount})), Outcome.SETTLED, 50_000)
        asked = make_case(work, merchant_no=shop, **FURS).number
    with database.reading(mediator) as work:
        found = precedents.of(work, asked)
    assert (found.ended, found.is_enough, found.refund_share) == (4, True, None)


def test_a_case_without_a_class_has_nothing_to_compare_by(database, mediator):
    with database.writing(mediator, "case.create") as work:
        number = make_case(work).number
        cases.named(work, number).category = ""
    with database.reading(mediator) as work:
        assert precedents.of(work, number) is None
