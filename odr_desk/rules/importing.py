"""What becomes of a row of a foreign table."""

from dataclasses import dataclass

from odr_desk.rules.labels import Word


class Verdict(Word):
    """What an import does, or will do, with one row."""

    NEW = "new", "新建"
    UPDATE = "update", "更新"
    SAME = "same", "没有变化"
    DUPLICATE = "duplicate", "表内重复"
    BAD = "bad", "不能导入"
    SKIPPED = "skipped", "不是数据"


TAKEN = frozenset({Verdict.NEW, Verdict.UPDATE})
"""Rows that change something."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field a row changes, as people read it."""

    field: str
    label: str
    before: str
    after: str
