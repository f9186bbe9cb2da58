"""One case: who against whom, what comes next, what has happened."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from odr_desk.rules.case import REASON_NEEDED, CaseState
from odr_desk.rules.people import Right
from odr_desk.rules.stations import Station
from odr_desk.services import cases, codes, people, timeline
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.timeline import EventRow
from odr_desk.ui import ask
from odr_desk.ui.actions import Act
from odr_desk.ui.cases import calculator, closing_dialog, deadline_dialog, dialogs, feedback_dialog, revisit_dialog
from odr_desk.ui.cases.data_tab import DataTab
from odr_desk.ui.cases.facts import Facts
from odr_desk.ui.cases.header import Header
from odr_desk.ui.cases.progress import Progress
from odr_desk.ui.cases.quick_log import QuickLog
from odr_desk.ui.cases.settlement_tab import SettlementTab
from odr_desk.ui.cases.sittings_tab import SittingsTab
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, on_ground, row
from odr_desk.ui.widgets.tabs import Tabs

_PANEL_FROM, _COMPACT_BELOW = 1500, 600
_PANEL_WIDE, _PANEL_NARROW, _WIDE_FROM = 420, 300, 1800
_CALL_MERCHANT = 1  # place in quick_log.KINDS


class CasePage(QWidget):
    """Shows a case and lets its handler work on it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._shell = shell
        self._found: CaseDetail | None = None
        self._channels: dict[str, str] = {}
        self.header = Header()
        self.header.acted.connect(self._act)
        self.header.revealed.connect(self._reveal)
        self.header.due_asked.connect(self._explain_due)
        self.log = QuickLog(shell)
        self.progress = Progress()
        self.progress.edit_asked.connect(lambda event: self._rewrite(event, "修改记录", timeline.edit))
        self.progress.amend_asked.connect(lambda event: self._rewrite(event, "补充更正", timeline.amend))
        self.sittings = SittingsTab(shell)
        self.settlement = SettlementTab(shell)
        self.data = DataTab(shell)
        self.facts = Facts()
        self._connect_facts()
        self.tabs = Tabs(says="投诉件页签")
        self._bodies = QStackedWidget()
        self._lay()
        shell.desk.read(self, lambda work: codes.names(work, "channels"), self._know_channels)

    def show_case(self, found: CaseDetail) -> None:
        """Show this case; what was typed for another one is kept."""
        self._found = found
        self.header.show_case(found, self._channels.get(found.draft.channel, ""))
        self.header.set_acts(self._more(found))
        may_write = self._shell.desk.actor.may(Right.WRITE_CASES)
        self.header.button.setVisible(may_write)
        self.log.show_case(found.row.number)
        self.log.setVisible(may_write and found.row.state is not CaseState.CLOSED)
        self.progress.show_case(found, self._shell.desk.actor.user_id)
        self.facts.show_case(found)
        self.sittings.show_case(found)
        self.settlement.show_case(found)
        self.data.show_case(found)

    def submit(self) -> None:
        """Do what Ctrl+⏎ means on the tab that is open: save its form, or record the entry."""
        if self.tabs.code() == "data" and self.data.is_editing():
            self.data.save()
        elif self.tabs.code() == "sittings" and self.sittings.is_writing():
            self.sittings.save()
        elif self.tabs.code() == "progress":
            self.log.submit()

    def set_room(self, width: int, height: int) -> None:
        """Fit the page into a window of this size."""
        panel = width >= _PANEL_FROM
        self.facts.setVisible(panel)
        self.facts.setFixedWidth(_PANEL_WIDE if width >= _WIDE_FROM else _PANEL_NARROW)
        self.header.set_room(compact=height < _COMPACT_BELOW, panel=panel)

    def _lay(self) -> None:
        for code, words, body in (
            ("progress", "进展", self._progress_body()),
            ("sittings", "调解", self.sittings),
            ("settlement", "协议与履行", self.settlement),
            ("data", "资料", self.data),
        ):
            self.tabs.add(code, words)
            self._bodies.addWidget(body)
        self.tabs.currentChanged.connect(self._bodies.setCurrentIndex)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        main = column(self.header, self.tabs, self._bodies, gap=0)
        main.setStretch(2, 1)
        laid = row(main, self.facts, gap=0)
        laid.setStretch(0, 1)
        self.setLayout(laid)

    def _progress_body(self) -> QWidget:
        body = QWidget()
        laid = column(self.log, self.progress, margins=(16, 12, 16, 0), gap=4)
        laid.setStretch(1, 1)
        body.setLayout(laid)
        return body

    def _connect_facts(self) -> None:
        self.facts.due_asked.connect(self._explain_due)
        self.facts.step_asked.connect(self._set_step)
        self.facts.merchant_asked.connect(lambda number: self._shell.open("merchants", number))
        self.facts.earlier_asked.connect(lambda phone: self._shell.open("cases", {"text": phone}))

    def _know_channels(self, names: dict[str, str]) -> None:
        self._channels = names
        if self._found is not None:
            self.show_case(self._found)

    def _act(self) -> None:
        if self._found is None:
            return
        ways: dict[Station, Callable[[], object]] = {
            Station.ACCEPT: lambda: self._move(CaseState.ASSIGNED),
            Station.CALL_MERCHANT: lambda: self.log.start(_CALL_MERCHANT),
            Station.MEDIATE: self.note_sitting,
            Station.AGREE: self.agree,
            Station.PERFORM: self._perform,
            Station.FEED_BACK: lambda: feedback_dialog.show(self._shell, self, self._number()),
            Station.CLOSE: lambda: closing_dialog.show(self._shell, self, self._number(), self._go),
            Station.JUDGE: self.header.button.more.click,
            Station.JUDGE: self.header.button.open_menu,
            Station.CLOSED: lambda: dialogs.reopen(self._shell, self, self._number()),
        }
        if self._found.station is Station.CALL_MERCHANT:
            self.tabs.choose("progress")
        ways[self._found.station]()

    def _more(self, found: CaseDetail) -> tuple[Act, ...]:
        moves = tuple(
            Act(f"改为{state.label}", partial(self._move, state), right=Right.WRITE_CASES)
            for state in found.legal
            if state not in (CaseState.CLOSED, CaseState.SETTLED, CaseState.FAILED)
        )
        acts = (
            Act("分派…", lambda: dialogs.assign(self._shell, self, found), right=Right.WRITE_CASES),
            Act("设下一步…", self._set_step, right=Right.WRITE_CASES),
            Act("和解不成…", lambda: dialogs.fail(self._shell, self, found.row.number), right=Right.MEDIATE),
            *moves,
            Act("算主张…", lambda: calculator.show(self._shell, self, found)),
            Act("文书…", lambda: self._shell.open("papers", {"case": found.row.number}), "paper"),
        )
        return tuple(act for act in acts if act.is_for(self._shell.desk.actor))

    def _move(self, state: CaseState) -> None:
        reason = ""
        if state in REASON_NEEDED:
            said = ask.reason(
                self, f"改为{state.label}？", label="情况", do=f"改为{state.label}", hint="怎么回事，写一句"
            )
            if said is None:
                return
            reason = said
        number = self._number()
        self._shell.desk.write(
            self,
            lambda work: cases.advance(work, number, state, reason),
            lambda found: self._shell.say(f"{number} 已改为{found.label}"),
            self._shell.refuse,
            verb="case.advance",
            reason=reason,
        )

    def agree(self) -> None:
        """Open the editor of the agreement."""
        if self._found is not None:
            self._shell.open("agreements", {"agree": self._number()})

    def note_sitting(self) -> None:
        """Open the form for a sitting."""
        self.tabs.choose("sittings")
        self.sittings.write()

    def _perform(self) -> None:
        self.tabs.choose("settlement")

    def _go(self, target: str) -> None:
        """Go where an open item of the closing gate is dealt with."""
        match target:
            case "feedback":
                feedback_dialog.show(self._shell, self, self._number())
            case "revisit":
                revisit_dialog.show(self._shell, self, self._number())
            case "next_step":
                self._set_step()
            case "facts":
                self.edit_data()
            case _:
                self._perform()

    def edit_data(self) -> None:
        """Open the form for the facts of the case."""
        self.tabs.choose("data")
        self.data.edit()

    def _set_step(self) -> None:
        self.tabs.choose("progress")
        self.log.open_step()

    def _explain_due(self) -> None:
        if self._found is not None:
            ask.show(deadline_dialog.explain(self, self._found))

    def _reveal(self) -> None:
        if self._found is None:
            return
        number, phone = self._number(), self._found.draft.consumer_phone
        self._shell.desk.write(
            self,
            lambda work: people.reveal(work, f"cases:{number}", "consumer_phone"),
            lambda _: self.header.show_phone(phone),
            self._shell.refuse,
            verb="case.reveal",
        )

    def _rewrite(self, event: EventRow, title: str, change: Callable[..., object]) -> None:
        dialogs.rewrite(self._shell, self, self._number(), event, title, change)

    def _number(self) -> str:
        return self._found.row.number if self._found is not None else ""
