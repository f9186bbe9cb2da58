"""材料: the evidence box of a case; paste, drop or choose files, and nothing is asked."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from odr_desk.rules.case import CaseState
from odr_desk.rules.errors import Invalid
from odr_desk.rules.evidence import BoxDraft, Side
from odr_desk.rules.people import Right
from odr_desk.services import drafts, evidence, evidence_pictures
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.evidence import Piece
from odr_desk.services.evidence_pictures import Sight
from odr_desk.ui import ask, handed_over
from odr_desk.ui.actions import menu
from odr_desk.ui.cases import evidence_export
from odr_desk.ui.cases.evidence_acts import PieceActs
from odr_desk.ui.cases.evidence_details import Details
from odr_desk.ui.cases.evidence_taking import Taking
from odr_desk.ui.cases.evidence_viewer import Viewer
from odr_desk.ui.cases.evidence_wall import Wall
from odr_desk.ui.handed_over import Thing
from odr_desk.ui.keeping import FieldsKeeping
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.empty import Empty
from odr_desk.ui.widgets.segments import Segments
from odr_desk.ui.widgets.words import Words

_KINDS = "图片和 PDF (*.jpg *.jpeg *.png *.heic *.heif *.pdf);;所有文件 (*)"
_HINT = "可粘贴（Ctrl V）或拖进来"
_NOT_ALLOWED = "没有查看个人信息的权限，只能看遮盖副本"


class EvidenceTab(QWidget):
    """Shows the box; a viewer takes its place while a piece is looked at."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found: CaseDetail | None = None
        self._pieces: dict[int, Piece] = {}
        self._sights: dict[int, Sight] = {}
        self._thumbnails: dict[str, bytes] = {}
        self._fresh = 0  # the piece that came last, to be chosen once it is read
        self._reading = Latest(shell.desk, self)
        self.wall, self.details = Wall(), Details()
        self._labelling = FieldsKeeping(shell, drafts.LABEL, self.details, {"label": self.details.label})
        self._labelled = ""
        self.viewer: Viewer | None = None
        self.taking = Taking(shell, self)
        self.taking.added.connect(self._expect)
        self.acts = PieceActs(shell, self, self.open, self.cover, lambda _number: self.details.edit(), self._read)
        self.party = Segments([(side, side.label) for side in Side], Side.CONSUMER)
        self._add = Button("添加…", icon="plus", clicked=self.choose_files)
        self._export = Button("导出…", icon="download", clicked=self.export)
        self._hint = Words(_HINT, "secondary", elide=True)
        self._into = panel(row(Words("新放入的归", "secondary"), self.party, gap=6))
        self.setAcceptDrops(True)
        self._lay()
        self._connect()

    def show_case(self, found: CaseDetail) -> None:
        """Show the box of this case."""
        if self._found is not None and self._found.row.number != found.row.number:
            self.details.settle()
            self._leave_viewer()
            self._pieces, self._thumbnails, self._fresh = {}, {}, 0
        self._found = found
        self.acts.case_no = found.row.number
        for widget in (self._add, self._hint, self._into):
            widget.setVisible(self.may_write())
        self._read()

    def may_write(self) -> bool:
        """Tell whether this person may change this box."""
        is_open = self._found is not None and self._found.row.state is not CaseState.CLOSED
        return is_open and self._shell.desk.actor.may(Right.WRITE_CASES)

    def choose_files(self) -> None:
        """Ask for files and put them into the box."""
        if self.may_write():
            self.put(ask.open_files(self, "放进材料", _KINDS))

    def paste(self) -> None:
        """Put what the clipboard holds into the box."""
        if not self.may_write():
            return
        given = handed_over.things(QApplication.clipboard().mimeData())
        self.put(given)
        if not given:
            self._shell.refuse(Invalid.of("path", "剪贴板里没有图片或文件；请先在微信或文件夹里复制，再来粘贴"))

    def put(self, given: Sequence[Thing]) -> None:
        """Put files or pictures into the box of the party that is set."""
        if given and self.may_write():
            self.taking.put(self.acts.case_no, given, cast("Side", self.party.value()))

    def point_out(self, number: int) -> None:
        """Choose a piece, at once or when the box has been read."""
        self._leave_viewer()
        if number in self._pieces:
            self.wall.choose(number)
            self.wall.of(number).setFocus()
        else:
            self._fresh = number

    def export(self) -> None:
        """Ask which pieces go out."""
        inside = [one for one in self._pieces.values() if not one.is_removed]
        if inside:
            evidence_export.show(self._shell, self, self.acts.case_no, inside)

    def open(self, number: int) -> None:
        """Look at a piece."""
        if number not in self._sights:
            return
        if self.viewer is None:
            self.viewer = Viewer(self._shell)
            self.viewer.left.connect(self._leave_viewer)
            self.viewer.covered.connect(self._black_out)
            self.taking.busy.connect(self.viewer.set_busy)
            self._stack.addWidget(self.viewer)
        self._stack.setCurrentWidget(self.viewer)
        piece = self._pieces[number]
        may_cover = self.may_write() and not piece.is_removed and self._shell.desk.actor.may(Right.SEE_PERSONAL)
        self.viewer.open(self._sights[number], may_cover=may_cover)

    def cover(self, number: int) -> None:
        """Look at a piece and begin to black out."""
        self.open(number)
        if self.viewer is not None:
            self.viewer.begin_cover()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.may_write() and handed_over.things(event.mimeData()):
            event.acceptProposedAction()
            self._hint.setText(f"松开鼠标，放进“{cast('Side', self.party.value()).label}”的材料")
            self._hint.set_tone("accent")

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._calm_down()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._calm_down()
        event.acceptProposedAction()
        self.put(handed_over.things(event.mimeData()))

    def _calm_down(self) -> None:
        self._hint.setText(_HINT)
        self._hint.set_tone("")

    def _lay(self) -> None:
        bar = row(self._add, self._into, self._hint, self._export, margins=(16, 10, 16, 6))
        bar.setStretch(2, 1)
        words = ("还没有材料", "把小票、聊天记录、商品照片粘贴或拖到这里")
        empty = Empty(*words, icon="inbox", link="选文件", clicked=self.choose_files)
        self._inside = QStackedWidget()
        for widget in (scroll(self.wall), empty, Empty("这件没有材料", icon="inbox")):
            self._inside.addWidget(widget)
        self._foot = panel(column(line(), self.details, gap=0))
        body = column(panel(bar), self._inside, self._foot, gap=0)
        body.setStretch(1, 1)
        self._box = panel(body)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._box)
        self.setLayout(column(self._stack, gap=0))

    def _connect(self) -> None:
        self.wall.chosen.connect(self._on_chosen)
        self.wall.opened.connect(self.open)
        self.wall.menu_asked.connect(self._open_menu)
        self.wall.removal_asked.connect(self._remove)
        self.wall.arranged.connect(self._arrange)
        self.details.opened.connect(self.open)
        self.details.restored.connect(self.acts.restore)
        self.details.labelled.connect(self.acts.label)
        self.details.labelled.connect(lambda *_: self._labelling.settle("label"))
        self.details.moved.connect(self.acts.give_to)

    def _leave_viewer(self) -> None:
        if self.viewer is not None and self._stack.currentWidget() is self.viewer:
            self.viewer.end_cover()
            self._stack.setCurrentWidget(self._box)
            if self.wall.number():
                self.wall.of(self.wall.number()).setFocus()

    def _expect(self, number: int) -> None:
        self._fresh = number
        self._leave_viewer()

    def _black_out(self, boxes: tuple[BoxDraft, ...]) -> None:
        if self.viewer is not None and self.viewer.sight is not None:
            self.taking.black_out(self.viewer.sight, boxes)

    def _read(self) -> None:
        number = self.acts.case_no
        self._reading.read(
            lambda work: (
                evidence.pieces(work, number, removed=True),
                evidence_pictures.sights(work, number, removed=True),
            ),
            lambda found: self._show(number, *found),
            self._shell.refuse,
        )

    def _show(self, case_no: str, pieces: tuple[Piece, ...], sights: tuple[Sight, ...]) -> None:
        if case_no != self.acts.case_no:
            return
        self._pieces = {one.number: one for one in pieces}
        self._sights = {sight.piece.number: sight for sight in sights}
        self._inside.setCurrentIndex(0 if pieces else 1 if self.may_write() else 2)
        inside = any(not one.is_removed for one in pieces)
        self._export.setVisible(inside and self._shell.desk.actor.may(Right.SEE_PERSONAL))
        self._foot.setVisible(bool(pieces))
        self.wall.show_pieces(pieces)
        wanted = self._fresh if self._fresh in self._pieces else self.wall.number()
        if pieces:
            self.wall.choose(wanted or self.wall.tiles[0].piece.number)
        self._fresh = 0
        for tile in self.wall.tiles:
            self._read_picture(tile.piece)

    def _read_picture(self, piece: Piece) -> None:
        tile, sight = self.wall.of(piece.number), self._sights.get(piece.number)
        if piece.sha256 in self._thumbnails:
            tile.show_picture(self._thumbnails[piece.sha256])
        elif sight is None:
            tile.show_absence(_NOT_ALLOWED)
        else:
            self._shell.desk.make(
                tile,
                lambda: evidence_pictures.thumbnail(sight),
                lambda jpeg: self._keep_picture(piece.sha256, jpeg),
                lambda error: tile.show_absence(str(error)),
            )

    def _keep_picture(self, sha256: str, jpeg: bytes) -> None:
        self._thumbnails[sha256] = jpeg
        for tile in self.wall.tiles:
            if tile.piece.sha256 == sha256:
                tile.show_picture(jpeg)

    def _on_chosen(self, number: int) -> None:
        piece, may_look = self._pieces[number], number in self._sights
        acts = self.acts.of(piece, may_write=self.may_write(), may_look=may_look)
        self.details.show_piece(piece, acts[1:], may_edit=self.may_write(), may_look=may_look)
        subject = f"{self.acts.case_no}/{number}"
        if subject != self._labelled and self.may_write():
            self._labelled = subject
            self._labelling.start(subject, lambda _typed: self.details.go_on())

    def _open_menu(self, number: int) -> None:
        acts = self.acts.of(self._pieces[number], may_write=self.may_write(), may_look=number in self._sights)
        shown = menu(self, acts)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.popup(QCursor.pos())

    def _remove(self, number: int) -> None:
        if self.may_write() and not self._pieces[number].is_removed:
            self.acts.remove(self._pieces[number])

    def _arrange(self, number: int, way: int) -> None:
        piece = self._pieces[number]
        if self.may_write() and not piece.is_removed:
            self.acts.arrange(number, piece.place + way)
