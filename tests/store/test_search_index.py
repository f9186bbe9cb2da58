import pytest
from make import make_case
from sqlalchemy import text

from odr_desk.store import search_index, search_tokens, verify


def ask(words, *, open_only=False):
    return search_tokens.question([(word, ()) for word in words.split()], open_only=open_only)


def test_symbols_stand_once_and_pairs_in_order():
    made = search_tokens.document(["退货退款", "B馆1F"], ["XS-2026-12"], 7, is_open=False).split()
    assert made[: made.index("¶")] == ["退", "货", "款", "b", "馆", "1f"]
    assert made[made.index("¶") + 1 : -3] == ["退货", "货退", "退款", "¶", "b馆", "馆1f"]
    assert made[-3:-1] == ["←216202sx", "店·7"]
    assert "▷" in search_tokens.document([], [], 7, is_open=True)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("退", '("退")'),
        ("退货款", '("退货 货款")'),
        ("退 款", '("退") AND ("款")'),
        ("退，款", '(("退" AND "款"))'),
        ("iph", '("iph" *)'),
        ("4567", '("4567" * OR "←7654" *)'),
        ("，", ""),
    ],
)
def test_what_is_asked(typed, asked):
    assert ask(typed) == asked


def test_asking_for_nothing_is_no_question_for_open_cases_either():
    assert ask(" ", open_only=True) == ""
    assert ask("退", open_only=True) == '("▷") AND ("退")'


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM case_search WHERE rowid = 1", "搜索会找不到它"),
        ("INSERT INTO case_search (rowid, words) VALUES (77, '退')", "不在册"),
    ],
)
def test_an_index_that_does_not_fit_the_cases_is_found(database, clerk, full, statement, words):
    with database.writing(clerk, "case.create") as work:
        make_case(work)
    with database.connection() as connection:
        look = lambda: verify.look_over(connection, database.folder, full=full).problems  # noqa: E731
        assert look() == ()
        connection.execute(text(statement))
        (problem,) = look()
    assert problem.invariant == "search"
    assert words in problem.message


def test_the_index_made_anew_fits_the_cases(database, clerk):
    with database.writing(clerk, "case.create") as work:
        make_case(work)
        connection = work.session.connection()
        connection.execute(text("DELETE FROM case_search WHERE rowid = 1"))
        assert search_index.unindexed(connection, None, 5) == ["XSBBB-2026-0001"]
        connection.execute(text("INSERT INTO case_search (case_search) VALUES ('delete-all')"))
        search_index.fill(connection)
        assert search_index.unindexed(connection, None, 5) == []
