"""Draws every scene at every size, light and dark, from a mall without cases and from the training copy.

`python packaging/shots.py [folder] [--only words] [--size 1366x697] [--mode light]`
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication  # noqa: E402
from scenes import SCENES  # noqa: E402
from stage import Scene, Stage  # noqa: E402

from odr_desk.rules.people import PROGRAM  # noqa: E402
from odr_desk.services import demo, people, setup  # noqa: E402
from odr_desk.store import schema  # noqa: E402
from odr_desk.store.database import Database  # noqa: E402
from odr_desk.store.place import FILE  # noqa: E402
from odr_desk.ui import language  # noqa: E402
from odr_desk.ui.garbage import Garbage  # noqa: E402
from odr_desk.ui.theme import Density, Mode  # noqa: E402
from odr_desk.ui.wardrobe import Wardrobe  # noqa: E402

SIZES = ("1366x697", "1280x649", "1920x1009")
MODES = ("light", "dark")


def main(arguments: list[str]) -> int:
    """Draw what was asked for; answer 1 when a scene could not be reached."""
    wanted = _arguments(arguments)
    app = QApplication([])
    language.speak_chinese(app)
    garbage = Garbage(app)
    wardrobe = Wardrobe(app)
    scenes = [scene for scene in SCENES if wanted.only in f"{scene.name}-{scene.state}"]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for fill, group in ((_empty, _of(scenes, "empty")), (demo.fill, _of(scenes, "filled", "error"))):
            if not group:
                continue
            with _data(Path(folder) / fill.__name__, fill) as database:
                for mode in wanted.mode:
                    wardrobe.wear(Mode(mode), Density.COMPACT)
                    for size in wanted.size:
                        failed += draw(database, wardrobe, group, size, wanted.folder / size / mode)
    garbage.end()
    return 1 if failed else 0


def draw(database: Database, wardrobe: Wardrobe, scenes: Iterable[Scene], size: str, folder: Path) -> int:
    """Draw scenes at one size; answer how many could not be reached."""
    stage = Stage(database, people.log_in(database, demo.FIRST_LOGIN, demo.PASSWORD).actor, wardrobe)
    wide, high = map(int, size.split("x"))
    stage.window.resize(wide, high)
    stage.window.show()
    failed = 0
    for scene in scenes:
        stage.clear()
        file = folder / f"{scene.name}-{scene.state}.png"
        try:
            scene.reach(stage)
        except LookupError as error:
            failed += 1
            print(f"{file}: {error}", file=sys.stderr)
            continue
        stage.draw(file)
        if (stage.window.width(), stage.window.height()) != (wide, high):
            failed += 1
            print(f"{file}: grew to {stage.window.width()}x{stage.window.height()}", file=sys.stderr)
    stage.close()
    return failed


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "shots")
    parser.add_argument("--only", default="", help="draw scenes with these words in their name")
    parser.add_argument("--size", nargs="+", default=SIZES)
    parser.add_argument("--mode", nargs="+", default=MODES, choices=MODES)
    return parser.parse_args(arguments)


def _of(scenes: Iterable[Scene], *states: str) -> list[Scene]:
    return [scene for scene in scenes if scene.state in states]


@contextmanager
def _data(folder: Path, fill: Callable[[Database], object]) -> Iterator[Database]:
    folder.mkdir()
    schema.create(folder / FILE)
    database = Database(folder / FILE)
    fill(database)
    try:
        yield database
    finally:
        database.close()


def _empty(database: Database) -> None:
    with database.writing(PROGRAM, "setup") as work:
        setup.set_up(work, demo.MALL, demo.STAFF[0])
        for draft in demo.STAFF[1:]:
            people.add(work, draft, must_change=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
