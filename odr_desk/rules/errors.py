"""What can go wrong and be said to the person at the desk.

A DeskError is something the user can understand and act on: its text is complete Chinese.
Everything else that is raised is a bug.
"""

from dataclasses import dataclass
from typing import ClassVar


class DeskError(Exception):
    """The root of all refusals; `code` is the word the automation port answers with."""

    code: ClassVar[str] = "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field."""

    field: str
    text: str


class Invalid(DeskError):
    """Something entered cannot be taken; `problems` names the fields."""

    code = "invalid"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("；".join(problem.text for problem in problems))
        self.problems = problems

    @classmethod
    def of(cls, field: str, text: str) -> "Invalid":
        """Return the refusal of a single field."""
        return cls((Problem(field, text),))


class Missing(DeskError):
    """What was asked for is not there (any more)."""

    code = "not_found"


class NotAllowed(DeskError):
    """This person may not do this."""

    code = "denied"


class LoginRefused(DeskError):
    """Nobody is logged in, or name and password do not fit, or the account is locked."""

    code = "login"


class Conflict(DeskError):
    """Somebody else changed the record meanwhile; `detail` holds both versions."""

    code = "conflict"

    def __init__(self, text: str, detail: dict[str, object] | None = None) -> None:
        super().__init__(text)
        self.detail = detail or {}


class IllegalMove(DeskError):
    """Not possible in the present state; `legal` lists the codes of what is."""

    code = "state"

    def __init__(self, text: str, legal: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.legal = legal


class UnsafeFile(DeskError):
    """A file given to the program is damaged, too large or not of the kind it claims."""

    code = "unsafe_file"


class Trouble(DeskError):
    """Disk, printer or database did not do their part; `saved` is true, false or unknown."""

    code = "storage"

    def __init__(self, what: str, advice: str, saved: str = "false") -> None:
        super().__init__(f"{what}{advice}")
        self.what = what
        self.advice = advice
        self.saved = saved
