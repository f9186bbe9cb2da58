import shutil
import subprocess
import sys
from pathlib import Path

from odr_desk import paths


def test_checkout_finds_its_resources():
    assert paths.resource("theme", "tokens.toml").is_file()
    assert paths.resource("fonts", "NotoSerifSC-Regular.ttf").stat().st_size > 10_000_000
    assert paths.resource("reference").is_dir()


def test_installed_package_prefers_the_resources_inside_it(tmp_path):
    package = tmp_path / "odr_desk"
    (package / "resources" / "theme").mkdir(parents=True)
    (package / "resources" / "theme" / "tokens.toml").write_text("", encoding="utf-8")
    for name in ("__init__.py", "paths.py"):
        shutil.copy(paths.PACKAGE / name, package / name)
    said = subprocess.run(
        [sys.executable, "-c", "from odr_desk import paths; print(paths.resource('theme', 'tokens.toml'))"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(said.stdout.strip()) == package / "resources" / "theme" / "tokens.toml"


def test_argument_wins_over_the_variable(monkeypatch, tmp_path):
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "from-variable"))
    assert paths.data_folder(str(tmp_path / "named")) == tmp_path / "named"


def test_variable_wins_over_the_platform(monkeypatch, tmp_path):
    monkeypatch.setenv(paths.DATA_VARIABLE, str(tmp_path / "from-variable"))
    assert paths.data_folder() == tmp_path / "from-variable"


def test_default_is_a_folder_of_the_user(monkeypatch):
    monkeypatch.delenv(paths.DATA_VARIABLE, raising=False)
    folder = paths.data_folder()
    assert folder.name == "odr-desk"
    assert folder.is_absolute()


def test_relative_argument_and_tilde_become_absolute(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert paths.data_folder("desk") == tmp_path / "desk"
    assert paths.data_folder("~/desk") == Path.home() / "desk"


def test_logs_lie_inside_the_data_folder(tmp_path):
    assert paths.logs(tmp_path) == tmp_path / "logs"


def test_import_is_cheap():
    said = subprocess.run(
        [sys.executable, "-c", "import sys; from odr_desk import paths; print('platformdirs' in sys.modules)"],
        cwd=paths.PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False"
