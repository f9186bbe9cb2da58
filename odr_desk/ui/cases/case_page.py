"""One case: who against whom, what comes next, what has happened."""

from collections.abc import Callable, Mapping
from typing import cast

from PySide6.QtWidgets import QWidget

from odr_desk.rules.case import CaseState
from odr_desk.rules.people import Right
from odr_desk.services import codes, handling, people, text_modules, timeline
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.timeline import EventRow
from odr_desk.ui import theme
from odr_desk.ui.aim import Aim
from odr_desk.ui.cases import deadline_dialog, dialogs
from odr_desk.ui.cases.case_acts import CaseActs
from odr_desk.ui.cases.case_tabs import CaseTabs
from odr_desk.ui.cases.data_tab import DataTab
from odr_desk.ui.cases.evidence_tab import EvidenceTab
from odr_desk.ui.cases.facts import Facts
from odr_desk.ui.cases.header import Header
from odr_desk.ui.cases.merged_line import MergedLine
from odr_desk.ui.cases.points_tab import PointsTab
from odr_desk.ui.cases.precedents_card import PrecedentsLine
from odr_desk.ui.cases.progress import Progress
from odr_desk.ui.cases.progress_tab import ProgressTab
from odr_desk.ui.cases.quick_log import QuickLog
from odr_desk.ui.cases.settlement_tab import SettlementTab
from odr_desk.ui.cases.sittings_tab import SittingsTab
from odr_desk.ui.modules import PageModules
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, on_ground, row

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
        self._aim = Aim()
        self._channels: dict[str, str] = {}
        self.header = Header()
        self.merged = MergedLine(shell)
        self.acts = CaseActs(shell, self)
        self.header.acted.connect(self._act)
        self.header.revealed.connect(self._reveal)
        self.header.due_asked.connect(self.explain_due)
        self.modules = PageModules(shell, self, self._module_values, self._kind)
        self.log = QuickLog(shell, self.modules)
        self.log.step_done.connect(self.finish_step)
        self.progress = Progress()
        self.progress.edit_asked.connect(lambda event: self._rewrite(event, "修改记录", timeline.edit))
        self.progress.amend_asked.connect(lambda event: self._rewrite(event, "补充更正", timeline.amend))
        self.facts = Facts(shell)
        self._connect_facts()
        self.tabs = CaseTabs()
        self._lay()
        shell.desk.read(self, lambda work: codes.names(work, "channels"), self._know_channels)

    def show_case(self, found: CaseDetail) -> None:
        """Show this case; what was typed for another one is kept."""
        self._found = found
        self.header.show_case(found, self._channels.get(found.draft.channel, ""))
        self.header.set_acts(self.acts.named(found), self.acts.more(found))
        self.merged.show_case(found)
        may_write = self._shell.desk.actor.may(Right.WRITE_CASES)
        self.header.button.setVisible(may_write)
        self.log.show_case(found)
        self.log.setVisible(may_write and found.row.state is not CaseState.CLOSED)
        if not self.facts.isHidden():
            self.facts.show_case(found)
        self.tabs.show_case(found)
        self._take_aim()

    @property
    def shown(self) -> CaseDetail | None:
        """Return the case that is shown."""
        return self._found

    def aim(self, aim: Aim) -> None:
        """Open this place and point it out as soon as its case is shown."""
        self._aim = aim
        self._take_aim()

    def _take_aim(self) -> None:
        aim = self._aim
        if not aim.number or aim.number != self._number():
            return
        self._aim = Aim()
        self.tabs.choose(aim.tab)
        match aim.tab:
            case "progress":
                self.progress.point_out(aim)
            case "points":
                self.points.point_out(aim)
            case "sittings":
                self.sittings.point_out(aim)
            case "data":
                self.data.point_out(aim)

    @property
    def points(self) -> PointsTab:
        """The points in dispute of the case shown."""
        return cast("PointsTab", self.tabs.of("points"))

    @property
    def sittings(self) -> SittingsTab:
        """The sittings of the case shown."""
        return cast("SittingsTab", self.tabs.of("sittings"))

    @property
    def settlement(self) -> SettlementTab:
        """What was agreed on the case shown."""
        return cast("SettlementTab", self.tabs.of("settlement"))

    @property
    def evidence(self) -> EvidenceTab:
        """The evidence box of the case shown."""
        return cast("EvidenceTab", self.tabs.of("evidence"))

    @property
    def data(self) -> DataTab:
        """The facts of the case shown."""
        return cast("DataTab", self.tabs.of("data"))

    def submit(self) -> None:
        """Do what Ctrl+⏎ means on the tab that is open: save its form, or record the entry."""
        if self.tabs.code() == "data" and self.data.is_editing():
            self.data.save()
        elif self.tabs.code() == "points":
            self.points.save()
        elif self.tabs.code() == "sittings" and self.sittings.is_writing():
            self.sittings.save()
        elif self.tabs.code() == "progress":
            self.log.submit()

    def add_evidence(self) -> None:
        """Choose files for the evidence box."""
        self.tabs.choose("evidence")
        self.evidence.choose_files()

    def show_piece(self, number: int) -> None:
        """Go to a piece of evidence."""
        self.tabs.choose("evidence")
        self.evidence.point_out(number)

    def paste(self) -> None:
        """Put what was copied into the evidence box, if that is what is looked at."""
        if self.tabs.code() == "evidence" and self.isVisible():
            self.evidence.paste()

    def set_room(self, width: int, height: int) -> None:
        """Fit the page into a window of this size."""
        panel = width >= _PANEL_FROM
        self.facts.setVisible(panel)
        self.facts.setFixedWidth(max(_PANEL_WIDE if width >= _WIDE_FROM else 0, theme.wide(_PANEL_NARROW)))
        self.header.set_room(compact=height < _COMPACT_BELOW, panel=panel)
        self.tabs.set_room(beside=not panel)
        if panel and self._found is not None:
            self.facts.show_case(self._found)

    def _lay(self) -> None:
        self.tabs.add("progress", "进展", lambda: ProgressTab(self.log, self.progress, self._shell.desk))
        self.tabs.add("points", "双方主张", self._make_points)
        self.tabs.add("sittings", "调解", lambda: SittingsTab(self._shell))
        self.tabs.add("settlement", "协议与履行", lambda: SettlementTab(self._shell))
        self.tabs.add("evidence", "材料", lambda: EvidenceTab(self._shell))
        self.tabs.add("data", "资料", lambda: DataTab(self._shell))
        self.tabs.put_beside(PrecedentsLine(self._shell))
        main = column(self.header, self.merged, self.tabs, gap=0)
        main.setStretch(2, 1)
        laid = row(main, self.facts, gap=0)
        laid.setStretch(0, 1)
        self.setLayout(laid)

    def _make_points(self) -> PointsTab:
        made = PointsTab(self._shell)
        made.piece_asked.connect(self.show_piece)
        return made

    def _connect_facts(self) -> None:
        self.facts.due_asked.connect(self.explain_due)
        self.facts.step_asked.connect(self.set_step)
        self.facts.step_done.connect(self.finish_step)
        self.facts.merchant_asked.connect(lambda number: self._shell.open("merchants", number))
        self.facts.earlier_asked.connect(lambda phone: self._shell.open("cases", {"text": phone}))

    def _know_channels(self, names: dict[str, str]) -> None:
        self._channels = names
        if self._found is not None:
            self.show_case(self._found)

    def _act(self) -> None:
        if self._found is not None:
            self.acts.go_on(self._found)

    def agree(self) -> None:
        """Open the editor of the agreement."""
        if self._found is not None:
            self._shell.open("agreements", {"agree": self._number()})

    def add_point(self) -> None:
        """Open the points in dispute and add one."""
        self.tabs.choose("points")
        self.points.add()

    def prepare_sitting(self) -> None:
        """Go to the sitting that is arranged, or arrange one."""
        self.sittings.prepare()
        self.tabs.choose("sittings")

    def note_sitting(self) -> bool:
        """Open the form for a sitting; tell whether this case may have one."""
        self.tabs.choose("sittings")
        self.sittings.write()
        return self.sittings.is_writing()

    def take_up_sitting(self, subject: str) -> bool:
        """Go on with the form for a sitting, or with the correction of one; tell whether that may be."""
        number, _, sitting = subject.partition("/")
        if not sitting:
            return self.note_sitting()
        self.tabs.choose("sittings")
        return number == self._number() and self.sittings.correct_again(int(sitting))

    def arrange(self) -> bool:
        """Open the form for a sitting to come; tell whether this case may have one."""
        self.tabs.choose("sittings")
        return self.sittings.arrange()

    def compare(self) -> bool:
        """Open the points in dispute; tell whether they may be changed."""
        self.tabs.choose("points")
        return self.points.is_writable

    def go_on_noting(self) -> bool:
        """Put the cursor into the quick log; tell whether something may be noted."""
        self.tabs.choose("progress")
        self.log.read_again()
        self.log.edit.setFocus()
        return not self.log.isHidden()

    def edit_data(self, field: str = "") -> bool:
        """Open the form for the facts of the case, at a field; tell whether they may be changed."""
        self.tabs.choose("data")
        return self.data.edit(field)

    def rewrite_entry(self, subject: str) -> bool:
        """Open the entry of a number again that was being changed; tell whether it may still be."""
        self.tabs.choose("progress")
        number, _, entry = subject.partition("/")
        found = self._found.timeline if self._found is not None else ()
        place = (number, entry)
        event = next((one for one in found if (one.of or self._number(), str(one.number)) == place), None)
        if event is not None:
            self.progress.rewrite(event)
        return event is not None

    def set_step(self) -> None:
        """Open the line for the next step."""
        self.tabs.choose("progress")
        self.log.open_step()

    def show_moves(self) -> None:
        """Show where the case came from and went."""
        self.tabs.choose("data")
        self.data.show_moves()

    def finish_step(self) -> None:
        """Note that the next step is done and nothing follows it yet."""
        if self._found is None:
            return
        number, version = self._number(), self._found.version
        self._shell.desk.write(
            self,
            lambda work: handling.set_next_step(work, number, "", None, version),
            lambda _: self._shell.say("下一步办完了"),
            self._shell.refuse,
            verb="case.next_step",
        )

    def call_merchant(self) -> None:
        """Begin an entry about a call to the merchant."""
        self.tabs.choose("progress")
        self.log.start(_CALL_MERCHANT)

    def explain_due(self) -> None:
        """Open the deadlines: how they are counted, pauses, a day of the desk's own."""
        if self._found is not None:
            deadline_dialog.show(self._shell, self, self._found)

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
        dialogs.rewrite(self._shell, self, event.of or self._number(), event, title, change)

    def _kind(self) -> str:
        return self.log.kind()

    def _module_values(self) -> Mapping[str, str]:
        return text_modules.values(self._found) if self._found is not None else {}

    def _number(self) -> str:
        return self._found.row.number if self._found is not None else ""
