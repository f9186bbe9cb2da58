"""A place to show widgets on."""

from PySide6.QtWidgets import QApplication, QWidget

from odr_desk.ui.widgets.boxes import column


def shown(qtbot, *widgets, width=400):
    place = QWidget()
    qtbot.addWidget(place)
    place.setLayout(column(*widgets))
    place.resize(width, 300)
    place.show()
    QApplication.processEvents()
    qtbot.place = place  # qtbot itself holds it weakly
    return place
