"""Call scripts: what to ask the consumer or the merchant about a kind of trouble, point by point."""

from dataclasses import dataclass

from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import Party
from odr_desk.rules.fields import choice, text
from odr_desk.rules.parsing import check

LONGEST = 24
MOST = 8
ASKED = (Party.CONSUMER, Party.MERCHANT)
_MARK = "："


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptDraft:
    """The points of one script, one a line; without a problem it serves where there is none of its own."""

    problem: str = choice("问题类别", options="problems")
    party: Party | None = choice("问谁", options=Party, required=True)
    points: str = text("要点", max_length=1000, multiline=True, hint="一行一点，三到八点")


def check_script(draft: ScriptDraft) -> tuple[str, ...]:
    """Return the points; raise Invalid when there are too many or one is too long to stand in a line."""
    check(draft)
    if draft.party not in ASKED:
        raise Invalid.of("party", "提纲只分问消费者和问商户")
    points = tuple(line.strip().rstrip(_MARK) for line in draft.points.splitlines() if line.strip())
    if len(points) > MOST:
        raise Invalid.of("points", f"有 {len(points)} 点，最多 {MOST} 点；只留非问不可的")
    for place, point in enumerate(points, start=1):
        if len(point) > LONGEST:
            raise Invalid.of("points", f"第 {place} 点有 {len(point)} 字，最多 {LONGEST} 字")
    if len(set(points)) < len(points):
        raise Invalid.of("points", "有两点一样，请删去一点")
    return points


def is_ticked(note: str, point: str) -> bool:
    """Tell whether a note has a line for this point."""
    return any(line.startswith(f"{point}{_MARK}") for line in note.splitlines())


def ticked(note: str, point: str) -> str:
    """Return the note with a line for this point at its end, open for the answer."""
    start = f"{note.rstrip()}\n" if note.strip() else ""
    return f"{start}{point}{_MARK}"


def unticked(note: str, point: str) -> str:
    """Return the note without the line for this point, unless an answer stands there already."""
    return "\n".join(line for line in note.splitlines() if line.rstrip() != f"{point}{_MARK}")
