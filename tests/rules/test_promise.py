from datetime import date

import pytest

from odr_desk.rules import calendar
from odr_desk.rules.calendar import DayKind, SpecialDay
from odr_desk.rules.promise import find

TODAY = date(2026, 11, 25)  # a Wednesday
CALENDAR = calendar.make((SpecialDay(date(2026, 11, 30), DayKind.OFF, "示例节"),))


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("店长承诺明天退款", "2026-11-26"),
        ("店长承诺后天上午回电", "2026-11-27"),
        ("店长承诺大后天回电", "2026-11-28"),
        ("店方答应周五前退差价", "2026-11-27"),
        ("店方答应周三退差价", "2026-11-25"),
        ("店方答应周二前换货", "2026-12-01"),
        ("店方答应下周二前换货", "2026-12-01"),
        ("店方答应下下周一换货", "2026-12-07"),
        ("保证12月7日前修好", "2026-12-07"),
        ("保证12-07前修好", "2026-12-07"),
        ("保证2027年1月3号前修好", "2027-01-03"),
        ("承诺1月3日前修好", "2027-01-03"),
        ("承诺30号前修好", "2026-11-30"),
        ("承诺5号前修好", "2026-12-05"),
        ("承诺3天内退款", "2026-11-28"),
        ("承诺三个工作日内退款", "2026-12-01"),
        ("承诺一周内退款", "2026-12-02"),
        ("承诺月底退款", "2026-11-30"),
        ("明天之前，商户承诺退 12.5 元", "2026-11-26"),
        ("承诺退10.50元，周五到账", "2026-11-27"),
    ],
)
def test_the_day_of_a_promise_is_read_as_people_say_it(words, until):
    assert find(words, TODAY, CALENDAR).until == date.fromisoformat(until)


@pytest.mark.parametrize(
    "words",
    [
        "店长明天来",
        "店长承诺会处理",
        "没有答应。明天再谈",
        "店长没有答应明天来",
        "不承诺周五到货",
        "承诺退 12.5 元",
        "承诺2月30日退",
        "",
    ],
)
def test_without_a_day_or_a_word_for_it_there_is_no_promise(words):
    assert find(words, TODAY, CALENDAR) is None


def test_the_sentence_says_who_does_what():
    found = find("已致电陈店长。陈店长承诺周五前退款 1,000 元，\n消费者同意", TODAY, CALENDAR)
    assert found.text == "陈店长承诺周五前退款 1,000 元"
