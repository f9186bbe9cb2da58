"""Make `.venv` from the hashed lock and see to the system libraries, with the standard library alone."""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "packaging" / "requirements.txt"

# What PySide6 loads: shared object → Debian package. The second set is needed for a real screen only.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def prepare(*, screen: bool = False) -> None:
    """Leave a complete `.venv` and all system libraries behind, or stop with the line to type."""
    system_packages(screen=screen, venv=not is_current(VENV, REQUIREMENTS))
    make(VENV, REQUIREMENTS)


def python(venv: Path = VENV) -> Path:
    """The interpreter of an environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def tool(name: str) -> list[str]:
    """The command of a tool that has no `python -m`."""
    return [str(python().with_name(f"{name}.exe" if os.name == "nt" else name))]


def run(command: list[str], *, env: dict[str, str] | None = None, check: bool = False) -> int:
    """Run a program from the root folder, with its output on ours."""
    sys.stdout.flush()
    with subprocess.Popen(command, cwd=ROOT, env=env or child_env()) as child:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            child.wait()  # Ctrl+C went to the child too: it may have something to put away
            raise
    if check and code:
        raise Stop(f"failed with status {code}: {' '.join(command)}")
    return code


def child_env(**extra: str) -> dict[str, str]:
    """Our surroundings without what would lead a child to another Python, or have it compile every module each time."""
    foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in os.environ.items() if name not in foreign} | extra


def make(venv: Path, requirements: Path) -> None:
    """Make an environment unless one for this lock and this Python is there."""
    if is_current(venv, requirements):
        return
    print(f"making {venv.relative_to(ROOT)} from {requirements.relative_to(ROOT)} …", flush=True)
    if not (_with_uv(venv, requirements) or _with_pip(venv, requirements)):
        raise Stop("the environment could not be made: see the lines above")
    run([str(python(venv)), "-m", "compileall", "-q", "odr_desk"])
    _stamp(venv).write_text(_wanted(requirements), encoding="utf-8")


def is_current(venv: Path, requirements: Path) -> bool:
    """Tell whether an environment was made from exactly this lock, by this Python, at this place."""
    stamp = _stamp(venv)
    return python(venv).exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == _wanted(requirements)


def system_packages(*, screen: bool, venv: bool) -> None:
    """Install what Debian misses when we are root, else stop with the one line that does it."""
    if sys.platform != "linux":
        return
    libraries = OFFSCREEN | SCREEN if screen else OFFSCREEN
    missing = [package for name, package in libraries.items() if not _loads(name)]
    if venv and not _uv() and not _has_ensurepip():
        missing.append("python3-venv")
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise Stop(f"please install these libraries (Debian's names): {' '.join(missing)}")
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0:
        raise Stop(f"system libraries are missing; please run once:\n\n    sudo {line}\n")
    print(f"installing system libraries: {' '.join(missing)}", flush=True)
    env = child_env(DEBIAN_FRONTEND="noninteractive")
    run(["apt-get", "update", "-q"], env=env)
    run(line.split(), env=env, check=True)


def _with_uv(venv: Path, requirements: Path) -> bool:
    uv = _uv()
    if not uv:
        return False
    shutil.rmtree(venv, ignore_errors=True)
    pip, into = [uv, "pip"], ["--python", str(python(venv))]
    steps = (
        [uv, "venv", "--quiet", "--no-project", "--python", _base_python(), str(venv)],
        [*pip, "sync", "--quiet", *into, "--require-hashes", "--compile-bytecode", str(requirements)],
        [*pip, "install", "--quiet", *into, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    )
    if all(run(step) == 0 for step in steps):
        return True
    print("uv could not do it; trying venv and pip", flush=True)
    return False


def _with_pip(venv: Path, requirements: Path) -> bool:
    shutil.rmtree(venv, ignore_errors=True)
    pip = [str(python(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    steps = (
        [_base_python(), "-m", "venv", str(venv)],
        [*pip, "--require-hashes", "--requirement", str(requirements)],
        [*pip, "--no-build-isolation", "--editable", str(ROOT)],
    )
    return all(run(step) == 0 for step in steps)


def _stamp(venv: Path) -> Path:
    return venv / "made-from.txt"


def _wanted(requirements: Path) -> str:
    # The editable install names the folder, so a moved checkout needs a new environment too.
    lock = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"{lock}\n{sys.version}\n{ROOT}\n"


def _base_python() -> str:
    """The Python outside any environment: the one that runs us may be the very one we are about to replace."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _uv() -> str | None:
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return found
    return None


def _has_ensurepip() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


class Stop(Exception):
    """The command cannot go on; the text says what to do."""
