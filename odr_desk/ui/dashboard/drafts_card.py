"""没写完的: what one has begun and not finished, on 今日; each can be gone on with or put aside."""

from functools import partial

from PySide6.QtWidgets import QWidget

from odr_desk.services import drafts, unfinished
from odr_desk.services.drafts import Waiting
from odr_desk.ui import going_on, theme
from odr_desk.ui.dashboard.cards import Card
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import empty_layout, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.words import Words

MOST = 4
_TITLE = 60


class DraftsCard(Card):
    """Stands on the page only while something is unfinished."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("note", "没写完的", (16, 6, 16, 8))
        self._shell = shell
        self._reading = Latest(shell.desk, self)
        self._found: tuple[Waiting, ...] = ()
        self._is_whole = False
        self._more = Button("", "link", clicked=self._unfold)
        self.add_link(self._more)
        self.hide()

    def refresh(self) -> None:
        """Read what is unfinished."""
        self._reading.read(drafts.waiting, self._show)

    def _show(self, found: tuple[Waiting, ...]) -> None:
        self._found = found
        empty_layout(self.lines)
        self.note.setText(f"{len(found)} 份，最近的在前" if len(found) > MOST else f"{len(found)} 份")
        for one in found if self._is_whole else found[:MOST]:
            self.lines.addWidget(self._line(one))
        self._more.setText("只看最近的" if self._is_whole else f"看全部 {len(found)} 份")
        self._more.setVisible(len(found) > MOST)
        self.setVisible(bool(found))

    def _unfold(self) -> None:
        self._is_whole = not self._is_whole
        self._show(self._found)

    def _line(self, one: Waiting) -> QWidget:
        title = Words(one.title, "small")
        theme.widen(title, _TITLE)
        said = f"{going_on.about(one)} {one.words or '没有字，只选了几项'}".lstrip()
        go_on = Button("接着写", "link", says=f"接着写{one.title}：{said}", clicked=partial(self._look, one))
        away = Button(
            "", "link", "close", role="secondary", says=f"放弃{one.title}：{said}", clicked=partial(self._throw, one)
        )
        items = row(title, Words(said, elide=True), go_on, away, gap=8)
        items.setStretch(1, 1)
        return panel(items, height=28)

    def _look(self, one: Waiting) -> None:
        """Go on with it, unless somebody else has done it meanwhile."""
        if not unfinished.may_be_settled(one.kind):
            self._go_on(one)
            return
        self._shell.desk.read(
            self,
            lambda work: unfinished.settled(work, one.kind, one.subject),
            lambda why: self._throw(one, f"{why}，这份“{one.title}”不用再写，草稿已放弃") if why else self._go_on(one),
            self._shell.refuse,
        )

    def _go_on(self, one: Waiting) -> None:
        place = going_on.place(one)
        self._shell.open(place.page, place.record)
        if place.how:
            self._shell.say(going_on.led(place.how))

    def _throw(self, one: Waiting, said: str = "") -> None:
        def thrown(draft_id: int) -> None:
            self.refresh()
            self._shell.say(said or f"{one.title}的草稿已放弃", partial(self._take_back, draft_id))

        self._shell.desk.write(
            self,
            lambda work: drafts.throw_away(work, one.kind, one.subject),
            thrown,
            self._shell.refuse,
            verb="draft.throw",
        )

    def _take_back(self, draft_id: int) -> None:
        self._shell.desk.write(
            self,
            lambda work: drafts.take_back(work, draft_id),
            lambda _: self.refresh(),
            self._shell.refuse,
            verb="draft.take_back",
        )
