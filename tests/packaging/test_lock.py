import re
import tomllib

import pytest

from odr_desk import paths

ROOT = paths.PACKAGE.parent
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}
EXPORTS = ["requirements.txt", "requirements-build.txt"]


def locked():
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    return {(package["name"], package["version"]): package for package in packages}


def exported(name):
    return (ROOT / "packaging" / name).read_text(encoding="utf-8")


def pins(name):
    return set(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", exported(name), re.MULTILINE))


def plain(requirement):
    return re.split(r"[<>=;\[ ]", requirement)[0].lower()


def test_lock_names_the_public_index_alone():
    hosts = re.findall(r"(?:https?|file)://([^/\"]*)", (ROOT / "uv.lock").read_text(encoding="utf-8"))
    assert set(hosts) == PUBLIC_HOSTS


@pytest.mark.parametrize("name", EXPORTS)
def test_export_names_no_host_and_no_folder(name):
    text = exported(name)
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("name", EXPORTS)
def test_export_has_the_versions_and_hashes_of_the_lock(name):
    packages = locked()
    known = {
        file["hash"]
        for package in packages.values()
        for file in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
    }
    assert pins(name) <= set(packages)
    assert set(re.findall(r"--hash=(\S+)", exported(name))) <= known
    for requirement in re.split(r"\n(?=\S)", exported(name).strip()):
        assert "--hash=sha256:" in requirement


def test_everything_declared_is_exported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = {plain(requirement) for requirement in project["project"]["dependencies"]}
    groups = {
        name: {plain(line) for line in lines if isinstance(line, str)}
        for name, lines in project["dependency-groups"].items()
    }
    assert declared | groups["dev"] | groups["backend"] <= {name for name, _ in pins("requirements.txt")}
    assert declared | groups["build"] | groups["backend"] <= {name for name, _ in pins("requirements-build.txt")}


def test_python_311_keeps_the_qt_that_counts_its_references():
    line = next(
        line for line in exported("requirements.txt").splitlines() if re.match(r"pyside6-essentials==6\.11", line)
    )
    assert "python_full_version < '3.12'" in line
