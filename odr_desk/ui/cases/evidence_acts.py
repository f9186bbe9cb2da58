"""What can be done with one piece of evidence: say what it is, put it elsewhere, take it out and back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from odr_desk.rules.columns import plain
from odr_desk.rules.errors import Conflict, DeskError
from odr_desk.rules.evidence import EvidenceDraft, Side
from odr_desk.rules.fields import field_of
from odr_desk.rules.people import Right
from odr_desk.services import drafts, evidence
from odr_desk.services.evidence import Piece
from odr_desk.ui import reason_dialog, versions
from odr_desk.ui.actions import Act
from odr_desk.ui.cases import evidence_export
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

Open = Callable[[int], object]


class PieceActs:
    """Changes pieces of one case at a time; `look` and `cover` open the viewer, `edit` goes to the label.

    `again` shows what is on record.
    """

    def __init__(
        self, shell: Shell, over: QWidget, look: Open, cover: Open, edit: Open, again: Callable[[], object]
    ) -> None:
        self._shell = shell
        self._over = over
        self._look, self._cover, self._edit, self._again = look, cover, edit, again
        self._is_asking = False
        self.case_no = ""

    def of(self, piece: Piece, *, may_write: bool, may_look: bool) -> tuple[Act, ...]:
        """Return what this person can do with a piece; looking at it comes first."""
        number = piece.number
        look = Act("查看", lambda: self._look(number), "eye", enabled=may_look)
        if piece.is_removed:
            return (look, *((Act("放回", lambda: self.restore(number), "back"),) if may_write else ()))
        sees = self._shell.desk.actor.may(Right.SEE_PERSONAL)
        change = (
            Act("改说明", lambda: self._edit(number)),
            Act("涂黑…", lambda: self._cover(number), enabled=sees),
            Act("往前移", lambda: self.arrange(number, piece.place - 1), "left", "Ctrl+Left"),
            Act("往后移", lambda: self.arrange(number, piece.place + 1), "right", "Ctrl+Right"),
        )
        copy = Act("导出这一份…", lambda: evidence_export.one(self._shell, self._over, piece, self.case_no), "download")
        away = Act("拿掉…", lambda: self.remove(piece), "close", "Delete")
        return (look, *(change if may_write else ()), *((copy,) if sees else ()), *((away,) if may_write else ()))

    def label(self, number: int, label: str, seen: str) -> None:
        """Say what a piece is, in place of what was seen of it; ask when somebody else has said it meanwhile."""
        self._say(number, "label", label, seen)

    def give_to(self, number: int, party: Side, seen: Side) -> None:
        """Say who handed a piece in, as `label` does."""
        self._say(number, "party", party, seen)

    def _say(self, number: int, name: str, mine: str, seen: str) -> None:
        case_no, field = self.case_no, field_of(EvidenceDraft, name)
        changed: dict[str, Any] = {name: mine}

        def refused(error: DeskError) -> None:
            if not isinstance(error, Conflict):
                self._shell.refuse(error)
            elif not self._is_asking:
                self._is_asking = True
                own, other = (
                    versions.read_side(EvidenceDraft, error.detail[side])[name] for side in ("mine", "theirs")
                )
                dialog = versions.choose_words(
                    error,
                    field,
                    (plain(own), plain(other)),
                    lambda is_own: self._say(number, name, own, other) if is_own else self._again(),
                    parent=self._over,
                )
                dialog.finished.connect(self._asked)

        self._shell.desk.write(
            self._over,
            lambda work: evidence.update(work, case_no, number, **changed, seen={name: seen}),
            None,
            refused,
            verb="attachment.update",
        )

    def _asked(self) -> None:
        self._is_asking = False

    def arrange(self, number: int, place: int) -> None:
        """Put a piece to another place among those of its party."""
        case_no = self.case_no
        if place > 0:
            self._write(lambda work: evidence.arrange(work, case_no, number, place))

    def remove(self, piece: Piece) -> None:
        """Ask why and take a piece out; it can be put back at any time."""
        case_no, number = self.case_no, piece.number
        kept_as = (drafts.TAKING_OUT, f"{case_no}/{number}")
        reason_dialog.show(
            self._shell,
            self._over,
            Why(f"拿掉材料“{piece.called}”？", "拿掉", kept_as, hint="如：传错了件、不是这次交易的"),
            lambda work, reason: evidence.remove(work, case_no, number, reason),
            verb="attachment.remove",
            then=lambda _: self._shell.say(f"“{piece.called}”已拿掉，文件还留着", lambda: self.restore(number)),
        )

    def restore(self, number: int) -> None:
        """Put a piece back."""
        case_no = self.case_no
        self._write(lambda work: evidence.restore(work, case_no, number), "attachment.restore")

    def _write(self, change: "Callable[[Work], object]", verb: str = "attachment.update") -> None:
        self._shell.desk.write(self._over, change, None, self._shell.refuse, verb=verb)
