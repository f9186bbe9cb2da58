import subprocess
import sys

import pytest

from odr_desk import paths

CHECK = paths.PACKAGE.parent / "packaging" / "check.py"


def look_at(root, **files):
    """Write `files` (path with double underscores for slashes → text) and run the checker over them."""
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return subprocess.run([sys.executable, CHECK, root], capture_output=True, text=True, check=False)


def test_a_plain_module_passes(tmp_path):
    said = look_at(tmp_path, odr_desk__rules__money='LABEL = "金额，单位元"\n')
    assert said.returncode == 0
    assert "all fine" in said.stdout


def test_a_module_of_501_lines_fails(tmp_path):
    said = look_at(tmp_path, odr_desk__rules__case="a = 1\n" * 501)
    assert said.returncode == 1
    assert "odr_desk/rules/case.py: 501 lines" in said.stdout


def test_a_module_of_301_lines_is_only_noted(tmp_path):
    said = look_at(tmp_path, odr_desk__rules__case="a = 1\n" * 301)
    assert said.returncode == 0
    assert "note: odr_desk/rules/case.py: 301 lines" in said.stdout


@pytest.mark.parametrize(("body", "status"), [(39, 0), (40, 1)])
def test_a_function_may_have_forty_lines(tmp_path, body, status):
    said = look_at(tmp_path, odr_desk__rules__case="def long():\n" + "    a = 1\n" * body)
    assert said.returncode == status
    assert ("long has 41 lines" in said.stdout) == bool(status)


def test_a_generated_migration_may_be_long(tmp_path):
    said = look_at(tmp_path, odr_desk__store__migrations__versions__first="def upgrade():\n" + "    a = 1\n" * 60)
    assert said.returncode == 0


@pytest.mark.parametrize(
    "line",
    [
        "# TODO later",
        'widget.setStyleSheet("")',
        'ink = QColor("#fff")',
        "class CaseManager: ...",
        "QTcpServer()",
        "application.processEvents()",
        "dialog.exec()",
        'TEXT = "您好"',
        'TEXT = "先登记,再协商"',
        'FOLDER = "/home/somebody"',
    ],
)
def test_words_that_have_no_place_are_named_with_their_line(tmp_path, line):
    said = look_at(tmp_path, odr_desk__ui__page=f"import x\n{line}\n")
    assert said.returncode == 1
    assert "odr_desk/ui/page.py:2: " in said.stdout


def test_what_belongs_to_the_theme_is_allowed_there(tmp_path):
    assert look_at(tmp_path, odr_desk__ui__theme='application.setStyleSheet(QColor("#fff"))\n').returncode == 0


def test_questions_may_wait_for_their_answer(tmp_path):
    assert look_at(tmp_path, odr_desk__ui__ask="box.exec()\n").returncode == 0


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "base"])
def test_a_module_without_a_subject_fails(tmp_path, name):
    said = look_at(tmp_path, **{f"odr_desk__services__{name}": "a = 1\n"})
    assert said.returncode == 1
    assert "named after its subject" in said.stdout


def test_the_base_of_the_tables_is_the_exception(tmp_path):
    assert look_at(tmp_path, odr_desk__model__base="a = 1\n").returncode == 0
