"""The one developer command: `python3 packaging/dev.py run | test | check | shots | bench | build | clean`.

Needs nothing but Python 3.11 or newer, on Linux and Windows; it makes `.venv` by itself.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 – said before anything that an older Python cannot read
    sys.exit("odr_desk needs Python 3.11 or newer; this is " + sys.version.split()[0])

import os
import shutil
import time
from collections.abc import Callable

import environment

Command = Callable[[list[str]], int]


def main(arguments: list[str]) -> int:
    """Do one command and answer its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of another code page must not end the work
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    command = COMMANDS.get(name)
    if command is None:
        print(__doc__)
        print("\n".join(f"  {key:<6} {value.__doc__}" for key, value in COMMANDS.items()))
        return 0 if name in {"-h", "--help", "help"} else 2
    try:
        return command(rest)
    except environment.Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def start(arguments: list[str]) -> int:
    """Open the program; further arguments are the program's own."""
    environment.prepare(screen=os.environ.get("QT_QPA_PLATFORM", "xcb") == "xcb")
    return environment.run([str(environment.python()), "-m", "odr_desk", *arguments])


def test(arguments: list[str]) -> int:
    """Do everything that CI runs: check, then all tests save the measurements."""
    faults = check([])
    code = pytest("-n", "2", *arguments)
    if faults:
        print("the tests are done, but the checks before them found faults: see above")
    return code or faults


def check(_: list[str]) -> int:
    """Look at format, lint, types, imports, sizes and words without running anything."""
    environment.prepare()
    interpreter = [str(environment.python())]
    steps = {
        "format": [*interpreter, "-m", "ruff", "format", "--check", "--quiet", "."],
        "lint": [*interpreter, "-m", "ruff", "check", "--quiet", "."],
        "types": [*interpreter, "-m", "mypy"],
        "imports": [*environment.tool("lint-imports"), "--no-logo"],
        "sizes and words": [*interpreter, "packaging/check.py"],
    }
    failed = []
    for name, command in steps.items():
        began = time.monotonic()
        if environment.run(command):
            failed.append(name)
        print(f"-- {name}: {'FAULTS' if name in failed else 'fine'}, {time.monotonic() - began:.1f} s", flush=True)
    return 1 if failed else 0


def shots(arguments: list[str]) -> int:
    """Draw every page into pictures under `shots/`."""
    environment.prepare()
    return environment.run([str(environment.python()), "packaging/shots.py", *arguments], env=offscreen())


def bench(arguments: list[str]) -> int:
    """Measure time and memory on a million cases."""
    return pytest("tests/bench", "-m", "bench", "-s", "-o", "faulthandler_timeout=0", *arguments)


def build(_: list[str]) -> int:
    """Freeze the program into `dist/odr-desk` and start it once."""
    environment.system_packages(screen=True, venv=True)
    venv = environment.ROOT / "build" / "venv"
    environment.make(venv, environment.ROOT / "packaging" / "requirements-build.txt")
    freeze = [str(environment.python(venv)), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", "dist", "--workpath", "build/frozen"]
    environment.run([*freeze, *places, "packaging/odr_desk.spec"], check=True)
    program = environment.ROOT / "dist" / "odr-desk" / ("odr-desk.exe" if os.name == "nt" else "odr-desk")
    environment.run([str(program), "--version"], check=True)
    probe = offscreen(ODR_DESK_START_PROBE="1", ODR_DESK_DATA=str(environment.ROOT / "build" / "probe"))
    environment.run([str(program)], env=probe, check=True)
    size = sum(path.lstat().st_size for path in program.parent.rglob("*")) / 1e6
    print(f"{program.relative_to(environment.ROOT)}: {size:.0f} MB, starts")
    return 0


def clean(_: list[str]) -> int:
    """Remove `.venv`, build products and caches."""
    root = environment.ROOT
    made = [".venv", "build", "dist", "shots", ".hypothesis", ".import_linter_cache"]
    made += [".mypy_cache", ".pytest_cache", ".ruff_cache"]
    for folder in [root / name for name in made] + [*root.glob("[!.]*/**/__pycache__")]:
        shutil.rmtree(folder, ignore_errors=True)
    for file in root.glob(".coverage*"):
        file.unlink()
    return 0


def lock(_: list[str]) -> int:
    """Renew uv.lock and what is exported from it (needs uv and the net)."""
    public = ["--no-config", "--default-index", "https://pypi.org/simple"]
    environment.run(["uv", "lock", *public], check=True)
    export = ["uv", "export", "--frozen", "--quiet", "--no-emit-project", "--no-header", "--no-annotate"]
    for groups, name in ((["--group", "dev"], "requirements.txt"), (["--no-dev", "--group", "build"], BUILD_LOCK)):
        environment.run([*export, *groups, "--output-file", f"packaging/{name}"], check=True)
    return 0


def pytest(*arguments: str) -> int:
    """Run pytest without a screen."""
    environment.prepare()
    return environment.run([str(environment.python()), "-m", "pytest", *arguments], env=offscreen())


def offscreen(**extra: str) -> dict[str, str]:
    """The surroundings of a program that draws but shows nothing, and knows of nobody's data."""
    env = environment.child_env()
    env.pop("ODR_DESK_DATA", None)
    return env | {"QT_QPA_PLATFORM": "offscreen"} | extra


BUILD_LOCK = "requirements-build.txt"
COMMANDS: dict[str, Command] = {
    "run": start,
    "test": test,
    "check": check,
    "shots": shots,
    "bench": bench,
    "build": build,
    "clean": clean,
    "lock": lock,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
