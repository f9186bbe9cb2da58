import pytest

from odr_desk.sheets import reading


@pytest.fixture
def in_this_process(monkeypatch):
    """Spare a test the child process that looks at foreign templates first."""
    monkeypatch.setattr(reading, "probe_template", lambda _path: None)
