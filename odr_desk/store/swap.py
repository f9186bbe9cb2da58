"""Putting a finished file in the place of the live one, so that after a crash one of the two is there, whole.

The finished file gets the name `desk.db.next`; from that moment the exchange is decided, and
`finish`, called again at every start, completes what was interrupted.
"""

from datetime import UTC, datetime
from pathlib import Path

from odr_desk.store import schema
from odr_desk.store.place import FILE, REPLACED

_NEXT = f"{FILE}.next"
_BUILDING = f"{FILE}.building"


def building(folder: Path) -> Path:
    """Return the name under which the next file is built; what an earlier attempt left there is gone."""
    path = folder / _BUILDING
    schema.discard(path)
    return path


def put(built: Path) -> Path | None:
    """Put a finished file in the place of the live one, which is closed; return the folder the live one is now in."""
    folder = built.parent
    schema.flush_file(built)
    built.replace(folder / _NEXT)
    schema.flush_folder(folder)
    return finish(folder)


def finish(folder: Path) -> Path | None:
    """Complete an interrupted exchange and return the folder of the old file; None when nothing was to be done."""
    coming = folder / _NEXT
    if not coming.exists():
        return None
    aside = folder / REPLACED / f"{datetime.fromtimestamp(coming.stat().st_mtime, UTC):%Y%m%d-%H%M%S-%f}"
    # The journals go first: a write-ahead log that outlives its database would be read into the new one.
    for file in filter(Path.exists, schema.family(folder / FILE)):
        aside.mkdir(parents=True, exist_ok=True)
        file.replace(aside / file.name)
        schema.flush_folder(folder)
    coming.replace(folder / FILE)
    schema.flush_folder(folder)
    return aside if aside.exists() else None
