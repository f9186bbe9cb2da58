"""Accounts: logging in, passwords, who may do what."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from odr_desk.model.people import User
from odr_desk.rules.errors import IllegalMove, Invalid, LoginRefused, Missing
from odr_desk.rules.parsing import check
from odr_desk.rules.people import PROGRAM, Actor, PersonDraft, Right, Role, UserDraft, check_password, check_user
from odr_desk.store import journal, passwords
from odr_desk.store.database import Database, Work

ALLOWED_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
REFUSED = (
    f"登录名或密码不对，或者账号锁着，没有登录。请核对后再试；密码连错 {ALLOWED_FAILURES} 次的账号锁 "
    f"{LOCKED_FOR.seconds // 60} 分钟，急用请系统管理员重设密码"
)
"""The same whatever was wrong, so that nobody finds out names by guessing."""


@dataclass(frozen=True, slots=True)
class UserRow:
    """One account in the list."""

    id: int
    user: str
    display_name: str
    role: Role
    disabled: bool
    must_change_password: bool
    locked: bool


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who has just proved who he is."""

    actor: Actor
    must_change_password: bool


def log_in(database: Database, user: str, password: str) -> Login:
    """Return who this is; raise LoginRefused when name and password do not fit or the account is locked.

    The failure is counted and on disk before the password is looked at, so that pulling the plug
    between the two gains nothing. Who has not proved who he is learns nothing of which names there
    are: an unknown name, a wrong password and a locked account are refused in the same words.
    """
    with database.writing(PROGRAM, "login") as work:
        account = _account(work, user)
        is_barred = account is None or _is_locked(work, account)
        if account is not None and not is_barred:
            _count_failure(work, account)
        sealed = account.password_hash if account is not None else _NOBODY
    if not passwords.fits(sealed, password) or account is None or is_barred:
        raise LoginRefused(REFUSED)
    with database.writing(PROGRAM, "login") as work:
        known = work.session.get_one(User, account.id)
        known.failures, known.locked_until = 0, None
    if known.disabled:
        raise LoginRefused("这个账号已停用，请联系系统管理员")
    return Login(actor_of(known), known.must_change_password)


def actor_of(account: User) -> Actor:
    """Return the actor of an account; until a given password is changed it may do nothing."""
    rights = frozenset[Right]() if account.must_change_password else account.role.rights
    return Actor(account.id, account.user, account.display_name, rights, account.role)


def create(work: Work, draft: UserDraft) -> int:
    """Open an account whose given password must be changed at the first login."""
    work.actor.require(Right.ACCOUNTS)
    return add(work, draft, must_change=True)


def add(work: Work, draft: UserDraft, *, must_change: bool) -> int:
    """Write an account down; setup uses it for the first administrator, who has nobody above him."""
    check_user(draft)
    if _account(work, draft.user) is not None:
        raise Invalid.of("user", f"登录名“{draft.user}”已经有人用，请换一个")
    account = User(
        user=draft.user,
        display_name=draft.display_name,
        role=draft.role,
        password_hash=passwords.seal(draft.password),
        must_change_password=must_change,
    )
    work.session.add(account)
    work.session.flush()
    return account.id


def disable(work: Work, user: str) -> None:
    """Close an account; what it did stays on record."""
    work.actor.require(Right.ACCOUNTS)
    account = _known(work, user)
    if account.id == work.actor.user_id:
        raise Invalid.of("user", "不能停用自己正在使用的账号")
    account.disabled = True


def enable(work: Work, user: str) -> None:
    """Open a closed account again; its password holds, and must be given anew where it is forgotten."""
    work.actor.require(Right.ACCOUNTS)
    account = _known(work, user)
    if not account.disabled:
        raise IllegalMove(f"账号 {user} 没有停用")
    account.disabled, account.failures, account.locked_until = False, 0, None


def change_password(work: Work, password: str, user: str = "") -> None:
    """Set one's own password, or give another account a new one that must then be changed."""
    check_password(password)
    if user and user != work.actor.user:
        work.actor.require(Right.ACCOUNTS)
        account = _known(work, user)
        account.must_change_password, account.failures, account.locked_until = True, 0, None
    else:
        account = work.session.get_one(User, work.actor.user_id)
        if passwords.fits(account.password_hash, password):
            raise Invalid.of("password", "新密码不能和原来的一样，请另设一个")
        account.must_change_password = False
    account.password_hash = passwords.seal(password)


def refreshed(work: Work) -> Actor:
    """Return the actor with the rights the account has now, as after a change of password."""
    return actor_of(work.session.get_one(User, work.actor.user_id))


def rows(work: Work) -> tuple[UserRow, ...]:
    """Return every account, the open ones first."""
    work.actor.require(Right.ACCOUNTS)
    accounts = work.session.scalars(select(User).order_by(User.disabled, User.id))
    return tuple(
        UserRow(a.id, a.user, a.display_name, a.role, a.disabled, a.must_change_password, _is_locked(work, a))
        for a in accounts
    )


def handlers(work: Work) -> tuple[tuple[int, str], ...]:
    """Return id and name of everybody a case can be given to."""
    work.actor.require(Right.READ_CASES)
    roles = [role for role in Role if Right.WRITE_CASES in role.rights]
    chosen = select(User.id, User.display_name).where(User.role.in_(roles), User.disabled.is_(False))
    return tuple((row[0], row[1]) for row in work.session.execute(chosen.order_by(User.id)))


def handler_named(work: Work, user: str) -> int:
    """Return the id of an account a case can be given to; raise Invalid when there is none of that login name."""
    found = work.session.scalar(select(User.id).where(func.lower(User.user) == user.lower()))
    if found is None or found not in dict(handlers(work)):
        raise Invalid.of("handler", f"没有能承办投诉件的账号“{user}”，请核对登录名")
    return found


def reveal(work: Work, obj: str, what: str) -> None:
    """Record that somebody opened personal data that are masked as a rule."""
    work.actor.require(Right.SEE_PERSONAL)
    journal.record_deed(work, obj, {"revealed": what})


def edit(work: Work, user: str, draft: PersonDraft) -> None:
    """Change name or role of an account; its next login has the rights of the new role."""
    work.actor.require(Right.ACCOUNTS)
    check(draft)
    account = _known(work, user)
    if draft.role is not account.role and account.id == work.actor.user_id:
        raise Invalid.of("role", "不能改自己的角色，请由另一位系统管理员来改")
    if draft.display_name.strip() != account.display_name:
        account.display_name = draft.display_name.strip()
    if draft.role is not account.role:
        _keep_an_administrator(work, account)
        account.role = draft.role


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$jjjDmFKOIYCcRdIrVQXmkzwlkyzSaK0+Iz6fYyyc9Q0"
"""A hash nothing fits, so that an unknown name takes as long as a known one."""


def _account(work: Work, user: str) -> User | None:
    return work.session.scalars(select(User).where(User.user == user)).one_or_none()


def _known(work: Work, user: str) -> User:
    account = _account(work, user)
    if account is None:
        raise Missing(f"没有登录名为“{user}”的账号")
    return account


def _keep_an_administrator(work: Work, account: User) -> None:
    """Raise IllegalMove when nobody would be left who looks after accounts."""
    if account.role is not Role.ADMIN:
        return
    others = select(User.id).where(User.role == Role.ADMIN, User.disabled.is_(False), User.id != account.id)
    if work.session.scalar(others.limit(1)) is None:
        raise IllegalMove("至少要留一个系统管理账号，没有改动")


def _is_locked(work: Work, account: User) -> bool:
    return account.locked_until is not None and account.locked_until > work.now


def _count_failure(work: Work, account: User) -> None:
    if account.locked_until is not None:  # that time is over
        account.failures, account.locked_until = 0, None
    account.failures += 1
    if account.failures >= ALLOWED_FAILURES:
        account.locked_until = work.now + LOCKED_FOR
