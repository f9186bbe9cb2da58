from PySide6.QtCore import Qt

from odr_desk.services import case_file, drafts
from tests.ui.cases.on_a_case import detail, shown

CTRL = Qt.KeyboardModifier.ControlModifier


def test_fields_are_changed_with_f2(press, case, database, manager, house):
    press(Qt.Key.Key_F2)
    case.data._form.editor("product").set_value("足金手镯")
    press(Qt.Key.Key_Return, CTRL)
    assert detail(database, manager, house.first).draft.product == "足金手镯"
    assert not case.data.is_editing()
    assert "足金手镯" in shown(case.data)


def test_what_is_saved_late_leaves_the_form_of_the_next_case_alone(page, house):
    data = page.case.data
    page.open_case(house.third)
    data.edit()
    data._form.editor("product").set_value("枕套")
    data._saved(house.first, 1, "")
    assert data.is_editing() and data._form.values()["product"] == "枕套"
    data._saved(house.third, 1, "")
    assert not data.is_editing()


def test_the_draft_of_a_form_goes_with_its_saving(page, house, database, monkeypatch):
    data = page.case.data
    page.open_case(house.third)
    data.edit()
    assert data._found.row.number == house.third
    data._form.editor("product").set_value("金手镯")
    with database.writing(page.desk.actor, "draft.keep") as work:
        drafts.keep_for(work, drafts.FIELDS, house.third, {"product": "金手镯"})
    monkeypatch.setattr(data._keeping, "drop", lambda: None)  # as if the program ended before it
    data.save()
    with database.reading(page.desk.actor) as work:
        assert case_file.detail(work, house.third).draft.product == "金手镯"
        assert drafts.of(work, drafts.FIELDS, house.third) == ()
