"""What tests of screens share: the dressed application, a door that works at once, answered questions."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog

from odr_desk.rules.errors import DeskError
from odr_desk.rules.people import Actor
from odr_desk.ui import ask, language, theme
from odr_desk.ui.desk import Desk
from odr_desk.ui.pages import PAGES
from odr_desk.ui.screen import Layout, LongWork
from odr_desk.ui.wardrobe import Wardrobe
from tests.ui.looks import dump


def fulfil(future: Future, fn: Callable[[], Any]) -> None:
    try:
        future.set_result(fn())
    except BaseException as error:  # noqa: BLE001 - a Future keeps whatever happened
        future.set_exception(error)


class AtOnce:
    """Does the work in the caller's own thread."""

    def submit(self, fn: Callable[[], Any]) -> Future:
        future: Future = Future()
        fulfil(future, fn)
        return future

    def shutdown(self) -> None:
        """Have nothing to stop."""


class Later(AtOnce):
    """Does the work when it is told to."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], Any], Future]] = []

    def submit(self, fn: Callable[[], Any]) -> Future:
        future: Future = Future()
        self._waiting.append((fn, future))
        return future

    def work(self) -> None:
        """Do everything that waits, in its order, and what its answers ask for."""
        while self._waiting:
            fn, future = self._waiting.pop(0)
            fulfil(future, fn)


class Asked:
    """Stands in for the person: records every question and gives the answers laid out before."""

    def __init__(self) -> None:
        self.answers: list[bool] = []
        self.paths: list[Path | None] = []
        self.titles: list[str] = []
        self.texts: list[str] = []
        self.dialogs: list[QDialog] = []
        self.fill: Callable[[QDialog], object] = lambda _dialog: None

    def wait(self, dialog: QDialog) -> bool:
        self.titles.append(dialog.windowTitle())
        dialog.setModal(False)
        dialog.show()
        self.fill(dialog)
        self.texts.append(dump(dialog))
        dialog.hide()
        dialog.deleteLater()
        return self.answers.pop(0)

    def show(self, dialog: QDialog) -> None:
        self.titles.append(dialog.windowTitle())
        self.dialogs.append(dialog)
        dialog.setModal(False)
        dialog.show()

    def path(self, _parent: object, title: str, *_: object) -> Path | None:
        self.titles.append(title)
        return self.paths.pop(0)


class RecordingShell:
    """A window for a page under test that remembers what the page asked of it."""

    def __init__(self, desk: Desk, wardrobe: Wardrobe | None = None) -> None:
        self.desk = desk
        self.wardrobe = wardrobe
        self.opened: list[tuple[str, object]] = []
        self.found: list[str] = []
        self.said: list[str] = []
        self.undo: Callable[[], object] | None = None
        self.refused: list[DeskError] = []
        self.again: Callable[[], object] | None = None
        self.layouts: dict[str, Layout] = {}
        self.running: list[str] = []
        desk.failed.connect(self.refuse)

    def open(self, page: str, record: object = None) -> None:
        self.opened.append((page, record))

    def title_of(self, page: str) -> str:
        return next(known.title for known in PAGES if known.code == page)

    def look_for(self, words: str = "") -> None:
        self.found.append(words)

    def dress(self, mode: theme.Mode, density: theme.Density) -> None:
        self.layouts["look"] = {"mode": mode.value, "density": density.value}

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        self.said.append(text)
        self.undo = undo

    def lead(self, text: str, link: str, go: Callable[[], object]) -> None:
        self.said.append(text)
        self.undo = go

    def refuse(self, error: DeskError, again: Callable[[], object] | None = None) -> None:
        self.refused.append(error)
        self.again = again

    def run(self, text: str, *, cancellable: bool = True) -> LongWork:
        self.running.append(text)
        return LongWork(self.desk.progress(self.desk, lambda _done, _total: None), lambda: self.running.remove(text))

    def layout_of(self, name: str) -> Layout | None:
        return self.layouts.get(name)

    def keep_layout(self, name: str, layout: Layout) -> None:
        self.layouts[name] = layout


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """Dress the application once, as the program does."""
    language.speak_chinese(qapp)
    theme.apply(qapp, theme.read())
    return qapp


@pytest.fixture(scope="session")
def wardrobe(dressed: QApplication) -> Wardrobe:
    """The look, light and compact; a test that changes it puts it back."""
    return Wardrobe(dressed, theme.Mode.LIGHT, theme.Density.COMPACT)


@pytest.fixture
def roomiest(wardrobe: Wardrobe) -> Iterator[None]:
    """The largest rows and type, put back afterwards."""
    wardrobe.wear(theme.Mode.LIGHT, theme.Density.LARGE)
    yield
    wardrobe.wear(theme.Mode.LIGHT, theme.Density.COMPACT)


@pytest.fixture(autouse=True)
def tidy(dressed: QApplication):
    """Fail a test that leaves a window on the screen, and let what it has put away go.

    Only an event loop does what `deleteLater` asks; without one every window of a run would live to its end and be
    dressed anew with each change of the look.
    """
    yield
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert left == []


@pytest.fixture
def who(manager) -> Actor:
    """The person at the desk; a page of somebody else's has its own."""
    return manager


@pytest.fixture
def desk(dressed, database, who):
    """A door that does its work before the call returns."""
    made = Desk(lambda: database, who, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
    yield made
    made.close()


@pytest.fixture
def later(desk, monkeypatch) -> Later:
    """Let the door do its work only when it is told to."""
    runner = Later()
    monkeypatch.setattr(desk, "_runner", runner)
    return runner


@pytest.fixture
def shell(desk, wardrobe) -> RecordingShell:
    """A window that records what a page asks of it."""
    return RecordingShell(desk, wardrobe)


@pytest.fixture
def asked(monkeypatch) -> Asked:
    """Answer questions instead of opening boxes."""
    stand_in = Asked()
    monkeypatch.setattr(ask, "wait", stand_in.wait)
    monkeypatch.setattr(ask, "show", stand_in.show)
    for name in ("open_file", "open_files", "save_file", "folder"):
        monkeypatch.setattr(ask, name, stand_in.path)
    yield stand_in
    for dialog in stand_in.dialogs:
        if dialog.isVisible():
            dialog.close()
