"""What the disk and the database may do to us, said in words the user can act on."""

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from odr_desk.rules.errors import Conflict, DeskError, Trouble

_KNOWN = (
    ("disk is full", "磁盘已满，这一步没有存上。", "请清理磁盘空间后重试；打印和查看不受影响。"),
    ("disk i/o error", "硬盘读写出错，这一步没有存上。", "请立即做一次备份到另一块硬盘，再请系统管理员检查硬盘。"),
    ("database is locked", "数据库正被占用，这一步没有存上。", "请稍等几秒重试。"),
    ("readonly", "数据文件夹是只读的，这一步没有存上。", "请检查文件夹权限后重试。"),
    ("unable to open", "数据库文件打不开。", "请检查数据文件夹是否存在、有没有权限。"),
    ("malformed", "数据库文件已损坏，程序没有写入任何内容。", "请用“恢复备份”换回最近一次好的备份。"),
    ("not a database", "这个文件不是本程序的数据库，没有改动它。", "请检查数据文件夹，或用“恢复备份”。"),
)


def explain(error: Exception) -> DeskError | None:
    """Return what to tell the user, or None when the error is a bug of ours."""
    if isinstance(error, StaleDataError):
        return Conflict("这条记录刚被别人改过，您的改动没有存。请重新载入后再改")
    if not isinstance(error, OperationalError | DBAPIError):
        return None
    said = str(error.orig).lower()
    for sign, what, advice in _KNOWN:
        if sign in said:
            return Trouble(what, advice)
    return None
