"""回收站: a deleted case, who put it there and why, and the way back."""

from PySide6.QtWidgets import QWidget

from odr_desk.rules.moments import show_moment
from odr_desk.rules.people import Right
from odr_desk.services import case_bin, drafts
from odr_desk.services.case_bin import Binned
from odr_desk.services.case_file import CaseDetail
from odr_desk.ui import reason_dialog, theme
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, on_ground, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

_LABEL = 80
_WIDEST = 620


class BinCard(QWidget):
    """Shows a case in the bin in place of its page."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        on_ground(self, "surface")
        self._shell = shell
        self._number = ""
        self._title = Words("", "title", elide=True)
        self._values = tuple(Words("", wrap=True) for _ in range(5))
        self._left = Words("", "secondary", wrap=True)
        self.restore_button = Button("恢复", "primary", clicked=self.restore)
        if not shell.desk.actor.may(Right.MANAGE):
            self.restore_button.hide()
        lines = column(gap=6)
        for label, value in zip(("事由", "双方", "收到", "删除", "原因"), self._values, strict=True):
            name = Words(label, "secondary")
            theme.widen(name, _LABEL)
            line = row(name, value, gap=8)
            line.setStretch(1, 1)
            lines.addLayout(line)
        about = card(lines, "soft")
        about.setMaximumWidth(_WIDEST)
        self.setLayout(
            column(
                row(self._title, None, self.restore_button, gap=8),
                about,
                self._left,
                None,
                margins=(16, 12, 16, 12),
                gap=10,
            )
        )

    def show_binned(self, found: Binned) -> None:
        """Show this case."""
        self._number = found.number
        self._title.setText(f"{found.number} 在回收站里")
        by = f"{found.deleted_by} " if found.deleted_by else ""
        told = (
            found.subject,
            f"{found.consumer or '消费者不详'} ↔ {found.merchant}",
            show_moment(found.received_at),
            f"{by}{show_moment(found.deleted_at)}",
            found.reason or "没有写",
        )
        for words, value in zip(self._values, told, strict=True):
            words.setText(value)
        self._left.setText(
            f"还有 {found.days_left} 天可以恢复；之后内容清除，编号留在登记簿上作废，不再使用。"
            + ("" if self._shell.desk.actor.may(Right.MANAGE) else "需要恢复请找主管。")
        )

    def restore(self) -> None:
        """Take the case out of the bin."""
        number = self._number
        self._shell.desk.write(
            self,
            lambda work: case_bin.restore(work, number),
            lambda clashes: self._shell.say("。".join((f"{number} 已恢复", *(f"{one}，请改时间" for one in clashes)))),
            self._shell.refuse,
            verb="case.restore",
        )


def delete(shell: Shell, parent: QWidget, found: CaseDetail) -> None:
    """Ask why, and put the case into the bin."""
    number = found.row.number
    why = Why(
        f"删除 {number}？",
        "放进回收站",
        (drafts.DELETING, number),
        label="为什么删除",
        hint="如：重复登记、测试；30 天内可以恢复",
    )
    reason_dialog.show(
        shell,
        parent,
        why,
        lambda work, reason: case_bin.delete(work, number, reason),
        verb="case.delete",
        said=f"{number} 已放进回收站，30 天内可以恢复",
    )
