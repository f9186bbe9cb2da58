"""A list of a million lines, answered when the test says so."""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from odr_desk.ui.rows import PAGE, Ask
from odr_desk.ui.table import Table
from tests.ui.gallery import COLUMNS, Line

MANY = 1_000_000


@dataclass
class Source:
    """A query that answers when it is told to."""

    total: int = MANY
    waits: bool = False

    def __post_init__(self):
        self.asked: list[Ask] = []
        self.waiting: list = []
        self.broken: set[int] = set()

    def __call__(self, ask, then, failed):
        self.asked.append(ask)
        if ask.offset // PAGE in self.broken:
            failed()
        elif self.waits:
            self.waiting.append((ask, then))
        else:
            self.answer(ask, then)

    def answer(self, ask, then):
        numbers = range(ask.offset, min(self.total, ask.offset + ask.limit))
        then(self.total, [line(number) for number in numbers])

    def answer_next(self):
        self.answer(*self.waiting.pop(0))


def line(number):
    return Line(number, "act", "3 天", "金禧珠宝", f"第 {number} 件", number)


def show(qtbot, fetch=None, **options):
    table = Table("件", COLUMNS, fetch, marks=lambda row: row.state, stretch="what", **options)
    qtbot.addWidget(table)
    table.resize(520, 600)
    table.show()
    table.reload()
    settle()
    return table


def settle():
    for _ in range(4):
        QApplication.processEvents()
