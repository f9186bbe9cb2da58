"""The one place where refusals and bugs are shown."""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

import PySide6
from PySide6.QtWidgets import QApplication, QWidget

import odr_desk
from odr_desk.rules.errors import Conflict, DeskError, Trouble
from odr_desk.ui import ask
from odr_desk.ui.desk import Stopped
from odr_desk.ui.notices import Notices
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

_LOG = logging.getLogger(__name__)
Again = Callable[[], object] | None


def show(error: DeskError, notices: Notices, again: Again = None) -> None:
    """Show a refusal: trouble of disk or printer as a box with 重试, the rest at the top of the page."""
    match error:
        case Stopped():
            notices.say(str(error), None)
        case Trouble():
            if ask.trouble(notices.window(), error) and again is not None:
                again()
        case _:
            banner = Banner("late", str(error))
            if again is not None:
                banner.add_button("重新载入" if isinstance(error, Conflict) else "重试", _once(banner, again))
            notices.refuse(banner)


def report(error: BaseException) -> str:
    """Return what a developer needs to know, and nothing that was typed: no messages, no values."""
    import platform

    from odr_desk.rules import tracing

    versions = (
        f"odr_desk {odr_desk.__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
        f"{platform.system()} {platform.release()}"
    )
    return f"{versions}\n{tracing.told(error)}"


def install(parent: Callable[[], QWidget | None]) -> None:
    """Send every exception that nobody caught to the log and to the crash window."""

    def on_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _LOG.critical("unexpected %s\n%s", kind.__qualname__, report(error))
        show_bug(error.with_traceback(trace), parent())

    def on_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            _LOG.critical("unexpected in %s\n%s", args.thread, report(args.exc_value))

    sys.excepthook = on_bug
    threading.excepthook = on_thread


def show_bug(error: BaseException, parent: QWidget | None) -> None:
    """Open the crash window, one at a time."""
    if any(isinstance(window, CrashWindow) and window.isVisible() for window in QApplication.topLevelWidgets()):
        return
    ask.show(CrashWindow(report(error), parent))


class CrashWindow(Dialog):
    """Says that the program made a mistake; what was saved is safe."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        self._text = text
        said = Words("程序出错了，刚才这一步可能没有完成。已经存下的内容没有受影响。", wrap=True)
        then = Words("可以继续使用；请核对刚才这一步。同样的错再出现，请复制报告交给维护人员。", "secondary", wrap=True)
        self._copied = Words("", "small", "done")
        copy = Button("复制报告", icon="paper", clicked=self._copy)
        inside = column(
            said, then, row(copy, self._copied, None), Words("报告里没有姓名、电话和录入的内容。", "small"), gap=8
        )
        super().__init__("程序出错了", inside, do="继续", keep="退出程序", parent=parent)
        self.keep.clicked.connect(QApplication.quit)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._text)
        self._copied.setText("已复制")


def _once(banner: Banner, again: Callable[[], object]) -> Callable[[], object]:
    def run() -> None:
        banner.dismiss()
        again()

    return run
