"""What can be done with the case on screen: the one button that takes it on, and everything under ▾."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from odr_desk.rules.case import ODR_CHANNELS, REASON_NEEDED, RESULTS, CaseState, Outcome
from odr_desk.rules.people import Right
from odr_desk.rules.stations import Station
from odr_desk.rules.transfer import DIVERTED
from odr_desk.services import cases, drafts
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.closing import OpenItem
from odr_desk.ui import going_on, kept_words, reason_dialog
from odr_desk.ui.actions import Act
from odr_desk.ui.cases import (
    bin_card,
    calculator,
    closing_dialog,
    compared,
    deadline_dialog,
    dialogs,
    fail_dialog,
    feedback_dialog,
    merging,
    recovered_dialog,
    revisit_dialog,
)
from odr_desk.ui.cases.closing_again import ClosingAgain
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.transfers import leaving

if TYPE_CHECKING:
    from odr_desk.ui.cases.case_page import CasePage

_DONE_ELSEWHERE = frozenset({CaseState.CLOSED, CaseState.SETTLED, CaseState.FAILED})
"""The states that a case reaches through its agreement, its end without one, or the closing gate.

A case taken out of the archive may go back to its agreement as it stands.
"""

_OF_MANY = (drafts.NEXT_STEP, drafts.TAGGING)


_MEDIATORS = frozenset({Station.AGREE, Station.FEED_BACK, Station.CLOSE, Station.CLOSED})
"""The stations that only who mediates takes a case on from; others hand it over."""


class CaseActs:
    """Does what the buttons of a case say; dialogs open over its page."""

    def __init__(self, shell: Shell, page: "CasePage") -> None:
        self._shell = shell
        self._page = page
        self._waiting = ClosingAgain(shell, page, self.close)

    def named(self, found: CaseDetail) -> str:
        """Return what the primary button says, nothing where this person can do nothing more."""
        if not self._may_go_on(found):
            return "转给调解员" if found.station is not Station.CLOSED else ""
        if found.station is Station.AGREE and found.agreed:
            return "看协议"
        return found.station.label if found.station is not Station.CLOSED else "重新打开"

    def go_on(self, found: CaseDetail) -> None:
        """Do what takes this case to its next station, or give it to who may."""
        number, page = found.row.number, self._page
        if not self._may_go_on(found):
            dialogs.assign(self._shell, page, found)
            return
        ways: dict[Station, Callable[[], object]] = {
            Station.ACCEPT: lambda: self._move(number, CaseState.ASSIGNED),
            Station.CALL_MERCHANT: page.call_merchant,
            Station.MEDIATE: page.prepare_sitting,
            Station.AGREE: page.agree,
            Station.PERFORM: lambda: page.tabs.choose("settlement"),
            Station.FEED_BACK: lambda: feedback_dialog.show(self._shell, page, number),
            Station.CLOSE: lambda: self.close(number),
            Station.JUDGE: page.header.button.open_menu,
            Station.CLOSED: lambda: dialogs.reopen(self._shell, page, number),
        }
        ways[found.station]()

    def _may_go_on(self, found: CaseDetail) -> bool:
        return found.station not in _MEDIATORS or self._shell.desk.actor.may(Right.MEDIATE)

    def more(self, found: CaseDetail) -> tuple[Act, ...]:
        """Return what else this person may do with this case."""
        number, page = found.row.number, self._page
        moves = tuple(
            Act(f"改为{state.label}", partial(self._move, number, state), right=Right.WRITE_CASES)
            for state in found.legal
            if state not in _DONE_ELSEWHERE or (found.agreed and state is CaseState.SETTLED)
        )
        ends: tuple[tuple[CaseState, str, Callable[[], object]], ...] = (
            (CaseState.FAILED, "和解不成…", lambda: fail_dialog.show(self._shell, page, number)),
            (CaseState.CLOSED, "结案…", partial(self.close, number)),
        )
        acts = (
            Act("分派…", lambda: dialogs.assign(self._shell, page, found), right=Right.WRITE_CASES),
            Act("设下一步…", page.set_step, right=Right.WRITE_CASES),
            *[Act("下一步办完了", page.finish_step, right=Right.WRITE_CASES)] * bool(found.row.next_step),
            Act("标签…", partial(self._tag, found), right=Right.WRITE_CASES),
            Act("期限、暂停…", page.explain_due),
            *(Act(words, step, right=Right.MEDIATE) for state, words, step in ends if state in found.legal),
            *moves,
            *self._leaving(found),
            Act("算主张…", lambda: calculator.show(self._shell, page, found)),
            Act(
                f"{compared.title(self._shell.desk.actor)}…",
                lambda: compared.show(self._shell, page, number, found.row.tail),
            ),
            Act("添加材料…", page.add_evidence, right=Right.WRITE_CASES),
            Act("合并到…", lambda: merging.show(self._shell, page, found), "jump", right=Right.WRITE_CASES),
            Act("删除…", lambda: bin_card.delete(self._shell, page, found), right=Right.MANAGE),
            Act("文书…", lambda: self._shell.open("papers", {"case": number}), "paper"),
        )
        return tuple(act for act in acts if act.is_for(self._shell.desk.actor))

    def _leaving(self, found: CaseDetail) -> tuple[Act, ...]:
        """Return what follows the end of a case, and how it may come from another body, go to one or go back."""
        number, page = found.row.number, self._page
        ended = found.state in RESULTS or found.state is CaseState.CLOSED
        told = ended and found.draft.channel in ODR_CHANNELS
        ways: tuple[tuple[bool, str, Callable[[Shell, QWidget, str], None], Right], ...] = (
            (told, "反馈平台…", feedback_dialog.show, Right.MEDIATE),
            (ended, "登记回访…", revisit_dialog.show, Right.WRITE_CASES),
            (found.result is Outcome.FAILED, "登记向消费者的说明…", leaving.explain, Right.WRITE_CASES),
            (ended, "移送…", leaving.move_out, Right.MEDIATE),
            (True, "登记转入…", leaving.take_in, Right.WRITE_CASES),
            (found.draft.channel in DIVERTED, "退回…", leaving.give_back, Right.MEDIATE),
        )
        return tuple(
            Act(words, partial(step, self._shell, page, number), right=right)
            for offered, words, step, right in ways
            if offered
        )

    def close(self, number: str) -> None:
        """Ask what is open before the case goes into the archive."""
        self._waiting.forget()
        closing_dialog.show(self._shell, self._page, number, partial(self.deal_with, number))

    def take_up(self, kind: str, subject: str, found: CaseDetail) -> None:
        """Go on with what was left unfinished; where it can no longer be, show the words."""
        number, page = found.row.number, self._page
        ways: dict[str, Callable[[], bool]] = {
            drafts.LOG: page.go_on_noting,
            drafts.SITTING: partial(page.take_up_sitting, subject),
            drafts.APPOINTMENT: page.arrange,
            drafts.POINTS: page.compare,
            drafts.FIELDS: page.edit_data,
            drafts.REWRITING: partial(page.rewrite_entry, subject),
        }
        gone = subject.partition("/")[0]
        if gone != number and kind not in (*ways, *_OF_MANY) and gone != subject:  # about a part of what was merged
            kept_words.find(self._shell, page, kind, subject, f"{gone} 已并入 {number}")
        elif kind in ways:
            if not ways[kind]():
                why = f"{number} 已归档" if found.state is CaseState.CLOSED else f"{number} 现在不能改"
                kept_words.find(self._shell, page, kind, subject if "/" in subject else number, why)
        elif (behind := going_on.tab_of(kind)) is not None:
            self._lead_to(behind, kind, subject, found)
        else:
            self._reopen(kind, subject, found)

    def _lead_to(self, behind: tuple[str, str], kind: str, subject: str, found: CaseDetail) -> None:
        """Go to the tab on which it can be gone on with, and say behind what; where it can no longer be, show it."""
        tab, how = behind
        self._page.tabs.choose(tab)
        if found.state is CaseState.CLOSED:
            kept_words.find(self._shell, self._page, kind, subject, f"{found.row.number} 已归档")
        else:
            self._shell.say(going_on.led(how))

    def _reopen(self, kind: str, subject: str, found: CaseDetail) -> None:
        """Open the dialog that was left unfinished."""
        shell, page, number = self._shell, self._page, found.row.number
        about = subject.partition("/")[2]
        ways: dict[str, Callable[[], object]] = {
            drafts.CLOSING: partial(self.close, number),
            drafts.RECKONING: partial(calculator.show, shell, page, found),
            drafts.MERGING: partial(merging.show, shell, page, found),
            drafts.DELETING: partial(bin_card.delete, shell, page, found),
            drafts.MOVING: lambda: self._move(number, CaseState(about)),
            drafts.ACKNOWLEDGING: lambda: leaving.acknowledge(shell, page, number, int(about)),
            drafts.PAUSING: lambda: deadline_dialog.show(shell, page, found, kind),
            drafts.DUE: lambda: deadline_dialog.show(shell, page, found, kind),
            drafts.TAKING_BACK_PAUSE: lambda: deadline_dialog.show(shell, page, found),
            **dict.fromkeys(_OF_MANY, partial(self._go_on_with_many, kind, subject)),
        }
        dialogs_of: dict[str, Callable[[Shell, QWidget, str], None]] = {
            drafts.REOPENING: dialogs.reopen,
            drafts.FEEDBACK: feedback_dialog.show,
            drafts.REVISIT: revisit_dialog.show,
            drafts.FAILING: fail_dialog.show,
            drafts.EXPLAINING: leaving.explain,
            drafts.HANDING_OVER: leaving.move_out,
            drafts.TAKING_IN: leaving.take_in,
            drafts.GIVING_BACK: leaving.give_back,
        }
        if kind in ways:
            ways[kind]()
        elif kind in dialogs_of:
            dialogs_of[kind](shell, page, number)

    def _go_on_with_many(self, kind: str, subject: str) -> None:
        """Ask again what was asked about these cases."""
        from odr_desk.ui.cases import bulk_dialogs  # made when it is first wanted

        def ask_again(found: tuple[drafts.Kept, ...]) -> None:
            if found:
                bulk_dialogs.go_on(self._shell, self._page, found[0])

        self._shell.desk.read(self._page, lambda work: drafts.of(work, kind, subject), ask_again, self._shell.refuse)

    def _tag(self, found: CaseDetail) -> None:
        from odr_desk.ui.cases import bulk_dialogs  # made when it is first wanted

        bulk_dialogs.tag(self._shell, self._page, (found.row.number,), found.tags)

    def deal_with(self, number: str, item: OpenItem) -> None:
        """Go where an open item of the closing gate is dealt with.

        What one dialog settles leads back to the gate, for the rest a strip offers to.
        """
        shell, page = self._shell, self._page
        back = partial(self.close, number)
        self._waiting.wait(number, item)
        ways: dict[str, Callable[[], object]] = {
            "feedback": lambda: feedback_dialog.show(shell, page, number, back),
            "revisit": lambda: revisit_dialog.show(shell, page, number, back),
            "recovered": lambda: recovered_dialog.show(shell, page, number, back),
            "explanation": lambda: leaving.explain(shell, page, number, back),
            "return": lambda: leaving.give_back(shell, page, number),
            "paper": lambda: shell.open("papers", {"case": number} | ({"kind": item.paper} if item.paper else {})),
            "next_step": page.set_step,
            "facts": lambda: page.edit_data(item.code),
            "receipt": page.show_moves,
            "sitting": lambda: page.tabs.choose("sittings"),
            "performance": lambda: page.tabs.choose("settlement"),
        }
        ways[item.target.value]()

    def _move(self, number: str, state: CaseState) -> None:
        said, words = f"{number} 已改为", f"改为{state.label}"
        if state not in REASON_NEEDED:
            self._shell.desk.write(
                self._page,
                lambda work: cases.advance(work, number, state),
                lambda found: self._shell.say(f"{said}{found.label}"),
                self._shell.refuse,
                verb="case.advance",
            )
            return
        kept_as = (drafts.MOVING, f"{number}/{state.value}")
        reason_dialog.show(
            self._shell,
            self._page,
            Why(f"{words}？", words, kept_as, label="情况", hint="怎么回事，写一句"),
            lambda work, reason: cases.advance(work, number, state, reason),
            verb="case.advance",
            then=lambda found: self._shell.say(f"{said}{found.label}"),
        )
