"""通话提纲: what to ask the consumer and the merchant, problem by problem."""

from typing import TYPE_CHECKING, ClassVar

from odr_desk.rules.call_script import ASKED, MOST, ScriptDraft, check_script
from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.rules.events import Party
from odr_desk.services import call_scripts, codes, drafts
from odr_desk.services.call_scripts import Scripts
from odr_desk.services.codes import Option
from odr_desk.ui.admin.section import Section
from odr_desk.ui.keeping import FieldsKeeping
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.field import Labelled
from odr_desk.ui.widgets.text_edit import TextEdit
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

GENERAL = "general"


class ScriptList(Section):
    """Two lists of points for the chosen problem; what is changed is kept with 保存."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"call_scripts", "codes"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "通话提纲", "一行一点；快速记录里点“提纲”就看到，打钩的进记录")
        self._problem = ""
        self._scripts = Scripts(())
        self.problems = Chips()
        self.problems.chosen.connect(self._choose)
        self.edits = {party: TextEdit("一行一点，三到八点", least=6, most=MOST) for party in ASKED}
        self._places = {party: Labelled(f"问{party.label}", edit) for party, edit in self.edits.items()}
        for party, edit in self.edits.items():
            edit.setAccessibleName(f"问{party.label}")
            edit.changed.connect(self._on_typed)
        editors = {party.value: edit for party, edit in self.edits.items()}
        self._keeping = FieldsKeeping(shell, drafts.SCRIPT, self, editors)
        self._save = Button("保存", "primary", clicked=self.save)
        self._said = Words("", "small")
        sides = row(*self._places.values(), gap=16)
        self.stand(column(self.problems, sides, row(self._save, self._said, None), gap=12))

    def refresh(self) -> None:
        """Read the scripts again; what is being typed stays."""
        self.desk.read(self, lambda work: (codes.options(work, "problems"), call_scripts.read(work)), self._show)

    def save(self) -> bool:
        """Keep both lists of the chosen problem; False when one of them cannot be kept as it stands."""
        given = [ScriptDraft(problem=self._problem, party=party, points=self._typed(party)) for party in ASKED]
        if not all(self._is_in_order(party, draft) for party, draft in zip(ASKED, given, strict=True)):
            return False
        self._keeping.now()
        subject = self._problem or GENERAL

        def done(_: object) -> None:
            if all(
                self._problem == draft.problem and self._typed(party) == draft.points
                for party, draft in zip(ASKED, given, strict=True)
            ):
                self._keeping.settle(*map(str, ASKED))
            self._said.setText("")
            self.shell.say("通话提纲已保存")

        def refused(error: DeskError) -> None:
            self._said.setText("没有保存，文字还在")
            self.shell.refuse(error)

        def keep(work: "Work") -> None:
            for draft in given:
                call_scripts.save(work, draft)
            drafts.drop_for(work, drafts.SCRIPT, subject)

        self.desk.write(
            self,
            keep,
            done,
            refused,
            verb="script.save",
        )
        return True

    def _is_in_order(self, party: Party, draft: ScriptDraft) -> bool:
        """Tell whether a list can be kept as it stands, and say below it what is wrong."""
        try:
            check_script(draft)
        except Invalid as error:
            self._places[party].show_problem(error.problems[0].text)
            self.edits[party].setFocus()
            return False
        self._places[party].show_problem("")
        return True

    def _show(self, found: tuple[tuple[Option, ...], Scripts]) -> None:
        options, self._scripts = found
        if not self.problems.values():
            self.problems.clear()
            self.problems.add(GENERAL, "通用")
            for option in options:
                self.problems.add(option.code, option.short)
            self.problems.choose(GENERAL)
            self._load()

    def _choose(self, code: str) -> None:
        if self._is_changed() and not self.save():
            self.problems.choose(self._problem or GENERAL)
            return
        self._problem = "" if code == GENERAL else code
        self._load()

    def _load(self) -> None:
        self._keeping.now()
        for party, edit in self.edits.items():
            edit.set_value("\n".join(self._kept(party)))
            self._places[party].show_problem("")
        self._said.setText("")
        self._keeping.start(self._problem or GENERAL, lambda _typed: self._on_typed())

    def _kept(self, party: Party) -> tuple[str, ...]:
        mine = (s.points for s in self._scripts.all if (s.problem, s.party) == (self._problem, party.value))
        return next(mine, ())

    def _typed(self, party: Party) -> str:
        return self.edits[party].toPlainText()

    def _is_changed(self) -> bool:
        return any(self._typed(party) != "\n".join(self._kept(party)) for party in ASKED)

    def _on_typed(self) -> None:
        self._said.setText("还没有保存" if self._is_changed() else "")
