"""期限规则: every version with its basis; a change is a new version from a day on."""

from functools import partial
from typing import ClassVar

from odr_desk.rules.columns import Column
from odr_desk.rules.errors import DeskError, Invalid
from odr_desk.services import deadline_admin, drafts
from odr_desk.services.deadline_admin import RuleDraft, RuleRow
from odr_desk.ui import ask, keeping, reason_dialog
from odr_desk.ui.admin.section import Section
from odr_desk.ui.cells import Look
from odr_desk.ui.form import Form
from odr_desk.ui.reason_dialog import Why
from odr_desk.ui.screen import Shell
from odr_desk.ui.table import Table
from odr_desk.ui.widgets.boxes import column, row
from odr_desk.ui.widgets.buttons import Button
from odr_desk.ui.widgets.dialog import Dialog
from odr_desk.ui.widgets.words import Words

COLUMNS: tuple[Column[RuleRow], ...] = (
    Column("期限", lambda row: row.clock.label, width=11),
    Column("天数", lambda row: f"{row.length} 个{row.unit.label}", width=13),
    Column("来源", lambda row: row.channels, width=30),
    Column("地区", lambda row: row.district, width=10),
    Column("起", lambda row: row.valid_from.isoformat(), width=12),
    Column("止", lambda row: row.until.isoformat() if row.until else "待生效" if row.waits else "现行", width=12),
    Column("依据", lambda row: row.basis, width=30),
)


class DeadlineRules(Section):
    """The list of versions, and the way to a new one."""

    WATCHES: ClassVar[frozenset[str]] = frozenset({"deadline_rules", "codes"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "期限规则", "投诉件按收到那天有效的规则数期限，旧规则不会被改掉")
        self.table = Table("期限规则", COLUMNS, looks=_look, stretch="依据")
        self.table.chosen.connect(self._on_chosen)
        self._name = Words("选一条规则，看全文或换新规则", "secondary", wrap=True)
        self._revise = Button("换新规则", clicked=self._on_revise)
        self._revise.setEnabled(False)
        self._withdraw = Button("撤回", clicked=self._on_withdraw)
        self._withdraw.hide()
        foot = row(self._revise, self._withdraw, self._name, gap=12)
        foot.setStretch(2, 1)
        self.stand(column(self.table, foot, gap=8), wide=True)

    def refresh(self) -> None:
        """Read the rules again."""
        self.desk.read(self, deadline_admin.rows, self.table.set_rows, self.shell.refuse)

    def _on_chosen(self, chosen: RuleRow) -> None:
        self._name.setText(f"{chosen.code} {chosen.name}。{chosen.basis}")
        self._revise.setEnabled(chosen.in_force)
        self._revise.setVisible(not chosen.waits)
        self._withdraw.setVisible(chosen.waits)

    def _on_revise(self) -> None:
        rule = self.table.current()
        if rule is None:
            return
        form = Form(RuleDraft)
        form.set_values({"length": rule.length, "unit": rule.unit, "basis": rule.basis})
        note = Words("从那天起收到的投诉件按新规则；在办的会重新数一遍。", "small", wrap=True)
        title = f"给“{rule.name}”换新规则"
        dialog = Dialog(title, column(form, note, gap=12), do="换新规则", closes=False, width=560, parent=self)
        keeping.over_forms(self.shell, dialog, (drafts.RULE, rule.code), form)
        dialog.submitted.connect(partial(self._submit, dialog, form, rule))
        ask.show(dialog)

    def _on_withdraw(self) -> None:
        rule = self.table.current()
        if rule is None:
            return
        why = Why(
            f"撤回从 {rule.valid_from} 起的“{rule.name}”？",
            "撤回",
            (drafts.WITHDRAWING, str(rule.id)),
            label="撤回原因",
            note="它还没有生效，撤回以后照现行的规则数。",
        )
        reason_dialog.show(
            self.shell,
            self,
            why,
            lambda work, _reason: deadline_admin.withdraw(work, rule_id=rule.id),
            verb="deadline.withdraw",
            said="还没有生效的规则已撤回",
        )

    def _submit(self, dialog: Dialog, form: Form[RuleDraft], rule: RuleRow) -> None:
        try:
            draft = form.draft()
        except Invalid as error:
            form.show_problems(error)
            return

        running = self.shell.run("正在换新规则，重新数在办投诉的期限")

        def done(moved: int) -> None:
            running.finish()
            dialog.accept()
            self.shell.say(
                f"新规则已保存，{moved} 件在办投诉的期限随之改变" if moved else "新规则已保存，在办投诉的期限没有变化"
            )

        def refused(error: DeskError) -> None:
            running.finish()
            dialog.set_busy(False)
            if not isinstance(error, Invalid) or form.show_problems(error):
                dialog.show_error(error)

        dialog.set_busy(True)
        revise = partial(deadline_admin.revise, rule_id=rule.id, draft=draft, report=running.progress)
        self.desk.write(dialog, revise, done, refused, verb="deadline.revise")


def _look(row: RuleRow, column: Column[RuleRow]) -> Look:
    if not row.in_force:
        return Look("secondary")
    return Look(bold=column.heading == "天数")
