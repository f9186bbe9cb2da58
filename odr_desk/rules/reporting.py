"""How the monthly forms are counted where the regulator has not said."""

from dataclasses import dataclass

from odr_desk.rules.fields import choice, number
from odr_desk.rules.labels import Word


class EndedBy(Word):
    """Which cases count as 已处理 in a period."""

    ENDED = "ended", "按办结日期"
    RECEIVED = "received", "按受理日期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """The mall's choices for its monthly forms."""

    ended_by: EndedBy = choice("已处理口径", "月报", options=EndedBy, hint="办结的件归到办结的月份，还是归到受理的月份")
    due_day: int | None = number("报送截止日", "月报", minimum=1, maximum=28, hint="次月几日前报，空着就不提示")


def ended_by(reporting: "Reporting | None") -> EndedBy:
    """Return the choice in force; by the day of ending when nothing was chosen."""
    return EndedBy(reporting.ended_by) if reporting is not None and reporting.ended_by else EndedBy.ENDED


BASIS = {
    EndedBy.ENDED: "已处理、调解成功、挽回经济损失按办结日期统计",
    EndedBy.RECEIVED: "已处理、调解成功、挽回经济损失按受理日期统计",
}
COUNTED = "不含非本场商户、已合并和已删除的件"
