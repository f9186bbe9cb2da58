"""Whoever makes a form says how what is typed into it is kept, or stands here with the reason why it is not."""

import re
from pathlib import Path

import odr_desk.ui

UI = Path(odr_desk.ui.__file__).parent
MAKES = re.compile(r"\b(?:LineEdit|TextEdit|Form)(?:\[\w+\])?\(")
KEEPS = re.compile(r"\b(?:keeping\.over\w*|Keeping|FieldsKeeping|drafts\.keep_for)\(")
KEPT_BY_WHO_HOLDS_IT = {
    "cases/appointment_form.py": "cases/sittings_tab.py",
    "cases/evidence_details.py": "cases/evidence_tab.py",
    "cases/intake_form.py": "cases/intake.py",
    "cases/merchant_field.py": "cases/intake.py",
    "cases/next_step.py": "cases/quick_log.py",
    "cases/point_row.py": "cases/points_tab.py",
    "cases/sitting_form.py": "cases/sittings_tab.py",
    "admin/notice_dialog.py": "admin/holidays.py",
    "merchants/licence_row.py": "merchants/editing.py",
    "settlements/clause_row.py": "settlements/agreement_editor.py",
}
NOT_KEPT = {
    "admin/accounts.py": "stands beside a password",
    "cases/merchant_filter.py": "a search",
    "cases/own_views.py": "a name of a few letters",
    "entry/login_gate.py": "nobody is logged in",
    "entry/setup_gate.py": "nobody is logged in",
    "kept_words.py": "shows what was kept",
    "merchants/merging.py": "a search",
    "module_picker.py": "a search",
    "reports/mend_card.py": "one field of a case, mended in place",
    "reports/numbers_step.py": "a name of a few letters",
}


def _sources():
    for file in sorted(UI.rglob("*.py")):
        name = file.relative_to(UI).as_posix()
        if not name.startswith("widgets/") and name != "form.py":
            yield name, file.read_text(encoding="utf-8")


def test_what_is_typed_into_any_form_is_kept():
    texts = dict(_sources())
    makers = {name for name, text in texts.items() if MAKES.search(text)}
    keepers = {name for name, text in texts.items() if KEEPS.search(text)}
    assert makers - keepers - set(KEPT_BY_WHO_HOLDS_IT) - set(NOT_KEPT) == set()
    assert set(KEPT_BY_WHO_HOLDS_IT.values()) <= keepers
    assert set(NOT_KEPT) <= makers - keepers, "it is kept by now: say so no longer"
