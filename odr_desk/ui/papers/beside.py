"""What stands beside the sheet: what to check before printing, and what follows from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.moments import show_day, show_moment
from odr_desk.services.paper_desk import PaperDesk
from odr_desk.ui.widgets.boxes import card, column, empty_layout, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.check_list import CheckList
from odr_desk.ui.widgets.words import Words

OF_CASE = (
    "consumer_name", "consumer_phone", "id_no", "agent_letter", "merchant_no", "claims", "received_at", "timeline",
)  # fmt: skip
OF_MERCHANT = ("uscc", "merchant_name")
_MOST_DAYS = 8


class Beside(QWidget):
    """The right column; `asked` carries the field that is to be filled in elsewhere."""

    asked = Signal(str)
    voiding = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self._checks = CheckList("打印前")
        self._checks.lead_to((*OF_CASE, *OF_MERCHANT))
        self._checks.asked.connect(self.asked)
        self._issued = panel(column())
        self._after = panel(column())
        self._version = Words("", "small")
        body = column(
            self._checks, self._issued, self._after, None, row(self._version, None), margins=(16, 12, 16, 12), gap=12
        )
        self.setLayout(column(scroll(body), gap=0))

    def show_paper(self, found: PaperDesk) -> None:
        """Show what there is to check, or when the paper was issued."""
        fresh = found.issued is None and found.sheet is not None
        self._checks.setVisible(fresh)
        if fresh:
            self._checks.show_findings(found.checks)
        _refill(self._issued, self._issued_card(found))
        _refill(self._after, _after(found))
        self._version.setText(f"模板第 {found.version} 版" if found.version else "")

    def _issued_card(self, found: PaperDesk) -> QWidget | None:
        if found.issued is None:
            return None
        paper = found.issued
        body = column(
            Words("已出具", "head"),
            Words(f"{show_moment(paper.issued_at)} 由{paper.issued_by}出具，共 {paper.pages} 页。", wrap=True),
            Words("再打印还是这一份，一字不变。", "small", wrap=True),
            Words(f"校验码 {paper.sha256[:16]}", "small"),
            gap=4,
        )
        if not found.agreement_no and not found.void:
            body.addLayout(row(Button("作废重出…", "link", clicked=self.voiding.emit), None))
        return card(body)


def _after(found: PaperDesk) -> QWidget | None:
    if found.void or not found.duties:
        return None
    days = found.next_days
    body = column(Words("打印以后", "head"), gap=4)
    if not days:
        body.addWidget(Words("各项都已履行，签好归档即可。", "secondary", wrap=True))
    else:
        body.addWidget(Words("到期会在“协议与履行”提醒：", "secondary", wrap=True))
    for day, kind in days[:_MOST_DAYS]:
        body.addWidget(panel(row(Words(show_day(day), "head"), Words(kind, elide=True), None)))
    if len(days) > _MOST_DAYS:
        body.addWidget(Words(f"另有 {len(days) - _MOST_DAYS} 项", "small"))
    return card(body, "soft")


def _refill(place: QWidget, content: QWidget | None) -> None:
    layout = place.layout()
    if layout is None:
        return
    empty_layout(layout)
    if content is not None:
        layout.addWidget(content)
    place.setVisible(content is not None)
