"""Look for what the other tools do not see: sizes of modules and functions, and words that have no place here."""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MODULE_LINES = 500
MODULE_LINES_WORTH_A_LOOK = 300
FUNCTION_LINES = 40
CODE = ("odr_desk", "packaging", "tests")
TEXT = (*CODE, "resources", "docs", ".ci")
TEXT_SUFFIXES = {"", ".py", ".toml", ".md", ".txt", ".csv", ".qss", ".svg", ".json", ".lock", ".spec", ".mako"}
VAGUE_NAMES = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
ALLOWED_NAMES = {"odr_desk/model/base.py"}
GENERATED = ("odr_desk/store/migrations/versions/",)


@dataclass(frozen=True, slots=True)
class Ban:
    """A pattern that must not stand in the files under `where`, save those in `allowed`."""

    pattern: re.Pattern[str]
    why: str
    where: tuple[str, ...] = ("odr_desk/",)
    allowed: tuple[str, ...] = ()

    def concerns(self, path: str) -> bool:
        return path.startswith(self.where) and path not in self.allowed


HERE = ("packaging/check.py", "tests/packaging/test_check.py")
BANS = (
    Ban(re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"), "do it now or leave it out", CODE, HERE),
    Ban(re.compile(r"setStyleSheet"), "one style sheet, set by ui/theme.py", allowed=("odr_desk/ui/theme.py",)),
    Ban(re.compile(r"QColor\(\s*[\"']#"), "colours are tokens of ui/theme.py", allowed=("odr_desk/ui/theme.py",)),
    Ban(re.compile(r"\bclass \w+(Manager|Helper|Utils?|Impl)\b"), "name the thing, not its shape"),
    Ban(re.compile(r"QTcp|QUdp|QNetworkAccess|AF_INET|\bsocket\.socket"), "the program opens no connection"),
    Ban(re.compile(r"\bprocessEvents\("), "work goes through Desk instead"),
    Ban(re.compile(r"\.exec\("), "nested loops only in ui/ask.py", ("odr_desk/ui/",), ("odr_desk/ui/ask.py",)),
    Ban(re.compile(r"QThread\b|QRunnable\b|QThreadPool\b"), "threads live in ui/desk.py"),
    Ban(re.compile(r"\.itemAt\("), "PySide keeps the item, Qt frees it: see ui/reading_order.py", ("odr_desk/ui/",)),
    Ban(re.compile(r"\.query\("), "select() only", ("odr_desk/services/", "odr_desk/store/")),
    Ban(re.compile(r"您好|请您"), "plain words, no courtesy formulas"),
    Ban(re.compile(r"[㐀-鿿][,;:?!][㐀-鿿]"), "full-width punctuation between Chinese words"),
    Ban(re.compile(r"(?<![\w.])/(home|root|work|opt)/"), "a path of one machine", TEXT, HERE),
    Ban(re.compile(r"^(<{7}|={7}|>{7})( |$)"), "an unfinished merge", TEXT, HERE),
)


def main(arguments: list[str]) -> int:
    """Print every finding and answer 1 when one of them is a fault."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    faults = list(_faults(root))
    for note in _notes(root):
        print(f"note: {note}")
    for fault in faults:
        print(fault)
    print(f"sizes and words: {len(faults)} faults" if faults else "sizes and words: all fine")
    return 1 if faults else 0


def _faults(root: Path) -> Iterator[str]:
    for path in _files(root, CODE):
        if path.suffix == ".py":
            yield from _size_faults(path, path.relative_to(root).as_posix())
    for path in _files(root, TEXT):
        yield from _word_faults(path, path.relative_to(root).as_posix())


def _notes(root: Path) -> Iterator[str]:
    for path in _files(root, CODE):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".py" and not name.startswith(GENERATED):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if MODULE_LINES_WORTH_A_LOOK < lines <= MODULE_LINES:
                yield f"{name}: {lines} lines, worth a look over {MODULE_LINES_WORTH_A_LOOK}"


def _files(root: Path, folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix in TEXT_SUFFIXES and "__pycache__" not in path.parts:
                yield path


def _size_faults(path: Path, name: str) -> Iterator[str]:
    if path.stem in VAGUE_NAMES and name not in ALLOWED_NAMES:
        yield f"{name}: a module is named after its subject, not {path.stem!r}"
    if name.startswith(GENERATED):
        return
    source = path.read_text(encoding="utf-8")
    lines = len(source.splitlines())
    if lines > MODULE_LINES:
        yield f"{name}: {lines} lines, at most {MODULE_LINES}"
    for function in _functions(ast.parse(source, name)):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > FUNCTION_LINES:
            yield f"{name}:{function.lineno}: {function.name} has {length} lines, at most {FUNCTION_LINES}"


def _functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    # Only statements are entered: expressions hold no functions worth measuring and are most of the tree.
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _functions(child)


def _word_faults(path: Path, name: str) -> Iterator[str]:
    bans = [ban for ban in BANS if ban.concerns(name)]
    if not bans:
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for ban in bans:
            if found := ban.pattern.search(line):
                yield f"{name}:{number}: {found.group()!r} – {ban.why}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
