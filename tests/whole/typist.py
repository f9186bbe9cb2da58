"""Somebody who types at the window until the program is killed, and looks what is there after it was: see test_typing.

Run as `python -m tests.whole.typist type|burst|look FOLDER USER PASSWORD NUMBER…`; answers are JSON lines.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from odr_desk import app
from odr_desk.services import drafts
from odr_desk.ui.cases import bin_card
from odr_desk.ui.cases.page import CasesPage
from odr_desk.ui.entry.login_gate import LoginGate
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.window import Window
from tests.ui.hands import write

FIRST, SECOND = "镯子刻字刻错，😀 要求换新", "第二份：<b>羽绒服</b>掉毛\n退一赔三"
REASON = "登记了两次 \u202e𠀀\n"
_EVERY_MS = 10
_PATIENCE = 60.0  # seconds
_STROKE = 0.05  # seconds from letter to letter


def note_of(number: str) -> str:
    """Return what is typed about a case."""
    return f"关于 {number}：店长说“明天”回电"


def main() -> None:
    """Open the program as a person does, and do the job."""
    job, folder, user, password, *numbers = sys.argv[1:]
    application = app._application()
    program = app.Program(application)
    if not program.open(Path(folder)):
        raise SystemExit("the folder is taken")
    window = program.window
    _until(lambda: isinstance(window.gate, LoginGate))
    window.gate.user.set_value(user)
    window.gate.password.setText(password)
    window.gate.enter.click()
    _until(lambda: window.gate is None and window.desk.idle)
    {"type": _type, "burst": _burst, "look": _look}[job](window, numbers)
    application.exec()


def _type(window: Window, numbers: list[str]) -> None:
    """Type two registrations and a note on each case, the last letters only now."""
    page = _cases(window)
    page.take_down()
    write(page.intake.form.facts, FIRST)
    page.intake.put_away()
    page.intake.form.clear()
    write(page.intake.form.facts, SECOND)
    page.intake.form.name_edit.setText("吴")
    for number in numbers:
        page.open_case(number)
        _until(lambda: window.desk.idle and page.case._number() == number)  # noqa: B023 - done before the next one
        write(page.case.log.edit, note_of(number))
    write(_why(window, page), REASON)
    _say("typed")


def _why(window: Window, page: CasesPage) -> TextEdit:
    """Ask why the case shown is deleted, and return where that is written."""
    assert page.case.shown is not None
    bin_card.delete(window, page.case, page.case.shown)
    _until(lambda: window.desk.idle)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog.findChild(TextEdit)


def _burst(window: Window, numbers: list[str]) -> None:
    """Type without a pause, and count aloud."""
    page = _cases(window)
    page.open_case(numbers[0])
    _until(lambda: window.desk.idle and page.case._number() == numbers[0])
    for count in range(1, 100_000):
        write(page.case.log.edit, "字")
        _say(count)
        ended = time.monotonic() + _STROKE
        _until(lambda: time.monotonic() >= ended)  # noqa: B023 - done before the next one


def _look(window: Window, numbers: list[str]) -> None:
    """Say what the form and the notes show after the start."""
    page = _cases(window)
    window.desk.read(page, drafts.waiting, lambda found: _say([one.kind for one in found]))
    notes = {}
    for number in numbers:
        page.open_case(number)
        _until(lambda: window.desk.idle and bool(page.case.log.edit.toPlainText()))
        notes[number] = page.case.log.edit.toPlainText()
        page.case.log.keep_now()
    _say(notes)
    reason = _why(window, page)
    _say(reason.toPlainText())
    reason.window().close()
    shown = []
    page.take_down()
    _until(lambda: window.desk.idle and page.intake.form.has_words())
    shown.append([page.intake.form.name_edit.text(), page.intake.form.facts.toPlainText()])
    page.intake._next_draft()
    _until(lambda: window.desk.idle and page.intake.form.facts.toPlainText() != shown[0][1])
    shown.append([page.intake.form.name_edit.text(), page.intake.form.facts.toPlainText()])
    _say(shown)
    os._exit(0)


def _cases(window: Window) -> CasesPage:
    window.open("cases")
    page = window.current()
    if not isinstance(page, CasesPage):
        raise TypeError("the page of the cases did not open")
    _until(lambda: window.desk.idle)
    return page


def _until(is_so: Callable[[], bool]) -> None:
    """Let the program go on until something is so; give up when it never comes to be."""
    loop, late = QEventLoop(), time.monotonic() + _PATIENCE

    def ask() -> None:
        if is_so():
            loop.quit()
        elif time.monotonic() > late:
            os._exit(3)  # whatever stands in the way, a dialog perhaps

    look = QTimer(interval=_EVERY_MS)
    look.timeout.connect(ask)
    look.start()
    QApplication.processEvents()
    loop.exec()
    look.stop()


def _say(what: object) -> None:
    os.write(1, (json.dumps(what, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    main()
