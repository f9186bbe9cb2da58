"""Python's collector of cycles, kept on the GUI thread.

By itself it runs in whatever thread happens to allocate; a page that has gone would then be taken
apart on the database thread, and Qt does not survive that.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class Garbage(QObject):
    """Collects on the thread that made it, as often as Python would have done by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._again = QTimer(self, interval=_EVERY_MS)
        self._again.timeout.connect(self.collect)
        self._again.start()

    def collect(self) -> None:
        """Collect the oldest generation whose threshold has been passed."""
        due = [
            age
            for age, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most
        ]
        if due:
            gc.collect(due[-1])

    def settle(self) -> None:
        """Count what is there now, modules above all, as staying: later collections pass over it."""
        gc.collect()
        gc.freeze()

    def end(self) -> None:
        """Give the collector back to Python."""
        self._again.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()
