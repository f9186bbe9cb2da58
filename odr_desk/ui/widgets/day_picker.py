"""A month to click on, opened below a day field; it holds no text field, so input methods have no part in it."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QWidget

from odr_desk.ui import theme
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words


class DayPicker(QFrame):
    """A month to click on or walk through with the arrow keys."""

    picked = Signal(object)

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", "plain")
        self._month = Words("", "head")
        self._calendar = QCalendarWidget()
        self._calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self._calendar.setNavigationBarVisible(False)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        plain = QTextCharFormat()
        plain.setForeground(theme.colour("text"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # Qt paints them red, which here means late
            self._calendar.setWeekdayTextFormat(weekday, plain)
        back = Button("", "ghost", "left", says="上个月", clicked=self._calendar.showPreviousMonth)
        forth = Button("", "ghost", "right", says="下个月", clicked=self._calendar.showNextMonth)
        self.setLayout(column(row(back, None, self._month, None, forth), self._calendar, margins=(8, 8, 8, 8), gap=4))
        self._calendar.currentPageChanged.connect(self._name_month)
        self._calendar.activated.connect(self._pick)
        self._calendar.clicked.connect(self._pick)
        self._name_month(day.year, day.month)
        self._calendar.setFocus()

    def _name_month(self, year: int, month: int) -> None:
        self._month.setText(f"{year} 年 {month} 月")

    def _pick(self, chosen: QDate) -> None:
        day = date(chosen.year(), chosen.month(), chosen.day())
        self.close()
        self.picked.emit(day)
