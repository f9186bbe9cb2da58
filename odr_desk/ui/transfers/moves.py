"""转入与移送: what the consumer was told, each move of a case, and the packages, below its facts."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.moments import show_day, show_moment
from odr_desk.rules.people import Right
from odr_desk.rules.transfer import Direction
from odr_desk.services import explaining, hand_over, transfers
from odr_desk.services.explaining import ExplanationRow
from odr_desk.services.hand_over import PackageRow
from odr_desk.services.packing import PackageState
from odr_desk.services.transfers import TransferRow
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.transfers import leaving
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import column, empty_layout, line, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

Story = tuple[tuple[ExplanationRow, ...], tuple[TransferRow, ...], tuple[PackageRow, ...]]


class Moves(QWidget):
    """Shows how a case came and went; there is nothing to see where it did neither."""

    shown = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._number = ""
        self._reading = Latest(shell.desk, self)
        self._list = column(gap=6)
        self.setLayout(self._list)
        self.hide()

    def show_case(self, number: str) -> None:
        """Read the moves of a case."""
        if number != self._number:
            self._number = number
            self._show(((), (), ()))
        self._reading.read(
            lambda work: (
                explaining.of_case(work, number),
                transfers.of_case(work, number),
                hand_over.of_case(work, number),
            ),
            self._show,
            self._shell.refuse,
        )

    def _show(self, story: Story) -> None:
        told, moved, packed = story
        empty_layout(self._list)
        self.setVisible(bool(told or moved))
        if told:
            self._begin_section("和解不成的说明")
        for explanation in told:
            self._list.addWidget(self._explanation(explanation))
        if moved:
            self._begin_section("转入、移送、退回")
        for place, move in enumerate(moved):
            if place:
                self._list.addWidget(line())
            self._list.addWidget(self._move(move, [one for one in packed if one.transfer_no == move.number]))
        self.shown.emit()

    def _begin_section(self, name: str) -> None:
        """Put its name over what follows, as over the fields above."""
        self._list.addWidget(Words(name, "head"))
        self._list.addWidget(line())

    def _explanation(self, found: ExplanationRow) -> QWidget:
        head = Words(f"{show_moment(found.at)} {found.mode.label}，{found.by}说明", "head", elide=True)
        ways = f"已告知：{'；'.join(route.label for route in found.routes)}"
        return panel(column(head, Words(found.text, wrap=True), Words(ways, "small", wrap=True), gap=2))

    def _move(self, move: TransferRow, packed: list[PackageRow]) -> QWidget:
        where = f"{move.body}转来" if move.direction is Direction.IN else f"{move.direction.label}{move.body}"
        head = row(Words(f"{show_day(move.on)} {where}", "head", elide=True), _badge(move), gap=8)
        head.setStretch(0, 1)
        body = column(panel(head), gap=2)
        for words in _facts(move):
            body.addWidget(Words(words, "small", wrap=True))
        for package in packed:
            body.addWidget(self._package(package))
        steps = self._steps(move)
        if steps:
            body.addLayout(row(*steps, None, gap=12))
        return panel(body)

    def _package(self, package: PackageRow) -> QWidget:
        said = f"材料包 {show_moment(package.made_at)} {package.made_by}，{len(package.files)} 个文件"
        opener = Button(
            "打开文件夹", "link", "jump", says=f"打开 {package.folder}", clicked=lambda: self._open(package)
        )
        laid = row(Words(said, "small", elide=True), opener, gap=8)
        laid.setStretch(0, 1)
        return panel(laid)

    def _open(self, package: PackageRow) -> None:
        """Look first whether the files are still those that were handed over; that reads them all."""
        self._shell.desk.make(self, lambda: package.state, partial(self._on_state, package), self._shell.refuse)

    def _on_state(self, package: PackageRow, state: PackageState) -> None:
        match state:
            case PackageState.THERE:
                leaving.open_package(package)
            case PackageState.CHANGED:
                self._shell.say("材料包里的文件与做的时候不一样了，要再交请重做一份")
                leaving.open_package(package)
            case PackageState.GONE:
                self._shell.say(f"材料包已不在 {package.folder}，要用请重做一份")

    def _steps(self, move: TransferRow) -> list[Button]:
        actor, number, n = self._shell.desk.actor, self._number, move.number
        steps = []
        if move.is_waiting and actor.may(Right.WRITE_CASES):
            words = f"{move.body}收讫"
            steps.append(
                Button(
                    "登记收讫…", "link", says=words, clicked=lambda: leaving.acknowledge(self._shell, self, number, n)
                )
            )
        if move.direction is Direction.OUT and actor.may(Right.PERFORM):
            make = Button("做材料包…", "link", clicked=lambda: leaving.pack(self._shell, self, number, n))
            steps.append(make)
        if move.direction is not Direction.IN:
            kind = "transfer_letter" if move.direction is Direction.OUT else "return_letter"
            record = {"case": number, "kind": kind}
            steps.append(Button("看函件", "link", clicked=lambda: self._shell.open("papers", record)))
        return steps


def _badge(move: TransferRow) -> Badge:
    if move.direction is Direction.IN:
        return Badge("wait", "转入")
    return Badge("act", "待收讫") if move.is_waiting else Badge("done", "已收讫")


def _facts(move: TransferRow) -> list[str]:
    """Return what is on record of a move, a line each."""
    numbers = [f"原编号 {move.original_no}" if move.original_no else ""]
    numbers += [f"对方编号 {move.acknowledged_no}" if move.acknowledged_no else ""]
    days = [f"答复或退回期限 {show_day(move.due_on)}" if move.due_on else ""]
    days += [f"收讫 {show_day(move.acknowledged_on)}" if move.acknowledged_on else ""]
    cause = f"{move.cause.label}：" if move.cause is not None else ""
    found = (
        "，".join(part for part in (*numbers, *days, f"接收人 {move.receiver}" if move.receiver else "") if part),
        f"{cause}{move.reason}" if move.reason else "",
        f"材料：{'、'.join(move.materials)}" if move.materials else "",
    )
    return [words for words in found if words]
