"""Days that do not count, and a day the desk sets itself: both with their reason, neither changes the law."""

from dataclasses import dataclass
from datetime import date

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.fields import day, text
from odr_desk.rules.parsing import check


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseDraft:
    """A stretch in which the clock stands still, both ends included; without an end it is still running."""

    since: date | None = day("从哪天起不计", required=True, hint="送检那天，当天不计")
    until: date | None = day("到哪天为止", hint="还没有结果就空着")
    reason: str = text("原因", required=True, max_length=200, hint="送什么、去哪里检测或鉴定")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDraft:
    """A due day of the desk's own; an empty day takes it away."""

    due: date | None = day("内部期限", hint="空着为取消")
    reason: str = text("原因", required=True, max_length=200)

    @property
    def words(self) -> str:
        """Return it as one reads it."""
        return f"{self.due}（{self.reason}）" if self.due is not None else "没有内部期限"


def check_pause(draft: PauseDraft, received_on: date, today: date) -> None:
    """Raise Invalid unless the stretch lies between the complaint and today, the right way round."""
    check(draft)
    problems: list[Problem] = []
    if draft.since is not None and draft.since < received_on:
        problems.append(Problem("since", f"暂停从 {draft.since} 起，早于收到投诉的 {received_on}，请核对"))
    if draft.since is not None and draft.since > today:
        problems.append(Problem("since", f"{draft.since} 还没有到，送检那天再记"))
    problems += _wrong_end(draft, today)
    if problems:
        raise Invalid(tuple(problems))


def _wrong_end(draft: PauseDraft, today: date) -> list[Problem]:
    if draft.until is None or draft.since is None:
        return []
    if draft.until < draft.since:
        return [Problem("until", f"截止日 {draft.until} 早于起始日 {draft.since}，请核对")]
    if draft.until > today:
        return [Problem("until", f"{draft.until} 还没有到；还没有结果就空着，有了结果再“恢复计时”")]
    return []
