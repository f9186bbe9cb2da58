"""The merchant of a new case: three keystrokes, a list below the field, or a name that is not on file yet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from odr_desk.services import merchant_search, merchants
from odr_desk.services.merchant_search import MerchantHit
from odr_desk.ui.latest import Latest
from odr_desk.ui.merchant_hits import as_hit
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.lookup import LookupList
from odr_desk.ui.widgets.text_edit import LineEdit

_MOST = 6


class MerchantField(QWidget):
    """Finds a merchant while it is typed; `changed` follows every choice, `taken` one from the list."""

    changed = Signal()
    taken = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._number, self._id = "", 0
        self._latest = Latest(shell.desk, self)
        self.edit = LineEdit("汉字、拼音首字母或柜位号")
        self.edit.setAccessibleName("商户")
        self.edit.textEdited.connect(self._search)
        self.place = Labelled("商户", self.edit, required=True)
        self.found = LookupList(self.edit, take="用这家")
        self.found.add_link(Button("不在名录，先记名字", "link", clicked=self._note))
        self.found.picked.connect(self._take)
        self.setLayout(column(self.place, self.found, gap=4))

    def number(self) -> str:
        """Return the number of the chosen merchant, empty before one is chosen."""
        return self._number

    def merchant_id(self) -> int:
        """Return the id of the chosen merchant, 0 before one is chosen."""
        return self._id

    def words(self) -> str:
        """Return what stands in the field."""
        return self.edit.text()

    def set_choice(self, number: str, words: str, merchant_id: int = 0) -> None:
        """Show a choice made before, as a kept draft holds it."""
        self._number, self._id = number, merchant_id
        self.edit.setText(words)
        self.found.hide()

    def look_for(self, words: str) -> None:
        """Look for a merchant as if this were typed."""
        self.edit.setText(words)
        self._search(words)

    def _search(self, text: str) -> None:
        self._number, self._id = "", 0
        self.changed.emit()
        if not text.strip():
            self._latest.forget()
            self.found.hide()
            return
        self.found.expect()
        self._latest.read(lambda work: merchant_search.find(work, text, _MOST + 1), self._show)

    def _show(self, found: tuple[MerchantHit, ...]) -> None:
        if not self._number:
            self.found.show_hits([as_hit(merchant) for merchant in found], "家", most=_MOST)

    def _take(self, merchant: MerchantHit) -> None:
        self.set_choice(merchant.number, f"{merchant.name} {merchant.counter}".strip(), merchant.id)
        self.place.show_problem("")
        self.changed.emit()
        self.taken.emit()

    def _note(self) -> None:
        name = self.edit.text().strip()
        if not name:
            self.place.show_problem("先输入商户名字，再点“不在名录，先记名字”")
            return
        self._shell.desk.write(
            self,
            lambda work: merchants.note_provisional(work, name),
            lambda made: self._noted(made.number, name, made.merchant_id),
            self._shell.refuse,
            verb="merchant.create",
        )

    def _noted(self, number: str, name: str, merchant_id: int) -> None:
        self.set_choice(number, name, merchant_id)
        self.changed.emit()
