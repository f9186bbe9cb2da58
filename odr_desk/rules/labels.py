"""Closed vocabularies: a stored value and the Chinese word people see."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A StrEnum whose members carry a label: `SETTLED = "settled", "和解成功"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Store the value and keep the label beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
