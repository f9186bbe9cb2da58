import sys

from odr_desk.ui import warming
from odr_desk.ui.warming import Warming


def test_modules_are_imported_one_at_a_time_and_then_it_says_so(qtbot, monkeypatch):
    imported, done = [], []
    monkeypatch.setattr(warming.importlib, "import_module", _noting(imported, warming.importlib.import_module))
    made = Warming(lambda: done.append(list(imported)), packages=("rules", "ui.cases"))
    assert imported == []
    made.begin()
    qtbot.waitUntil(lambda: done != [], timeout=20_000)
    assert {"odr_desk.rules.case", "odr_desk.ui.cases.page"} <= set(imported)
    assert "odr_desk.ui.cases.page" in sys.modules


def _noting(names, real):
    def note(name):
        names.append(name)
        return real(name)

    return note


def test_samples_and_child_processes_stay_out():
    names = list(warming._modules(("services", "sheets")))
    assert "odr_desk.services.cases" in names
    assert not [name for name in names if any(word in name for word in ("bulk", "demo", "training", "child"))]


def test_every_package_named_is_there():
    for package in warming.PACKAGES:
        assert list(warming._modules((package,)))
