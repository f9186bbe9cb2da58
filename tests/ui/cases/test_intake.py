import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.rules import moments
from odr_desk.services import case_file, cases, drafts
from odr_desk.ui.desk import Desk
from odr_desk.ui.keeping import KEEP_AFTER_MS
from odr_desk.ui.reading_order import bring_to_sight
from odr_desk.ui.widgets.lookup import Hit
from odr_desk.ui.window import Window
from tests.sheets.test_platform_page import PAGE
from tests.ui.conftest import AtOnce
from tests.ui.hands import write
from tests.ui.looks import clipped, dump, settle

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def form(page, press):
    press(Qt.Key.Key_N, CTRL)
    assert page.intake.isVisible()
    return page.intake.form


def _shown(widget):
    """Return the words, once what was just made for them is on the screen."""
    QApplication.processEvents()
    return dump(widget)


def _newest(database, actor):
    with database.reading(actor) as work:
        number = work.session.scalars(select(Case.number).order_by(Case.id.desc()).limit(1)).one()
        return case_file.detail(work, number)


def _drafts(database, actor, kind=drafts.INTAKE, subject=None):
    with database.reading(actor) as work:
        return drafts.of(work, kind, subject)


def _count(database, actor):
    with database.reading(actor) as work:
        return len(work.session.scalars(select(Case.id)).all())


def _type(qtbot, press, text):
    here = QApplication.focusWidget()
    if text.isascii():
        qtbot.keyClicks(here, text)
    else:
        write(here, text)


def test_what_is_wrong_in_a_field_does_not_move_the_one_beside_it(page, form):
    def top(widget):
        return widget.mapTo(page, widget.rect().topLeft()).y()

    form.phone_place.show_problem("手机号应为 11 位、以 13 至 19 开头，现为 7 位，请核对")
    form.amount_place.show_problem("涉及金额（元）应为金额，如 1299.00，最多两位小数")
    QApplication.processEvents()
    assert abs(top(form.name_edit) - top(form.phone_edit)) <= 1
    assert abs(top(form.wanted) - top(form.amount)) <= 4


def test_a_whole_registration_by_keyboard_alone(qtbot, page, press, form, database, manager):
    assert QApplication.focusWidget() is form.phone_edit
    _type(qtbot, press, "13800005678")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.name_edit
    _type(qtbot, press, "周女士")
    while QApplication.focusWidget() is not form.merchant.edit:
        press(Qt.Key.Key_Tab)
    _type(qtbot, press, "jxzb")
    qtbot.waitUntil(form.merchant.found.isVisible)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.facts
    _type(qtbot, press, "手镯刻错一个字，要求换新")
    press(Qt.Key.Key_Tab)
    _type(qtbot, press, "2180")
    press(Qt.Key.Key_Return, CTRL)
    found = _newest(database, manager)
    assert (found.draft.consumer_name, found.draft.consumer_phone) == ("周女士", "13800005678")
    assert found.merchant.name == "金禧珠宝"
    assert (found.draft.amount, found.draft.facts) == (218_000, "手镯刻错一个字，要求换新")
    assert not page.intake.isVisible()
    assert page.case.isVisible() and found.row.number in _shown(page.case)
    assert page.queue.table.current().number == found.row.number


def test_solved_on_the_spot(qtbot, window, press, form, database, manager):
    form.merchant.set_choice(_number_of(database, manager, "锦绣"), "锦绣家纺")
    write(form.facts, "被套开线，当场换了")
    press(Qt.Key.Key_Return, CTRL | SHIFT)
    found = _newest(database, manager)
    assert found.draft.solved_on_spot and found.result is not None
    assert "当场解决" in _shown(window) and "前和解并反馈" not in _shown(window)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(press, page, form, database, manager):
    before = _count(database, manager)
    write(form.facts, "买的手镯褪色")
    form.phone_edit.setText("1380000")
    press(Qt.Key.Key_Return, CTRL)
    assert _count(database, manager) == before
    assert form.merchant.place.problem() and form.phone_place.problem()
    assert QApplication.focusWidget() is form.phone_edit
    assert form.facts.toPlainText() == "买的手镯褪色"
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    press(Qt.Key.Key_Return, CTRL)
    assert form.phone_place.problem() and not form.merchant.place.problem()
    assert QApplication.focusWidget() is form.phone_edit
    assert _count(database, manager) == before


def test_a_folded_field_is_opened_when_it_is_wrong(press, form, database, manager):
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    form.more.editor("purchase_date").set_value("2030-01-01")
    press(Qt.Key.Key_Return, CTRL)
    assert form.more.isVisible()
    assert "在今天之后" in form.more.place("purchase_date").problem()


def test_a_draft_is_on_disk_and_comes_back_in_a_new_window(qtbot, page, form, database, manager, wardrobe):
    write(form.facts, "上周买的手镯")
    qtbot.waitUntil(lambda: bool(_drafts(database, manager)), timeout=KEEP_AFTER_MS + 2000)
    assert "每个字都已存下" in _shown(page.intake)
    again = Desk(lambda: database, manager, runner=AtOnce(), surveyor=AtOnce(), maker=AtOnce())
    second = Window(again, wardrobe)
    qtbot.addWidget(second)
    second.enter("cases")
    second.open("cases", "new")
    settle(second, 1366, 697)
    assert second.current().intake.form.facts.toPlainText() == "上周买的手镯"
    assert "接着上次没登记完的" in _shown(second.current().intake)


def test_merchant_and_demands_changed_while_the_case_is_written_down_are_lost_nowhere(
    request, press, page, form, window, database, manager
):
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    write(form.facts, "手镯褪色")
    later = request.getfixturevalue("later")
    press(Qt.Key.Key_Return, CTRL)
    next(chip for chip in form.wanted.chips() if chip.text() == "换货").click()
    write(form.merchant.edit, "（二楼那家）")
    later.work()
    number = _newest(database, manager).row.number
    (fields,) = _drafts(database, manager, drafts.FIELDS, number)
    (code,) = form_claims = [claim["code"] for claim in fields.content["claims"]]
    assert form_claims == [code] and set(fields.content) == {"claims"}
    assert page.case.data._form.editor("claims").chips.values() == (code,)
    assert page.case.log.edit.toPlainText() == "登记时商户又改写成：金禧珠宝（二楼那家）"
    assert "商户又改写成" in _shown(window)


def test_a_platform_number_alone_is_kept(page, form, database, manager):
    form.source.way.set_value("CH01")
    form.source.way.changed.emit()
    write(form.source.platform, "1320205002026112300012345")
    page.intake.keep_now()
    (kept,) = _drafts(database, manager)
    assert kept.content["platform_no"] == "1320205002026112300012345"


def test_what_is_typed_while_the_case_is_written_down_is_lost_nowhere(
    request, press, page, form, window, database, manager
):
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    write(form.facts, "手镯褪色")
    later = request.getfixturevalue("later")
    press(Qt.Key.Key_Return, CTRL)
    write(form.facts, "，要求换新")
    page.intake.keep_now()
    page.intake.put_away()
    assert page.intake.isVisible()
    later.work()
    later.work()
    found = _newest(database, manager)
    assert found.draft.facts == "手镯褪色"
    assert not page.intake.isVisible() and not form.has_words()
    assert _drafts(database, manager) == ()
    (kept,) = _drafts(database, manager, drafts.FIELDS, found.row.number)
    assert dict(kept.content) == {"facts": "手镯褪色，要求换新"}
    assert page.case.data.isVisible() and "按 F2 接着改" in _shown(window)
    page.case.edit_data()
    later.work()
    assert page.case.data._form.values()["facts"] == "手镯褪色，要求换新"


def test_registering_leaves_no_draft_behind(press, page, form, database, manager):
    write(form.facts, "手镯刻错字")
    page.intake.keep_now()
    assert len(_drafts(database, manager)) == 1
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    press(Qt.Key.Key_Return, CTRL)
    assert _drafts(database, manager) == ()


def test_several_registrations_wait_for_each_other(click, press, page, form, database, manager):
    write(form.facts, "第一件")
    click(page.intake, "先放着")
    assert not page.intake.isVisible()
    with database.writing(manager, "draft.keep") as work:
        drafts.keep_for(work, drafts.INTAKE, "another", {"key": "another", "facts": "第二件"})
    press(Qt.Key.Key_N, CTRL)
    shown = form.facts.toPlainText()
    assert shown in ("第一件", "第二件")
    click(page.intake, "未完成的登记 1 件")
    assert {shown, form.facts.toPlainText()} == {"第一件", "第二件"}


def test_throwing_away_can_be_taken_back(click, window, press, page, form, database, manager):
    write(form.facts, "打错了的一件")
    page.intake.keep_now()
    click(page.intake, "放弃")
    assert _drafts(database, manager) == ()
    assert not page.intake.isVisible()
    press(Qt.Key.Key_Z, CTRL)
    assert page.intake.isVisible()
    assert form.facts.toPlainText() == "打错了的一件"
    page.intake.keep_now()
    assert len(_drafts(database, manager)) == 1


def test_choosing_a_case_puts_the_form_away_and_keeps_it(press, page, form, database, manager, house):
    write(form.facts, "写到一半")
    page.queue.table.choose(house.second)
    assert page.case.isVisible() and "李先生" in _shown(page.case)
    assert len(_drafts(database, manager)) == 1


def test_the_same_person_is_recognised_and_the_words_go_to_the_open_case(
    qtbot, press, page, form, database, manager, house
):
    qtbot.keyClicks(form.phone_edit, "19900000023")
    assert "199****0023 来过 1 次" in _shown(page.intake.beside)
    form.phone_edit.clear()
    qtbot.keyClicks(form.phone_edit, "199-0000 0023")
    assert "199****0023 来过 1 次" in _shown(page.intake.beside)
    form.merchant.set_choice(house.gold, "金禧珠宝", _merchant_id(database, manager, house.first))
    write(form.facts, "又来问进展")
    assert "可能是同一件" in _shown(page.intake.beside)
    page.intake.keep_now()
    press(Qt.Key.Key_O, CTRL)
    assert page.case.isVisible() and "周女士" in _shown(page.case)
    assert page.case.log.edit.toPlainText() == "又来问进展"
    assert _drafts(database, manager) == ()
    assert QApplication.focusWidget() is page.case.log.edit


def test_what_was_typed_beside_the_words_of_a_follow_up_can_be_taken_back(
    qtbot, press, window, page, click, form, database, manager, house
):
    qtbot.keyClicks(form.phone_edit, "19900000023")
    qtbot.keyClicks(form.amount, "350")
    press(Qt.Key.Key_O, CTRL)
    assert page.case.isVisible()
    assert _drafts(database, manager, drafts.LOG) == ()
    click(window, "撤销")
    assert page.intake.isVisible() and form.amount.text() == "350"


def test_what_else_can_be_filled_in_is_reached_with_one_key(qtbot, press, form):
    form.more_link.setFocus()
    press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is form.more.editor("first_asked_by")
    qtbot.waitUntil(lambda: not form.more.editor("first_asked_by").visibleRegion().isEmpty())


def test_the_merchants_found_are_in_sight_in_a_low_window(qtbot, window, press, form):
    window.resize(1024, 540)
    qtbot.keyClicks(form.phone_edit, "19900000023")  # what is known of the person takes room below
    QApplication.processEvents()
    form.merchant.edit.setFocus()
    qtbot.keyClicks(form.merchant.edit, "j")
    found = form.merchant.found
    qtbot.waitUntil(lambda: bool(found._rows) and found._rows[0].visibleRegion().boundingRect().height() > 20)
    found.show_hits([Hit(at, f"店{at}") for at in range(6)], "家")
    qtbot.waitUntil(lambda: found._rows[2].visibleRegion().boundingRect().height() > 20)
    for _ in range(5):
        press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: found._rows[5].visibleRegion().boundingRect().height() > 20)


def test_what_is_wrong_is_brought_to_sight(qtbot, window, press, form):
    window.resize(1024, 540)
    form.more_link.click()
    form.more.editor("agree_delegate").setFocus()
    QApplication.processEvents()
    bring_to_sight(form.more.editor("agree_delegate"))
    assert form.phone_edit.visibleRegion().isEmpty()
    form.phone_edit.setText("1380000")
    press(Qt.Key.Key_Return, CTRL)
    assert QApplication.focusWidget() is form.phone_edit
    qtbot.waitUntil(lambda: not form.phone_edit.visibleRegion().isEmpty())


def test_a_shop_that_is_not_on_file_gets_a_name_first(qtbot, click, press, form, database, manager):
    write(form.merchant.edit, "新开的糕点铺")
    click(form, "不在名录，先记名字")
    write(form.facts, "糕点发霉")
    press(Qt.Key.Key_Return, CTRL)
    assert _newest(database, manager).merchant.name == "新开的糕点铺"


def test_a_paper_form_entered_late_keeps_both_days(press, form, database, manager):
    form.source.late.click()
    form.source.received.setText("2026-11-20")
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    write(form.facts, "纸单补录")
    press(Qt.Key.Key_Return, CTRL)
    found = _newest(database, manager)
    assert found.draft.late_entry and str(found.row.received_on) == "2026-11-20"


def test_a_complaint_sent_on_runs_from_when_it_came_in_over_there(qtbot, press, form, database, manager):
    form.source.way.button("CH01").click()
    form.source.way.button("CH01").setFocus()
    assert form.source.late.isHidden()
    for text in ("13202050000020261001", "2026-11-20 09:12:33"):
        press(Qt.Key.Key_Tab)
        QApplication.clipboard().setText(text)
        press(Qt.Key.Key_V, CTRL)
    assert form.received_on().isoformat() == "2026-11-20"
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    write(form.facts, "项链断了")
    press(Qt.Key.Key_Return, CTRL)
    found = _newest(database, manager)
    assert found.draft.platform_no == "13202050000020261001"
    assert moments.show_moment(found.draft.received_at) == "11-20 周五 09:12" and not found.draft.late_entry
    assert found.row.received_on.isoformat() == "2026-11-20"


def test_a_whole_complaint_is_pasted_where_nothing_was_typed(press, form, database, manager):
    form.source.way.button("CH01").click()
    form.name_edit.setText("周女士")
    form.source.platform.setFocus()
    QApplication.clipboard().setText(PAGE)
    press(Qt.Key.Key_V, CTRL)
    assert form.source.platform.text() == "13202050000020261001"
    assert form.source.received.text() == "2026-11-20 09:12"
    assert form.merchant.number() == _number_of(database, manager, "金禧")
    assert QApplication.focusWidget() is form.facts
    press(Qt.Key.Key_Return, CTRL)
    found = _newest(database, manager)
    assert (found.draft.consumer_name, found.draft.consumer_phone) == ("周女士", "19900000023")
    assert (found.draft.amount, found.draft.problem) == (328_000, "P01")
    assert "店长说" in found.draft.facts


def test_other_text_in_the_number_of_the_platform_stays_as_pasted(press, form):
    form.source.way.button("CH01").click()
    form.source.platform.setFocus()
    QApplication.clipboard().setText("1320\n2050")
    press(Qt.Key.Key_V, CTRL)
    assert form.source.platform.text().split() == ["1320", "2050"]


def test_a_number_of_the_platform_does_not_stay_with_somebody_at_the_counter(form):
    form.source.way.button("CH01").click()
    form.source.platform.setText("13202050000020261001")
    form.source.way.button("CH06").click()
    assert form.values()["platform_no"] == "" and form.source.places["platform_no"].isHidden()
    form.source.way.button("CH01").click()
    assert form.values()["platform_no"] == "13202050000020261001"


def test_the_notice_on_privacy_is_kept_with_its_time(click, press, form, database, manager):
    click(form, "已告知隐私政策")
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    write(form.facts, "褪色")
    press(Qt.Key.Key_Return, CTRL)
    assert _newest(database, manager).draft.privacy_notice_at is not None


def _number_of(database, actor, words):
    from odr_desk.services import merchant_search

    with database.reading(actor) as work:
        return merchant_search.find(work, words, 1)[0].number


def _merchant_id(database, actor, case_no):
    with database.reading(actor) as work:
        return cases.named(work, case_no).merchant_id


def test_a_registration_begun_from_a_merchants_file(qtbot, window, page, form, press, database, manager, house):
    write(form.facts, "正在打的另一件")
    window.open("cases", {"new": (house.silk, "锦绣家纺 A馆4F-408", 2)})
    assert form.merchant.number() == house.silk
    assert form.facts.toPlainText() == ""
    assert [kept.content["facts"] for kept in _drafts(database, manager)][-1:] == ["正在打的另一件"]
    write(form.facts, "被套褪色")
    press(Qt.Key.Key_Return, CTRL)
    assert _newest(database, manager).merchant.name == "锦绣家纺"


def test_a_walk_in_takes_seven_keys_beside_the_words(qtbot, page, press, form, database, manager):
    """Every step without the mouse: the keys apart from the text itself are counted."""
    keys = []

    def key(*pressed):
        keys.append(pressed)
        press(*pressed)

    key(Qt.Key.Key_N, CTRL)
    _type(qtbot, press, "13800005678")
    key(Qt.Key.Key_Tab)
    _type(qtbot, press, "周女士")
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is form.merchant.edit, "the row of titles is one stop"
    _type(qtbot, press, "jxz")
    key(Qt.Key.Key_Return)
    _type(qtbot, press, "手镯刻错一个字")
    key(Qt.Key.Key_2, CTRL)
    assert QApplication.focusWidget() is form.facts
    key(Qt.Key.Key_Return, CTRL)
    found = _newest(database, manager)
    assert (found.merchant.name, found.draft.consumer_name) == ("金禧珠宝", "周女士")
    assert (found.draft.problem, [claim.code for claim in found.claims]) == ("P01", ["C03", "C04"])
    assert len(keys) <= 7


def test_a_preset_fills_in_and_reminds_what_to_ask(press, page, form, database, manager):
    press(Qt.Key.Key_3, CTRL)
    assert form.more.values()["problem"] == "P04" and form.more.values()["is_prepaid"]
    assert "要问：办卡日期、充值和赠送金额" in _shown(form)
    press(Qt.Key.Key_1, CTRL)
    values = form.more.values()
    assert (values["problem"], values["category"], values["is_prepaid"]) == ("P02", "食品类", False)
    assert form.wanted.values() == ("C04", "C06", "C10")
    write(form.facts, "酸奶过期")
    page.intake.keep_now()
    content = _drafts(database, manager)[0].content
    form.clear()
    assert "要问" not in _shown(form) and form.wanted.values() == ()
    form.load(content)
    assert form.presets.code() == "Z01" and "生产日期" in _shown(form)


def test_what_to_look_at_is_said_while_it_is_typed(qtbot, press, page, form, database, manager):
    form._open_more()
    form.more.editor("age_band").set_value("minor")
    form.more.editor("id_no").set_value("320205199003070012")
    write(form.facts, "孩子被推车夹到手，去了医院")
    words = _shown(page.intake.beside)
    assert "身份证号的校验位不对" in words
    assert "还没有写监护人" in words and "按重大事件登记：提到就医、儿童受伤" in words
    form.more.editor("guardian").set_value("周父")
    write(form.facts, "。")
    assert "还没有写监护人" not in _shown(page.intake.beside)
    form.merchant.set_choice(_number_of(database, manager, "金禧"), "金禧珠宝")
    press(Qt.Key.Key_Return, CTRL)
    assert _newest(database, manager).draft.level.label == "重大"


def test_in_a_narrow_window_the_look_ups_stand_below_the_form_while_they_have_news(qtbot, window, page, form, house):
    settle(window, 1024, 540)
    assert not page.intake.beside.isVisible()
    qtbot.keyClicks(form.phone_edit, "19900000023")
    assert page.intake.beside.isVisible() and "199****0023 来过 1 次" in _shown(page.intake.beside)
    settle(window, 1024, 540)
    assert clipped(page.intake) == []
    settle(window, 1366, 697)
    assert page.intake.beside.isVisible() and page.intake.beside.width() == 316
