"""Two complaints of one matter: chosen from the likely ones, put together under one number, taken apart again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QWidget

from odr_desk.rules.columns import Column
from odr_desk.rules.moments import show_day
from odr_desk.services import drafts, merge_plan, merging
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.merge_plan import Plan
from odr_desk.services.merging import Merged, Parted
from odr_desk.services.queue import CaseRow
from odr_desk.ui import ask, keeping
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.choice_edit import Radio
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

COLUMNS: tuple[Column[CaseRow], ...] = (
    Column("编号", lambda found: found.tail, width=8),
    Column("收到", lambda found: show_day(found.received_on), width=12),
    Column("消费者", lambda found: found.consumer or "不详", width=8),
    Column("事由", lambda found: found.subject, width=26),
    Column("状态", lambda found: found.state.label, width=10),
)
_WIDE, _HIGH = 620, 150
_PAUSE_MS = 200


class MergeDialog(Dialog):
    """Asks with which case this one is the same matter, and which number leads."""

    def __init__(self, shell: Shell, found: CaseDetail, parent: QWidget) -> None:
        self._shell, self._number = shell, found.row.number
        self._plan: Plan | None = None
        self._listed = self._wanted = self._leader = ""  # the case listed first, another one that was chosen, who leads
        self._search = LineEdit("编号、平台编号、姓名、电话尾号；空着列出最像的")
        self.table: Table = Table("可能是同一件的", COLUMNS, identity=lambda one: one.number, stretch="事由")
        self.table.set_empty(Empty("这家商户没有别的投诉件", "只能和同一商户的合并"))
        self.table.setFixedHeight(_HIGH)
        self._leads = (Radio(""), Radio(""))
        self._group = QButtonGroup()
        for at, radio in enumerate(self._leads):
            self._group.addButton(radio, at)
        self._said = Words("", "secondary", wrap=True)
        self._card = card(
            column(row(Words("哪个编号牵头", "head"), *self._leads, None, gap=16), self._said, gap=6), "soft"
        )
        self._card.hide()
        body = column(
            Words("合并后只算一件，两个编号都查得到，进展放在一起看；随时可以拆开，各回原样。", "secondary", wrap=True),
            Labelled("和哪一件是同一件事", self._search),
            self.table,
            self._card,
            gap=8,
        )
        super().__init__(f"{found.row.tail} 和哪一件合并？", body, do="合并", closes=False, width=_WIDE, parent=parent)
        self._looking, self._planning = Latest(shell.desk, self), Latest(shell.desk, self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.do.setEnabled(False)
        self._search.textEdited.connect(lambda _text: self._pause.start())
        self.table.chosen.connect(self._on_chosen)
        self._group.idClicked.connect(self._let_lead)
        self.submitted.connect(self._merge)
        keep = keeping.over(shell, self, (drafts.MERGING, self._number), self._content, self._take_up)
        for changed in (self._search.changed, self.table.chosen, self._group.idClicked):
            changed.connect(keep.soon)
        self.look()

    def _content(self) -> dict[str, object]:
        """Return what was searched for and what was chosen otherwise than it stood there at first."""
        chosen = {"text": self._search.typed(), "other": self._wanted, "leader": self._leader}
        return {name: value for name, value in chosen.items() if value}

    def _take_up(self, kept: Mapping[str, object]) -> None:
        self._search.set_value(kept.get("text", ""))
        self._wanted, self._leader = str(kept.get("other", "")), str(kept.get("leader", ""))
        self.look()

    def _on_chosen(self, row: CaseRow | None) -> None:
        self._wanted = row.number if row is not None and row.number != self._listed else ""
        self._ask_plan()

    def _let_lead(self, at: int) -> None:
        self._leader = self._numbers()[at]
        self._ask_plan()

    def look(self) -> None:
        """List the likely ones, or those that answer to what was typed."""
        number, text = self._number, self._search.text()
        self._looking.read(lambda work: merge_plan.likely(work, number, text), self._show_found, self.show_error)

    def _show_found(self, found: tuple[CaseRow, ...]) -> None:
        wanted, self._listed = self._wanted, found[0].number if found else ""
        self.table.set_rows(found)
        self._plan = None
        self._card.hide()
        self.do.setEnabled(False)
        if found:
            self.table.choose(wanted if wanted in {one.number for one in found} else self._listed)
            self._ask_plan()  # the row may have stayed the same

    def _numbers(self) -> tuple[str, str]:
        other = self.table.current()
        return self._number, other.number if other is not None else ""

    def _ask_plan(self) -> None:
        number, other = self._numbers()
        leader = self._leader if self._leader in (number, other) else ""
        if other:
            self._planning.read(
                lambda work: merge_plan.plan(work, number, other, leader), self._show_plan, self.show_error
            )

    def _show_plan(self, plan: Plan) -> None:
        self._plan = plan
        self.clear_error()
        for radio, number in zip(self._leads, self._numbers(), strict=True):
            radio.setText(number)
            radio.setAccessibleName(f"{number} 牵头")
            radio.setChecked(number == plan.leader)
        self._said.setText(plan.refusal or "；".join(plan.said))
        self._said.set_tone("late" if plan.refusal else "")
        self._card.show()
        self.do.setText(f"并入 {plan.leader}")
        self.do.setEnabled(not plan.refusal)
        self.fit()

    def _merge(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self.set_busy(True)
        self._shell.desk.write(
            self,
            lambda work: merging.merge(work, plan.follower, plan.leader),
            self._merged,
            self.show_error,
            verb="case.merge",
        )

    def _merged(self, made: Merged) -> None:
        self.accept()
        self._shell.say(f"{made.follower_no} 已并入 {made.case_no}")
        self._shell.open("cases", made.case_no)


def show(shell: Shell, parent: QWidget, found: CaseDetail) -> None:
    """Ask with which case this one is merged."""
    ask.show(MergeDialog(shell, found, parent))


def split(shell: Shell, parent: QWidget, number: str) -> None:
    """Take a merge apart again."""

    def op(work: "Work") -> Parted:
        return merging.split(work, number)

    def done(parted: Parted) -> None:
        kept = f"；合并后改过的{'、'.join(parted.kept)}留在 {parted.leader_no}" if parted.kept else ""
        shell.say(f"{parted.case_no} 已从 {parted.leader_no} 拆开{kept}")

    shell.desk.write(parent, op, done, shell.refuse, verb="case.split")
