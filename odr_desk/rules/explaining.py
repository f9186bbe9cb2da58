"""Telling the consumer that there is no settlement, and which ways remain (消保法39)."""

from dataclasses import dataclass
from datetime import datetime

from odr_desk.rules import words
from odr_desk.rules.errors import Invalid
from odr_desk.rules.fields import choice, flag, moment, text
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import check


class Told(Word):
    """How the consumer was told; the values are those of the timeline."""

    CALL = "call", "电话"
    VISIT = "visit", "当面"
    WECHAT = "wechat", "微信"
    LETTER = "letter", "书面"


class Route(Word):
    """A way that is left once settling has not led there, in the order of the law."""

    MEDIATION = "mediation", words.REMEDIES[1]
    COMPLAINT = "complaint", words.REMEDIES[2]
    ARBITRATION = "arbitration", words.REMEDIES[3]
    LAWSUIT = "lawsuit", words.REMEDIES[4]


_SECTION = "已告知的途径"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainDraft:
    """When, how and by whom the consumer was told, what was said, and which ways were named."""

    at: datetime | None = moment("说明时间", required=True)
    mode: Told | None = choice("方式", options=Told, required=True)
    by: str = text("说明人", max_length=30, hint="空着为本人")
    text: str = text("说了什么", required=True, max_length=1000, multiline=True)
    mediation: bool = flag(Route.MEDIATION.label, _SECTION)
    complaint: bool = flag(Route.COMPLAINT.label, _SECTION)
    arbitration: bool = flag(Route.ARBITRATION.label, _SECTION)
    lawsuit: bool = flag(Route.LAWSUIT.label, _SECTION)

    @property
    def routes(self) -> tuple[Route, ...]:
        """Return the ways that were named."""
        return tuple(route for route in Route if getattr(self, route.value))


def check_explanation(draft: ExplainDraft, now: datetime) -> None:
    """Raise Invalid unless this may be noted."""
    check(draft)
    assert draft.at is not None  # noqa: S101 - required, checked before
    if draft.at > now:
        raise Invalid.of("at", "说明时间在现在之后，请核对时间")
    if not draft.routes:
        raise Invalid.of("mediation", f"请勾选告知了哪些途径（{words.CONSUMER_LAW_39}）")
