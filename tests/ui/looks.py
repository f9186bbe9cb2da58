"""Look at a screen as text: what stands where, whether it fits, whether it can be heard."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.timeline import Entry
from odr_desk.ui.widgets.words import Words


def dump(widget: QWidget) -> str:
    """Return the visible words of a screen, one widget a line, indented by depth."""
    return "\n".join(_lines(widget, widget, 0)) + "\n"


def clipped(widget: QWidget) -> list[str]:
    """Return what does not fit: words cut off, and parts that reach beyond what holds them."""
    return [
        f"{type(item).__name__} “{_words(item) or item.accessibleName()}” {why}"
        for item in widget.findChildren(QWidget)
        if item.isVisibleTo(widget)
        and not item.objectName().startswith("qt_")
        and not isinstance(item.parentWidget(), QTabBar)  # Qt's own arrows
        and (why := _misfit(item, widget))
    ]


def unnamed(widget: QWidget) -> list[str]:
    """Return the controls that a screen reader has no words for."""
    return [
        f"{type(item).__name__} {item.objectName()}".strip()
        for item in widget.findChildren(QWidget)
        if item.isVisibleTo(widget)
        and isinstance(item, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox | QTabBar | QTableView)
        and not item.objectName().startswith("qt_")
        and not item.accessibleName()
        and not (isinstance(item, QAbstractButton) and item.text())
    ]


def settle(widget: QWidget, width: int, height: int) -> None:
    """Show a screen at a size and let its layout come to rest."""
    widget.resize(width, height)
    widget.show()
    for _ in range(3):
        QApplication.processEvents()


def _lines(item: QWidget, top: QWidget, depth: int) -> Iterator[str]:
    if not item.isVisibleTo(top) or item.objectName().startswith("qt_"):
        return
    words = _words(item)
    if words or item.objectName():
        yield "  " * depth + f"{type(item).__name__} {item.objectName()} {words}".replace("  ", " ").rstrip()
        depth += 1
    if isinstance(item, QTableView | QComboBox | QTabBar):
        return
    inner = item.viewport().children() if isinstance(item, QAbstractScrollArea) else item.children()
    for child in inner:
        if isinstance(child, QWidget):
            yield from _lines(child, top, depth)


def _words(item: QWidget) -> str:  # noqa: PLR0911 - one answer a kind of widget
    match item:
        case QTabBar():
            return " | ".join(item.tabText(at) for at in range(item.count()))
        case QComboBox():
            return f"[{item.currentText()}]"
        case QTableView():
            model, head = item.model(), item.horizontalHeader()
            shown = [at for at in map(head.logicalIndex, range(head.count())) if not item.isColumnHidden(at)]
            return " | ".join(str(model.headerData(at, Qt.Orientation.Horizontal)) for at in shown)
        case QLineEdit():
            return f"[{item.text()}]"
        case QPlainTextEdit():
            return f"[{item.toPlainText()}]"
        case QLabel():
            return item.text() or item.accessibleName()
        case QAbstractButton():
            mark = "(x) " if item.isCheckable() and item.isChecked() else ""
            return mark + (item.accessibleName() or item.text())
        case Badge() | Entry():
            return item.accessibleName()
        case _:
            return item.accessibleName() if not item.children() else ""


def _misfit(item: QWidget, top: QWidget) -> str:
    if isinstance(item, Words):
        needs = item.heightForWidth(item.width()) if item.wordWrap() else item.sizeHint().height()
        if needs > item.height() + 1:
            return f"needs {needs} px of height, has {item.height()}"
        if not item.wordWrap() and item.width() < item.minimumSizeHint().width():
            return f"needs {item.minimumSizeHint().width()} px, has {item.width()}"
    if isinstance(item, QAbstractButton) and item.width() < item.minimumSizeHint().width():
        return f"needs {item.minimumSizeHint().width()} px, has {item.width()}"
    parent = item.parentWidget()
    if parent is None or item.isWindow() or _scrolls(parent) or isinstance(parent, QComboBox | QTableView | QTabBar):
        return ""
    if not parent.rect().adjusted(-2, -2, 2, 2).contains(item.geometry()) and not item.geometry().isEmpty():
        over = item.mapTo(top, QPoint(0, 0)) if top.isAncestorOf(item) else QPoint()
        return f"reaches beyond {type(parent).__name__} at {over.x()},{over.y()}"
    return ""


def _scrolls(parent: QWidget) -> bool:
    holder = parent.parentWidget()
    return isinstance(holder, QAbstractScrollArea) and holder.viewport() is parent
