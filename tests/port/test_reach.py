"""Whatever a screen can do, the port can do: every verb that a screen names is one of the port."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import odr_desk.ui
from odr_desk.port.verbs import BY_NAME, VERBS

UI = Path(odr_desk.ui.__file__).parent
OF_THE_SCREEN = {
    "draft.keep": "what is being typed and not yet said: a caller of the port sends it when it is whole",
    "draft.drop": "the same",
    "preference.keep": "widths, order and look of the screen of one person",
}
"""Verbs in the journal that only a screen has, each with why."""


def test_every_verb_of_a_screen_is_one_of_the_port():
    unknown = {verb: place for verb, place in _named() if verb not in BY_NAME and verb not in OF_THE_SCREEN}
    assert unknown == {}


def test_no_verb_is_declared_twice():
    assert len(VERBS) == len(BY_NAME)


def test_the_exceptions_are_still_needed():
    assert set(OF_THE_SCREEN) <= {verb for verb, _ in _named()} - set(BY_NAME)


def test_a_verb_nobody_knows_would_be_noticed():
    made_up = ast.parse('desk.write(self, op, verb="case.fly")')
    assert list(_verbs(made_up, {"write": 4})) == ["case.fly"]


@pytest.mark.parametrize("verb", ["case.create", "fail", "advance.pay", "transfer.return"])
def test_verbs_are_found_however_they_are_handed_on(verb):
    assert verb in {found for found, _ in _named()}


@cache
def _named() -> tuple[tuple[str, str], ...]:
    """Return every verb that a screen names, with the module it stands in."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(UI.rglob("*.py"))}
    takers = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (place := _place_of_verb(node)) is not None:
                takers[node.name] = place
    return tuple((verb, str(path.relative_to(UI))) for path, tree in trees.items() for verb in _verbs(tree, takers))


def _place_of_verb(function: ast.FunctionDef) -> int | None:
    """Return at which place a function takes the verb, self not counted; -1 when only by name."""
    names = [argument.arg for argument in function.args.args if argument.arg != "self"]
    if "verb" in names:
        return names.index("verb")
    return -1 if any(argument.arg == "verb" for argument in function.args.kwonlyargs) else None


def _verbs(tree: ast.AST, takers: dict[str, int]) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in takers:
            continue
        given = [keyword.value for keyword in node.keywords if keyword.arg == "verb"]
        if 0 <= takers[name] < len(node.args):
            given.append(node.args[takers[name]])
        yield from (value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str))
