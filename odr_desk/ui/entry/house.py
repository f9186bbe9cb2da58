"""What the screens before the login may ask of the program around them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from odr_desk.ui.window import Window


@dataclass(frozen=True, slots=True)
class House:
    """The window to stand in, the data folder behind it, and how to go to another one.

    `is_new` tells that the folder has no database yet: the Desk makes one when it is first asked.
    `move_to` closes this folder and opens another one in the same program, for the training copy
    and back. `entered` is called when somebody has logged in and the pages are shown.
    """

    window: Window
    folder: Path
    is_new: bool
    move_to: Callable[[Path], object]
    entered: Callable[[], object]
