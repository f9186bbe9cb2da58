"""What is right, doubtful or wrong with a paper before it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass

from odr_desk.rules.errors import Invalid, Problem
from odr_desk.rules.labels import Word
from odr_desk.rules.words import REGULATORS_WORDS


class Level(Word):
    """How a finding weighs."""

    MUST = "must", "必须改"
    LOOK = "look", "请核对"
    DONE = "done", "无误"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: `field` leads to what is to be mended, `advice` says how."""

    level: Level
    field: str
    text: str
    advice: str = ""


def must(field: str, text: str, advice: str) -> Check:
    return Check(Level.MUST, field, text, advice)


def look(field: str, text: str, advice: str) -> Check:
    return Check(Level.LOOK, field, text, advice)


def done(field: str, text: str) -> Check:
    return Check(Level.DONE, field, text)


def problems(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return what is not in order, the gravest first."""
    wrong = [check for check in checks if check.level is not Level.DONE]
    return tuple(sorted(wrong, key=lambda check: check.level is not Level.MUST))


def require(checks: Iterable[Check]) -> None:
    """Raise Invalid naming everything that must be mended before the paper can be issued."""
    wrong = [check for check in checks if check.level is Level.MUST]
    if wrong:
        raise Invalid(tuple(Problem(check.field, f"{check.text}。{check.advice}。") for check in wrong))


def foreign_words(texts: Iterable[tuple[str, str, str]]) -> Iterable[Check]:
    """Find words that belong to 人民调解委员会, courts or regulators; texts come as field, label, text."""
    found = [
        must(field, f"{label}里有“{word}”", "商场的和解文书不能用这个词，请改写")
        for field, label, text in texts
        for word in REGULATORS_WORDS
        if word in text
    ]
    return found or [done("", f"没有“{REGULATORS_WORDS[0]}”等字样")]
