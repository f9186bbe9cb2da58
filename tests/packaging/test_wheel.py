import subprocess
import sys
import zipfile

import pytest

from odr_desk import paths

ROOT = paths.PACKAGE.parent


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_resource_lands_inside_the_package(shipped):
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file():
            assert f"odr_desk/{path.relative_to(ROOT).as_posix()}" in shipped


def test_every_module_is_shipped_and_no_test_is(shipped):
    for path in (ROOT / "odr_desk").rglob("*.py"):
        assert path.relative_to(ROOT).as_posix() in shipped
    assert not [name for name in shipped if name.startswith(("tests/", "packaging/"))]
