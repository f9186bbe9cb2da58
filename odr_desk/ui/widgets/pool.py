"""Widgets that are filled again: to make and dress one anew costs about ten times what its words do."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

Made = TypeVar("Made", bound=QWidget)


class Pool(Generic[Made]):
    """Hands out widgets of one kind for what is shown anew; those left over are hidden until they are needed."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: list[Made] = []
        self._taken = 0

    def gather(self) -> None:
        """Begin again: all of them are free."""
        self._taken = 0

    def put(self, layout: QBoxLayout) -> Made:
        """Return the next one, moved to the end of the layout."""
        if self._taken == len(self._made):
            self._made.append(self._make())
        found = self._made[self._taken]
        self._taken += 1
        layout.addWidget(found)
        found.show()
        return found

    def hide_rest(self) -> None:
        """Hide those that were not wanted this time."""
        for left in self._made[self._taken :]:
            left.hide()
