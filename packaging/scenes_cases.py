"""Pictures of the complaint cases: the list with a case, its tabs, its dialogs, and the form for a new one."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from stage import Scene, Stage

from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.case import CaseDraft
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.ending import FailDraft, FailReason
from odr_desk.services import agreements, case_file, failing, registration, saved_views, tags
from odr_desk.services.case_file import CaseDetail
from odr_desk.services.queue import CaseFilter
from odr_desk.store.database import Work
from odr_desk.ui import reading_order
from odr_desk.ui.cases import closing_dialog, fail_dialog, feedback_dialog, revisit_dialog
from odr_desk.ui.cases.claims_edit import ClaimsEdit
from odr_desk.ui.cases.evidence_tab import EvidenceTab
from odr_desk.ui.cases.page import CasesPage
from odr_desk.ui.transfers import leaving

OPEN_CASE = "XSBBB-2026-0017"  # nothing has come of it yet
UNSEEN = "XSBBB-2026-0012"  # nobody has handed anything in
OWED = "XSBBB-2026-0014"  # settled, half of it paid
NOVEMBER = date(2026, 11, 1)
ENDED = "XSBBB-2026-0011"  # settled and performed, to be archived
_NAMES = ("周先生", "钱女士", "吴先生", "郑女士", "王先生")
FAILED = "XSBBB-2026-0020"  # came from the regulator, failed, went back to it


def _case(stage: Stage, number: str = OPEN_CASE, tab: str = "progress") -> CasesPage:
    page = cast("CasesPage", stage.page("cases", number))
    page.case.tabs.choose(tab)
    stage.settle()
    return page


def _writing(stage: Stage) -> None:
    page = _case(stage)
    page.case.log.edit.set_value("")
    page.case.log.step.clear()
    stage.write("快速记录", "车主同意退 10 元，想当面拿现金，问能不能下午来")
    page.case.log.open_step()
    stage.write("下一步", "等车主下午来领")
    stage.settle()


def _step_without_day(stage: Stage) -> None:
    _writing(stage)
    stage.press("Ctrl+Return")


def _asking(stage: Stage) -> None:
    """A call with its points to ask: one is answered, and a promise was made."""
    page = _case(stage)
    log = page.case.log
    log.edit.set_value("")
    log.step.clear()
    log.step.hide()
    stage.click("致电商户")
    if not log.script.isVisible():
        stage.press("Shift+F9")
    stage.write("快速记录", "店长承认没贴价签\n标价签改了没有：已补。陈店长承诺周五前退差价")


def _modules(stage: Stage) -> None:
    _case(stage).case.log.start()
    stage.press("F9")


def _sitting(stage: Stage) -> None:
    _case(stage).case.note_sitting()


def _fields(stage: Stage) -> None:
    _case(stage).case.edit_data()


def _demands(stage: Stage) -> None:
    _fields(stage)
    stage.settle()
    claims = cast("ClaimsEdit", stage.window.findChild(ClaimsEdit))
    list(claims.chips.chips())[4].click()
    stage.settle()
    reading_order.bring_to_sight(claims)


def _failing(stage: Stage) -> None:
    page = _case(stage)
    fail_dialog.show(page.shell, page.case, OPEN_CASE)
    stage.settle()


def _explaining(stage: Stage) -> None:
    page = _case(stage, FAILED)
    leaving.explain(page.shell, page.case, FAILED)
    stage.settle()


def _explained_nothing(stage: Stage) -> None:
    _explaining(stage)
    stage.press("Ctrl+Return")


def _giving_back(stage: Stage) -> None:
    page = _case(stage, FAILED)
    leaving.give_back(page.shell, page.case, FAILED)
    stage.settle()


def _moves(stage: Stage) -> None:
    page = _case(stage, FAILED, "data")
    page.case.data.show_moves()
    stage.settle()


def _box(stage: Stage) -> EvidenceTab:
    return _case(stage, OPEN_CASE, "evidence").case.evidence


def _black_out(stage: Stage) -> None:
    box = _box(stage)
    box.cover(1)
    stage.settle()
    if box.viewer is not None:
        box.viewer.view.add()


def _not_taken(stage: Stage) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "聊天记录.docx"
        file.write_bytes(b"PK\x03\x04")
        _box(stage).put((file,))
        stage.settle()


def _copies(stage: Stage) -> None:
    _box(stage).export()
    stage.settle()


def _form(stage: Stage) -> CasesPage:
    page = cast("CasesPage", stage.page("cases", "new"))
    form = page.intake.form
    form.clear()
    form.phone_edit.setText("19900000014")
    form.name_edit.setText("韩")
    form.titles.choose("女士")
    stage.write("一句话", "上周买的手镯刻字刻错一个字，店里说要寄回厂家一个月，要求换新")
    form.amount.setText("2,180.00")
    return page


def _looking_up(stage: Stage) -> None:
    _form(stage)
    stage.write("商户", "y")


def _wrong(stage: Stage) -> None:
    _form(stage).intake.form.phone_edit.setText("1990000")
    stage.press("Ctrl+Return")


def _narrowing(stage: Stage) -> CasesPage:
    page = cast("CasesPage", stage.page("cases"))
    page.queue.toggle_filter()
    stage.settle()
    return page


def _narrowed(stage: Stage) -> CasesPage:
    """Show a kept view, and what narrows the list, as chips."""
    _case(stage)
    stage.desk.write(stage.window, _keep_views, verb="view.save")
    page = cast("CasesPage", stage.page("cases", CaseFilter(view="all", channel="CH01", received_from=NOVEMBER)))
    page.queue.refresh()
    stage.settle()
    page.queue.toggle_filter()
    stage.settle()
    return page


def _keep_views(work: Work) -> None:
    saved_views.keep(work, "十一月平台件", CaseFilter(view="all", channel="CH01", received_from=NOVEMBER))
    saved_views.keep(work, "门店来的", CaseFilter(channel="CH06"))
    tags.change(work, OPEN_CASE, ["等鉴定", "媒体关注"])


def _wrong_period(stage: Stage) -> None:
    page = _narrowed(stage)
    stage.write("收到至", "2026-10-01")
    page.queue.table.setFocus()


def _several(stage: Stage) -> CasesPage:
    page = _case(stage)
    page.queue.table.selectAll()
    stage.settle()
    return page


def _some_refuse(stage: Stage) -> None:
    page = _several(stage)
    page.queue.bulk.next_step()
    stage.settle()
    stage.write("下一步", "集中催办")
    stage.click("设下一步")


def _tagging(stage: Stage) -> None:
    stage.desk.write(stage.window, _keep_views, verb="case.tag")
    _several(stage).queue.bulk.tag()


def _compared(stage: Stage) -> None:
    """What was seen of the purchase, and precedents if there are enough alike; the training copy has too few."""
    page = _case(stage)
    acts = {act.text: act.slot for act in page.case.acts.more(cast("CaseDetail", page.case.shown))}
    acts["同类先例和购买情况…"]()
    stage.settle()


def _alike(work: Work) -> None:
    """Let five like the open case have come before, four of them settled for a part or the whole."""
    like = case_file.detail(work, OPEN_CASE).draft
    for n, share in enumerate((50, 80, 100, 60, 0)):
        values = {name: getattr(like, name) for name in ("merchant_no", "product", "problem", "category", "facts")}
        received = work.now - timedelta(days=20 * (n + 1))
        draft = CaseDraft(channel="CH06", received_at=received, consumer_name=_NAMES[n], amount=2000, **values)
        number = registration.register(work, draft, key=f"scene-alike-{n}").case_no
        if share:
            term = TermDraft(kind="C06", amount=20 * share, method="现金", at_once=True)
            agreements.agree(work, number, AgreementDraft(final=True), (term,))
        else:
            failing.fail(work, number, FailDraft(reason=FailReason.TOO_FAR_APART))


def _precedents(stage: Stage) -> None:
    """Five alike have ended: how many settled, what was paid back, each figure leading to its cases."""
    stage.desk.write(stage.window, _alike, verb="case.create")
    stage.settle()
    _compared(stage)


def _of_a_figure(stage: Stage) -> None:
    """What stands behind one of the figures."""
    _precedents(stage)
    stage.click("其中和解 5 件，打开这些件")


def _feeding_back(stage: Stage) -> None:
    """The four texts; the first has been entered."""
    page = _case(stage, ENDED)
    feedback_dialog.show(page.shell, page.case, ENDED)
    stage.settle()
    dialog = cast("feedback_dialog.FeedbackDialog", stage.top())
    if not dialog.parts["time_text"].tick.isChecked():
        stage.click("处理时间已录入平台")


def _fed_back_wrongly(stage: Stage) -> None:
    _feeding_back(stage)
    stage.write("处理时间录入日期", "99")
    stage.click("先存着")


def _calling_back(stage: Stage) -> None:
    page = _case(stage, ENDED)
    revisit_dialog.show(page.shell, page.case, ENDED)
    stage.settle()


def _closing(stage: Stage) -> None:
    page = _case(stage, OWED)
    closing_dialog.show(page.shell, page.case, OWED, str)
    stage.settle()


def _nothing_found(stage: Stage) -> None:
    stage.page("cases", {"view": "bin"})


CASES: tuple[Scene, ...] = (
    Scene("cases", "empty", lambda stage: stage.page("cases")),
    Scene("cases", "filled", _writing),
    Scene("cases", "error", _step_without_day),
    Scene("cases-asking", "filled", _asking),
    Scene("cases-modules", "filled", _modules),
    Scene("cases-filter", "empty", _narrowing),
    Scene("cases-filter", "filled", _narrowed),
    Scene("cases-filter", "error", _wrong_period),
    Scene("cases-several", "filled", _several),
    Scene("cases-several", "error", _some_refuse),
    Scene("cases-tags", "filled", _tagging),
    Scene("cases-nothing", "filled", _nothing_found),
    Scene("cases-compared", "filled", _compared),
    Scene("cases-precedents", "filled", _precedents),
    Scene("cases-precedents-open", "filled", _of_a_figure),
    Scene("cases-settlement", "filled", lambda stage: _case(stage, OWED, "settlement")),
    Scene("cases-sitting", "filled", _sitting),
    Scene("cases-evidence", "filled", _box),
    Scene("cases-evidence", "error", _not_taken),
    Scene("cases-evidence-none", "filled", lambda stage: _case(stage, UNSEEN, "evidence")),
    Scene("cases-evidence-look", "filled", lambda stage: _box(stage).open(1)),
    Scene("cases-evidence-cover", "filled", _black_out),
    Scene("cases-evidence-export", "filled", _copies),
    Scene("cases-data", "filled", lambda stage: _case(stage, OWED, "data")),
    Scene("cases-data-edit", "filled", _fields),
    Scene("cases-demands", "filled", _demands),
    Scene("cases-moves", "filled", _moves),
    Scene("cases-fail", "filled", _failing),
    Scene("cases-explain", "filled", _explaining),
    Scene("cases-explain", "error", _explained_nothing),
    Scene("cases-return", "filled", _giving_back),
    Scene("cases-feedback", "filled", _feeding_back),
    Scene("cases-feedback", "error", _fed_back_wrongly),
    Scene("cases-revisit", "filled", _calling_back),
    Scene("cases-closing", "filled", _closing),
    Scene("intake", "empty", lambda stage: stage.page("cases", "new")),
    Scene("intake", "filled", _looking_up),
    Scene("intake", "error", _wrong),
)
