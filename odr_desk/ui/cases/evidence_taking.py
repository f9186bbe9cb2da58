"""Files on their way into the evidence box: looked over beside the other work, put on record, undone on request."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from odr_desk.rules.errors import DeskError, UnsafeFile
from odr_desk.rules.evidence import BoxDraft, EvidenceDraft, Side
from odr_desk.services import evidence, evidence_intake, evidence_pictures
from odr_desk.services.evidence_intake import Added, Box, Lot, Taken
from odr_desk.services.evidence_pictures import Sight
from odr_desk.ui import handed_over
from odr_desk.ui.handed_over import Thing
from odr_desk.ui.screen import Shell

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

_UNDONE = "刚放进来就撤销"
_NAMED = 5  # refused files whose reason is said; more would fill the screen


class Taking(QObject):
    """`added` carries the number of the piece that came last; `busy` tells whether a copy is being made."""

    added = Signal(int)
    busy = Signal(bool)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell

    def put(self, case_no: str, given: Sequence[Thing], party: Side) -> None:
        """Put files or pictures into the box of a case."""
        self._shell.desk.read(
            self,
            lambda work: evidence_intake.open_box(work, case_no),
            lambda box: self._take_in(box, tuple(given), party),
            self._shell.refuse,
        )

    def black_out(self, sight: Sight, boxes: Sequence[BoxDraft]) -> None:
        """Make a copy of a piece with the boxes black and put it beside the original."""
        running = self._shell.run(f"正在做“{sight.piece.called}”的遮盖副本")
        report = running.progress
        self.busy.emit(True)

        def made(taken: Taken) -> None:
            running.finish()
            self._shell.desk.write(
                self,
                lambda work: evidence_intake.add_shared(work, sight.case_no, sight.piece.number, taken),
                lambda added: self._shared(sight, added),
                lambda error: self._let_go((taken,), error),
                verb="attachment.blackout",
            )

        def failed(error: DeskError) -> None:
            running.finish()
            self.busy.emit(False)
            self._shell.refuse(error)

        self._shell.desk.make(
            self, lambda: evidence_pictures.black_out(sight, boxes, lambda: report(0, 1)), made, failed
        )

    def _take_in(self, box: Box, given: tuple[Thing, ...], party: Side) -> None:
        running = self._shell.run(f"正在放入材料 {len(given)} 份")
        report = running.progress

        def taken(lot: Lot) -> None:
            running.finish()
            if lot.taken:
                self._record(box, lot, party)
            elif lot.refused:
                self._shell.refuse(UnsafeFile(_reasons(lot)))

        def failed(error: DeskError) -> None:
            running.finish()
            self._shell.refuse(error)

        self._shell.desk.make(
            self, lambda: evidence_intake.take_all(box, handed_over.sources(given), report), taken, failed
        )

    def _record(self, box: Box, lot: Lot, party: Side) -> None:
        self._shell.desk.write(
            self,
            lambda work: evidence_intake.add(work, box.case_no, lot.taken, EvidenceDraft(party=party)),
            lambda added: self._recorded(box.case_no, added, lot),
            lambda error: self._let_go(lot.taken, error),
            verb="attach",
        )

    def _recorded(self, case_no: str, added: tuple[Added, ...], lot: Lot) -> None:
        self.added.emit(added[-1].number)
        new = [one.number for one in added if not one.known]
        known = "、".join(f"“{one.called}”" for one in added if one.known)
        words = (
            f"已放入材料 {len(new)} 份" if new else "",
            f"{known}已在材料里，没有重复存" if known else "",
        )
        said = "；".join(word for word in words if word)
        self._shell.say(said, (lambda: self._undo(case_no, new)) if new else None)
        if lot.refused:
            self._shell.refuse(UnsafeFile(_reasons(lot)))

    def _undo(self, case_no: str, numbers: Sequence[int]) -> None:
        def take_out(work: "Work") -> None:
            for number in numbers:
                evidence.remove(work, case_no, number, _UNDONE)

        self._shell.desk.write(self, take_out, None, self._shell.refuse, verb="attachment.remove", reason=_UNDONE)

    def _shared(self, sight: Sight, added: Added) -> None:
        self.busy.emit(False)
        self.added.emit(added.number)
        if added.known:
            self._shell.say("同样的遮盖副本已在材料里，没有重复存")
        else:
            self._shell.say(f"“{sight.piece.called}”的遮盖副本已放进材料，原件没有变")

    def _let_go(self, taken: tuple[Taken, ...], error: DeskError) -> None:
        evidence_intake.put_back(taken)
        self.busy.emit(False)
        self._shell.refuse(error)


def _reasons(lot: Lot) -> str:
    """Say why files were refused, of many the first ones."""
    words = [str(error) for error in lot.refused[:_NAMED]]
    left = len(lot.refused) - _NAMED
    if left > 0:
        words.append(f"另有 {left} 份也没有放进材料，请少选几份再放，看各是什么原因")
    return "；".join(words)
