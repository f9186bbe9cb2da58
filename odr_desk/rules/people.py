"""Who works at the desk and what each may do (roles of the port contract)."""

from dataclasses import dataclass

from odr_desk.rules.errors import Invalid, NotAllowed
from odr_desk.rules.fields import choice, text
from odr_desk.rules.labels import Word
from odr_desk.rules.parsing import check


class Right(Word):
    """One thing a person may or may not do."""

    READ_CASES = "read_cases", "查看投诉件"
    WRITE_CASES = "write_cases", "登记和记录投诉件"
    MEDIATE = "mediate", "调解、签订协议和反馈平台"
    PERFORM = "perform", "登记履行和出具文书"
    SEE_PERSONAL = "see_personal", "查看完整个人信息"
    SEE_OBSERVED = "see_observed", "查看购买情况"
    READ_MERCHANTS = "read_merchants", "查看商户"
    WRITE_MERCHANTS = "write_merchants", "维护商户档案"
    PREVIEW_IMPORTS = "preview_imports", "预览导入"
    IMPORT = "import", "导入数据"
    REPORT = "report", "编制和报送月报"
    MANAGE = "manage", "审批、结账和分派"
    ACCOUNTS = "accounts", "管理账号"
    REFERENCE = "reference", "维护代码、日历和模板"
    BACKUP = "backup", "备份"
    RESTORE = "restore", "恢复与升级"
    VERIFY = "verify", "检查数据"


_CLERK = {
    Right.READ_CASES,
    Right.WRITE_CASES,
    Right.PERFORM,
    Right.SEE_PERSONAL,
    Right.READ_MERCHANTS,
    Right.PREVIEW_IMPORTS,
}
_MEDIATOR = {
    Right.READ_CASES,
    Right.WRITE_CASES,
    Right.PERFORM,
    Right.SEE_PERSONAL,
    Right.READ_MERCHANTS,
    Right.MEDIATE,
    Right.SEE_OBSERVED,
}
_MANAGER = (
    _CLERK | _MEDIATOR | {Right.WRITE_MERCHANTS, Right.IMPORT, Right.REPORT, Right.MANAGE, Right.VERIFY, Right.BACKUP}
)
_AUDITOR = {Right.READ_CASES, Right.READ_MERCHANTS, Right.SEE_OBSERVED}
_ADMIN = {Right.ACCOUNTS, Right.REFERENCE, Right.BACKUP, Right.RESTORE, Right.VERIFY}


class Role(Word):
    """What somebody is at the desk."""

    CLERK = "clerk", "售后专员"
    MEDIATOR = "mediator", "调解员"
    MANAGER = "manager", "主管"
    AUDITOR = "auditor", "审计"
    ADMIN = "admin", "系统管理"

    @property
    def rights(self) -> frozenset[Right]:
        """Return what this role may do."""
        return frozenset(
            {
                Role.CLERK: _CLERK,
                Role.MEDIATOR: _MEDIATOR,
                Role.MANAGER: _MANAGER,
                Role.AUDITOR: _AUDITOR,
                Role.ADMIN: _ADMIN,
            }[self]
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """The person whose work this is; `user_id` 0 is the program itself."""

    user_id: int
    user: str
    name: str
    rights: frozenset[Right]
    role: Role | None = None

    def may(self, right: Right) -> bool:
        """Tell whether this person has the right."""
        return right in self.rights

    def require(self, right: Right) -> None:
        """Raise NotAllowed unless this person has the right."""
        if right not in self.rights:
            raise NotAllowed(f"您的账号没有“{right.label}”的权限，未作任何改动。需要时请联系系统管理员")


PROGRAM = Actor(0, "system", "系统", frozenset(Right))


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDraft:
    """A new account at the desk."""

    user: str = text("登录名", required=True, max_length=30)
    display_name: str = text("姓名", required=True, max_length=30)
    role: Role = choice("角色", options=Role, required=True)
    password: str = text("密码", required=True, max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """What may be changed of an account; the login name stays, it stands in the records."""

    display_name: str = text("姓名", required=True, max_length=30)
    role: Role = choice("角色", options=Role, required=True)


SHORTEST_PASSWORD = 8


def check_user(draft: UserDraft) -> None:
    """Raise Invalid unless the account may be created."""
    check(draft)
    check_password(draft.password)


def check_password(password: str) -> None:
    """Raise Invalid when a password is too short to protect anything."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid.of("password", f"密码至少 {SHORTEST_PASSWORD} 个字符")
