from odr_desk.services import drafts
from tests.ui.hands import write


def _kept(database, actor, kind):
    with database.reading(actor) as work:
        return drafts.of(work, kind)


def test_a_sitting_half_written_waits_while_another_case_is_looked_at(page, house, database, manager, click):
    page.open_case(house.first)
    page.case.note_sitting()
    form = page.case.sittings.form
    write(form.fields.editor("merchant_position"), "愿意退差价")
    write(form._offers[1].text, "退 680 元")
    page.open_case(house.second)
    assert not page.case.sittings.is_writing()
    assert len(_kept(database, manager, drafts.SITTING)) == 1
    page.open_case(house.first)
    page.case.note_sitting()
    form = page.case.sittings.form
    assert form.fields.values()["merchant_position"] == "愿意退差价"
    assert form._offers[1].text.value() == "退 680 元"
    page.case.sittings.save()
    assert _kept(database, manager, drafts.SITTING) == ()


def test_fields_half_changed_wait_and_only_the_changed_ones(page, house, database, manager, click):
    page.open_case(house.first)
    page.case.edit_data()
    write(page.case.data._form.editor("receipt_no"), "A-1")
    page.open_case(house.second)
    (kept,) = _kept(database, manager, drafts.FIELDS)
    assert dict(kept.content) == {"receipt_no": "A-1"}
    page.open_case(house.first)
    page.case.edit_data()
    assert page.case.data._form.values()["receipt_no"] == "A-1"
    click(page.case.data, "不改了")
    assert _kept(database, manager, drafts.FIELDS) == ()
