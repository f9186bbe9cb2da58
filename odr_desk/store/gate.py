"""Lets work through, and can be shut while the file behind it is exchanged."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Condition

from odr_desk.rules.errors import Trouble

PATIENCE = 60.0


class Gate:
    """Counts the work inside; shutting waits until it has left and holds new work back."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._turn = Condition()
        self._inside = 0
        self._shut = False

    @contextmanager
    def passing(self) -> Generator[None]:
        """Go through; wait while it is shut."""
        with self._turn:
            self._wait(lambda: not self._shut)
            self._inside += 1
        try:
            yield
        finally:
            with self._turn:
                self._inside -= 1
                self._turn.notify_all()

    @contextmanager
    def shut(self) -> Generator[None]:
        """Wait until nobody is inside and keep everybody out meanwhile."""
        with self._turn:
            self._wait(lambda: not self._shut)
            self._shut = True
            try:
                self._wait(lambda: self._inside == 0)
            except Trouble:
                self._open()
                raise
        try:
            yield
        finally:
            with self._turn:
                self._open()

    def _open(self) -> None:
        self._shut = False
        self._turn.notify_all()

    def _wait(self, ready: Callable[[], bool]) -> None:
        if not self._turn.wait_for(ready, self._patience):
            raise Trouble("程序正在忙另一件事，这一步没有做。", "请稍等一分钟再试；一直这样就关闭程序后重新打开。")
