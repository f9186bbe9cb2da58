"""出协议: the clauses, how the matter ends, who signs; kept as a draft until it is concluded."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules.agreement import AgreementDraft, sums_of
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.errors import DeskError, IllegalMove, Invalid, Problem
from odr_desk.services import agreement_desk, agreements
from odr_desk.services.agreement_desk import AgreementDesk
from odr_desk.services.agreements import Agreed
from odr_desk.ui.actions import Act
from odr_desk.ui.form import Form, form_values
from odr_desk.ui.keeping import Keeping
from odr_desk.ui.latest import Latest
from odr_desk.ui.screen import Shell
from odr_desk.ui.settlements.clause_list import ADD_KEYS, ClauseList
from odr_desk.ui.settlements.editor_side import EditorSide
from odr_desk.ui.widgets.badge import Badge
from odr_desk.ui.widgets.boxes import column, line, on_ground, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

_ORDER = (
    "final", "advance_payment", "confidential", "reserved", "late",
    "signed_on", "place", "copies", "mediator",
    "guardian", "agent", "merchant_handler", "merchant_authority",
    "consumer_view", "merchant_view", "attachments",
)  # fmt: skip
_LOOK_AFTER_MS = 250
_SIDE, _SIDE_NARROW, _ROOMY = 272, 240, 1200
_OF_CLAUSES = {"words": "text"}  # what the paper calls a field that has another name here


class AgreementEditor(QWidget):
    """Writes an agreement on one case; `left` when the person goes back, `concluded` with its number.

    `overtaken` says that somebody else has concluded one on this case meanwhile.
    """

    left = Signal(str)
    concluded = Signal(str)
    overtaken = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        on_ground(self, "surface")
        self._shell = shell
        self._case_no = ""
        self._busy = False
        self._looking = Latest(shell.desk, self)
        self._look_soon = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._look_soon.timeout.connect(self._look)
        self.clauses = ClauseList()
        self.form: Form[AgreementDraft] = Form(AgreementDraft, only=_ORDER, columns=4)
        self.side = EditorSide()
        self._back = Button("", "ghost", "back", clicked=self.leave)
        self._parties = Words("", "secondary", elide=True)
        self._state = Badge("act", "待签订")
        self._kept = Words("", "small")
        self._keeping = Keeping(shell, agreement_desk.KIND, self._content, self)
        self._keeping.kept.connect(lambda: self._kept.setText("草稿已存"))
        self.agree = Button("签订出协议", "primary", "deal", clicked=self.submit)
        self._agreed: tuple[TermDraft, ...] = ()
        self.bring = Button("", "link", "swap", clicked=self.bring_in)
        self._lay()
        self.clauses.changed.connect(self._on_changed)
        self.form.changed.connect(self._on_changed)
        self.side.asked.connect(self._go_to)

    def show_desk(self, found: AgreementDesk) -> None:
        """Begin an agreement on a case, with what was typed before if there is any."""
        self._case_no, self._busy = found.case_no, False
        self._keeping.resume(found.case_no, is_kept=found.kept is not None)
        self._back.setText(found.case_no.rsplit("-", 1)[-1])
        self._back.setAccessibleName(f"回到投诉件 {found.case_no}")
        self._parties.setText(f"{found.consumer or '不详'} ↔ {found.merchant}")
        self.clauses.set_kinds((option.code, option.short) for option in found.kinds)
        self.form.load(found.draft)
        self.clauses.load(found.terms)
        self._kept.setText("")
        if found.kept is not None:
            self._take_up(found.kept.content)
        self._agreed = found.agreed
        self._offer_agreed()
        self._sum_up()
        self._look()

    def acts(self) -> tuple[Act, ...]:
        """Return what the keyboard can do here."""
        return (
            Act("签订出协议", self.submit, shortcut="Ctrl+Return"),
            Act("加一项", self.clauses.add, shortcut=ADD_KEYS),
            Act("回到投诉件", self.leave, shortcut="Alt+Left"),
        )

    def submit(self) -> None:
        """Conclude the agreement; what is wrong is shown at its field and everything typed stays."""
        if self._busy or not self._case_no:
            return
        try:
            draft, terms = self._entered()
        except Invalid as error:
            self._show_problems(error)
            return
        number = self._case_no
        self._busy = True
        self._shell.desk.write(
            self, lambda work: agreements.agree(work, number, draft, terms), self._done, self._refused, verb="agree"
        )

    def bring_in(self) -> None:
        """Add the clauses that both sides agreed on and that are not here yet."""
        written = [values for values in self.clauses.values() if values["kind"]]
        self.clauses.load([*written, *self._missing()])
        self._on_changed()

    def leave(self) -> None:
        """Go back to the case; what was typed is kept."""
        self.keep_now()
        self.left.emit(self._case_no)

    def keep_now(self) -> None:
        """Keep what was typed in the last moment, before another agreement takes its place."""
        self._keeping.now()

    def set_room(self, width: int) -> None:
        """Fit into a window of this width."""
        self.side.setFixedWidth(_SIDE if width >= _ROOMY else _SIDE_NARROW)
        self._key.setVisible(width >= _ROOMY)

    def _lay(self) -> None:
        self._key = Key("Ctrl ⏎")
        head = row(
            self._back, Words("和解协议", "title"), self._parties, self._state, None, self._kept, self.agree, self._key,
            margins=(8, 0, 16, 0),
        )  # fmt: skip
        clauses = column(row(Words("协议内容", "head"), None, self.bring), self.clauses, gap=8)
        body = column(clauses, line(), self.form, None, margins=(16, 12, 16, 16), gap=16)
        middle = row(scroll(body), line("down"), self.side, gap=0)
        middle.setStretch(0, 1)
        whole = column(panel(head, height=52), line(), middle, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _entered(self) -> tuple[AgreementDraft, tuple[TermDraft, ...]]:
        """Return what was entered; raise Invalid naming everything that does not parse."""
        problems: list[Problem] = []
        draft = AgreementDraft()
        terms: tuple[TermDraft, ...] = ()
        try:
            terms = self.clauses.terms()
        except Invalid as error:
            problems += error.problems
        try:
            draft = self.form.draft()
        except Invalid as error:
            problems += error.problems
        if problems:
            raise Invalid(tuple(problems))
        return draft, terms

    def _on_changed(self) -> None:
        self._kept.setText("")
        self._keeping.soon()
        self._look_soon.start()
        self._offer_agreed()
        self._sum_up()

    def _missing(self) -> tuple[TermDraft, ...]:
        """Return what both sides agreed on and no clause says yet."""
        said = [str(values["text"]) for values in self.clauses.values()]
        return tuple(term for term in self._agreed if not any(term.text in text for text in said))

    def _offer_agreed(self) -> None:
        missing = self._missing()
        self.bring.setText(f"加入双方已一致的 {len(missing)} 项")
        self.bring.setVisible(bool(missing))

    def _sum_up(self) -> None:
        try:
            self.side.show_sums(sums_of(self.clauses.terms()))
        except Invalid:
            return  # half-typed; the sum follows when it can be read again

    def _look(self) -> None:
        try:
            draft, terms = self._entered()
        except Invalid:
            return
        number = self._case_no
        self._looking.read(
            lambda work: agreements.look_over(work, number, draft, terms), self.side.show_findings, self._shell.refuse
        )

    def _content(self) -> Mapping[str, object] | None:
        if self._busy or not self._case_no:
            return None
        terms = [form_values(term) for term in self.clauses.values()]
        return {"form": form_values(self.form.typed()), "terms": terms}

    def _take_up(self, content: Mapping[str, object]) -> None:
        form, terms = content.get("form"), content.get("terms")
        if isinstance(form, dict):
            self.form.set_values(form)
        if isinstance(terms, list):
            self.clauses.load([term for term in terms if isinstance(term, dict)])
        self._kept.setText("上次没有签订的草稿")

    def _done(self, agreed: Agreed) -> None:
        self._keeping.drop()
        self._case_no = ""
        self.concluded.emit(agreed.agreement_no)

    def _refused(self, error: DeskError) -> None:
        self._busy = False
        self._keeping.soon()  # what was typed in the last moment is not on disk yet
        if isinstance(error, Invalid):
            self._show_problems(error)
        elif isinstance(error, IllegalMove) and agreements.TO_VOID in error.legal:
            self.overtaken.emit(self._case_no)
        else:
            self._shell.refuse(error)

    def _show_problems(self, error: Invalid) -> None:
        """Show each problem where it belongs; the first clause that is wrong has the cursor, else the first field."""
        named = Invalid(tuple(Problem(_field_here(p.field), p.text) for p in error.problems))
        rest = self.form.show_problems(Invalid(self.clauses.show_problems(named)))
        in_clauses = [p.field for p in named.problems if p.field.startswith("terms[")]
        if in_clauses:
            self.clauses.go_to(in_clauses[0])
        if rest:
            self._shell.refuse(Invalid(rest))

    def _go_to(self, field: str) -> None:
        here = _field_here(field)
        if here.startswith("terms["):
            self.clauses.go_to(here)
        elif here in _ORDER:
            editor = self.form.editor(here)
            if isinstance(editor, QWidget):
                editor.setFocus()
        elif here == "terms":
            self.clauses.add()
        else:
            self.leave()


def _field_here(field: str) -> str:
    place, dot, name = field.rpartition(".")
    return f"{place}{dot}{_OF_CLAUSES.get(name, name)}"
