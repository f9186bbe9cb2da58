"""The training copy: a data folder of its own beside the real one, filled once and kept apart."""

import shutil
from collections.abc import Callable
from pathlib import Path

from odr_desk.services import demo
from odr_desk.store import place, schema
from odr_desk.store.database import Database

Fill = Callable[[Database], None]


def prepare(folder: Path, fill: Fill = demo.fill) -> Path:
    """Return the folder of the training copy, made if it is not there yet.

    It is built under another name and renamed when it is whole, so that a power cut leaves no half
    of it behind.
    """
    if place.is_used(folder):
        return folder
    building = folder.with_name(f"{folder.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    place.prepare(building)
    schema.create(building / place.FILE)
    database = Database(building / place.FILE)
    try:
        fill(database)
    finally:
        database.close()
    if folder.exists():
        shutil.rmtree(folder)
    building.rename(folder)
    return folder
