"""The door: which screen stands before the pages, who is let in, when it is locked, how one leaves."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from odr_desk.rules.errors import DeskError
from odr_desk.ui.desk import NOBODY
from odr_desk.ui.entry.choice_gate import ChoiceGate
from odr_desk.ui.entry.frame import Gate
from odr_desk.ui.entry.house import House
from odr_desk.ui.entry.lock import Lock
from odr_desk.ui.entry.login_gate import LoginGate
from odr_desk.ui.window import TITLE, Layouts

if TYPE_CHECKING:
    from odr_desk.rules.mall import Mall
    from odr_desk.rules.people import Actor, UserDraft
    from odr_desk.services.entry import Entered, Standing

TRAINING = "-training"
"""What the name of the training copy's folder ends with; it lies beside the real one."""


class Door(QObject):
    """Lets people in and out of one window.

    Nothing here may import a service before the first paint: each import stands in the function
    that runs on the database thread.
    """

    def __init__(self, house: House) -> None:
        super().__init__(house.window)
        self._house = house
        self._window = house.window
        self._desk = house.window.desk
        self._lock = Lock(house.window)
        self._lock.locked.connect(self._on_locked)
        self._desk.actor_changed.connect(self._on_actor)

    def begin(self) -> None:
        """Show the screen that needs to know nothing but whether there are data."""
        self._show(self._choice() if self._house.is_new and not self._is_beside() else self._login())

    def look_around(self, failed: Callable[[DeskError], object]) -> None:
        """Find out what is in the folder, once the window has been painted."""
        if not self._house.is_new:
            self._desk.with_database(self, _look_around, self._on_standing, failed)

    def _show(self, gate: Gate) -> None:
        self._window.show_gate(gate)
        gate.begin()

    def _is_beside(self) -> bool:
        return self._house.folder.name.endswith(TRAINING)

    def _choice(self) -> Gate:
        gate = ChoiceGate(self._house.folder)
        gate.setting_up.connect(self._to_setup)
        gate.training.connect(partial(self._to_training, gate))
        return gate

    def _to_setup(self) -> None:
        from odr_desk.ui.entry.setup_gate import SetupGate  # forms and editors: not before the first paint

        gate = SetupGate()
        gate.left.connect(lambda: self._show(self._choice()))

        def set_up(mall: "Mall", administrator: "UserDraft", worker: "UserDraft | None") -> None:
            then = self._enter if worker is None else partial(self._to_first_login, mall, administrator, worker)
            self._desk.with_database(gate, partial(_set_up, mall, administrator, worker), then, gate.show_refusal)

        gate.given.connect(set_up)
        self._show(gate)

    def _to_first_login(self, mall: "Mall", administrator: "UserDraft", worker: "UserDraft", _: object) -> None:
        """Go on as the one who works on complaints: the administrator would find none."""
        gate = self._login()
        gate.show_mall(mall.name)
        role = worker.role.label
        words = f"已设置好。办投诉件用 {worker.user}（{role}）登录；管账号和备份用 {administrator.user}。"
        gate.show_note(words, worker.user)
        self._show(gate)

    def _to_training(self, gate: ChoiceGate) -> None:
        gate.show_preparing()
        folder = self._house.folder
        beside = folder.with_name(folder.name + TRAINING)
        self._desk.make(gate, partial(_prepare, beside), self._house.move_to, gate.show_refusal)

    def _login(self) -> LoginGate:
        gate = LoginGate()
        gate.given.connect(partial(self._let_in, gate, self._enter))
        return gate

    def _dress(self, gate: LoginGate, standing: "Standing") -> None:
        gate.show_mall(standing.mall)
        if standing.is_training:
            gate.show_samples(tuple((s.user, s.role) for s in standing.samples), standing.sample_password)
        if self._is_beside():
            folder = self._house.folder
            gate.add_way("离开培训副本", partial(self._house.move_to, folder.with_name(folder.name[: -len(TRAINING)])))

    def _on_standing(self, standing: "Standing") -> None:
        gate = self._window.gate
        if standing.is_training:
            self._window.setWindowTitle(f"{TITLE} · 培训副本")
        if not standing.is_set_up:
            self._show(self._choice())
        elif isinstance(gate, LoginGate):
            self._dress(gate, standing)

    def _let_in(self, gate: LoginGate, then: "Callable[[Entered], object]", user: str, password: str) -> None:
        come_in = partial(_come_in, user=user, password=password)
        self._desk.with_database(gate, come_in, then, gate.show_refusal)

    def _enter(self, entered: "Entered") -> None:
        if entered.must_change_password:
            self._to_new_password(entered)
            return
        self._desk.actor = entered.actor
        self._window.set_layouts(Layouts(dict(entered.layouts), self._keep))
        self._window.enter()
        self._lock.watch()
        self._house.entered()

    def _to_new_password(self, entered: "Entered") -> None:
        from odr_desk.ui.entry.password_gate import PasswordGate

        gate = PasswordGate(entered.actor.name)

        def change(password: str) -> None:
            job = partial(_change, entered=entered, password=password)
            self._desk.with_database(gate, job, self._enter, gate.show_refusal)

        gate.given.connect(change)
        self._show(gate)

    def _keep(self, name: str, layout: Any) -> None:  # noqa: ANN401 - a layout is JSON
        self._desk.write(self._window, partial(_keep, name=name, layout=layout), verb="preference.keep")

    def _on_locked(self) -> None:
        actor = self._desk.actor
        gate = LoginGate(actor.user, title=f"{actor.name}，已锁定", do="解锁")
        gate.show_mall("5 分钟没有操作。输入密码回到刚才的地方，没有写完的内容都在。")
        gate.given.connect(partial(self._let_in, gate, self._unlock))
        gate.add_way("换人登录", self._leave)
        self._show(gate)

    def _unlock(self, entered: "Entered") -> None:
        if entered.must_change_password:
            self._to_new_password(entered)
            return
        self._window.resume()
        self._lock.watch()

    def _leave(self) -> None:
        self._desk.actor = NOBODY

    def _on_actor(self, actor: "Actor") -> None:
        """Show the way in again when somebody has left."""
        if actor.user_id == NOBODY.user_id:
            self._lock.rest()
            self._window.forget_layouts()
            self._show(self._login())
            self._desk.with_database(self, _look_around, self._on_standing)


def _look_around(database: Any) -> "Standing":  # noqa: ANN401 - no store import, see the module
    from odr_desk.services import entry

    return entry.look_around(database)


def _set_up(mall: "Mall", administrator: "UserDraft", worker: "UserDraft | None", database: Any) -> "Entered":  # noqa: ANN401
    from odr_desk.services import entry

    return entry.set_up(database, mall, administrator, worker)


def _come_in(database: Any, user: str, password: str) -> "Entered":  # noqa: ANN401
    from odr_desk.services import entry

    return entry.come_in(database, user, password)


def _change(database: Any, entered: "Entered", password: str) -> "Entered":  # noqa: ANN401
    from odr_desk.services import entry

    return entry.change_given_password(database, entered, password)


def _keep(work: Any, name: str, layout: Any) -> None:  # noqa: ANN401
    from odr_desk.services import preferences

    preferences.keep(work, name, layout)


def _prepare(folder: Path) -> Path:
    from odr_desk.services import training

    return training.prepare(folder)
