"""先行赔付: what the mall paid in a merchant's stead, and what has been taken back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from odr_desk.rules import money
from odr_desk.rules.advance import AdvanceState
from odr_desk.rules.moments import show_day
from odr_desk.rules.people import Right
from odr_desk.services import advances
from odr_desk.services.advances import AdvanceRow
from odr_desk.ui.screen import Shell
from odr_desk.ui.settlements import advance_dialogs as dialogs
from odr_desk.ui.settlements.board import Board
from odr_desk.ui.settlements.columns import ADVANCES, tail
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import column, empty_layout, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.words import Words

LAYOUT = "agreements.advances"
_ALL = "all"
_MARKS = {
    AdvanceState.REQUESTED: "act",
    AdvanceState.APPROVED: "act",
    AdvanceState.PAID: "wait",
    AdvanceState.RECOVERED: "done",
    AdvanceState.REFUSED: "",
}
_NARROW = ("number", "state", "merchant", "amount", "remaining")


class AdvanceBoard(Board):
    """Lists advance payments; they are few, so all of them are read at once."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._rows: tuple[AdvanceRow, ...] = ()
        self._state = _ALL
        self._text = ""
        self.panel = AdvancePanel(shell)
        table = Table(
            "先行赔付",
            ADVANCES,
            identity=lambda row: row.advance_no,
            marks=lambda row: _MARKS[row.state],
            stretch="merchant",
        )
        super().__init__(shell, table, self.panel, LAYOUT, narrow=_NARROW, spare=("state", "amount"))
        self.offer([*((state.value, state.label, _MARKS[state]) for state in AdvanceState), (_ALL, "全部", "")], _ALL)
        self.filtered.connect(self._on_state)
        self.shown.connect(self.panel.show_advance)
        hint = "商户拖延、拒赔、撤场，消费者索赔未果的，在履行事项里申请"
        self.table.set_empty(Empty("没有先行赔付", hint, icon="shield"))

    def refresh(self) -> None:
        """Read the list again."""
        self._shell.desk.read(self, advances.rows, self._take)

    def search(self, text: str) -> None:
        """Narrow the list to what these words are found in."""
        self._text = text
        self._show()

    def _take(self, rows: tuple[AdvanceRow, ...]) -> None:
        self._rows = rows
        counts = {state.value: sum(row.state is state for row in rows) for state in AdvanceState}
        self.show_counts(counts | {_ALL: len(rows)})
        self._show()

    def _show(self) -> None:
        shown = [row for row in self._rows if self._state in (_ALL, row.state.value) and _mentions(row, self._text)]
        self.table.set_rows(shown)

    def _on_state(self, code: str) -> None:
        self._state = code
        self._show()


class AdvancePanel(QWidget):
    """One advance payment: how it stands and what comes next."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self._shell = shell
        self._body = column(margins=(16, 12, 16, 12), gap=8)
        self._whole = scroll(self._body)
        self._nothing = Empty("没有选中的先行赔付", "在左边选一笔，这里审批、付款、追偿", icon="shield")
        self.setLayout(column(self._whole, self._nothing, gap=0))
        self.show_advance(None)

    def show_advance(self, advance: AdvanceRow | None) -> None:
        """Show an advance payment."""
        self._nothing.setVisible(advance is None)
        self._whole.setVisible(advance is not None)
        if advance is None:
            return
        empty_layout(self._body)
        head = row(
            Words(advance.advance_no, "title", elide=True),
            Badge(_MARKS[advance.state] or "wait", advance.state.label),
        )
        head.setStretch(0, 1)
        self._body.addWidget(panel(head))
        case_no = advance.case_no
        who = Words(f"{advance.merchant} → {advance.consumer}", "secondary", elide=True)
        places = row(who, Button(tail(case_no), "link", clicked=lambda: self._shell.open("cases", case_no)))
        places.setStretch(0, 1)
        self._body.addWidget(panel(places))
        self._body.addWidget(Words(advance.reason, wrap=True))
        for name, value in _facts(advance):
            self._body.addWidget(panel(row(Words(name, "secondary"), None, Words(value, right=True))))
        self._body.addWidget(line())
        self._body.addLayout(row(*self._steps(advance), None, gap=8))
        self._body.addStretch(1)

    def _steps(self, advance: AdvanceRow) -> list[QWidget]:
        if not self._shell.desk.actor.may(Right.MANAGE):
            return [Words("审批、付款和追偿由主管办理", "small")]
        known: dict[AdvanceState, tuple[tuple[str, Callable[..., None]], ...]] = {
            AdvanceState.REQUESTED: (("批准", dialogs.approve), ("不批准…", dialogs.refuse)),
            AdvanceState.APPROVED: (("登记付款", dialogs.pay), ("不付了…", dialogs.refuse)),
            AdvanceState.PAID: (("登记追回", dialogs.recover), ("追偿通知…", dialogs.notify)),
        }
        steps = known.get(advance.state, ())
        return [
            Button(words, "plain" if at else "primary", clicked=partial(do, self._shell, self, advance))
            for at, (words, do) in enumerate(steps)
        ]


def _facts(advance: AdvanceRow) -> list[tuple[str, str]]:
    found = [
        ("金额", f"{money.show(advance.amount)} 元"),
        ("事由", advance.cause),
        ("资金来源", advance.source),
        ("申请", advance.requested_by),
        ("未批准" if advance.refusal else "批准", advance.approved_by),
        ("原因", advance.refusal),
        ("付款", " ".join(part for part in (show_day(advance.paid_on), advance.voucher) if part)),
        ("追偿通知", show_day(advance.notified_on)),
    ]
    if advance.paid_on is not None:
        found += [("已追回", money.show(advance.recovered)), ("未追回", money.show(advance.remaining))]
    return [(name, value) for name, value in found if value]


def _mentions(advance: AdvanceRow, text: str) -> bool:
    return not text or any(
        text in said for said in (advance.advance_no, advance.case_no, advance.merchant, advance.consumer)
    )
