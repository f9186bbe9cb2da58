"""What the page of the monthly report may set in a case besides the fields of its draft."""

from dataclasses import dataclass
from datetime import date

from odr_desk.rules.fields import day, money


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingDraft:
    """The end of a case as the report needs it."""

    recovered: int | None = money("挽回经济损失（元）", hint="退款、赔偿、惩罚性赔偿之和，换货价值不计。")
    ended_on: date | None = day("办结日期")
    fed_back_on: date | None = day("反馈平台日期", hint="在平台上点办结反馈的那一天。")
