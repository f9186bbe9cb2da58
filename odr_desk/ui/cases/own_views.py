"""The views a person has kept: chips with live counts, to be renamed, moved and deleted from their menu."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.narrowing import LONGEST_VIEW
from odr_desk.services import saved_views
from odr_desk.services.queue import CaseFilter
from odr_desk.services.saved_views import Gone, OwnView
from odr_desk.ui import ask
from odr_desk.ui.actions import Act, menu
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.chips import Chip, Chips
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

Op = Callable[["Work"], object]


class OwnViews(QWidget):
    """Hidden while there is none; `wanted` carries the filter of the view clicked, `changed` follows every reading."""

    wanted = Signal(object)
    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._views: tuple[OwnView, ...] = ()
        self._shown = CaseFilter()
        self._chips = Chips(several=True)
        self._chips.chosen.connect(self._on_chosen)
        line = row(Words("我的视图", "small"), self._chips, gap=6)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def refresh(self) -> None:
        """Read the views again, and count what stands behind them."""
        self._shell.desk.read(self, saved_views.rows, self._show)

    def count(self) -> None:
        """Count again, off the thread that types."""
        if self._views:
            views = self._views
            self._shell.desk.survey(self, lambda work: saved_views.counts(work, views), self._chips.set_counts)

    def show_filter(self, wanted: CaseFilter) -> bool:
        """Mark the view whose cases the list shows; tell whether there is one."""
        self._shown = wanted
        found = self._matching()
        self._chips.choose(*found)
        return bool(found)

    @property
    def is_shown(self) -> str:
        """The name of the view whose cases the list shows, empty when it shows none of them."""
        return next(iter(self._matching()), "")

    def keep(self, wanted: CaseFilter) -> None:
        """Ask under which name the present filter is kept."""
        words = "视图记住现在的筛选和查找的字，只给您自己用。用已有的名字会替换那一个。"
        self._ask("存为视图", "保存视图", "", lambda work, name: saved_views.keep(work, name, wanted), words)

    def _matching(self) -> tuple[str, ...]:
        now = _bare(self._shown)
        return tuple(view.name for view in self._views if _bare(view.wanted) == now)

    def _show(self, found: tuple[OwnView, ...]) -> None:
        self._views = found
        self._chips.clear()
        for view in found:
            chip = self._chips.add(view.name, view.name)
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(partial(self._open_menu, chip, view))
            chip.setToolTip("点右键可以改名、移动、删除")
        self._chips.choose(*self._matching())
        self.setVisible(bool(found))
        self.changed.emit()
        self.count()

    def _on_chosen(self, name: str) -> None:
        view = next(view for view in self._views if view.name == name)
        self._chips.choose(name)
        self.wanted.emit(view.wanted)

    def _open_menu(self, chip: Chip, view: OwnView, at: QPoint) -> None:
        shown = menu(self, self.acts(view))
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.popup(chip.mapToGlobal(at))

    def acts(self, view: OwnView | None = None) -> tuple[Act, ...]:
        """Return what can be done with a view, or with the one the list shows."""
        chosen = view or next((known for known in self._views if known.name in self._matching()), None)
        if chosen is None:
            return ()
        name = chosen.name
        return (
            Act(f"给“{name}”改名…", partial(self._rename, name)),
            Act("往左移", partial(self._write, lambda work: saved_views.move(work, name, -1), "view.change")),
            Act("往右移", partial(self._write, lambda work: saved_views.move(work, name, 1), "view.change")),
            Act(f"删除视图“{name}”", partial(self._delete, name)),
        )

    def _rename(self, name: str) -> None:
        self._ask("改视图的名字", "改名", name, lambda work, to: saved_views.rename(work, name, to))

    def _delete(self, name: str) -> None:
        def done(gone: Gone) -> None:
            again = partial(self._write, lambda work: saved_views.put_back(work, gone), "view.save")
            self._shell.say(f"已删除视图“{name}”", again)
            self.refresh()

        self._shell.desk.write(
            self, lambda work: saved_views.delete(work, name), done, self._shell.refuse, verb="view.delete"
        )

    def _write(self, op: Op, verb: str) -> None:
        self._shell.desk.write(self, op, lambda _: self.refresh(), self._shell.refuse, verb=verb)

    def _ask(self, title: str, do: str, name: str, change: Callable[["Work", str], object], words: str = "") -> None:
        edit = LineEdit("如：本周平台件", text=name)
        edit.setMaxLength(LONGEST_VIEW)
        body = column(Labelled("名称", edit, required=True), gap=8)
        if words:
            body.addWidget(Words(words, "secondary", wrap=True))
        dialog = Dialog(title, body, do=do, closes=False, parent=self)

        def done(_: object) -> None:
            dialog.accept()
            self.refresh()

        def submit() -> None:
            typed = str(edit.value())
            self._shell.desk.write(dialog, lambda work: change(work, typed), done, dialog.show_error, verb="view.save")

        dialog.submitted.connect(submit)
        edit.selectAll()
        edit.setFocus()
        ask.show(dialog)


def _bare(wanted: CaseFilter) -> CaseFilter:
    """Return a filter without its order, which is no part of a view."""
    return replace(wanted, sort="", descending=False)
