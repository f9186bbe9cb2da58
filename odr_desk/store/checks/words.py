"""The search index: every live case is in it, and nothing else."""

from collections.abc import Iterator

from odr_desk.store import search_index
from odr_desk.store.checks.looking import Finding, Look

_MOST = 20


def indexed(look: Look) -> Iterator[Finding]:
    """Compare the cases with the index; a quick look takes the newest."""
    newest = None if look.full else 500
    for number in search_index.unindexed(look.connection, newest, _MOST):
        yield number, f"搜索索引里没有投诉件 {number}，搜索会找不到它"
    for case_id in search_index.strays(look.connection, newest, _MOST):
        yield f"cases:{case_id}", f"搜索索引里有不在册的投诉件（内部号 {case_id}）"
