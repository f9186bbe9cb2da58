"""Asks into which file a merchant noted by name goes."""

from PySide6.QtWidgets import QWidget

from odr_desk.services import merchant_merging, merchant_search
from odr_desk.services.merchant_file import MerchantDetail
from odr_desk.services.merchant_search import MerchantHit
from odr_desk.ui.latest import Latest
from odr_desk.ui.merchant_hits import as_hit
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.lookup import LookupList
from odr_desk.ui.widgets.text_edit import LineEdit
from odr_desk.ui.widgets.words import Words

_MOST = 5


class MergeDialog(Dialog):
    """Merges and says so; the strip takes it apart again."""

    def __init__(self, shell: Shell, found: MerchantDetail, parent: QWidget) -> None:
        self._shell, self._found = shell, found
        self._into: MerchantHit | None = None
        self._search = LineEdit("汉字、拼音首字母或柜位号")
        self._hits = LookupList(self._search, take="并入这家")
        self._hits.picked.connect(self._take)
        self._search.textEdited.connect(self._ask)
        cases = f"它的 {found.all_cases} 件投诉会改到那一户名下；" if found.all_cases else ""
        text = f"{cases}这个名字留作撤场，以后可以拆开。"
        field = Labelled("已建档的商户", self._search, required=True)
        body = column(Words(text, "secondary", wrap=True), column(field, self._hits, gap=4), None, gap=12)
        super().__init__(f"把 {found.row.name} 并入哪一户？", body, do="并入", closes=False, parent=parent)
        self._asking = Latest(shell.desk, self)
        self.do.setEnabled(False)
        self.submitted.connect(self._merge)
        self._search.setFocus()

    def _ask(self, text: str) -> None:
        self._into = None
        self.do.setEnabled(False)
        self.do.setText("并入")
        if not text.strip():
            self._asking.forget()
            self._hits.hide()
            return
        self._hits.expect()
        self._asking.read(lambda work: merchant_search.find(work, text, _MOST + 1), self._show)

    def _show(self, found: tuple[MerchantHit, ...]) -> None:
        if self._into is None:
            on_file = [hit for hit in found if not hit.provisional and not hit.retired]
            self._hits.show_hits([as_hit(hit) for hit in on_file], "家", most=_MOST)
            self.fit()

    def _take(self, hit: MerchantHit) -> None:
        self._into = hit
        self._search.setText(f"{hit.name} {hit.counter}".strip())
        self._hits.hide()
        self.do.setText(f"并入 {hit.name}")
        self.do.setEnabled(True)
        self.do.setFocus()
        self.fit()

    def _merge(self) -> None:
        if self._into is None:
            return
        number, into = self._found.row.number, self._into
        self.set_busy(True)
        self._shell.desk.write(
            self,
            lambda work: merchant_merging.merge(work, number, into.number),
            lambda moved: self._merged(number, into, moved),
            self.show_error,
            verb="merchant.merge",
        )

    def _merged(self, number: str, into: MerchantHit, moved: tuple[str, ...]) -> None:
        shell, name = self._shell, self._found.row.name

        def take_apart() -> None:
            shell.desk.write(
                shell.desk,
                lambda work: merchant_merging.part(work, number, moved),
                lambda _: shell.say(f"{name} 又单独记着，{len(moved)} 件投诉已改回"),
                verb="merchant.part",
            )

        self.accept()
        shell.say(f"{name} 已并入 {into.name}，改了 {len(moved)} 件投诉", take_apart)
        shell.open("merchants", into.number)
