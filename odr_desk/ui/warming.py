"""Importing what the first page needs while the login is on the screen, a little at a time so that typing goes on."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView

PACKAGES = (
    "rules", "papers", "sheets", "services", "ui.widgets", "ui", "ui.dashboard", "ui.cases", "ui.finding",
    "ui.merchants", "ui.settlements", "ui.transfers", "ui.papers", "ui.reports", "ui.imports", "ui.admin",
)  # fmt: skip
LEFT_OUT = ("bulk", "demo", "training", "child")  # samples, and what runs in processes of its own


class Warming(QObject):
    """Imports one module each time the event loop has nothing else to do."""

    def __init__(
        self, then: Callable[[], object], packages: Sequence[str] = PACKAGES, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._then = then
        self._modules = _modules(packages)
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._step)

    def begin(self) -> None:
        """Start when the data are open: from then on services are cheap to import."""
        self._next.start()

    def _step(self) -> None:
        module = next(self._modules, None)
        if module is not None:
            importlib.import_module(module)
            return
        self._next.stop()
        QTableView().viewport()  # makes PySide build the enums that every list needs
        self._then()


def _modules(packages: Sequence[str]) -> Iterator[str]:
    for package in packages:
        path = importlib.import_module(f"odr_desk.{package}").__path__
        for found in pkgutil.iter_modules(path, f"odr_desk.{package}."):
            if not found.ispkg and not any(word in found.name.rpartition(".")[2] for word in LEFT_OUT):
                yield found.name
