"""The merchant whose cases are wanted: found by three keys, in a list below the field."""

from PySide6.QtCore import QObject, Signal

from odr_desk.services import merchant_search
from odr_desk.services.merchant_search import MerchantHit
from odr_desk.ui.latest import Latest
from odr_desk.ui.merchant_hits import as_hit
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.lookup import LookupList
from odr_desk.ui.widgets.text_edit import LineEdit

_MOST = 5


class MerchantFilter(QObject):
    """Finds a merchant while it is typed in `edit`, in the list `found`; an emptied field means all of them."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.number = ""
        self._latest = Latest(shell.desk, self)
        self.edit = LineEdit("商户名、首字母、柜位号")
        self.edit.setAccessibleName("商户")
        self.edit.setClearButtonEnabled(True)
        self.edit.textChanged.connect(self._on_text)
        self.found = LookupList(self.edit, take="筛这家")
        self.found.picked.connect(self._take)

    def set_choice(self, number: str, name: str) -> None:
        """Show a merchant chosen elsewhere, or none; what is being typed stays."""
        if number == self.number and (number or self.edit.hasFocus()):
            return
        self.number = number
        self.edit.blockSignals(True)
        self.edit.setText(name)
        self.edit.blockSignals(False)
        self.found.hide()

    def _on_text(self, text: str) -> None:
        if self.number:
            self.number = ""
            self.changed.emit()
        if not text.strip():
            self._latest.forget()
            self.found.hide()
            return
        self.found.expect()
        self._latest.read(lambda work: merchant_search.find(work, text, _MOST + 1), self._show)

    def _show(self, found: tuple[MerchantHit, ...]) -> None:
        if not self.number and self.edit.text().strip():
            self.found.show_hits([as_hit(merchant) for merchant in found], "家", most=_MOST)

    def _take(self, merchant: MerchantHit) -> None:
        self.edit.blockSignals(True)
        self.edit.setText(merchant.name)
        self.edit.blockSignals(False)
        self.number = merchant.number
        self.found.hide()
        self.changed.emit()
