"""The regulators' forms, in the order they are offered."""

from odr_desk.sheets import complaints_f01, odr_month_p01, settlement_ledger_p02
from odr_desk.sheets.form import Form

FORMS: tuple[Form, ...] = (complaints_f01.FORM, odr_month_p01.FORM, settlement_ledger_p02.FORM)


def form_of(code: str) -> Form:
    """Return a form by its code; KeyError when there is none."""
    return {form.code: form for form in FORMS}[code]
