"""One window for a data folder: a second start rings here, and the first window comes to the front."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 1000


class Doorbell(QObject):
    """Listens under a name made from the folder; held by the program that has claimed it."""

    rung = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_visitor)
        QLocalServer.removeServer(_name(folder))  # left by a program that was killed; the claim says that it is gone
        self.listens = self._server.listen(_name(folder))

    def close(self) -> None:
        """Hear nobody any more."""
        self._server.close()

    def _on_visitor(self) -> None:
        while (visitor := self._server.nextPendingConnection()) is not None:
            visitor.disconnectFromServer()
            visitor.deleteLater()
            self.rung.emit()


def ring(folder: Path) -> bool:
    """Bring the window that has the folder open to the front; tell whether there is one."""
    visitor = QLocalSocket()
    visitor.connectToServer(_name(folder))
    if not visitor.waitForConnected(_PATIENCE_MS):
        return False
    if visitor.state() != QLocalSocket.LocalSocketState.UnconnectedState:
        visitor.waitForDisconnected(_PATIENCE_MS)
    return True


def _name(folder: Path) -> str:
    return f"odr-desk-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"
