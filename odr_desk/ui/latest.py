"""Questions that outrun their answers: while one is asked, only the newest of the others waits."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from odr_desk.rules.errors import DeskError
from odr_desk.ui.desk import Desk

T = TypeVar("T")


class Latest:
    """Asks for what is typed; an answer that a newer question has overtaken is never shown.

    With `surveys` it asks beside the thread that typing waits for.
    """

    def __init__(self, desk: Desk, owner: QObject, *, surveys: bool = False) -> None:
        self._desk = desk
        self._read = desk.survey if surveys else desk.read
        self._owner = owner
        self._asking = False
        self._waiting: Callable[[], None] | None = None

    def read(
        self,
        op: Callable[[Any], T],
        then: Callable[[T], object],
        failed: Callable[[DeskError], object] | None = None,
    ) -> None:
        """Ask now, or after the question that is under way; replaces one that still waits."""
        if self._asking:
            self._waiting = lambda: self.read(op, then, failed)
            return
        self._asking = True
        refused = failed or self._desk.failed.emit
        self._read(
            self._owner,
            partial(_tried, op),
            lambda answer: self._answer(then, answer),
            lambda error: self._answer(refused, error),
        )

    def forget(self) -> None:
        """Let whatever is under way come to nothing."""
        self._waiting = (lambda: None) if self._asking else None

    def _answer(self, show: Callable[[Any], object], answer: object) -> None:
        self._asking = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
        if isinstance(answer, _Bug):
            raise answer.error
        if waiting is None:
            show(answer)


@dataclass(frozen=True, slots=True)
class _Bug:
    """What went wrong with a question: it is raised where it was asked, and the next one can be asked all the same."""

    error: Exception


def _tried(op: Callable[[Any], T], work: object) -> T | _Bug:
    try:
        return op(work)
    except DeskError:
        raise
    except Exception as error:  # noqa: BLE001 - raised again by whoever asked
        return _Bug(error)
