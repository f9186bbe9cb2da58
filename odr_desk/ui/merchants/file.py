"""The file of a merchant: who it is, how it stands, and behind the tabs everything known."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from odr_desk.rules import money
from odr_desk.rules.merchant import Expiry
from odr_desk.rules.people import Right
from odr_desk.services.merchant_file import MerchantDetail
from odr_desk.ui.actions import Act
from odr_desk.ui.merchants.complaints import Complaints
from odr_desk.ui.merchants.deposit import Ledger
from odr_desk.ui.merchants.particulars import Particulars
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import column, on_ground, row, scroll
from odr_desk.ui.widgets.buttons import SplitButton
from odr_desk.ui.widgets.fact_strip import FactStrip
from odr_desk.ui.widgets.tabs import Tabs
from odr_desk.ui.widgets.words import Tone, Words

_LOW = 600  # window height under which the second half of the head goes


class MerchantFile(QWidget):
    """Shows a merchant and asks for what can be done with it: the form, a new case, 撤场, 并入."""

    changing = Signal()
    complaining = Signal()
    leaving = Signal()
    merging = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._may_write = shell.desk.actor.may(Right.WRITE_MERCHANTS)
        self._may_complain = shell.desk.actor.may(Right.WRITE_CASES)
        self._name = Words("", "title", elide=True)
        self._counter, self._badge = Words("", "secondary"), Badge("wait", "")
        self._do = SplitButton("修改")
        self._do.clicked.connect(self.changing if self._may_write else self.complaining)
        self._about = Words("", "secondary", elide=True)
        self._when = Words("", "small", right=True)
        self._facts = FactStrip("在办", "近 90 天", "保证金（元）", "租约止")
        self._head_two = row(self._about, None, self._when)
        head = column(
            row(self._name, self._counter, self._badge, None, self._do),
            self._head_two,
            self._facts,
            margins=(16, 10, 16, 8),
            gap=6,
        )
        self.particulars, self._complaints, self._ledger = (
            Particulars(may_write=self._may_write),
            Complaints(shell),
            Ledger(),
        )
        self._tabs, self._pages = Tabs(says="商户档案的页签"), QStackedWidget()
        self._codes = ("file", "cases", "deposit")
        for widget in (scroll(self.particulars), self._complaints, self._ledger):
            self._pages.addWidget(widget)
        for code, text in zip(self._codes, ("档案", "投诉件", "保证金"), strict=True):
            self._tabs.add(code, text)
        self._tabs.chosen.connect(lambda code: self._pages.setCurrentIndex(self._codes.index(code)))
        self.setLayout(column(head, self._tabs, self._pages, gap=0))

    def show_file(self, found: MerchantDetail) -> None:
        """Show this merchant; the open tab stays open."""
        self._name.setText(found.row.name)
        self._counter.setText(found.row.counter)
        self._show_standing(found)
        about = (found.row.number, found.row.full_name, found.draft.uscc)
        self._about.setText(" · ".join(part for part in about if part))
        source = f" · 导入 {found.batch_no}" if found.batch_no else ""
        self._when.setText(f"{found.created_on} 建档{source}")
        self._show_facts(found)
        self.particulars.show_file(found)
        self._complaints.show_file(found)
        self._ledger.show_file(found)
        self._tabs.set_badge("file", f"核对 {len(found.warnings)}" if found.warnings else "")
        self._do.set_text(self._main_words(found))
        self._do.set_acts(self._acts(found))
        self._do.setVisible(self._may_write or self._may_complain)

    def show_tab(self, code: str) -> None:
        """Open a tab."""
        self._tabs.choose(code)

    def set_room(self, height: int) -> None:
        """Leave out what has no room."""
        self._about.setVisible(height >= _LOW)
        self._when.setVisible(height >= _LOW)

    def _show_standing(self, found: MerchantDetail) -> None:
        """Say the one thing that matters most about the file."""
        self._badge.setVisible(found.row.retired or found.row.provisional or bool(found.remarks))
        if found.row.retired:
            self._badge.show_state("wait", "已撤场")
        elif found.row.provisional:
            self._badge.show_state("act", "待建档")
        elif found.remarks:
            first = max(found.remarks, key=lambda remark: remark.near is Expiry.OVER)
            self._badge.show_state("late" if first.near is Expiry.OVER else "act", first.text)

    def _show_facts(self, found: MerchantDetail) -> None:
        counts, deposit, draft = found.row, found.deposit, found.draft
        tone: Tone = "act" if counts.open_cases else ""
        self._facts.show_fact(0, f"{counts.open_cases} 件", f"共 {found.all_cases} 件", tone)
        most = f"多为{found.problems[0].label}" if found.problems else "没有投诉"
        self._facts.show_fact(1, f"{counts.recent_cases} 件", most)
        used = "没有动用" if deposit.left == deposit.held else f"原有 {money.show(deposit.held)}"
        owed = f"待追偿 {money.show(deposit.owed)}" if deposit.owed > 0 else used
        self._facts.show_fact(2, money.show(deposit.left) or "没有登记", owed if deposit.held else "")
        end, began = draft.lease_end, draft.lease_start
        tones: dict[Expiry, Tone] = {Expiry.OVER: "late", Expiry.SOON: "act"}
        words = end.isoformat() if end else "没有登记"
        self._facts.show_fact(3, words, f"自 {began}" if began else "", tones.get(counts.lease, ""))

    def _main_words(self, found: MerchantDetail) -> str:
        if not self._may_write:
            return "登记投诉"
        return "补全档案" if found.row.provisional else "修改"

    def _acts(self, found: MerchantDetail) -> tuple[Act, ...]:
        acts: list[Act] = []
        if self._may_write and self._may_complain:
            acts.append(Act("登记投诉", self.complaining.emit, icon="chat"))
        if self._may_write and found.row.provisional and not found.row.retired:
            acts.append(Act("并入已建档的商户", self.merging.emit, icon="group"))
        if self._may_write:
            acts.append(Act("恢复在场" if found.row.retired else "标为撤场", self.leaving.emit, icon="archive"))
        return tuple(acts)
