"""The command line in Chinese: what argparse says in English about wrong usage, and the heads of its help."""

import argparse
import re
from typing import Any, NoReturn

from typing_extensions import override

_SAID = (
    (r"the following arguments are required: (.+)", "缺少 {0}"),
    (r"unrecognized arguments: (.+)", "不认识 {0}"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{0} 不能是 {1}，可选：{2}"),
    (r"argument (.+?): invalid int value: (.+)", "{0} 应为整数，不能是 {1}"),
    (r"argument (.+?): expected one argument", "{0} 后面要跟一个值"),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不用写 {1}"),
    (r"ambiguous option: (.+?) could match (.+)", "{0} 可以是 {1}，请写全"),
    (r"argument (.+?): (.+)", "{0} {1}"),
)
"""The sentences of argparse, the most special first."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and refusals are Chinese; wrong usage ends with status 2."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - whatever argparse takes
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(**options, add_help=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    @override
    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：", 1)

    @override
    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)

    @override
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{self.prog}：用法不对，{in_chinese(message)}。\n")


def in_chinese(message: str) -> str:
    """Return what is wrong in Chinese; a sentence that is not known stays as it is."""
    for pattern, words in _SAID:
        if found := re.fullmatch(pattern, message):
            return words.format(*found.groups())
    return message


def count(text: str) -> int:
    """Return a number of things, none at least."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"应为不小于 0 的整数，不能是 {text!r}")
    return int(text)
