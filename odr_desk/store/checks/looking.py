"""What a check is given, and how it says what it found."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from odr_desk.store.chain import Seal


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it must be; `object` names the record, empty when it concerns the whole file."""

    invariant: str
    object: str
    message: str


@dataclass(frozen=True, slots=True)
class Look:
    """The state to look at; `full` looks at everything, else at what fits into seconds."""

    connection: Connection
    folder: Path
    full: bool
    known_seals: tuple[Seal, ...] = ()
    deadline: float | None = None
    report: Callable[[int], object] = lambda _done: None

    @property
    def is_late(self) -> bool:
        """Tell whether a quick look has used its time up."""
        return self.deadline is not None and time.monotonic() > self.deadline


Finding = tuple[str, str]
"""The record and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One promise and the function that looks whether it is kept."""

    code: str
    label: str
    run: Callable[[Look], Iterator[Finding]]
