"""资料: every field of a case, to read, and with F2 to change."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from odr_desk.rules import masking, money
from odr_desk.rules.case import CaseDraft, CaseEdit, claims_in_words
from odr_desk.rules.columns import plain
from odr_desk.rules.errors import Conflict, DeskError, Invalid
from odr_desk.rules.fields import Field, Kind, fields_of
from odr_desk.rules.people import Right
from odr_desk.rules.snippets import Span
from odr_desk.services import cases, codes, drafts, people
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.codes import Option
from odr_desk.ui import theme, versions
from odr_desk.ui.aim import Aim, bring
from odr_desk.ui.cases.claims_edit import ClaimsEdit
from odr_desk.ui.form import Form, form_values
from odr_desk.ui.keeping import Keeping
from odr_desk.ui.screen import Shell
from odr_desk.ui.transfers.moves import Moves
from odr_desk.ui.versions import VersionsDialog
from odr_desk.ui.widgets.boxes import column, empty_layout, line, panel, row, scroll
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.marked_words import MarkedWords, Pointed
from odr_desk.ui.widgets.marks import Key
from odr_desk.ui.widgets.words import Words

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work

GROUPS = ("channels", "problems", "categories", "claims")
_FIXED = ("merchant_no", "solved_on_spot")
_EDITED = tuple(field.name for field in fields_of(CaseEdit) if field.name not in _FIXED)
_MASKED = ("consumer_phone", "id_no")  # shown whole in the form: opening it is recorded
_LABEL_WIDTH = 112


class DataTab(QWidget):
    """Shows the fields of a case by section; a form takes their place while they are changed."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._found: CaseDetail | None = None
        self._names: dict[str, dict[str, str]] = {}
        self._claims: tuple[Option, ...] = ()
        self._list = column(margins=(16, 12, 16, 12), gap=2)
        self._form: Form[CaseEdit] | None = None
        self._before: dict[str, object] = {}
        self._base: CaseEdit | None = None
        self._version = 0
        self._first = ""
        self._versions: VersionsDialog | None = None
        self._aim = Aim()
        self._is_aimed = False
        self._keeping = Keeping(shell, drafts.FIELDS, self._content, self)
        self._stack = QStackedWidget()
        self.moves = Moves(shell)
        below = panel(column(self.moves, None, margins=(16, 0, 16, 12)))
        self._area = scroll(column(panel(self._list), below, gap=0))
        self._stack.addWidget(self._area)
        self.setLayout(column(self._stack, gap=0))
        shell.desk.read(
            self,
            lambda work: ({group: codes.names(work, group) for group in GROUPS}, codes.options(work, "claims")),
            lambda found: self._know(*found),
        )

    def show_case(self, found: CaseDetail) -> None:
        """Show the fields of this case; a form that is open for it stays as it is typed."""
        same = self._found is not None and self._found.row.number == found.row.number
        self._found = found
        self._aim = self._aim.while_on(found.row.number)
        self.moves.show_case(found.row.number)
        if self._form is not None and not same:
            self._keeping.now()
            self._leave()
        self._show_fields()

    def show_moves(self) -> None:
        """Scroll to how the case came and went."""
        self._area.ensureWidgetVisible(self.moves)

    def point_out(self, aim: Aim) -> None:
        """Show in which field the words stand, and bring it into sight."""
        self._aim, self._is_aimed = aim, True
        self._show_fields()

    def edit(self, field: str = "") -> bool:
        """Open the form, with the cursor in a field, if the person may change cases; tell whether that is so."""
        if self._found is None or not self._shell.desk.actor.may(Right.WRITE_CASES):
            return False
        self._first = field
        if self._form is None:
            self._begin(self._found)
        else:
            self._go_to_first(self._form)
        return True

    def _go_to_first(self, form: Form[CaseEdit]) -> None:
        """Put the cursor into the field that is wanted, and bring it into sight."""
        if self._first not in form.editors():
            form.setFocus()
            return
        place = form.place(self._first)
        place.editor.setFocus()
        bring(place)

    def _begin(self, found: CaseDetail) -> None:
        """Open the form; what is masked is shown to who may see it, and that is recorded."""
        number, draft = found.row.number, found.draft
        if not (draft.consumer_phone or draft.id_no):
            self._open_form(_EDITED)
        elif self._shell.desk.actor.may(Right.SEE_PERSONAL):
            self._shell.desk.write(
                self,
                lambda work: people.reveal(work, f"cases:{number}", ",".join(_MASKED)),
                lambda _: self._open_form(_EDITED),
                self._shell.refuse,
                verb="case.reveal",
            )
        else:
            self._open_form(tuple(name for name in _EDITED if name not in _MASKED))

    def _open_form(self, names: tuple[str, ...]) -> None:
        if self._found is None or self._form is not None:
            return
        choices = {group: list(names.items()) for group, names in self._names.items()}
        claims = ClaimsEdit(self._claims, self._names.get("claims", {}))
        self._form = Form(CaseEdit, only=names, choices=choices, editors={"claims": claims})
        self._form.load(self._found.draft)
        self._base, self._version = self._found.draft, self._found.version
        self._before = form_values(self._form.typed())
        self._form.changed.connect(self._keeping.soon)
        self._keeping.begin(self._found.row.number, self._form.set_values)
        save, leave = Button("保存", "primary", clicked=self.save), Button("不改了", clicked=self._give_up)
        foot = panel(row(save, Key("Ctrl ⏎"), 8, leave, None, margins=(16, 8, 16, 8)))
        body = panel(column(scroll(panel(column(self._form, margins=(16, 12, 16, 12)))), line(), foot, gap=0))
        self._stack.addWidget(body)
        self._stack.setCurrentWidget(body)
        self._go_to_first(self._form)

    def is_editing(self) -> bool:
        """Tell whether the form is open."""
        return self._form is not None

    def save(self) -> None:
        """Save what was changed in the form."""
        if self._form is None or self._found is None:
            return
        try:
            draft = self._form.draft()
        except Invalid as error:
            self._form.show_problems(error)
            return
        names = self._form.values()
        before = self._base
        self._write({n: getattr(draft, n) for n in names if getattr(draft, n) != getattr(before, n)}, self._version)

    def _write(self, changes: Mapping[str, object], version: int, kept: str = "") -> None:
        """Save these changes to the version they were made on; `kept` says what of somebody else stays beside them."""
        if self._found is None:
            return
        number = self._found.row.number

        def write(work: "Work") -> None:
            cases.update(work, number, version, changes)
            drafts.drop_for(work, drafts.FIELDS, number)

        self._shell.desk.write(
            self,
            write,
            lambda _: self._saved(number, len(changes), kept),
            self._refused,
            verb="case.update",
        )

    def _content(self) -> dict[str, object] | None:
        """Return the fields that differ from what was on record, fit for JSON; None while the form is closed."""
        if self._form is None:
            return None
        typed = form_values(self._form.typed())
        return {name: value for name, value in typed.items() if value != self._before[name]}

    def _give_up(self) -> None:
        self._keeping.drop()
        self._leave()

    def _saved(self, number: str, count: int, kept: str) -> None:
        if self._versions is not None:
            self._versions.accept()
            self._versions = None
        if self._found is not None and self._found.row.number == number:
            self._give_up()  # else another case is being edited by now: its words are none of this one's
        self._shell.say(f"{number} 已保存，改了 {count} 项{kept}" if count else f"{number} 没有改动{kept}")

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, Conflict) and "theirs" in error.detail:
            self._settle(error)
        elif isinstance(error, Invalid) and self._form is not None:
            for problem in self._form.show_problems(error):
                self._shell.refuse(Invalid((problem,)))
        else:
            self._shell.refuse(error)

    def _settle(self, error: Conflict) -> None:
        if self._base is None:
            return
        if self._versions is not None:
            self._versions.reject()
        self._versions = versions.settle(error, self._base, self._write, names=self._names, parent=self)

    def _leave(self) -> None:
        if self._form is None:
            return
        self._stack.setCurrentIndex(0)
        self._form = None
        body = self._stack.widget(1)
        if body is not None:
            self._stack.removeWidget(body)
            body.deleteLater()

    def _know(self, names: dict[str, dict[str, str]], claims: tuple[Option, ...]) -> None:
        self._names, self._claims = names, claims
        if self._found is not None:
            self._show_fields()

    def _show_fields(self) -> None:
        if self._found is None:
            return
        empty_layout(self._list)
        section = ""
        for field in fields_of(CaseDraft):
            words = self._words(field, getattr(self._found.draft, field.name))
            if not words:
                continue
            if field.section != section:
                self._begin_section(field.section, first=not section)
                section = field.section
            self._add(field.name, field.label, words)
        self._add("claims", "诉求", claims_in_words(self._found.claims, self._names.get("claims", {})) or "未写")
        if self._found.result_note:
            self._add("result_note", "处理结果", self._found.result_note)

    def _begin_section(self, name: str, *, first: bool) -> None:
        """Put the name over the fields; beside the first one stands what opens the form."""
        head = row(Words(name, "head"), None, gap=6)
        if first and self._shell.desk.actor.may(Right.WRITE_CASES):
            head.addWidget(Button("修改", clicked=self.edit))
            head.addWidget(Key("F2"))
        if not first:
            self._list.addSpacing(10)
        self._list.addLayout(head)
        self._list.addWidget(line())
        self._list.addSpacing(4)

    def _add(self, name: str, label: str, words: str) -> None:
        """Add a field, the words in it marked that somebody looked for; once they are found the page goes there."""
        marked = self._aim.spans(words)
        is_meant = name == self._aim.field
        if is_meant and not marked and name in _MASKED:
            marked = ((0, len(words)),)  # asked for by what is hidden
        made = _pair(label, words, marked, pointed=is_meant)
        self._list.addWidget(made)
        if (is_meant or marked) and self._is_aimed and self._names:
            self._is_aimed = False
            bring(made)

    def _words(self, field: Field, value: object) -> str:
        if field.name == "merchant_no" and self._found is not None:
            return f"{self._found.merchant.name}（{self._found.merchant.legal_name}）"
        if value in (None, "", False):
            return ""
        if field.kind is Kind.MONEY and isinstance(value, int):
            return f"¥{money.show(value)}"
        if field.name == "consumer_phone":
            return masking.phone(str(value))
        if field.name == "id_no":
            return masking.id_number(str(value))
        if isinstance(field.options, str):
            return self._names.get(field.options, {}).get(str(value), str(value))
        return plain(value)


def _pair(label: str, value: str, marked: tuple[Span, ...], *, pointed: bool) -> QWidget:
    name = Words(label, "secondary")
    theme.widen(name, _LABEL_WIDTH)
    laid = row(name, MarkedWords(value, marked) if marked else Words(value, wrap=True), gap=8)
    laid.setStretch(1, 1)
    return Pointed(laid) if pointed else panel(laid)
