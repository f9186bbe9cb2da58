import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, Signal

from odr_desk.rules.errors import NotAllowed
from odr_desk.ui.desk import Desk, Stopped
from odr_desk.ui.latest import Latest


@pytest.fixture
def real_desk(dressed, database, manager):
    """The door as the program has it, with its threads."""
    made = Desk(lambda: database, manager)
    yield made
    made.close()


def mark(work, text="记下"):
    """Write something small that the journal sees."""
    from odr_desk.store import settings

    settings.write(work, "mark", text)
    work.session.flush()


def test_work_runs_off_the_gui_thread_and_answers_on_it(qtbot, real_desk):
    seen = []
    real_desk.read(
        real_desk,
        lambda work: threading.current_thread().name,
        lambda worker: seen.append((worker, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("desk_0", threading.main_thread())]


def test_work_is_done_in_the_name_of_who_asked_for_it(qtbot, real_desk, manager, clerk):
    gate, seen = threading.Event(), []
    real_desk.read(real_desk, lambda work: gate.wait(5), lambda _: None)
    real_desk.read(real_desk, lambda work: work.actor, seen.append)
    real_desk.write(real_desk, lambda work: work.actor, seen.append, verb="mark")
    real_desk.actor = clerk
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [manager, manager]


def test_the_database_is_opened_once_and_not_by_the_gui_thread(qtbot, database, manager):
    opened, seen = [], []

    def open_database():
        opened.append(threading.current_thread() is threading.main_thread())
        return database

    desk = Desk(open_database, manager)
    assert opened == []
    desk.survey(desk, lambda work: 1, seen.append)
    desk.read(desk, lambda work: 2, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    desk.close()
    assert opened == [False]


def test_an_answer_for_a_closed_screen_is_dropped(qtbot, real_desk):
    screen, gate, seen = QObject(), threading.Event(), []
    real_desk.read(screen, lambda work: gate.wait(5), seen.append)
    shiboken6.delete(screen)
    gate.set()
    real_desk.read(real_desk, lambda work: "last", seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["last"]


def test_what_a_closed_screen_wrote_is_announced_all_the_same(qtbot, real_desk):
    screen, gate = QObject(), threading.Event()

    def op(work):
        gate.wait(5)
        mark(work)

    with qtbot.waitSignal(real_desk.changed) as blocker:
        real_desk.write(screen, op, verb="test.mark")
        shiboken6.delete(screen)
        gate.set()
    assert blocker.args[0]


def test_a_write_announces_the_tables_it_touched_after_its_answer(qtbot, desk):
    order = []
    desk.changed.connect(order.append)
    desk.write(desk, mark, lambda _result: order.append("then"), verb="test.mark")
    assert order == ["then", frozenset({"settings"})]


def test_what_the_user_can_understand_goes_to_the_one_who_asked(desk):
    def op(work):
        raise NotAllowed("已归档的投诉件不能修改")

    refused = []
    desk.read(desk, op, print, refused.append)
    desk.write(desk, op, print, refused.append, verb="test.refused")
    assert [str(error) for error in refused] == ["已归档的投诉件不能修改"] * 2


def test_without_somebody_to_tell_it_is_announced(qtbot, desk):
    def op(work):
        raise NotAllowed("停")

    with qtbot.waitSignal(desk.failed) as blocker:
        desk.read(desk, op, print)
    assert str(blocker.args[0]) == "停"


@pytest.mark.parametrize(("way", "told"), [("read", []), ("survey", []), ("make", ["停"]), ("with_database", ["停"])])
def test_what_a_closed_page_may_not_read_is_no_news_but_work_that_failed_is(qtbot, real_desk, way, told):
    gate, heard, owner = threading.Event(), [], QObject()

    def op(*_work):
        gate.wait(5)
        raise NotAllowed("停")

    real_desk.failed.connect(lambda error: heard.append(str(error)))
    getattr(real_desk, way)(owner, op, print, print)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: real_desk.idle)
    assert heard == told


def test_a_bug_is_not_hidden(qtbot, real_desk):
    with qtbot.capture_exceptions() as caught:
        real_desk.read(real_desk, lambda work: 1 / 0, print)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_a_failed_write_leaves_nothing_and_announces_nothing(qtbot, desk, database, manager):
    from odr_desk.store import settings

    def op(work):
        mark(work, "不该留下")
        raise NotAllowed("停")

    with qtbot.assertNotEmitted(desk.changed), qtbot.waitSignal(desk.failed):
        desk.write(desk, op, verb="test.refused")
    with database.reading(manager) as work:
        assert settings.read(work, "mark") == ""


def test_busy_is_said_after_a_while_and_taken_back(qtbot, real_desk):
    gate, said = threading.Event(), []
    real_desk.busy.connect(said.append)
    with qtbot.waitSignal(real_desk.busy):
        real_desk.read(real_desk, lambda work: gate.wait(5), lambda _answer: None)
    with qtbot.waitSignal(real_desk.busy):
        gate.set()
    assert said == [True, False]


def test_quick_work_never_gets_to_say_that_it_is_busy(desk):
    desk.read(desk, lambda work: 1, lambda _answer: None)
    assert not desk._patience.isActive()


class Hoarder:
    """A thread that keeps everything it was handed, as one does that is slow to let go."""

    def __init__(self) -> None:
        self.kept = []
        self._thread = ThreadPoolExecutor(1)

    def submit(self, fn):
        future = self._thread.submit(fn)
        self.kept.append((fn, future))
        return future

    def shutdown(self) -> None:
        self._thread.shutdown()


class Asker(QObject):
    """A screen that notes how often it was told something."""

    def __init__(self, told) -> None:
        super().__init__()
        self._told = told

    def hear(self, *said):
        self._told.append(said)


def refuse(_work):
    raise NotAllowed("停")


@pytest.mark.parametrize("way", ["read", "survey", "write", "make", "with_database"])
@pytest.mark.parametrize("op", [lambda *_: 1, refuse])
def test_no_other_thread_keeps_who_asked(qtbot, dressed, database, manager, way, op):
    runner, beside = Hoarder(), Hoarder()
    desk = Desk(lambda: database, manager, runner=runner, surveyor=beside, maker=beside)
    told = []
    screen = Asker(told)
    gone = weakref.ref(screen)
    job = partial(op, None) if way == "make" else op
    getattr(desk, way)(screen, job, screen.hear, screen.hear, **({"verb": "test.mark"} if way == "write" else {}))
    del screen
    qtbot.waitUntil(lambda: bool(told))
    gc.collect()
    assert (len(runner.kept + beside.kept), gone()) == (1, None)
    desk.close()


def test_work_that_reports_keeps_no_screen(desk):
    told = []
    screen = Asker(told)
    progress, gone = desk.progress(screen, screen.hear), weakref.ref(screen)
    progress(1, 2)
    shiboken6.delete(screen)
    del screen
    desk.progress(desk, print)
    progress(2, 2)
    gc.collect()
    assert (told, gone()) == ([(1, 2)], None)


def test_progress_is_shown_and_cancelling_undoes_the_work(qtbot, real_desk, database, manager):
    from odr_desk.store import settings

    shown, refused, gate = [], [], threading.Event()
    progress = real_desk.progress(real_desk, lambda done, total: shown.append((done, total)))

    def op(work):
        mark(work, "一半")
        progress(1, 2)
        gate.wait(5)
        progress(2, 2)

    real_desk.write(real_desk, op, failed=refused.append, verb="test.long")
    qtbot.waitUntil(lambda: bool(shown))
    progress.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(refused))
    assert shown == [(1, 2)]
    assert isinstance(refused[0], Stopped)
    with database.reading(manager) as work:
        assert settings.read(work, "mark") == ""


def test_what_is_asked_for_after_the_end_is_not_done(database, manager):
    desk, seen = Desk(lambda: database, manager), []
    desk.close()
    desk.write(desk, lambda work: mark(work, "关门后"), seen.append, verb="test.mark")
    desk.read(desk, lambda work: "nothing", seen.append)
    assert seen == [] and desk.idle


def test_closing_finishes_every_write_that_was_asked_for(qtbot, database, manager):
    from odr_desk.store import settings

    desk, gate = Desk(lambda: database, manager), threading.Event()

    def slow(work):
        gate.wait(5)

    desk.read(desk, slow, print)
    desk.write(desk, lambda work: mark(work, "关门前"), verb="test.mark")
    threading.Timer(0.05, gate.set).start()
    desk.close()
    with database.reading(manager) as work:
        assert settings.read(work, "mark") == "关门前"


def test_making_needs_no_database(qtbot, manager):
    def none():
        raise AssertionError("the database was opened")

    desk, seen = Desk(none, manager), []
    desk.make(desk, lambda: threading.current_thread().name, seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    desk.close()
    assert seen[0].startswith("make")


def test_only_the_newest_of_waiting_questions_is_asked(qtbot, real_desk):
    latest, gate, asked, shown = Latest(real_desk, real_desk), threading.Event(), [], []

    def question(text):
        def op(work):
            asked.append(text)
            if text == "j":
                gate.wait(5)
            return text

        return op

    for text in ("j", "jx", "jxz", "jxzb"):
        latest.read(question(text), shown.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert asked == ["j", "jxzb"]
    assert shown == ["jxzb"]


def test_a_question_that_fails_by_a_bug_does_not_keep_the_next_from_being_asked(qtbot, desk):
    latest, shown = Latest(desk, desk), []
    with qtbot.capture_exceptions() as caught:
        latest.read(lambda work: 1 // 0, shown.append)
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
    latest.read(lambda work: 2, shown.append)
    assert shown == [2]


def test_a_forgotten_question_is_never_answered(qtbot, real_desk):
    latest, gate, shown = Latest(real_desk, real_desk), threading.Event(), []
    latest.read(lambda work: gate.wait(5), shown.append)
    latest.forget()
    gate.set()
    real_desk.read(real_desk, lambda work: "after", shown.append)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == ["after"]
    latest.read(lambda work: "new", shown.append)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown[1] == "new"


def test_a_new_actor_is_announced_and_used(qtbot, desk, clerk):
    with qtbot.waitSignal(desk.actor_changed):
        desk.actor = clerk
    seen = []
    desk.read(desk, lambda work: work.actor.user, seen.append)
    assert seen == ["clerk"]


class Speaker(QObject):
    said = Signal(object)


def test_a_hundred_thousand_signals_lose_no_reference(dressed):
    """PySide6 6.12 on Python 3.11 dropped a reference to None with each emit and died after some hundreds."""
    speaker, heard = Speaker(), []
    speaker.said.connect(lambda value: heard.append(value) if value is None else None)
    for _ in range(100_000):
        speaker.said.emit(None)
    gc.collect()
    assert len(heard) == 100_000
