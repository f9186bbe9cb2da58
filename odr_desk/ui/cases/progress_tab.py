"""进展: the quick log above the timeline, and which of them scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from odr_desk.services.case_file import CaseDetail
from odr_desk.ui.cases.progress import Progress
from odr_desk.ui.cases.quick_log import QuickLog
from odr_desk.ui.desk import Desk
from odr_desk.ui.widgets.boxes import column, panel, scroll

_MARGINS = (16, 12, 16, 0)


class ProgressTab(QWidget):
    """The quick log above the timeline; where there is too little room for both they scroll together, with one bar."""

    def __init__(self, log: QuickLog, progress: Progress, desk: Desk) -> None:
        super().__init__()
        self._log, self._progress, self._desk = log, progress, desk
        self._number = ""
        self._laid = column(log, progress, margins=_MARGINS, gap=4)
        self._laid.setStretch(1, 1)
        body = panel(self._laid)
        body.installEventFilter(self)
        self._area = scroll(body)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(self._area, gap=0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        """Let the timeline scroll alone as long as three entries have room below the log."""
        log = self._log.minimumSizeHint().height() if not self._log.isHidden() else 0
        margins = self._laid.contentsMargins()
        needed = margins.top() + log + self._laid.spacing() + self._progress.least() + margins.bottom()
        is_cramped = needed > self.height()
        self._progress.stand_whole(is_cramped)
        left, top, right, bottom = _MARGINS
        self._laid.setContentsMargins(left, top, right - is_cramped * self._bar(), bottom)

    def _bar(self) -> int:
        """Return how wide the bar is: it stands in the margin, where nothing else is."""
        return self._area.verticalScrollBar().sizeHint().width()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for the width that both need: they only scroll up and down."""
        left, _, right, _ = _MARGINS
        inside = max(self._log.minimumSizeHint().width(), self._progress.minimumSizeHint().width())
        return QSize(left + inside + right, super().minimumSizeHint().height())

    def show_case(self, found: CaseDetail) -> None:
        """Show the timeline of this case, another one from its beginning."""
        if found.row.number != self._number:
            self._number = found.row.number
            self._area.verticalScrollBar().setValue(0)
        self._progress.show_case(found, self._desk.actor)
