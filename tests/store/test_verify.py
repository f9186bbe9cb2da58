import re
import sqlite3

import pytest
from make import make_case

from odr_desk.rules.people import PROGRAM
from odr_desk.store import attachments, backup, chain, journal, numbers, place, verify
from odr_desk.store.checks import looking
from tests.store.conftest import SHA


def forge(database, *statements):
    """Change the file with another tool, past the journal."""
    database.close()
    connection = sqlite3.connect(database.path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def look(database, *, full=True, **options):
    with database.reading(PROGRAM) as work:
        return verify.look_over(work.session.connection(), database.folder, full=full, **options)


def invariants(findings):
    return {problem.invariant for problem in findings.problems}


def test_what_was_done_with_a_record_says_nothing_of_what_it_holds(settled):
    with settled.writing(PROGRAM, "case.reveal") as work:
        for obj in ("cases:1", "cases:XSBBB-2026-0001", "documents:1", "attachments:1"):
            journal.record_deed(work, obj, {"deed": "打印 1 份"})
    assert look(settled).is_clean


@pytest.mark.parametrize("full", [False, True])
def test_an_honest_folder_is_clean(settled, full):
    found = look(settled, full=full)
    assert found.problems == ()
    assert found.is_clean
    assert found.unfinished == ()
    assert set(found.checked) == {check.label for check in verify.CHECKS}


def test_progress_goes_from_nothing_to_all(settled):
    heard = []
    look(settled, report=lambda done, total: heard.append((done, total)))
    assert heard == [(n, len(verify.CHECKS)) for n in range(len(verify.CHECKS) + 1)]


@pytest.mark.parametrize(
    ("invariant", "statement", "words"),
    [
        ("agreed", "UPDATE agreements SET total = total + 1", "总额 1,299.01 元，各项相加是 1,299.00 元"),
        ("performed", "UPDATE performances SET amount = amount - 1", "记为已履行 500.00 元，履行记录相加是 499.99 元"),
        ("performed", "DELETE FROM performances", "履行记录相加是 0.00 元"),
        ("performed", "UPDATE duties SET amount = 100", "约定是 1.00 元"),
        ("results", "UPDATE cases SET state = 'closed', is_open = 0 WHERE id = 1", "已归档，却没有处理结果"),
        ("results", "UPDATE cases SET is_open = 0 WHERE id = 1", "“在办”标记不一致"),
        ("results", "UPDATE cases SET result = 'O2' WHERE result = 'O1'", "“和解成功”，处理结果对不上"),
        ("numbers", "UPDATE counters SET last = last + 2 WHERE series = 'case'", "发出 4 个，实有 2 个"),
        ("numbers", "UPDATE cases SET number = 'XSBBB-2026-0009' WHERE id = 2", "XSBBB-2026-0009 不是由编号表发出的"),
        ("papers", "UPDATE document_files SET pdf = x'00'", "和出具时的指纹不符"),
        ("papers", "DELETE FROM document_files", "原件不见了"),
        ("paper_facts", "UPDATE documents SET facts = replace(facts, '129900', '100')", "和协议 .* 的记录不符"),
        ("timelines", "UPDATE cases SET event_count = 9 WHERE id = 1", "进展应有 9 条，实有 1 条"),
        ("timelines", "DELETE FROM events WHERE case_id = 1", "实有 0 条"),
        ("timelines", "UPDATE events SET at = '2020-01-01 00:00:00.000000' WHERE case_id = 1", "最后时间"),
        ("owners", "UPDATE case_claims SET case_id = 99 WHERE id = 1", "所属的“cases”记录不在了"),
        ("declarations", "CREATE TABLE planted (x)", "多出一个不属于本程序的表“planted”"),
        ("declarations", "CREATE TRIGGER planted AFTER INSERT ON cases BEGIN SELECT 1; END", "触发器“planted”"),
        ("declarations", "DROP INDEX ix_changes_seq", "少了索引“ix_changes_seq”"),
        ("evidence", "UPDATE attachments SET shared_of = id", "第 1 号材料的原件不在这一件里"),
        ("evidence", "UPDATE attachments SET deleted_at = '2026-11-23 02:00:00.000000'", "没有原因或经手人"),
        ("records", "UPDATE cases SET facts = '改过的' WHERE id = 1", "“cases:1”的内容和审计记录不符"),
        ("records", "UPDATE users SET role = 'admin' WHERE user = 'clerk'", "和审计记录不符"),
        ("records", "DELETE FROM case_claims WHERE id = 1", "“case_claims”应有 2 条.*实有 1 条"),
        ("journal", "UPDATE journal SET reason = '改过' WHERE seq = 3", "第 3 条与前后不符"),
        ("journal", "DELETE FROM journal WHERE seq = 5", "第 5 条缺失"),
    ],
)
def test_a_full_look_finds(settled, invariant, statement, words):
    forge(settled, statement)
    found = look(settled)
    assert invariant in invariants(found)
    said = [problem.message for problem in found.problems if problem.invariant == invariant]
    assert any(re.search(words, message) for message in said), said


@pytest.mark.parametrize(
    ("invariant", "statement"),
    [
        ("agreed", "UPDATE agreements SET total = total + 1"),
        ("performed", "DELETE FROM performances"),
        ("results", "UPDATE cases SET state = 'closed', is_open = 0 WHERE id = 1"),
        ("numbers", "UPDATE counters SET last = last + 1 WHERE series = 'agreement'"),
        ("papers", "DELETE FROM document_files"),
        ("timelines", "DELETE FROM events WHERE case_id = 2"),
        ("journal", "DELETE FROM journal WHERE seq = 5"),
        ("declarations", "CREATE TRIGGER planted AFTER INSERT ON cases BEGIN SELECT 1; END"),
        ("declarations", "DROP TABLE revisits"),
    ],
)
def test_a_quick_look_finds_the_grave_ones_too(settled, invariant, statement):
    forge(settled, statement)
    assert invariant in invariants(look(settled, full=False))


def test_an_attachment_that_changed_or_went_is_named(settled):
    path = attachments.place_of(settled.folder / place.ATTACHMENTS, SHA)
    content = path.read_bytes()
    path.write_bytes(b"x" * len(content))
    assert look(settled, full=False).is_clean, "a quick look does not hash"
    (changed,) = look(settled).problems
    assert "附件“吊坠照片”被改动过" in changed.message
    path.unlink()
    (gone,) = look(settled, full=False).problems
    assert (gone.invariant, gone.object) == ("attachments", "XSBBB-2026-0001")
    assert "附件“吊坠照片”不见了" in gone.message
    forge(settled, "UPDATE attachments SET label = '', name = 'IMG_0001.jpg'")
    assert any("附件“IMG_0001”不见了" in problem.message for problem in look(settled, full=False).problems)


def test_a_cut_end_of_the_journal_shows_against_a_backup(settled, clock):
    seal = backup.make(settled.folder, backup.Why.DAILY, clock.now).manifest.seal
    assert look(settled, seals=[seal]).is_clean
    with settled.reading(PROGRAM) as work:
        last = chain.head(work.session.connection())[0]
    forge(settled, f"DELETE FROM journal WHERE seq = {last}")
    found = look(settled, full=False, seals=[seal])
    assert any("备份里记下的" in problem.message for problem in found.problems)


def test_numbers_passed_over_on_purpose_are_no_gap(database, manager):
    with database.writing(manager, "case.create") as work:
        case = make_case(work)
        numbers.reserve(work, "case", 2026, 7)
        work.session.flush()
        case.number = "XSBBB-2026-0007"
        numbers.reserve(work, "case", 2026, 7)
    found = look(database)
    assert [problem.message for problem in found.problems if problem.invariant == "numbers"] == [
        "投诉件编号发出 2 个，实有 1 个",
        "投诉件编号 2026 缺 1 个：1",
    ]


def test_damage_stops_one_check_and_not_the_others(settled):
    forge(settled, "UPDATE agreements SET total = total + 1")
    connection = sqlite3.connect(settled.path)
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'events'").fetchone()[0]
    connection.close()
    with settled.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    found = look(settled)
    assert {"agreed", "structure", "timelines"} <= invariants(found)
    assert any("已损坏" in problem.message for problem in found.problems if problem.invariant == "timelines")


def test_a_table_that_is_gone_stops_what_needs_it_and_is_named(settled):
    forge(settled, "DROP TABLE performances")
    found = look(settled)
    assert {"declarations", "performed", "records"} <= invariants(found)
    assert any("少了表“performances”" in problem.message for problem in found.problems)


def test_only_so_many_of_a_kind_are_listed(settled, monkeypatch):
    monkeypatch.setattr(verify, "MOST", 3)

    def many(_look):
        yield from ((str(n), "wrong") for n in range(100))

    monkeypatch.setattr(verify, "CHECKS", (looking.Check("many", "很多", many),))
    assert len(look(settled).problems) == 3


def test_a_quick_look_is_broken_off_in_time_and_says_so(settled, monkeypatch):
    def endless(look):
        endless_sum = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT sum(x) FROM n"
        look.connection.exec_driver_sql(endless_sum).scalar()
        yield "", "never reached"

    checks = (*verify.CHECKS[:2], looking.Check("endless", "没完没了", endless), *verify.CHECKS[2:])
    monkeypatch.setattr(verify, "CHECKS", checks)
    found = look(settled, full=False, seconds=0.3)
    assert found.problems == ()
    assert "没完没了" in found.unfinished
    assert found.checked == ("结构定义", "审计记录")


def test_a_bug_in_a_check_is_not_swallowed(settled, monkeypatch):
    def broken(_look):
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(verify, "CHECKS", (looking.Check("broken", "坏了", broken),))
    with pytest.raises(ZeroDivisionError):
        look(settled)
