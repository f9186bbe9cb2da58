"""Setup, login and accounts."""

from dataclasses import dataclass

from odr_desk.port.session import Session
from odr_desk.port.verb import Answer, Given, Verb, as_draft
from odr_desk.rules.errors import Invalid, LoginRefused
from odr_desk.rules.fields import text
from odr_desk.rules.mall import Mall
from odr_desk.rules.people import PROGRAM, PersonDraft, Role, UserDraft
from odr_desk.services import people, setup


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setup:
    mall_name: str = text("商场名称", required=True, max_length=100)
    mall_short_name: str = text("简称", required=True, max_length=20)
    mall_uscc: str = text("统一社会信用代码", max_length=20)
    mall_address: str = text("地址", max_length=200)
    mall_phone: str = text("投诉电话", max_length=30)
    mall_regulator: str = text("辖区市场监管部门", max_length=100)
    mall_district: str = text("行政区划代码", max_length=12)
    mall_case_prefix: str = text("投诉件编号前缀", max_length=12)
    user: str = text("登录名", required=True, max_length=30)
    display_name: str = text("姓名", required=True, max_length=30)
    password: str = text("密码", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Login:
    user: str = text("登录名", required=True, max_length=30)
    password: str = text("密码", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class _User:
    user: str = text("登录名", required=True, max_length=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change(PersonDraft):
    user: str = text("登录名", required=True, max_length=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Password:
    user: str = text("登录名", max_length=30)
    password: str = text("密码", required=True, max_length=200)


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A verb without arguments."""


def _set_up(session: Session, given: Given) -> Answer:
    sent = given.draft
    prefix = "mall_"
    mall = Mall(
        **{name.removeprefix(prefix): getattr(sent, name) for name in sent.__slots__ if name.startswith(prefix)}
    )
    administrator = UserDraft(user=sent.user, display_name=sent.display_name, role=Role.ADMIN, password=sent.password)
    with session.database.writing(PROGRAM, "setup") as work:
        setup.set_up(work, mall, administrator, given.lists["people"])
    return {"user": sent.user, "role": Role.ADMIN}


def _log_in(session: Session, given: Given) -> Answer:
    session.actor = None
    login = people.log_in(session.database, given.draft.user, given.draft.password)
    session.actor, session.must_change_password = login.actor, login.must_change_password
    return {"role": login.actor.role, "must_change_password": login.must_change_password}


def _log_out(session: Session, _given: Given) -> Answer:
    session.actor, session.must_change_password = None, False
    return {}


def _create(session: Session, given: Given) -> Answer:
    with session.writing("user.create") as work:
        people.create(work, given.draft)
    return {"user": given.draft.user}


def _disable(session: Session, given: Given) -> Answer:
    with session.writing("user.disable") as work:
        people.disable(work, given.draft.user)
    return {"user": given.draft.user}


def _enable(session: Session, given: Given) -> Answer:
    with session.writing("user.enable") as work:
        people.enable(work, given.draft.user)
    return {"user": given.draft.user}


def _change(session: Session, given: Given) -> Answer:
    with session.writing("user.update") as work:
        people.edit(work, given.draft.user, as_draft(PersonDraft, given.draft))
    return {"user": given.draft.user, "role": given.draft.role}


def _list(session: Session, _given: Given) -> Answer:
    with session.reading() as work:
        found = people.rows(work)
    return {
        "rows": [
            {
                "user": row.user,
                "display_name": row.display_name,
                "role": row.role,
                "disabled": row.disabled,
                "must_change_password": row.must_change_password,
                "locked": row.locked,
            }
            for row in found
        ]
    }


def _set_password(session: Session, given: Given) -> Answer:
    if session.actor is None:
        raise LoginRefused("还没有登录，请先用 login")
    own = given.draft.user in ("", session.actor.user)
    if session.must_change_password and not own:
        raise Invalid.of("user", "请先改自己的密码")
    with session.database.writing(session.actor, "user.password") as work:
        people.change_password(work, given.draft.password, given.draft.user)
        if own:
            work.session.flush()
            session.actor, session.must_change_password = people.refreshed(work), False
    return {}


VERBS = (
    Verb(
        name="setup",
        takes=_Setup,
        run=_set_up,
        nested={"mall": "mall_"},
        lists={"people": UserDraft},
        open_to_all=True,
    ),
    Verb(name="login", takes=_Login, run=_log_in, open_to_all=True),
    Verb(name="logout", takes=_Nothing, run=_log_out, open_to_all=True),
    Verb(name="user.create", takes=UserDraft, run=_create),
    Verb(name="user.disable", takes=_User, run=_disable),
    Verb(name="user.enable", takes=_User, run=_enable),
    Verb(name="user.update", takes=_Change, run=_change),
    Verb(name="user.list", takes=_Nothing, run=_list),
    Verb(name="user.password", takes=_Password, run=_set_password, open_to_all=True),
)
