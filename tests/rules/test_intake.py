from datetime import UTC, datetime

import pytest

from odr_desk.rules.case import AgeBand, CaseDraft, IdKind, Level
from odr_desk.rules.intake import remarks
from odr_desk.rules.severity import grave_because

TOLD = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, []),
        ({"age_band": AgeBand.MINOR}, ["guardian"]),
        ({"age_band": AgeBand.MINOR, "guardian": "周父"}, []),
        ({"age_band": AgeBand.UNDER_14, "guardian": "周父"}, ["privacy_notice_at"]),
        ({"age_band": AgeBand.UNDER_14, "guardian": "周父", "privacy_notice_at": TOLD}, []),
        ({"agent": "周母"}, ["agent_letter"]),
        ({"agent": "周母", "agent_letter": True}, []),
        ({"channel": "CH01"}, ["platform_no"]),
        ({"channel": "CH01", "platform_no": "1"}, []),
        ({"id_no": "320205199003070012"}, ["id_no"]),
        ({"id_no": "320205199003070011"}, []),
        ({"id_no": "E12345678", "id_type": IdKind.PASSPORT}, []),
        ({"facts": "孩子在滑梯上磕破了额头"}, ["level"]),
        ({"facts": "孩子在滑梯上磕破了额头", "level": Level.NORMAL}, []),
    ],
)
def test_what_the_desk_is_reminded_of(given, fields):
    assert [remark.field for remark in remarks(CaseDraft(**given), 1)] == fields


@pytest.mark.parametrize(
    ("given", "recent"),
    [
        ({"facts": "面霜过敏，去医院花了三百"}, 1),
        ({"facts": "吃完上吐下泻，食物中毒"}, 1),
        ({"facts": "馄饨里吃出钢丝"}, 1),
        ({"facts": "汤里有虫"}, 1),
        ({"facts": "回家一家三口上吐下泻"}, 1),
        ({"facts": "老板卷款走人"}, 1),
        ({"facts": "小孩被推车夹到手"}, 1),
        ({"facts": "摔了一跤", "age_band": AgeBand.UNDER_14}, 1),
        ({}, 5),
        ({"channel": "CH10"}, 1),
        ({"amount": 1_000_000}, 1),
        ({"facts": "门店人去楼空，老板失联"}, 1),
        ({"facts": "保安要搜包"}, 1),
        ({"facts": "店员当众辱骂"}, 1),
    ],
)
def test_every_ground_of_a_grave_case_is_named(given, recent):
    assert grave_because(CaseDraft(**given), recent)


def test_an_ordinary_case_is_not_grave():
    assert grave_because(CaseDraft(facts="鞋子开胶，要求换货", amount=59_900), 4) == ()
