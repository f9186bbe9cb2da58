import importlib.util
import os
import signal
import subprocess
import sys

import pytest

from odr_desk import paths

PACKAGING = paths.PACKAGE.parent / "packaging"


@pytest.fixture
def environment():
    spec = importlib.util.spec_from_file_location("environment", PACKAGING / "environment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def fresh_debian(environment, monkeypatch):
    """Let nothing load and let apt-get be there, as on a new machine with python3 only."""
    monkeypatch.setattr(environment.sys, "platform", "linux")
    monkeypatch.setattr(environment, "_loads", lambda library: False)
    monkeypatch.setattr(environment, "_uv", lambda: None)
    monkeypatch.setattr(environment, "_has_ensurepip", lambda: False)
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/usr/bin/{name}")
    return environment


def test_without_a_command_the_commands_are_listed():
    said = subprocess.run([sys.executable, PACKAGING / "dev.py"], capture_output=True, text=True, check=False)
    assert said.returncode == 2
    for command in ("run", "test", "check", "shots", "bench", "build", "clean"):
        assert f"\n  {command} " in said.stdout


def test_a_user_is_told_the_one_line_to_type(fresh_debian, monkeypatch):
    monkeypatch.setattr(fresh_debian.os, "geteuid", lambda: 1000)
    with pytest.raises(fresh_debian.Stop) as stopped:
        fresh_debian.system_packages(screen=False, venv=True)
    lines = [line.strip() for line in str(stopped.value).splitlines() if "apt-get" in line]
    assert len(lines) == 1
    assert lines[0].startswith("sudo apt-get install ")
    assert "libegl1" in lines[0]
    assert "python3-venv" in lines[0]
    assert "libxcb-cursor0" not in lines[0]


def test_a_real_screen_needs_more(fresh_debian, monkeypatch):
    monkeypatch.setattr(fresh_debian.os, "geteuid", lambda: 1000)
    with pytest.raises(fresh_debian.Stop, match="libxcb-cursor0"):
        fresh_debian.system_packages(screen=True, venv=False)


def test_root_installs_without_being_asked(fresh_debian, monkeypatch):
    ran = []
    monkeypatch.setattr(fresh_debian.os, "geteuid", lambda: 0)
    monkeypatch.setattr(fresh_debian, "run", lambda command, **_: ran.append(command) or 0)
    fresh_debian.system_packages(screen=False, venv=True)
    assert [command[:2] for command in ran] == [["apt-get", "update"], ["apt-get", "install"]]
    assert ran[1][-1] == "python3-venv"


def test_a_complete_machine_is_left_alone(fresh_debian, monkeypatch):
    monkeypatch.setattr(fresh_debian, "_loads", lambda library: True)
    monkeypatch.setattr(fresh_debian, "run", lambda command, **_: pytest.fail(f"ran {command}"))
    fresh_debian.system_packages(screen=True, venv=False)


def test_an_environment_is_renewed_with_its_lock(environment, tmp_path):
    lock, venv = tmp_path / "requirements.txt", tmp_path / "venv"
    lock.write_text("a==1\n", encoding="utf-8")
    environment.python(venv).parent.mkdir(parents=True)
    environment.python(venv).touch()
    assert not environment.is_current(venv, lock)
    environment._stamp(venv).write_text(environment._wanted(lock), encoding="utf-8")
    assert environment.is_current(venv, lock)
    lock.write_text("a==2\n", encoding="utf-8")
    assert not environment.is_current(venv, lock)


def test_children_do_not_inherit_another_python(environment, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
    env = environment.child_env(QT_QPA_PLATFORM="offscreen")
    assert "PYTHONPATH" not in env
    assert "VIRTUAL_ENV" not in env
    assert env["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_ctrl_c_lets_the_program_put_away_its_things():
    child = "import signal, time; signal.signal(2, lambda *_: (time.sleep(1), print('put away'), exit()));"
    child += "print('up', flush=True); time.sleep(30)"
    dev = f"import sys; sys.path.insert(0, {str(PACKAGING)!r}); import environment;"
    dev += f"environment.run([sys.executable, '-c', {child!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", dev], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stdout.readline() == "up\n"
        os.killpg(running.pid, signal.SIGINT)
        assert running.communicate(timeout=20)[0] == "put away\n"
