"""The same step on many cases: one transaction, by the rules of the single step, and undone as one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from odr_desk.rules.errors import Conflict, IllegalMove, Invalid, Missing
from odr_desk.rules.people import Right
from odr_desk.services import handling, tags
from odr_desk.store.database import Work

MOST = 500
"""Cases in one step: what is done in about two seconds, and what somebody can still answer for."""
_SHOWN = 5
_OF_THIS_CASE = (Missing, IllegalMove, Conflict)
"""What a single case refuses; everything else speaks of the step and stops it."""

Deed = Callable[[Work, str], object]
Progress = Callable[[int, int], object]
Seen = Mapping[str, int]
"""The version of each case that somebody was looking at, by its number."""
NOT_SEEN: Seen = {}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A case that cannot be treated so, and why; `detail` holds both versions where somebody else was faster."""

    case_no: str
    code: str
    text: str
    detail: Mapping[str, object] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, object]:
        """Return it as the port says it."""
        detail = {"detail": self.detail} if self.detail else {}
        return {"case_no": self.case_no, "code": self.code, "message": self.text, **detail}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the cases."""

    done: tuple[str, ...]
    refused: tuple[Refusal, ...]


class SomeRefuse(Conflict):
    """Some of the cases cannot be treated so; nothing was changed, whoever asked may leave them out."""

    def __init__(self, refused: tuple[Refusal, ...], asked: int) -> None:
        first = "；".join(f"{one.case_no}：{one.text}" for one in refused[:_SHOWN])
        more = f"；另有 {len(refused) - _SHOWN} 件" if len(refused) > _SHOWN else ""
        detail: dict[str, object] = {"refused": [one.said for one in refused]}
        super().__init__(f"{asked} 件里有 {len(refused)} 件不能这样办，一件都没有改。{first}{more}", detail)
        self.refused = refused
        self.asked = asked


def assign(user_id: int, seen: Seen = NOT_SEEN) -> Deed:
    """Return the step that gives a case to somebody; one that has been given away since refuses."""
    return lambda work, number: handling.assign(work, number, user_id, seen.get(number))


def next_step(text: str, due: date | None, seen: Seen = NOT_SEEN) -> Deed:
    """Return the step that says what comes next; a case whose next step has been changed since refuses."""
    return lambda work, number: handling.set_next_step(work, number, text, due, seen.get(number))


def tag(add: Sequence[str], remove: Sequence[str]) -> Deed:
    """Return the step that puts tags on a case and takes others off."""
    return lambda work, number: tags.change(work, number, add, remove)


def run(
    work: Work, numbers: Sequence[str], deed: Deed, *, rest: bool = False, progress: Progress | None = None
) -> Result:
    """Do a step on each case; raise SomeRefuse when cases refuse it, unless the rest is wanted all the same.

    A deed checks before it changes anything, so that a case that refuses is left as it was.
    """
    work.actor.require(Right.WRITE_CASES)
    asked = tuple(dict.fromkeys(numbers))
    if not asked:
        raise Invalid.of("case_nos", "请先选要办的投诉件")
    if len(asked) > MOST:
        raise Invalid.of("case_nos", f"一次最多办 {MOST} 件，现在是 {len(asked):,} 件，请分几次")
    done, refused = [], []
    for at, number in enumerate(asked):
        if progress is not None:
            progress(at, len(asked))
        try:
            deed(work, number)
            done.append(number)
        except _OF_THIS_CASE as error:
            refused.append(Refusal(number, error.code, str(error), getattr(error, "detail", {})))
    if refused and (not rest or not done):
        raise SomeRefuse(tuple(refused), len(asked))
    return Result(tuple(done), tuple(refused))
