"""Log files: ids and places in the program, never what was typed or who somebody is."""

import faulthandler
import logging
import logging.handlers
import queue
from collections.abc import Callable
from pathlib import Path

from typing_extensions import override

from odr_desk.rules import masking, tracing

FILE = "odr-desk.log"
CRASH = "crash.log"
_SIZE, _KEPT = 1 << 20, 5
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


class Masking(logging.Filter):
    """Replaces telephones, identity and card numbers in whatever is about to be written; of an error no words stay."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the finished text, since its arguments may hold numbers, and tell an error by its kinds and places."""
        record.msg, record.args = masking.in_text(record.getMessage()), None
        error = record.exc_info[1] if record.exc_info else None
        record.exc_text = tracing.told(error) if error is not None else None
        record.exc_info = None
        return True


def begin(folder: Path) -> Callable[[], None]:
    """Write warnings and worse to a file in the folder, through a queue; return how to end it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / FILE, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    file.setFormatter(logging.Formatter(_FORMAT))
    waiting: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    entrance = logging.handlers.QueueHandler(waiting)
    entrance.addFilter(Masking())
    writer = logging.handlers.QueueListener(waiting, file)
    writer.start()
    root = logging.getLogger()
    root.addHandler(entrance)

    def end() -> None:
        root.removeHandler(entrance)
        writer.stop()
        file.close()

    return end


def watch_for_crashes(folder: Path) -> tuple[Path | None, Callable[[], None]]:
    """Have a crash of the interpreter written down; return what the last one left, set aside, and how to end."""
    folder.mkdir(parents=True, exist_ok=True)
    path, left = folder / CRASH, None
    if path.exists() and path.stat().st_size:
        left = path.replace(folder / f"crash-{int(path.stat().st_mtime)}.log")
    file = path.open("w", encoding="utf-8")
    faulthandler.enable(file)

    def end() -> None:
        faulthandler.disable()
        file.close()

    return left, end
