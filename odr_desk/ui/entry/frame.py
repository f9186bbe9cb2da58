"""What every screen before the pages stands in: the middle of the window, scrolling where it is too low."""

from PySide6.QtWidgets import QLayout, QWidget

from odr_desk.ui.widgets.boxes import column, on_ground, panel, row, scroll

NARROW = 340
WIDE = 720


class Gate(QWidget):
    """A screen that stands alone in the window until somebody is let through."""

    def __init__(self) -> None:
        super().__init__()
        on_ground(self, "window")

    def begin(self) -> None:
        """Put the cursor where the person goes on."""

    def stand(self, content: QLayout, width: int) -> None:
        """Show the content in the middle of the window."""
        middle = row(None, panel(content, width=width), None)
        self.setLayout(column(scroll(column(None, middle, None, margins=(16, 16, 16, 16)))))
