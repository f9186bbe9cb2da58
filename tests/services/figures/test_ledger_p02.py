"""P02: one masked line a case."""

from datetime import date

from odr_desk.model.agreement import Agreement
from odr_desk.model.case import Case, Feedback
from odr_desk.rules.case import CaseState, Claim, Outcome
from odr_desk.rules.period import Period
from odr_desk.services.figures import ledger_p02, report
from tests.make import make_case

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
HALF_YEAR = Period(date(2026, 6, 1), date(2026, 11, 30))
ALLOWED = {"和解成功", "和解不成", "消费者撤回", "无法联系消费者", ""}


def lines(database, actor, period=HALF_YEAR):
    with database.reading(actor) as work:
        return ledger_p02.lines(work, period)


def agree(work, case: Case, number: str, **changes: object) -> None:
    work.session.add(
        Agreement(
            number=number, case_id=case.id, signed_on=date(2026, 11, 23), total=100, created_at=work.now, **changes
        )
    )


def test_the_lines_come_in_the_order_of_receipt(demo, manager):
    found = lines(demo, manager, NOVEMBER)
    assert [line.received_on for line in found] == [date(2026, 11, day) for day in (2, 3, 9, 11, 18)]
    assert len(lines(demo, manager)) == 20


def test_a_settled_case_in_full(demo, manager):
    line = next(line for line in lines(demo, manager, NOVEMBER) if line.phone == "199****0001")
    assert line.consumer == "王女士(示例)"  # a form of address is no name
    assert (line.merchant, line.counter) == ("示例·云岚女装", "A馆2F-215")
    assert (line.channel, line.problem, line.result) == ("12315平台", "质量", "和解成功")
    assert (line.amount, line.refund, line.compensation, line.recovered) == (129_900, 129_900, 0, 129_900)
    assert (line.ended_on, line.days, line.overdue, line.performance) == (date(2026, 11, 5), 2, False, "即时履行")


def test_days_and_lateness_are_those_worked_out_by_hand(demo, manager, demo_rows):
    expected = {
        row["phone_demo"][-4:]: (int(row["working_days_used"]), row["overdue"] == "Y")
        for row in demo_rows
        if row["closed_date"]
    }
    found = {line.phone[-4:]: (line.days, line.overdue) for line in lines(demo, manager) if line.ended_on}
    assert found == expected


def test_an_open_case_has_no_result_and_is_late_only_after_its_day(demo, manager, clock):
    [line] = [line for line in lines(demo, manager) if line.ended_on is None]
    assert (line.result, line.days, line.overdue, line.performance, line.recovered) == ("", None, False, "", None)
    clock.forward(days=10)  # 12-03, due 12-02
    assert next(line for line in lines(demo, manager) if line.ended_on is None).overdue


def test_results_keep_to_the_words_of_the_form_and_say_the_rest_in_the_remarks(demo, manager):
    found = lines(demo, manager)
    assert {line.result for line in found} <= ALLOWED
    suspected = next(line for line in found if line.phone.endswith("0019"))
    assert suspected.result == "和解不成"
    assert suspected.remarks == "疑似恶意索赔待核；标签字号"


def test_personal_data_are_masked_and_what_is_not_known_says_so(database, manager):
    with database.writing(manager, "test") as work:
        make_case(work, consumer_name="欧阳小明", consumer_phone="13812345678", problem_note="电话13812345678")
        make_case(work, consumer_name="", consumer_phone="", late_entry=True)
    first, second = lines(database, manager)
    assert (first.consumer, first.phone, first.remarks) == ("欧阳**", "138****5678", "电话138****5678")
    assert (second.consumer, second.phone, second.remarks) == ("不详", "不详", "补录")


def test_agreements_in_force_are_named_and_void_ones_are_not(database, manager):
    with database.writing(manager, "test") as work:
        case = make_case(work)
        agree(work, case, "锡八佰伴和〔2026〕001号", voided_at=work.now)
        agree(work, case, "锡八佰伴和〔2026〕002号")
        agree(work, case, "锡八佰伴和〔2026〕003号")
    assert lines(database, manager)[0].agreement_no == "锡八佰伴和〔2026〕002号、锡八佰伴和〔2026〕003号"


def test_a_merchant_that_is_not_ours_has_no_line(database, manager):
    with database.writing(manager, "test") as work:
        case = make_case(work)
        case.state, case.result = CaseState.NOT_OURS, Outcome.NOT_OURS
    assert lines(database, manager) == ()


def test_what_only_some_templates_ask_for(database, manager, clock):
    with database.writing(manager, "test") as work:
        case = make_case(work, (Claim("C04", 100), Claim("C08", 200)))
        case.first_contact_at, case.mode = work.now, "C"
        for text in ("第一次反馈", "电话13812345678协商"):
            work.session.add(
                Feedback(
                    case_id=case.id, sent_on=date(2026, 11, 23), time_text="", process_text=text, mode_text="",
                    result_text="", sent_by="王敏",
                )
            )  # fmt: skip
    [line] = lines(database, manager)
    assert line.claims == "退货、赔偿损失"
    assert (line.contacted_at, line.mode) == ("2026-11-23 10:00", "电话")
    assert line.process == "电话138****5678协商"
    assert line.category == "首饰及文体用品类"


def test_the_form_gets_words_and_sums(demo, manager):
    with demo.reading(manager) as work:
        found = ledger_p02.collect(work, report.circumstances(work, HALF_YEAR))
    assert found.rows == 20
    late = [line.values["case_no"] for line in found.facts.lines if line.values["overdue"] == "是"]
    assert len(late) == 1
    sums = {one.key: one.value for one in found.sums}
    assert (sums["rows"], sums["overdue"]) == ("20", "1")
    assert sums["recovered"] == "22,375.03"
