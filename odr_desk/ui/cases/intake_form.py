"""The fields of the intake form in the order in which a consumer tells the story."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from odr_desk.rules import moments, money
from odr_desk.rules.case import AgeBand, CaseDraft, Claim, IdKind, Level
from odr_desk.rules.errors import Invalid, Problem
from odr_desk.services.codes import Option
from odr_desk.services.platform_paste import Pasted
from odr_desk.services.presets import Preset
from odr_desk.ui import theme
from odr_desk.ui.cases import claims_edit
from odr_desk.ui.cases.intake_source import IntakeSource
from odr_desk.ui.cases.merchant_field import MerchantField
from odr_desk.ui.cases.preset_row import PresetRow
from odr_desk.ui.form import Form
from odr_desk.ui.reading_order import go_to
from odr_desk.ui.screen import Shell
from odr_desk.ui.widgets.boxes import column, panel, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.chips import Chips
from odr_desk.ui.widgets.day_edit import DayEdit, this_moment
from odr_desk.ui.widgets.field import Editor, Labelled
from odr_desk.ui.widgets.number_edit import MoneyEdit
from odr_desk.ui.widgets.text_edit import LineEdit, TextEdit

TITLES = (("女士", "女士"), ("先生", "先生"), ("不详", "不详"))
MORE = (
    "first_asked_by", "product", "category", "problem", "problem_note", "purchase_date",
    "receipt_no", "is_prepaid", "consumer_address", "id_type", "id_no", "age_band", "guardian", "agent", "agent_letter",
    "agree_publish", "agree_delegate", "level",
)  # fmt: skip


class IntakeForm(QWidget):
    """Fields of a new case; `changed` follows every keystroke."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._key = uuid.uuid4().hex
        self._told_at: str = ""
        self.source = IntakeSource()
        self.phone_edit = LineEdit("手机或座机")
        self.phone_place = Labelled("电话", self.phone_edit, note="不详可空")
        self.name_edit = LineEdit("姓或姓名")
        self.name_edit.setAccessibleName("姓名")
        self.titles = Chips(one_stop=True)
        for code, words in TITLES:
            self.titles.add(code, words)
        self.merchant = MerchantField(shell)
        self.presets = PresetRow()
        self.facts = TextEdit("什么时候、买了什么、出了什么事、要怎么办", least=3, most=8)
        self.facts_place = Labelled("一句话", self.facts)
        self.amount = MoneyEdit()
        theme.widen(self.amount, 124)
        self.amount_place = Labelled("金额（元）", self.amount)
        self.wanted = Chips(several=True)
        self.told = Button("已告知隐私政策", clicked=self._tell)
        self.more = Form(CaseDraft, only=MORE)
        self.more.hide()
        self.more_link = Button("更多项目", "link", "down", clicked=self._go_to_more)
        self._lay()
        self._connect()

    def start(self) -> None:
        """Put the cursor where the story begins."""
        self.phone_edit.setFocus()

    def key(self) -> str:
        """Return the key that makes a repeated saving harmless."""
        return self._key

    def phone(self) -> str:
        """Return the telephone as typed."""
        return self.phone_edit.text().strip()

    def platform_no(self) -> str:
        """Return the platform number as typed."""
        return self.source.platform_no()

    def received_on(self) -> date:
        """Return the day the complaint came in, today unless another one was typed."""
        return self.source.received_on()

    def has_words(self) -> bool:
        """Tell whether anything has been typed."""
        parts = (
            self.platform_no(),
            self.phone(),
            self.name_edit.text(),
            self.merchant.words(),
            self.facts.toPlainText(),
            self.amount.text(),
            *(
                str(editor.typed())
                for editor in self.more.editors().values()
                if isinstance(editor, LineEdit | TextEdit) and not isinstance(editor, DayEdit)
            ),
        )
        return any(part.strip() for part in parts)

    def claims(self) -> tuple[Claim, ...]:
        """Return the demands; what the matter is worth stands in the amount of the case."""
        return tuple(Claim(code) for code in self.wanted.values())

    def values(self) -> dict[str, Any]:
        """Return every field as rules.parsing.parse takes it."""
        return {
            **self.more.values(),
            **self.source.values(),
            "consumer_phone": self.phone(),
            "consumer_name": self._name(),
            "merchant_no": self.merchant.number(),
            "facts": self.facts.toPlainText(),
            "amount": self.amount.value(),
            "privacy_notice_at": self._told_at or None,
        }

    def module_values(self) -> dict[str, str]:
        """Return what text modules can be filled with before the case is registered."""
        return {"消费者": str(self.values()["consumer_name"]), "商户": self.merchant.words()}

    def content(self) -> dict[str, object]:
        """Return what was typed, fit for JSON, so that it comes back exactly."""
        plain = {name: _plain(value) for name, value in self.more.typed().items()}
        return {
            "key": self._key,
            **self.source.content(),
            "phone": self.phone_edit.text(),
            "name": self.name_edit.text(),
            "title": self.titles.values(),
            "merchant": [self.merchant.number(), self.merchant.words(), self.merchant.merchant_id()],
            "facts": self.facts.toPlainText(),
            "amount": self.amount.text(),
            "claims": self.wanted.values(),
            "preset": self.presets.code(),
            "told": self._told_at,
            "more": plain,
        }

    def load(self, content: Mapping[str, Any]) -> None:
        """Show what was typed before."""
        self.clear()
        self._key = str(content.get("key") or self._key)
        self.source.load(content)
        self.phone_edit.setText(str(content.get("phone", "")))
        self.name_edit.setText(str(content.get("name", "")))
        self.titles.choose(*content.get("title", ()))
        number, words, merchant_id = content.get("merchant") or ("", "", 0)
        self.merchant.set_choice(number, words, merchant_id)
        self.facts.set_value(content.get("facts", ""))
        self.amount.setText(str(content.get("amount", "")))
        self.wanted.choose(*content.get("claims", ()))
        self._told_at = str(content.get("told", ""))
        self.presets.set_code(str(content.get("preset", "")))
        self.more.set_values(content.get("more", {}))
        if any(content.get("more", {}).values()):
            self._open_more()
        self._show_told()

    def clear(self) -> None:
        """Empty every field for the next case."""
        self._key, self._told_at = uuid.uuid4().hex, ""
        self.source.load({})
        for edit in (self.phone_edit, self.name_edit, self.amount):
            edit.clear()
        self.titles.choose()
        self.merchant.set_choice("", "")
        self.facts.set_value("")
        self.wanted.choose()
        self.presets.set_code("")
        self.more.load(CaseDraft())
        self.clear_problems()
        self._show_told()
        self.more.hide()
        self.more_link.show()

    def take(self, found: Pasted) -> int:
        """Fill in a copied complaint where nothing has been typed; return how many fields that were."""
        values, count = found.values, 0
        received = values.get("received_at")
        count += self.source.take(
            str(values.get("platform_no", "")), received if isinstance(received, datetime) else None
        )
        editors: dict[str, Editor] = {
            "consumer_phone": self.phone_edit,
            "consumer_name": self.name_edit,
            "amount": self.amount,
            "facts": self.facts,
        }
        for name, editor in editors.items():
            if values.get(name) and not editor.value():
                editor.set_value(values[name])
                count += 1
        rest = {name: values[name] for name in ("product", "problem") if values.get(name)}
        rest = {name: value for name, value in rest.items() if not self.more.values().get(name)}
        self.more.set_values(rest)
        count += len(rest)
        if found.claims and not self.wanted.values():
            self.wanted.choose(*found.claims)
            count += 1
        if found.called and not self.merchant.words().strip():
            count += 1
            if found.merchant is not None:
                self.merchant.set_choice(*found.merchant)
            else:
                self.merchant.look_for(found.called)
        (self.facts if self.merchant.number() else self.merchant.edit).setFocus()
        self.changed.emit()
        return count

    def set_consumer(self, name: str) -> None:
        """Fill in what is known of the person."""
        self.name_edit.setText(name)
        self.changed.emit()

    def set_choices(self, groups: Mapping[str, tuple[Option, ...]]) -> None:
        """Take the codes that can be chosen."""
        self.source.set_channels([(option.code, option.name) for option in groups["channels"]])
        for group in ("problems", "categories"):
            self.more.set_choices(group, [(option.code, option.name) for option in groups[group]])
        chosen = self.wanted.values()
        self.wanted.clear()
        for option in claims_edit.usual_first(groups["claims"]):
            self.wanted.add(option.code, option.short)
        self.wanted.choose(*chosen)

    def clear_problems(self) -> None:
        """Take every problem back."""
        for place in self._places().values():
            place.show_problem("")
        self.more.clear_problems()

    def show_problems(self, error: Invalid) -> tuple[Problem, ...]:
        """Show each problem under its field and go to the first; return those that have none here."""
        places = self._places()
        here = [problem for problem in error.problems if problem.field in places]
        for problem in here:
            places[problem.field].show_problem(problem.text)
        rest = tuple(problem for problem in error.problems if problem.field not in places)
        if rest:
            self._open_more()
            rest = tuple(self.more.show_problems(Invalid(rest)))
        if here:
            go_to(places[here[0].field].editor, places[here[0].field])
        return rest

    def remarked(self) -> CaseDraft:
        """Return what the desk may be reminded of: the parts that are in order, whatever the others are."""
        more = self.more.values()
        return CaseDraft(
            channel=self.source.code(),
            platform_no=self.platform_no(),
            id_type=IdKind(str(more["id_type"])) if more.get("id_type") else None,
            id_no=str(more.get("id_no") or ""),
            age_band=AgeBand(str(more["age_band"])) if more.get("age_band") else None,
            guardian=str(more.get("guardian") or ""),
            agent=str(more.get("agent") or ""),
            agent_letter=bool(more.get("agent_letter")),
            level=Level(str(more["level"])) if more.get("level") else None,
            privacy_notice_at=datetime.fromisoformat(self._told_at) if self._told_at else None,
            facts=self.facts.toPlainText(),
            amount=self._fen(),
        )

    def _fen(self) -> int | None:
        try:
            return self.amount.fen()
        except ValueError:
            return None

    def _places(self) -> dict[str, Labelled]:
        return {
            **self.source.places,
            "consumer_phone": self.phone_place,
            "merchant_no": self.merchant.place,
            "facts": self.facts_place,
            "amount": self.amount_place,
        }

    def _name(self) -> str:
        name, title = self.name_edit.text().strip(), next(iter(self.titles.values()), "")
        if title == "不详":
            return ""
        return name + title if name and len(name) <= 2 and title and not name.endswith(title) else name

    def _lay(self) -> None:
        who = row(self.name_edit, self.titles, gap=4)
        who.setStretch(0, 1)
        named = Labelled("姓名", panel(who))
        person = row(self.phone_place, named, gap=16)
        person.setStretch(0, 1)
        person.setStretch(1, 1)
        asked = Labelled("要求", self.wanted)
        money_row = row(self.amount_place, asked, gap=16)
        money_row.setStretch(1, 1)
        person.setAlignment(named, Qt.AlignmentFlag.AlignTop)  # what is wrong beside it must not push it down
        money_row.setAlignment(asked, Qt.AlignmentFlag.AlignTop)
        foot = row(self.more_link, None, self.told)
        self.setLayout(
            column(
                self.source, person, self.merchant, self.presets, self.facts_place, money_row, foot, self.more, gap=12
            )
        )

    def _connect(self) -> None:
        for signal in (
            self.source.changed, self.phone_edit.changed,
            self.name_edit.changed, self.merchant.changed, self.facts.changed, self.amount.changed, self.more.changed,
        ):  # fmt: skip
            signal.connect(self.changed)
        self.titles.chosen.connect(lambda _code: self.changed.emit())
        self.wanted.chosen.connect(lambda _code: self.changed.emit())
        self.merchant.taken.connect(self.facts.setFocus)
        self.presets.chosen.connect(self._fill_in)
        self.more.changed.connect(lambda: self.presets.hint_for(str(self.more.values().get("problem") or "")))

    def _fill_in(self, preset: Preset) -> None:
        """Fill in what a usual dispute stands for; the story stays, and the cursor goes there."""
        filled = {"problem": preset.problem, "category": preset.category, "is_prepaid": preset.is_prepaid}
        self.more.set_values({name: value for name, value in filled.items() if value or name == "is_prepaid"})
        self.wanted.choose(*preset.claims)
        self.facts.setFocus()
        self.changed.emit()

    def _open_more(self) -> None:
        self.more.show()
        self.more_link.hide()

    def _go_to_more(self) -> None:
        self._open_more()
        first = next(name for name in MORE if not self.more.place(name).isHidden())
        go_to(self.more.place(first).editor, self.more.place(first))

    def _tell(self) -> None:
        self._told_at = moments.local(this_moment()).isoformat()
        self._show_told()
        self.changed.emit()

    def _show_told(self) -> None:
        self.told.setText("隐私政策已告知" if self._told_at else "已告知隐私政策")
        self.told.setEnabled(not self._told_at)


def _plain(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return money.yuan(value)
    return value.isoformat() if isinstance(value, date) else value
