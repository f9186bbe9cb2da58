import threading

import pytest

from odr_desk.rules.errors import Trouble
from odr_desk.store.gate import Gate


def test_shutting_waits_for_what_is_inside():
    gate, order = Gate(), []
    inside, go_on = threading.Event(), threading.Event()

    def work():
        with gate.passing():
            inside.set()
            go_on.wait(5)
            order.append("work done")

    worker = threading.Thread(target=work)
    worker.start()
    inside.wait(5)
    threading.Timer(0.05, go_on.set).start()
    with gate.shut():
        order.append("shut")
    worker.join()
    assert order == ["work done", "shut"]


def test_nobody_comes_in_while_it_is_shut():
    gate, order = Gate(), []

    def work():
        with gate.passing():
            order.append("inside")

    with gate.shut():
        worker = threading.Thread(target=work)
        worker.start()
        worker.join(0.1)
        assert worker.is_alive()
        order.append("open again")
    worker.join(5)
    assert order == ["open again", "inside"]


def test_waiting_ends_in_words():
    gate = Gate(patience=0.05)
    with gate.passing(), pytest.raises(Trouble, match="正在忙另一件事"), gate.shut():
        pass
    with gate.passing():
        pass
    with gate.shut(), pytest.raises(Trouble), gate.passing():
        pass


def test_it_opens_again_after_an_error():
    gate = Gate(patience=0.05)
    with pytest.raises(KeyError), gate.shut():
        raise KeyError
    with gate.passing():
        pass
