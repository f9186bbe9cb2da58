"""The regulators' forms and the tables that can be imported, in the order they are offered."""

from odr_desk.sheets import complaints_f01, odr_month_p01, platform_list, settlement_ledger_p02, tenants
from odr_desk.sheets.form import Form
from odr_desk.sheets.profile import Profile

FORMS: tuple[Form, ...] = (complaints_f01.FORM, odr_month_p01.FORM, settlement_ledger_p02.FORM)
PROFILES: tuple[Profile, ...] = (tenants.PROFILE, platform_list.PROFILE)


def form_of(code: str) -> Form:
    """Return a form by its code; KeyError when there is none."""
    return {form.code: form for form in FORMS}[code]


def profile_of(code: str) -> Profile:
    """Return a kind of import by its code; KeyError when there is none."""
    return {profile.code: profile for profile in PROFILES}[code]
