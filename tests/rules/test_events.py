import pytest

from odr_desk.rules.events import EventKind, in_a_line


@pytest.mark.parametrize(
    ("kind", "words", "line"),
    [
        (EventKind.STATE, "已登记 → 已分派", "进度 已登记 → 已分派"),
        (EventKind.NEXT_STEP, "下一步改为“等回话”", "下一步改为“等回话”"),
        (EventKind.ASSIGNED, "分派给王敏", "分派给王敏"),
        (EventKind.NOTE, "", "记事"),
    ],
)
def test_the_kind_of_an_entry_is_named_once(kind, words, line):
    assert in_a_line(kind, words) == line
