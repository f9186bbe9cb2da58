"""商场资料: what stands on papers and in reports."""

from typing import ClassVar

from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.mall import Mall, check_mall
from odr_desk.services import drafts, setup
from odr_desk.ui.actions import Act, bind
from odr_desk.ui.admin.section import Section
from odr_desk.ui.form import Form
from odr_desk.ui.keeping import FieldsKeeping
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import card, column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

_WHOLE = "mall"  # there is one


class MallProfile(Section):
    """The form of the mall; what was typed and not saved stays until the section is left for good."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"settings"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "商场资料", "印在文书和报表上")
        self.form = Form(Mall)
        self.form.changed.connect(lambda: self._set_changed(changed=True))
        self.save = Button("保存", "primary", clicked=self.submit)
        self.revert = Button("还原", clicked=self._revert)
        note = Words("改编号前缀只影响以后的投诉件，已有的编号不变。", "small", wrap=True)
        foot = row(self.save, Key("Ctrl ⏎"), self.revert, None)
        self.stand(column(card(row(self.form), margins=(16, 12, 16, 12)), note, foot, 12, gap=8))
        self._keeping = FieldsKeeping(shell, drafts.MALL, self, self.form.editors())
        bind(self, (Act("保存", self.submit, shortcut="Ctrl+Return"),))
        self._set_changed(changed=False)

    def refresh(self) -> None:
        """Read the profile, unless it is being changed."""
        if not self._changed:
            self.desk.read(self, setup.profile, self._show, self.shell.refuse)

    def submit(self) -> None:
        """Save, or say below each field what is wrong."""
        try:
            mall = self.form.draft()
            check_mall(mall)
        except Invalid as error:
            self.form.show_problems(error)
            return
        self.save.setEnabled(False)
        self.desk.write(
            self, lambda work: setup.change_profile(work, mall), self._on_saved, self._on_refused, verb="mall.change"
        )

    def _show(self, mall: Mall) -> None:
        self.form.load(mall)
        self._set_changed(changed=False)
        self._keeping.start(_WHOLE, lambda _typed: self._set_changed(changed=True))

    def _on_saved(self, _: object) -> None:
        self._keeping.drop()
        self._set_changed(changed=False)
        self.shell.say("商场资料已保存")

    def _on_refused(self, error: DeskError) -> None:
        self._set_changed(changed=True)
        if isinstance(error, Invalid) and not self.form.show_problems(error):
            return
        self.shell.refuse(error)

    def _revert(self) -> None:
        self._keeping.drop()
        self._set_changed(changed=False)
        self.refresh()

    def _set_changed(self, *, changed: bool) -> None:
        self._changed = changed
        self.save.setEnabled(changed)
        self.revert.setEnabled(changed)
