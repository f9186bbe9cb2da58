"""What to ask in a call: the scripts of the desk by problem and party."""

from dataclasses import dataclass

from sqlalchemy import select

from odr_desk.model.wording import CallScript
from odr_desk.rules.call_script import ScriptDraft, check_script
from odr_desk.rules.people import Right
from odr_desk.services import codes
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class Script:
    """The points for one problem and one party; an empty problem stands for all without their own."""

    problem: str
    party: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scripts:
    """Every script of the desk."""

    all: tuple[Script, ...]

    def for_call(self, problem: str, party: str) -> Script | None:
        """Return the script for a call: that of the problem, else the general one, none without points."""
        of_party = {script.problem: script for script in self.all if script.party == party and script.points}
        return of_party.get(problem, of_party.get(""))


def read(work: Work) -> Scripts:
    """Return every script, the general ones first."""
    work.actor.require(Right.READ_CASES)
    chosen = select(CallScript).order_by(CallScript.problem, CallScript.party)
    return Scripts(
        tuple(Script(s.problem, s.party, tuple(s.points.splitlines())) for s in work.session.scalars(chosen))
    )


def save(work: Work, draft: ScriptDraft) -> None:
    """Keep the points of a script; without points the general one serves in its place."""
    work.actor.require(Right.WRITE_CASES)
    points = check_script(draft)
    assert draft.party is not None  # noqa: S101 - required, checked before
    problem = codes.require(work, "problems", draft.problem, "problem", "问题类别")
    chosen = select(CallScript).where(CallScript.problem == problem, CallScript.party == draft.party.value)
    script = work.session.scalars(chosen).one_or_none()
    if script is None:
        script = CallScript(problem=problem, party=draft.party.value)
        work.session.add(script)
    script.points = "\n".join(points)
