"""Pictures of what is corrected or taken back after it was noted, and of two people who want different things."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from PySide6.QtWidgets import QAbstractButton, QComboBox
from scenes_mediation import TALKED, prepare
from stage import Scene, Stage

from odr_desk.rules import moments
from odr_desk.rules.deadlines import Unit
from odr_desk.rules.pause import DueDraft
from odr_desk.rules.session import PresentDraft, SessionDraft
from odr_desk.services import case_file, deadline_admin, drafts, handling, pausing, people, sessions
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.deadline_admin import RuleDraft
from odr_desk.store.database import Work
from odr_desk.ui import reading_order
from odr_desk.ui.admin.deadline_rules import DeadlineRules
from odr_desk.ui.cases import bin_card, dialogs, recovered_dialog
from odr_desk.ui.cases.deadline_dialog import DeadlineDialog
from odr_desk.ui.cases.page import CasesPage
from odr_desk.ui.finding.hit_row import HitRow

ENDED = "XSBBB-2026-0011"
SHEET = """投诉详情
登记编号：13202050000020261001
登记时间：2026-11-20 09:12:33
投诉人：周雅琴	联系电话：199 0000 0023
被投诉企业
金禧珠宝
涉及金额（元）：3,280.00
投诉问题：质量
事实描述：11月19日买的金项链断了。店长说：人为损坏，不退。
投诉请求：退货、赔偿损失
"""
_CHANGE = "修改第 1 次调解的记录"
_BEGUN = ("围巾吊牌已拆，想换颜色", "蛋糕没有生产日期", "美容卡余额对不上", "鞋底开胶，店里说过了三包")


def _write(stage: Stage, verb: str, op: Callable[[Work], object]) -> None:
    stage.desk.write(stage.window, op, verb=verb)
    stage.settle()


def _case(stage: Stage, number: str = TALKED, tab: str = "progress") -> CasesPage:
    page = cast("CasesPage", stage.page("cases", number))
    page.case.tabs.choose(tab)
    stage.settle()
    return page


def _found(stage: Stage, number: str = TALKED) -> CaseDetail:
    found: list[CaseDetail] = []
    stage.desk.read(stage.window, lambda work: case_file.detail(work, number), found.append)
    stage.settle()
    return found[0]


def _pasted(stage: Stage) -> None:
    """A complaint of the platform, copied whole into the place of its number."""
    page = cast("CasesPage", stage.page("cases", "new"))
    page.intake.form.clear()
    page.intake.form.source.way.set_value("CH01")
    page.intake.form.source.way.changed.emit()
    page.intake.form.source.platform.pasted.emit(SHEET)
    stage.settle()


def _next_step(stage: Stage) -> CasesPage:
    """The next step there is, to be changed, taken away or noted as done."""
    _write(stage, "case.next_step", lambda work: handling.set_next_step(work, TALKED, "等车主回话", work.now.date()))
    page = _case(stage)
    page.case.log.edit.set_value("")
    page.case.set_step()
    stage.settle()
    return page


def _two_steps(stage: Stage) -> None:
    page = _next_step(stage)
    page.case.log.step.load("请物业先退 10 元", "+2")
    page.case.log.step.changed.emit()
    _write(stage, "case.next_step", lambda work: handling.set_next_step(work, TALKED, "等监控录像", work.now.date()))
    page.case.log.submit()


def _two_handlers(stage: Stage) -> None:
    page = _case(stage)
    dialogs.assign(page.shell, page.case, _found(stage))
    stage.settle()
    box = cast("QComboBox", stage.top().findChild(QComboBox))
    box.setCurrentIndex(box.count() - 1)
    _write(stage, "case.assign", lambda work: handling.assign(work, TALKED, people.handlers(work)[-2][0]))
    stage.click("分派")


def _two_days(stage: Stage) -> None:
    page = _case(stage)
    page.case.header.due_asked.emit()
    stage.settle()
    dialog = cast("DeadlineDialog", stage.top())
    dialog.set_due()
    assert dialog.form is not None  # noqa: S101 - just opened
    today = moments.day_of(_now(stage))
    dialog.form.set_values({"due": today + timedelta(days=3), "reason": "消费者周四才回无锡"})
    other = DueDraft(due=today + timedelta(days=1), reason="主管要求明天答复")
    _write(stage, "case.due", lambda work: pausing.set_due(work, TALKED, other))
    dialog.submit()


def _now(stage: Stage) -> object:
    found: list[object] = []
    stage.desk.read(stage.window, lambda work: work.now, found.append)
    stage.settle()
    return found[0]


def _sit(work: Work) -> None:
    if sessions.rows(work, TALKED):
        return
    draft = SessionDraft(
        held_at=work.now - timedelta(minutes=40), ended_at=work.now, mode="A", mediator="刘洋", place="一楼服务台",
        informed=True, consumer_position="要求退停车费 15 元，补一趟路费，缴费机旁要写明只免两小时",
        merchant_position="愿退停车费，路费没有票据不认；告示当天补上", opinion="建议各让一步，路费按公交票价补",
        outcome="停车费谈妥，路费待物业经理回话",
    )  # fmt: skip
    sessions.add(
        work, TALKED, draft, (PresentDraft(name="蒋先生", role="消费者"), PresentDraft(name="周经理", role="物业"))
    )


def _sitting(stage: Stage) -> CasesPage:
    prepare(stage)
    _write(stage, "session.add", _sit)
    page = _case(stage, tab="sittings")
    button = next(one for one in page.findChildren(QAbstractButton) if one.accessibleName() == _CHANGE)
    reading_order.bring_to_sight(button)
    return page


def _correcting(stage: Stage) -> None:
    _sitting(stage)
    stage.click(_CHANGE)


def _deleting(stage: Stage) -> None:
    page = _case(stage)
    bin_card.delete(page.shell, page.case, _found(stage))
    stage.settle()


def _recovering(stage: Stage) -> None:
    page = _case(stage, ENDED)
    recovered_dialog.show(page.shell, page.case, ENDED, str)
    stage.settle()


def _begin_many(work: Work) -> None:
    for at, words in enumerate(_BEGUN):
        drafts.keep(work, drafts.INTAKE, f"scene-{at}", {"facts": words})


def _unfinished(stage: Stage) -> None:
    """More has been begun than the card lists."""
    _write(stage, "draft.keep", _begin_many)
    stage.page("today")


def _waiting_rule(work: Work) -> None:
    rules = deadline_admin.rows(work)
    if not any(rule.waits for rule in rules):
        begins = moments.day_of(work.now) + timedelta(days=32)
        draft = RuleDraft(length=7, unit=Unit.WORKING, valid_from=begins, basis="本场改进办结时限的决定")
        deadline_admin.revise(work, rules[-1].id, draft)


def _rules(stage: Stage) -> None:
    stage.log_in("admin")
    _write(stage, "deadline.revise", _waiting_rule)
    stage.page("settings", "deadlines")
    table = cast("DeadlineRules", stage.window.findChild(DeadlineRules)).table
    stage.choose(table.rows.find(lambda rule: rule.waits))


def _withdrawing(stage: Stage) -> None:
    _rules(stage)
    stage.click("撤回")


def _look_for(stage: Stage, words: str) -> None:
    stage.page("cases")
    stage.press("F3")
    stage.write("搜索全部", words)
    stage.settle()


def _at_its_place(stage: Stage) -> None:
    """A hit in the timeline, opened where it stands."""
    _look_for(stage, "固定票据")
    stage.window.findChildren(HitRow)[-1].click()
    stage.settle()


def _in_the_list(stage: Stage) -> None:
    """Every hit, listed in the queue."""
    _look_for(stage, "退货")
    stage.click("在队列里列出全部")


AMENDING = (
    Scene("intake-pasted", "filled", _pasted),
    Scene("next-step", "filled", _next_step),
    Scene("next-step-two", "error", _two_steps),
    Scene("handler-two", "error", _two_handlers),
    Scene("deadline-two", "error", _two_days),
    Scene("sat", "filled", _sitting),
    Scene("sat-correcting", "filled", _correcting),
    Scene("deleting", "filled", _deleting),
    Scene("recovered", "filled", _recovering),
    Scene("today-many", "filled", _unfinished),
    Scene("rules-waiting", "filled", _rules),
    Scene("rules-withdrawing", "filled", _withdrawing),
    Scene("hit-opened", "filled", _at_its_place),
    Scene("hits-listed", "filled", _in_the_list),
)
