"""Pictures of the merchants: list, file, form, and the import of the leasing department's table."""

from pathlib import Path
from typing import cast

from stage import Scene, Stage

from odr_desk.ui.merchants.page import MerchantsPage

TENANTS = Path(__file__).resolve().parent.parent / "tests" / "data" / "tenants.xlsx"
PLATFORM = TENANTS.with_name("platform.xlsx")


def _page(stage: Stage, number: str = "M0001") -> MerchantsPage:
    return cast("MerchantsPage", stage.page("merchants", number))


def _tab(stage: Stage, code: str) -> None:
    _page(stage).file.show_tab(code)


def _change(stage: Stage) -> None:
    _page(stage).change()


def _licences(stage: Stage) -> None:
    """Show the licences of a shop that sells food while another one is being added."""
    _page(stage, "M0005").change()
    stage.press("Ctrl+Shift+N")
    stage.write("第 3 张证照，证照种类", "公共场所卫生许可证")


def _wrong(stage: Stage) -> None:
    """Show a field that cannot be saved beside one that is only doubted."""
    page = _page(stage)
    page.change()
    stage.settle()
    if page.form is None:
        raise LookupError("no form")
    form = page.form.form
    for name, value in (("uscc", "91320205MA0000000N"), ("phone", "1380000567"), ("lease_end", "2026-02-30")):
        form.editor(name).set_value(value)
    form.changed.emit()
    page.form.save()


def _start(stage: Stage) -> None:
    stage.page("merchants")
    stage.click("导入")


def _preview(stage: Stage) -> None:
    stage.page("merchants")
    stage.page("imports", {"profile": "tenants", "path": str(TENANTS)})


def _all_rows(stage: Stage) -> None:
    _preview(stage)
    stage.click("全部")


def _columns(stage: Stage) -> None:
    _preview(stage)
    stage.click("对应各列")


def _no_table(stage: Stage) -> None:
    stage.page("merchants")
    stage.page("imports", "tenants")
    stage.page("imports", {"profile": "tenants", "path": __file__})


def _platform_start(stage: Stage) -> None:
    stage.page("cases")
    stage.page("imports", "platform")


def _complaints(stage: Stage) -> None:
    stage.page("cases")
    stage.page("imports", {"profile": "platform", "path": str(PLATFORM)})


def _one_complaint(stage: Stage) -> None:
    _complaints(stage)
    stage.click("全部")
    stage.choose(13)


def _wrong_table(stage: Stage) -> None:
    stage.page("cases")
    stage.page("imports", "platform")
    stage.page("imports", {"profile": "platform", "path": str(TENANTS)})


MERCHANTS = (
    Scene("merchants", "empty", lambda stage: stage.page("merchants")),
    Scene("merchants", "filled", _page),
    Scene("merchants-cases", "filled", lambda stage: _tab(stage, "cases")),
    Scene("merchants-deposit", "filled", lambda stage: _tab(stage, "deposit")),
    Scene("merchants-form", "filled", _change),
    Scene("merchants-form", "error", _wrong),
    Scene("merchants-licences", "filled", _licences),
    Scene("imports", "empty", _start),
    Scene("imports-preview", "empty", _preview),
    Scene("imports-preview", "filled", _all_rows),
    Scene("imports-columns", "empty", _columns),
    Scene("imports", "error", _no_table),
    Scene("imports-platform", "empty", _platform_start),
    Scene("imports-platform", "filled", _complaints),
    Scene("imports-complaint", "filled", _one_complaint),
    Scene("imports-platform", "error", _wrong_table),
)
