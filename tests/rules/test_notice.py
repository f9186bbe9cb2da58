import csv
from datetime import date

import pytest

from odr_desk import paths
from odr_desk.rules import notice
from odr_desk.rules.calendar import DayKind

NOTICE_2026 = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""


def test_reads_the_notice_of_2026_as_the_shipped_calendar_has_it():
    reading = notice.read(NOTICE_2026, 2026)
    with paths.resource("reference", "cn_calendar_2026.csv").open(encoding="utf-8", newline="") as source:
        shipped = {(row["date"], row["type"][0]) for row in csv.DictReader(source)}
    assert {(day.day.isoformat(), day.kind.label) for day in reading.days} == shipped
    assert reading.wrong == reading.odd == ()


def test_names_each_day_after_its_holiday():
    days = {day.day: day for day in notice.read(NOTICE_2026, 2026).days}
    assert days[date(2026, 2, 28)].name == "春节"
    assert days[date(2026, 2, 28)].kind is DayKind.WORK


def test_reads_half_width_signs_a_single_day_and_a_range_over_two_months():
    text = "元旦:1月1日(星期五)放假1天。劳动节:4月30日(周五)至5月2日(周日)放假,共3天。"
    days = [day.day for day in notice.read(text, 2027).days]
    assert days == [date(2027, 1, 1), date(2027, 4, 30), date(2027, 5, 1), date(2027, 5, 2)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("元旦：1月1日（周四）放假，共1天。", "元旦：1月1日是周五，通知写的是周四，请核对日期和年份"),
        ("元旦：1月1日（周五）至3日（周日）放假，共4天。", "元旦：通知写共 4 天，日期数出来是 3 天"),
        ("元旦：1月1日至3日放假。清明节：1月3日放假。", "1月3日写了两次：元旦休、清明节休，两段日期重叠，请核对"),
        ("元旦：1月1日放假。1月4日上班。", "元旦：1月4日本来就是工作日，不是调休上班的日子"),
        ("元旦：2月30日放假。", "元旦：没有 2027 年 2 月 30 日这一天"),
        ("元旦：1月3日至1日放假。", "元旦：1月3日至1月1日，止日早于起日，请核对起止日期"),
        ("元旦：1月1日至2月1日放假。", "元旦：1月1日至2月1日共 32 天，请核对起止日期"),
        ("元旦：2026年11月30日放假。", "元旦：2026年11月30日不在 2027 年"),
        ("元旦：2028年1月1日放假。", "元旦：2028年1月1日不在 2027 年"),
        (
            "现将2026年元旦放假安排通知如下。\n元旦：1月1日放假。",
            "贴进来的是 2026 年的通知，要录入的是 2027 年，请核对",
        ),
        ("明年再说", "没有读出放假日期。每个节日一段，如：元旦：1月1日（周四）至3日（周六）放假调休，共3天。"),
    ],
)
def test_says_what_does_not_fit(text, words):
    assert words in notice.read(text, 2027).wrong


def test_doubts_a_notice_that_misses_holidays_and_a_date_without_a_word():
    reading = notice.read("元旦：1月1日放假。另外2月1日。", 2027)
    assert reading.odd == (
        "元旦：“另外2月1日”没有写放假还是上班，没有采用",
        "没有写到春节、清明、劳动、端午、中秋、国庆，请核对通知是否贴全",
    )


REAL_PASTE_2026 = f"""国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
{NOTICE_2026}
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作，遇有重大突发事件，要按规定及时报告并妥善处置，确保人民群众祥和平安度过节日假期。
国务院办公厅
2025年11月4日"""


def test_the_whole_notice_may_be_pasted_with_its_head_and_foot():
    assert notice.read(REAL_PASTE_2026, 2026) == notice.read(NOTICE_2026, 2026)


def test_the_notice_of_another_year_is_told_by_its_weekdays():
    wrong = notice.read(NOTICE_2026, 2027).wrong
    assert "元旦：1月1日是周五，通知写的是周四，请核对日期和年份" in wrong
    assert len(wrong) >= 7


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2月14日（周六）、2月28日（周六）上班。", "", "春节：放假占了 6 个工作日，法定 4 天，应有 2 天调休上班"),
        (
            "1月4日（周日）上班。",
            "1月4日（周日）、1月10日（周六）上班。",
            "元旦：放假占了 2 个工作日，法定 1 天，应有 1 天",
        ),
        ("5月9日（周六）上班。", "6月13日（周六）上班。", "劳动节：6月13日上班离放假有 21 天以上"),
    ],
)
def test_doubts_make_up_days_that_do_not_add_up(before, after, words):
    odd = notice.read(NOTICE_2026.replace(before, after), 2026).odd
    assert any(said.startswith(words) for said in odd), odd


def test_two_holidays_that_fall_together_are_reckoned_together():
    text = "国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。"
    assert not any("调休" in said for said in notice.read(text, 2025).odd)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("：", "。"),
        ("：", "　"),
        ("：", ""),
        ("一、", "（一）"),
        ("一、", "1."),
        ("一、", "1．"),
        ("天。1月4日", "天，1月4日"),
        ("天。1月4日", "天\n1月4日"),
        ("至23日（农历", "至\n23日（农历"),
        ("至", "—"),
    ],
)
def test_reads_the_other_ways_a_notice_is_set_out(before, after):
    assert notice.read(NOTICE_2026.replace(before, after), 2026) == notice.read(NOTICE_2026, 2026)


def test_a_notice_may_begin_in_december_as_those_of_2019_and_2023_did():
    text = "一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（周六）上班。"
    reading = notice.read(text, 2019)
    assert reading.wrong == ()
    assert [(day.day.isoformat(), day.kind.label) for day in reading.days] == [
        ("2018-12-29", "班"), ("2018-12-30", "休"), ("2018-12-31", "休"), ("2019-01-01", "休"),
    ]  # fmt: skip
