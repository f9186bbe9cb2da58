"""Pictures of 设置, as the administrator sees it."""

from collections.abc import Callable
from typing import cast

from stage import Scene, Stage

from odr_desk.ui.admin.notice_dialog import NoticeDialog

WRONG = "一、元旦：1月1日（周四）至3日（周日）放假，共4天。\n二、清明节：4月3日（周六）至5日（周一）放假，共3天。"


def _section(code: str) -> Callable[[Stage], object]:
    def reach(stage: Stage) -> None:
        stage.log_in("admin")
        stage.page("settings", code)

    return reach


def _new_account(stage: Stage) -> None:
    _section("accounts")(stage)
    stage.click("新建账号")
    stage.click("建账号")


def _notice(stage: Stage) -> None:
    _section("calendar")(stage)
    stage.click("录入一年")
    cast("NoticeDialog", stage.top()).text.setPlainText(WRONG)


def _new_preset(stage: Stage) -> None:
    """The form for a preset of the intake, with what it needs."""
    _section("codes")(stage)
    stage.click("登记预设")
    stage.click("新增")


def _words(code: str) -> Callable[[Stage], object]:
    """Reach a section of those who write cases, as its manager sees it."""

    def reach(stage: Stage) -> None:
        stage.page("settings", code)

    return reach


def _module(stage: Stage) -> None:
    _words("modules")(stage)
    stage.choose(3)
    stage.click("修改")


def _module_wrong(stage: Stage) -> None:
    _module(stage)
    stage.write("text", "，请{老板}来一趟")
    stage.click("保存")


def _checked(stage: Stage) -> None:
    _section("check")(stage)
    stage.click("开始检查")


SETTINGS: tuple[Scene, ...] = (
    *(Scene(f"settings-{code}", "filled", _section(code)) for code in ("me", "look", "mall", "accounts", "calendar")),
    *(Scene(f"settings-{code}", "filled", _section(code)) for code in ("deadlines", "codes", "backup")),
    Scene("settings-codes-new", "filled", _new_preset),
    *(Scene(f"settings-{code}", "filled", _words(code)) for code in ("modules", "scripts")),
    Scene("settings-module", "filled", _module),
    Scene("settings-module", "error", _module_wrong),
    Scene("settings-check", "filled", _checked),
    Scene("settings-accounts", "error", _new_account),
    Scene("settings-calendar", "error", _notice),
)
