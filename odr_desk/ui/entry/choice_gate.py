"""An empty data folder: set up the mall, or look at the training copy first."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from odr_desk.rules.errors import DeskError
from odr_desk.ui.entry.frame import WIDE, Gate
from odr_desk.ui.widgets.banner import Banner
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Icon
from odr_desk.ui.widgets.words import Words
from odr_desk.ui.window import TITLE


class ChoiceGate(Gate):
    """Two large ways to begin; the signals tell which one was taken."""

    setting_up = Signal()
    training = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._set_up = Button("设置商场", "primary", clicked=self.setting_up.emit)
        self._train = Button("打开培训副本", clicked=self.training.emit)
        for button in (self._set_up, self._train):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAutoDefault(True)
        self._preparing = Words("", "secondary")
        self._notice = column(gap=0)
        ways = row(
            _way("shop", "正式使用", "填写商场资料，建立第一个管理账号，之后导入商户就可以登记投诉件。", self._set_up),
            _way("today", "先练习", "八佰伴示例商场，20 件办到不同阶段的投诉件。另存一处，随便操作。", self._train),
            gap=12,
        )
        head = (Words(TITLE, "title"), Words("这个数据文件夹还是空的，选一种方式开始。", "secondary"))
        foot = Words(f"数据文件夹：{folder}", "small", wrap=True)
        self.stand(column(*head, self._notice, 8, ways, 4, self._preparing, foot, gap=8), WIDE)

    @override
    def begin(self) -> None:
        self._set_up.setFocus()

    def show_preparing(self) -> None:
        """Say that the training copy is being made."""
        self._set_up.setEnabled(False)
        self._train.setEnabled(False)
        self._preparing.setText("正在准备培训副本，最多半分钟……")

    def show_refusal(self, error: DeskError) -> None:
        """Say why the training copy could not be made."""
        self._set_up.setEnabled(True)
        self._train.setEnabled(True)
        self._preparing.setText("")
        self._notice.addWidget(Banner("late", str(error)))


def _way(icon: str, title: str, text: str, button: Button) -> QFrame:
    words = Words(text, "secondary", wrap=True)
    words.setMinimumHeight(44)
    words.setAlignment(Qt.AlignmentFlag.AlignTop)
    body = column(row(Icon(icon, "accent", 32), None), Words(title, "title"), words, None, row(button, None), gap=8)
    return card(body, margins=(20, 20, 20, 20))
