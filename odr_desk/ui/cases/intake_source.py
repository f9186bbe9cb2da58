"""How a complaint came in: the way it took, its number over there, and when it arrived."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.rules import moments
from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.choice_edit import ChoiceEdit, Tick
from odr_desk.ui.widgets.day_edit import MomentEdit, this_day, this_moment
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.text_edit import LineEdit

WAYS = (
    ("CH06", "到店"),
    ("CH07", "来电"),
    ("CH08", "微信"),
    ("CH01", "12315平台"),
    ("CH04", "12345"),
    ("", "其他"),
)
_SENT_ON = ("", "CH01", "CH04")
"""These arrived somewhere else first: they have a number there, and their clocks run from that moment."""


class NumberEdit(LineEdit):
    """The number over there; `pasted` carries a whole complaint that was copied in its place."""

    pasted = Signal(str)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if any(mark in text.strip() for mark in "\n\t"):
                self.pasted.emit(text)
                return
        super().keyPressEvent(event)


class IntakeSource(QWidget):
    """The first lines of the intake; `changed` follows every keystroke."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.way = Segments(WAYS, "CH06")
        self.late = Tick("补录纸单")
        self.channel = ChoiceEdit([])
        self.platform = NumberEdit("整张单子也可以贴在这里")
        self.received = MomentEdit()
        theme.widen(self.received, 160)
        self.places = {
            "channel": Labelled("来源渠道", self.channel, required=True),
            "platform_no": Labelled("平台编号", self.platform),
            "received_at": Labelled("收到时间", self.received),
        }
        details = row(*self.places.values(), gap=16)
        details.setStretch(0, 1)
        details.setStretch(1, 1)
        first = row(Labelled("来路", self.way), column(None, self.late, gap=0), None, gap=12)
        self.setLayout(column(first, details, gap=12))
        self._follow()
        for signal in (self.way.changed, self.late.changed):
            signal.connect(self._follow)
        for editor in (self.way, self.late, self.channel, self.platform, self.received):
            editor.changed.connect(self.changed)

    def is_dated(self) -> bool:
        """Tell whether the moment of receipt is another one than that of registering."""
        return self._is_late() or (self._is_sent_on() and bool(self.received.text().strip()))

    def platform_no(self) -> str:
        """Return the number that the complaint has where it came from."""
        return self.platform.text().strip() if self._is_sent_on() else ""

    def received_on(self) -> date:
        """Return the day the complaint came in, today unless another one was typed."""
        if self.is_dated():
            try:
                return moments.day_of(moments.parse_moment(str(self.received.value() or "")))
            except ValueError:
                return this_day()
        return this_day()

    def code(self) -> str:
        """Return the code of the channel, empty while it is not chosen."""
        return str(self.way.value() or self.channel.value() or "")

    def values(self) -> dict[str, Any]:
        """Return every field as rules.parsing.parse takes it."""
        return {
            "channel": self.code(),
            "platform_no": self.platform_no(),
            "late_entry": self._is_late(),
            "received_at": self.received.value() if self.is_dated() else moments.local(this_moment()).isoformat(),
        }

    def content(self) -> dict[str, object]:
        """Return what was typed, fit for JSON, so that it comes back exactly."""
        return {
            "channel": self.way.value(),
            "source": self.channel.value(),
            "platform_no": self.platform.text(),
            "late": bool(self.late.value()),
            "received": self.received.text(),
        }

    def load(self, content: Mapping[str, Any]) -> None:
        """Show what was typed before."""
        self.way.set_value(content.get("channel", "CH06"))
        self.channel.set_value(content.get("source"))
        self.platform.set_value(content.get("platform_no", ""))
        self.late.set_value(content.get("late", False))
        self.received.setText(str(content.get("received", "")))
        self._follow()

    def take(self, number: str, received: datetime | None) -> int:
        """Fill in what is still empty and return how many fields that were."""
        empty = [
            (self.platform, number) if not self.platform.text().strip() and number else None,
            (self.received, received) if not self.received.text().strip() and received is not None else None,
        ]
        filled = [pair for pair in empty if pair is not None]
        for editor, value in filled:
            editor.set_value(value)
        return len(filled)

    def set_channels(self, options: Iterable[tuple[object, str]]) -> None:
        """Take the channels that can be chosen."""
        self.channel.set_options(options)

    def _is_sent_on(self) -> bool:
        return self.way.value() in _SENT_ON

    def _is_late(self) -> bool:
        return bool(self.late.value()) and not self._is_sent_on()

    def _follow(self) -> None:
        """Ask for no more than this way calls for."""
        sent_on = self._is_sent_on()
        self.late.setVisible(not sent_on)
        self.places["channel"].setVisible(not self.way.value())
        self.places["platform_no"].setVisible(sent_on)
        self.places["received_at"].setVisible(sent_on or self._is_late())
        self.received.setPlaceholderText("不填为现在" if sent_on else "12-07 14:30")
