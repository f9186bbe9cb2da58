"""The licences on a merchant's file: what each is, until when, and its scan."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from odr_desk.rules.evidence import show_size
from odr_desk.rules.merchant import Expiry, expiry
from odr_desk.services.licences import Licence
from odr_desk.ui import actions, handed_over, theme
from odr_desk.ui.actions import Act
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Tone, Words

_TONES: dict[Expiry, Tone] = {Expiry.OVER: "late", Expiry.SOON: "act"}


class _Line(QWidget):
    """One licence; a file dropped on it is to be its scan."""

    given = Signal(object)

    def __init__(self, licence: Licence, laid: QHBoxLayout, *, takes: bool) -> None:
        super().__init__()
        self.licence = licence
        self.setLayout(laid)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(takes)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if handed_over.things(event.mimeData()):
            event.acceptProposedAction()
            self._on("window")

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._on("")

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._on("")
        event.acceptProposedAction()
        self.given.emit(handed_over.things(event.mimeData()))

    def _on(self, ground: str) -> None:
        self.setProperty("ground", ground)
        theme.restyle(self)


class HeldLicences(QWidget):
    """Lists the licences; each signal carries the one whose scan is to be looked at, put, saved or taken off.

    `given` carries besides what was dropped to be its scan.
    """

    looked = Signal(object)
    wanted = Signal(object)
    saved = Signal(object)
    removed = Signal(object)
    given = Signal(object, object)

    def __init__(self, held: Sequence[Licence], today: date, *, may_write: bool) -> None:
        super().__init__()
        self._may_write = may_write
        self.lines = [self._line(one, today) for one in held]
        nothing = () if held else (Words("没有登记证照", "secondary"),)
        self.setLayout(column(*self.lines, *nothing, gap=6))

    def meant(self) -> Licence | None:
        """Return the licence that a paste is meant for: where the cursor is, else the only one without a scan."""
        at = self.focusWidget()
        here = [line.licence for line in self.lines if at is not None and at.hasFocus() and line.isAncestorOf(at)]
        bare = [line.licence for line in self.lines if line.licence.scan is None]
        found = here or bare
        return found[0] if len(found) == 1 else None

    def _line(self, one: Licence, today: date) -> _Line:
        draft = one.draft
        what = Words(" ".join(filter(None, (draft.kind, draft.number))), wrap=True)
        what.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        near = expiry(draft.expires, today)
        words = "" if draft.expires is None else f"{'已于' if near is Expiry.OVER else '至'} {draft.expires}"
        until = Words(f"{words} 到期" if near is Expiry.OVER else words, "small", _TONES.get(near, ""))
        laid = row(what, until, *self._scan(one), gap=8)
        laid.setStretch(0, 1)
        line = _Line(one, laid, takes=self._may_write)
        line.given.connect(partial(self.given.emit, one))
        return line

    def _scan(self, one: Licence) -> tuple[QWidget, ...]:
        called, scan = one.draft.kind, one.scan
        if scan is None:
            put = Button(
                "放入扫描件", "link", "plus", says=f"放入{called}的扫描件", clicked=partial(self.wanted.emit, one)
            )
            return (put,) if self._may_write else (Words("没有扫描件", "small"),)
        look = Button("扫描件", "link", "eye", says=f"查看{called}的扫描件", clicked=partial(self.looked.emit, one))
        look.setToolTip(f"{scan.kind.label}，{scan.pages} 页，{show_size(scan.size)}")
        acts = [Act("另存到文件夹…", partial(self.saved.emit, one), "download")]
        if self._may_write:
            acts.append(Act("换一份…", partial(self.wanted.emit, one), "plus"))
            acts.append(Act("拿掉", partial(self.removed.emit, one), "close"))
        more = Button("", "ghost", "more", says=f"{called}的扫描件还可以")
        more.clicked.connect(lambda: self._open_menu(more, acts))
        return look, more

    def _open_menu(self, at: Button, acts: Sequence[Act]) -> None:
        shown = actions.menu(self, acts)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.popup(at.mapToGlobal(at.rect().bottomLeft()))
