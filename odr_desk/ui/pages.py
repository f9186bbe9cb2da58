"""The pages in the order of the rail; each is imported when it is first opened."""

from collections.abc import Callable
from dataclasses import dataclass

from odr_desk.rules.people import Right
from odr_desk.ui.screen import Screen, Shell


@dataclass(frozen=True, slots=True)
class Page:
    """One entry of the rail; `short` is for the narrow rail, `last` stands at its foot."""

    code: str
    title: str
    icon: str
    make: Callable[[Shell], Screen]
    right: Right | None = None
    short: str = ""
    last: bool = False


PAGES: tuple[Page, ...] = ()
