"""What the desk promises with a file of any size: 1,000,000 cases, or as many as ODR_DESK_BENCH_CASES says."""

import dataclasses
import resource
import statistics
import time

import pytest

from odr_desk.rules.case import CaseDraft, Claim
from odr_desk.services import case_file, precedents, queue, registration, search, views
from odr_desk.services.queue import CaseFilter
from tests.bench.conftest import CASES, at

pytestmark = pytest.mark.bench
PAGE = 200
SEARCHED = (
    "退", "货", "王", "羽绒", "退货", "货退", "喻退", "云岚", "王女士", "三方看货", "退一赔三", "王女士 羽绒服",
    "店长 退货", "jx", "jxzb", "123", "0123", "4567", "90001", "2026-0123", "不是货",
)  # fmt: skip


def test_any_search_is_instant(watch):
    every = [lambda work, text=text: search.find(work, text, 20) for text in SEARCHED]
    for text, deed in zip(SEARCHED, every, strict=True):
        watch.reads(f"search {text}", deed, runs=5)
    p95, ratio = watch.reads("search, all of them", *every)
    assert p95 <= 30
    assert ratio <= 3


@pytest.mark.parametrize("view", ["open", "late", "mine", "archived", "all"])
def test_every_page_of_every_order_comes_at_once(watch, large, actor, view):
    with large.reading(actor) as work:
        total = queue.count(work, CaseFilter(view=view))
    worst = 0
    for sort in queue.SORTS:
        wanted = CaseFilter(view=view, sort=sort)
        for place, offset in (("first", 0), ("end", max(0, total - PAGE))):
            p95, _ = watch.reads(
                f"{view} by {sort}, {place}", lambda w, f=wanted, o=offset: page(w, f, o, total), runs=5
            )
            worst = max(worst, p95)
    assert worst <= 100


def page(work, wanted, offset, total):
    assert len(queue.page(work, wanted, offset, PAGE, total)) == min(PAGE, total)


@pytest.mark.parametrize("text", ["羽绒", "4567", "jx", "王女士", "退"])
def test_a_list_narrowed_by_words_comes_at_once(watch, text):
    def show(work):
        wanted = CaseFilter(view="all", text=text, sort="number", descending=True)
        total = queue.count(work, wanted)
        assert len(queue.page(work, wanted, 0, PAGE, total)) == min(PAGE, total)

    assert watch.reads(f"list of {text}", show)[0] <= 100
    assert watch.reads(f"open of {text}", lambda work: queue.count(work, CaseFilter(text=text)))[0] <= 100


def test_all_counts_together(watch):
    codes = tuple(view.code for view in views.VIEWS)
    assert watch.reads("counts of all views", lambda work: views.counts(work, codes))[0] <= 200


def test_a_case_opens_at_once_with_its_precedents(watch, large, actor):
    with large.reading(actor) as work:
        some = [
            row.number
            for offset in range(0, CASES, CASES // 20)
            for row in queue.page(work, CaseFilter(view="all", sort="number"), offset, 1)
        ]
    deeds = [lambda work, number=number: case_file.detail(work, number) for number in some]
    assert watch.reads("open a case", *deeds, runs=5)[0] <= 50
    deeds = [lambda work, number=number: precedents.of(work, number) for number in some]
    assert watch.reads("precedents of a case", *deeds, runs=5)[0] <= 50


def test_a_case_is_saved_at_once_beyond_what_the_disk_takes(watch, large, actor):
    with large.reading(actor) as work:
        last = queue.page(work, CaseFilter(view="all", sort="number", descending=True), 0, 1)[0]
        draft = case_file.detail(work, last.number).draft
    times = [registered(large, actor, draft, n) for n in range(40)]
    watch.say("register a case, without waiting for the disk", times)
    assert statistics.median(times) <= (30 if CASES <= 100_000 else 50)
    assert at(times, 95) <= 100


def registered(large, actor, draft: CaseDraft, n):
    draft = dataclasses.replace(draft, platform_no="", received_at=large.clock(), facts=f"第 {n} 次登记，要求退货。")
    began = time.thread_time()
    with large.writing(actor, "case.create") as work:
        registration.register(work, draft, (Claim("C04", 10_000),))
    return (time.thread_time() - began) * 1000


def test_the_service_stays_small(watch):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    watch.lines.append(f"memory of this process at its peak {peak} MB")
    assert peak <= 350
