"""What is around the window: a screen to open on, and a terminal or system that asks it to end."""

import os
import signal
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler

from odr_desk.rules.errors import Trouble

_NO_SCREEN = "这里没有图形界面，窗口打不开。"
_WHERE_TO_START = "请在桌面会话里启动；远程登录时用 odr-desk --help 查看不用窗口的命令。"
_UNREACHABLE = (
    "连不上图形界面，窗口打不开，什么也没有改动。请核对环境变量 DISPLAY，在桌面会话里启动；"
    "在 Debian、Ubuntu 上还可能缺系统库，可运行一次：sudo apt-get install libxcb-cursor0。"
)


def check_screen(platform: str, variables: Mapping[str, str]) -> None:
    """Raise Trouble when Qt will find no screen; only Linux runs without one."""
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    if platform.startswith("linux") and not any(variables.get(name) for name in named):
        raise Trouble(_NO_SCREEN, _WHERE_TO_START, "true")


@contextmanager
def explained() -> Generator[None]:
    """Say in Chinese why Qt ends the program while the application is made: it can be asked for nothing later."""
    before = qInstallMessageHandler(_on_message)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def end_when_asked(end: Callable[[], object]) -> None:
    """Let Ctrl+C in the terminal and the system's wish close the window in order; a second time ends at once.

    Python hears of a signal when it runs next, within a second: the collector's clock ticks on (ui/garbage.py).
    """

    def on_signal(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        QTimer.singleShot(0, end)

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, on_signal)


def _on_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - as Qt does by itself
    if kind is QtMsgType.QtFatalMsg:
        print(_UNREACHABLE, file=sys.stderr, flush=True)  # noqa: T201 - no window will say it
        os._exit(1)  # Qt would abort now and leave a core file
