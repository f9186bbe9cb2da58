"""odr-desk: arguments to the window, the port, or one command.

Exit status: 0 done, 1 refused with the reason in Chinese on standard error, 2 wrong usage.
"""

import argparse
import gc
import importlib
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from odr_desk import __version__, paths, usage
from odr_desk.rules.errors import DeskError, Trouble

PASSWORD = "ODR_DESK_PASSWORD"  # noqa: S105 - the name of the variable
CHILDREN = {
    "--read-workbook": "odr_desk.sheets.reading_child",
    "--check-database": "odr_desk.store.candidate",
    "--open-evidence": "odr_desk.pictures.child",
}
"""Hidden options under which a frozen program starts itself as the child that opens foreign files."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in CHILDREN:
        return int(importlib.import_module(CHILDREN[given[0]]).child_main(given[1:]))
    _speak_whatever_the_terminal_can()
    wanted = parser().parse_args(given)
    try:
        return int(wanted.run(wanted) or 0)
    except DeskError as error:
        return _refuse(str(error))
    except EOFError:
        return _refuse(f"没有人回答登录名或密码，什么也没有做。请用 --user 和环境变量 {PASSWORD} 给出")
    except KeyboardInterrupt:
        return _refuse("已中断，没有做完的部分不会留下")
    except BrokenPipeError:
        sys.stdout = None  # whoever listened is gone: nothing is left to be written at the end
        return 1


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)  # noqa: T201 - this is the answer
    return 1


def _speak_whatever_the_terminal_can() -> None:
    """Let a terminal or a pipe that knows no Chinese get escapes instead of stopping the work."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def parser() -> usage.Parser:
    """Return the command line as declared."""
    top = usage.Parser(prog="odr-desk", description="商场消费纠纷调解台")
    top.add_argument("--version", action="version", version=f"odr-desk {__version__}", help="显示版本号")
    top.add_argument("--data", metavar="文件夹", help="数据文件夹（也可用环境变量 ODR_DESK_DATA）")
    top.add_argument("--database", help=argparse.SUPPRESS)
    top.set_defaults(run=_window, ask_password=ask_password)
    commands = top.add_subparsers(title="命令", metavar="命令", help="不写命令就打开窗口")
    _add(commands, "port", "自动化端口：标准输入每行一个 JSON 请求，标准输出每行一个回答")
    demo = _add(commands, "demo", "在空的数据文件夹里装入示例数据")
    demo.add_argument("--cases", type=usage.count, default=0, metavar="件数", help="另外生成多少件")
    demo.add_argument("--seed", type=int, default=1, metavar="种子", help="生成用的种子，同样的种子结果相同")
    export = _add(commands, "export", "按期间填写监管部门的报表")
    export.add_argument("form", metavar="表号", help="F01、P01、P02")
    export.add_argument("--from", dest="start", required=True, metavar="起日", help="如 2026-11-01")
    export.add_argument("--to", required=True, metavar="止日")
    export.add_argument("--template", metavar="模板.xlsx", help="自己的模板，空着用自带的")
    export.add_argument("--out", metavar="结果.xlsx", help="写到哪个文件")
    export.add_argument("--check", action="store_true", help="只体检，列出还缺什么，不写文件")
    imports = _add(commands, "import", "导入工作簿：先预览，加 --apply 才写入")
    imports.add_argument("profile", metavar="类型", help="tenants 商户清单、platform 12315平台导出")
    imports.add_argument("file", metavar="文件")
    imports.add_argument("--apply", action="store_true", help="写入")
    backup = _add(commands, "backup", "立即备份")
    backup.add_argument("--to", metavar="文件夹", help="备份到另一个文件夹")
    restore = _add(commands, "restore", "恢复一份备份，现在的数据另存一旁")
    restore.add_argument("file", metavar="备份")
    verify = _add(commands, "verify", "检查数据")
    verify.add_argument("--full", action="store_true", help="全面检查，较慢")
    _add(commands, "upgrade", "把数据升级到本版本（先自动备份）")
    for command in (export, imports, backup, restore):
        command.add_argument("--user", metavar="登录名", help=f"密码取自环境变量 {PASSWORD}，没有就询问")
    return top


def _add(commands: "argparse._SubParsersAction[usage.Parser]", name: str, words: str) -> usage.Parser:
    command = commands.add_parser(name, help=words, description=words)
    command.set_defaults(run=_command(name))
    return command


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """Return a runner that imports the commands only when one of them is wanted."""

    def run(wanted: argparse.Namespace) -> int:
        commands = importlib.import_module("odr_desk.commands")
        return int(commands.run(name, folder_of(wanted), wanted))

    return run


def _window(wanted: argparse.Namespace) -> int:
    gc.disable()  # saves one part in twenty of the start; the window collects on its own thread
    try:
        app = importlib.import_module("odr_desk.app")
    except ImportError as error:
        raise _library_missing(error) from None
    return int(app.run(folder_of(wanted)))


def _library_missing(error: ImportError) -> Exception:
    """Return what to say when a bare system lacks a library that Qt loads; any other fault stays itself."""
    library = re.match(r"(lib\S+?\.so[\d.]*): cannot open shared object file", str(error))
    if library is None:
        return error
    return Trouble(
        f"系统缺少图形库 {library[1]}，窗口打不开。",
        "在 Debian、Ubuntu 上可运行一次：sudo apt-get install libgl1 libegl1 libxkbcommon-x11-0 libxcb-cursor0。",
    )


def folder_of(wanted: argparse.Namespace) -> Path:
    """Return the data folder that was asked for."""
    if wanted.database:
        raise Trouble(
            "这个版本只用数据文件夹里的数据库，还不能用 --database 指定别的数据库，什么也没有打开。",
            "请去掉 --database，用 --data 指定数据文件夹。",
        )
    return paths.data_folder(wanted.data)


def ask_password(user: str) -> str:
    """Return the password from the environment, else ask for it; never from an argument."""
    import getpass

    return os.environ.get(PASSWORD) or getpass.getpass(f"{user} 的密码：")
