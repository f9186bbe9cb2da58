"""Pictures of what stands before the pages: the two ways to begin, setting up, logging in, a given password."""

import tempfile
from pathlib import Path

from stage import Scene, Stage

from odr_desk.rules.errors import LoginRefused, Trouble
from odr_desk.store import opening, place
from odr_desk.ui.entry.choice_gate import ChoiceGate
from odr_desk.ui.entry.frame import Gate
from odr_desk.ui.entry.login_gate import LoginGate
from odr_desk.ui.entry.password_gate import PasswordGate
from odr_desk.ui.entry.setup_gate import SetupGate
from odr_desk.ui.rescue import Rescue

SAMPLES = (("sun", "主管"), ("wangmin", "售后专员"))


def _gate(stage: Stage, gate: Gate) -> None:
    stage.window.show_gate(gate)
    gate.begin()


def _login(stage: Stage) -> LoginGate:
    gate = LoginGate()
    gate.show_mall("八佰伴商场（培训示例）")
    gate.show_samples(SAMPLES, "peixun-2026")
    _gate(stage, gate)
    return gate


def _refused(stage: Stage) -> None:
    gate = _login(stage)
    gate.password.setText("not-this-one")
    gate.show_refusal(LoginRefused("登录名或密码不对，请重新输入。再错 4 次，账号会锁 15 分钟"))


def _set_up_wrong(stage: Stage) -> None:
    gate = SetupGate()
    _gate(stage, gate)
    stage.settle()
    gate.mall.set_values({"name": "锡山八佰伴", "district": "320205"})
    gate.submit()


def _set_up_done(stage: Stage) -> None:
    gate = LoginGate()
    gate.show_mall("无锡市锡山区八佰伴商场")
    gate.show_note("已设置好。办投诉件用 sun（主管）登录；管账号和备份用 ligong。", "sun")
    _gate(stage, gate)


def _damaged(stage: Stage) -> None:
    """A file that is no database stands where the data should be."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "odr-desk"
        data.mkdir()
        (data / place.FILE).write_bytes(b"not a database" * 400)
        try:
            opening.open_database(data)
        except Trouble as trouble:
            rescue = Rescue(stage.desk, data, lambda: None)
            stage.window.show_gate(rescue)
            rescue.explain(trouble)
            stage.settle()


ENTRY: tuple[Scene, ...] = (
    Scene("entry-choice", "empty", lambda stage: _gate(stage, ChoiceGate(Path("odr-desk")))),
    Scene("entry-setup", "empty", lambda stage: _gate(stage, SetupGate())),
    Scene("entry-setup", "error", _set_up_wrong),
    Scene("entry-setup-done", "filled", _set_up_done),
    Scene("entry-login", "filled", _login),
    Scene("entry-login", "error", _refused),
    Scene("entry-rescue", "error", _damaged),
    Scene("entry-password", "filled", lambda stage: _gate(stage, PasswordGate("王敏"))),
)
