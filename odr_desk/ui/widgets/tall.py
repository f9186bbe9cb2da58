"""A body as high as its wrapped words need at its width: Qt asks a scrolled body for less and then squeezes it."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLayout, QWidget
from typing_extensions import override


class Tall(QWidget):
    """Holds a layout inside a scrolled place."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and (layout := self.layout()) is not None:
            self.setMinimumHeight(max(layout.minimumSize().height(), layout.totalHeightForWidth(self.width())))
        return done
