from datetime import date

import pytest
from make import make_case

from odr_desk.rules.case import CaseState, Outcome
from odr_desk.rules.errors import Conflict, Invalid, Missing
from odr_desk.rules.narrowing import MOST_VIEWS, ViewDraft
from odr_desk.services import dump, queue, saved_views
from odr_desk.services.queue import CaseFilter

LATE = CaseFilter(view="late", channel="CH01", state=CaseState.REGISTERED)
ALL = CaseFilter(view="all", text="吊坠", received_from=date(2026, 11, 1), no_next_step=True)


def keep(database, actor, name, wanted):
    with database.writing(actor, "view.save") as work:
        saved_views.keep(work, name, wanted)


def names(database, actor):
    with database.reading(actor) as work:
        return [view.name for view in saved_views.rows(work)]


def test_a_view_comes_back_as_it_was_kept_to_whoever_kept_it(database, clerk, manager):
    keep(database, clerk, "平台急件", LATE)
    keep(database, clerk, "吊坠", ALL)
    with database.reading(clerk) as work:
        assert [view.wanted for view in saved_views.rows(work)] == [LATE, ALL]
        assert not any("saved_views" in line for line in dump.lines(work))
    assert names(database, manager) == []


def test_the_same_name_replaces_and_keeps_its_place(database, clerk):
    keep(database, clerk, "急", LATE)
    keep(database, clerk, "缓", ALL)
    keep(database, clerk, "急", ALL)
    with database.reading(clerk) as work:
        assert [(view.name, view.wanted) for view in saved_views.rows(work)] == [("急", ALL), ("缓", ALL)]


def test_views_are_renamed_moved_and_deleted(database, clerk):
    for name in ("甲", "乙", "丙"):
        keep(database, clerk, name, LATE)
    with database.writing(clerk, "view.save") as work:
        saved_views.rename(work, "甲", "新甲")
        saved_views.move(work, "丙", -2)
        saved_views.move(work, "丙", -1)  # the first stays the first
    assert names(database, clerk) == ["丙", "新甲", "乙"]
    with database.writing(clerk, "view.delete") as work:
        gone = saved_views.delete(work, "新甲")
    assert names(database, clerk) == ["丙", "乙"]
    with database.writing(clerk, "view.save") as work:
        saved_views.put_back(work, gone)
    with database.reading(clerk) as work:
        assert saved_views.rows(work)[1] == saved_views.OwnView("新甲", LATE)
    with pytest.raises(Conflict), database.writing(clerk, "view.save") as work:
        saved_views.rename(work, "丙", "乙")
    with pytest.raises(Missing), database.writing(clerk, "view.delete") as work:
        saved_views.delete(work, "没有")


def test_what_cannot_be_kept_is_refused(database, clerk):
    with database.writing(clerk, "view.save") as work:
        for wanted in (CaseFilter(results=(Outcome.SETTLED,)), CaseFilter(besides=3)):
            with pytest.raises(Invalid, match="统计数字"):
                saved_views.keep(work, "某", wanted)
        for name in ("", "名" * 21):
            with pytest.raises(Invalid):
                saved_views.keep(work, name, LATE)
        for name in ("逾期", "回收站"):
            with pytest.raises(Invalid, match=f"“{name}”是原有视图的名字"):
                saved_views.keep(work, name, LATE)
        with pytest.raises(Invalid, match="没有“x”"):
            saved_views.save(work, ViewDraft(name="某", view="x"))
        for n in range(MOST_VIEWS):
            saved_views.keep(work, f"视图{n}", LATE)
        with pytest.raises(Invalid, match="最多"):
            saved_views.keep(work, "再一个", LATE)


def test_counts_are_those_of_the_lists(database, manager, monkeypatch):
    with database.writing(manager, "case.create") as work:
        for n in range(4):
            make_case(work, channel="CH06" if n else "CH01")
    kept = {"甲": LATE, "乙": ALL, "丙": CaseFilter(channel="CH06"), "丁": CaseFilter(view="all", channel="CH06")}
    for name, wanted in kept.items():
        keep(database, manager, name, wanted)
    with database.reading(manager) as work:
        own = saved_views.rows(work)
        monkeypatch.setattr(saved_views, "PATIENCE", 60)
        assert saved_views.counts(work, own) == {name: queue.count(work, wanted) for name, wanted in kept.items()}
        monkeypatch.setattr(saved_views, "PATIENCE", -1)
        assert saved_views.counts(work, own) == {"甲": 0, "乙": None, "丙": 3, "丁": None}
        assert saved_views.counts(work, ()) == {}
