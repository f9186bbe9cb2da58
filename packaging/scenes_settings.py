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


def _checked(stage: Stage) -> None:
    _section("check")(stage)
    stage.click("开始检查")


SETTINGS: tuple[Scene, ...] = (
    *(Scene(f"settings-{code}", "filled", _section(code)) for code in ("me", "look", "mall", "accounts", "calendar")),
    *(Scene(f"settings-{code}", "filled", _section(code)) for code in ("deadlines", "codes", "backup")),
    Scene("settings-check", "filled", _checked),
    Scene("settings-accounts", "error", _new_account),
    Scene("settings-calendar", "error", _notice),
)
