"""The platform's words for problems and demands, turned into the codes of the desk."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from odr_desk.rules.case import Claim
from odr_desk.services import codes
from odr_desk.services.codes import Option
from odr_desk.store.database import Work

_AND = re.compile(r"[/、，,;；+和及]")
_POLITE = re.compile(r"^(?:要求|请求|希望|申请|诉求)[:：]?")
_OTHER_PROBLEMS = {"三包": "P05", "售后": "P05", "计量器具": "P03", "广告宣传": "P07", "价格欺诈": "P09"}
_OTHER_CLAIMS = {"退款": "C06", "换一件": "C03", "更换商品": "C03", "赔偿": "C08", "三倍赔偿": "C09", "十倍赔偿": "C10"}


@dataclass(frozen=True, slots=True)
class Understood:
    """The codes that some words stand for, how they are called, and what was not understood."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    unknown: tuple[str, ...]


class Words:
    """What the words of a foreign list stand for, by the code tables as they are now."""

    def __init__(self, work: Work) -> None:
        problems, claims = codes.options(work, "problems"), codes.options(work, "claims")
        self._names = {option.code: option.short for option in (*problems, *claims)}
        self._problems = _by_word(problems, _OTHER_PROBLEMS)
        self._claims = _by_word(claims, _OTHER_CLAIMS)

    def problem(self, text: str) -> Understood:
        """Return what a complaint is about; two codes mean that somebody has to choose."""
        return self._understood(text, self._problems)

    def demands(self, text: str) -> Understood:
        """Return what is asked for."""
        return self._understood(text, self._claims)

    def _understood(self, text: str, known: Mapping[str, str]) -> Understood:
        whole = known.get(_plain(text))
        parts = [text] if whole else [part.strip() for part in _AND.split(text) if part.strip()]
        found = {part: known.get(_plain(part), "") for part in parts}
        wanted = tuple(dict.fromkeys(code for code in found.values() if code))
        unknown = tuple(part for part, code in found.items() if not code)
        return Understood(wanted, tuple(self._names[code] for code in wanted), unknown)


def claims_of(understood: Understood) -> tuple[Claim, ...]:
    """Return the demands without amounts: the list does not say how much is asked for which."""
    return tuple(Claim(code) for code in understood.codes)


def _by_word(options: Iterable[Option], others: Mapping[str, str]) -> dict[str, str]:
    named = {_plain(word): option.code for option in options for word in (option.short, option.name, option.code)}
    there = set(named.values())
    return {word: code for word, code in others.items() if code in there} | named


def _plain(text: str) -> str:
    return _POLITE.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
