"""The list of all keys, made from the acts of the page and of the window."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from odr_desk.ui.actions import Act, keys
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

Group = tuple[str, Sequence[Act]]


def keys_dialog(groups: Sequence[Group], parent: QWidget | None = None) -> Dialog:
    """Return the dialog that lists every key, by page."""
    body = column(gap=8)
    for title, acts in groups:
        with_keys = [act for act in acts if act.shortcut]
        if not with_keys:
            continue
        body.addWidget(Words(title, "head"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, act in enumerate(with_keys):
            grid.addWidget(Key(keys(act.shortcut)), at, 0)
            grid.addWidget(Words(act.text), at, 1)
        body.addLayout(grid)
    body.addStretch(1)
    return Dialog("全部快捷键", body, do="知道了", keep="", width=420, parent=parent)
