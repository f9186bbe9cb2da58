import pytest

from odr_desk.rules.call_script import ScriptDraft, check_script
from odr_desk.rules.errors import Invalid, NotAllowed
from odr_desk.rules.events import Party
from odr_desk.services import call_scripts, codes


def test_every_problem_has_a_script_for_both_sides(database, clerk):
    with database.reading(clerk) as work:
        found = call_scripts.read(work)
        problems = [option.code for option in codes.options(work, "problems")]
    for problem in ("", *problems):
        for party in (Party.CONSUMER, Party.MERCHANT):
            script = found.for_call(problem, party)
            assert script.problem == problem
            assert 3 <= len(script.points) <= 8
            check_script(ScriptDraft(problem=problem, party=party, points="\n".join(script.points)))


def test_the_general_script_serves_where_there_is_none(database, clerk):
    with database.writing(clerk, "script.save") as work:
        call_scripts.save(work, ScriptDraft(problem="质量", party=Party.CONSUMER, points=""))
        found = call_scripts.read(work)
        assert found.for_call("P01", "consumer").problem == ""
        assert found.for_call("P01", "merchant").problem == "P01"
        assert found.for_call("P01", "desk") is None
        call_scripts.save(work, ScriptDraft(problem="", party=Party.CONSUMER, points="要什么\n要多少"))
        assert call_scripts.read(work).for_call("P01", "consumer").points == ("要什么", "要多少")


def test_a_problem_must_be_known_and_writing_needs_the_right(database, clerk, auditor):
    with database.reading(clerk) as work, pytest.raises(Invalid, match="问题类别"):
        call_scripts.save(work, ScriptDraft(problem="P99", party=Party.CONSUMER, points="一"))
    with database.reading(auditor) as work, pytest.raises(NotAllowed):
        call_scripts.save(work, ScriptDraft(problem="P01", party=Party.CONSUMER, points="一"))
