"""The mall itself: what stands on its papers and how its numbers look."""

from dataclasses import dataclass

from odr_desk.rules.fields import number, text
from odr_desk.rules.parsing import check


@dataclass(frozen=True, slots=True, kw_only=True)
class Mall:
    """The mall profile, entered once at setup; `case_prefix` and `paper_prefix` shape the numbers."""

    name: str = text("商场名称", "商场", required=True, max_length=100, hint="营业执照上的名称")
    short_name: str = text("简称", "商场", required=True, max_length=20, hint="写在文书编号里，如 锡八佰伴")
    uscc: str = text("统一社会信用代码", "商场", max_length=20)
    address: str = text("地址", "商场", max_length=200)
    phone: str = text("投诉电话", "商场", max_length=30)
    regulator: str = text("辖区市场监管部门", "商场", max_length=100, hint="如 锡山区市场监管局东亭分局")
    district: str = text("行政区划代码", "商场", max_length=12, hint="决定期限，空着看信用代码，再没有按江苏")
    desk_name: str = text("服务台名称", "商场", max_length=40)
    case_prefix: str = text("投诉件编号前缀", "编号", max_length=12, hint="空着就取简称的拼音首字母")
    number_width: int | None = number("编号位数", "编号", minimum=1, maximum=8)
    reporter: str = text("填报人", "月报", max_length=30)
    reviewer: str = text("审核人", "月报", max_length=30)


HOME = "32"
"""江苏: where the desk stands when neither the profile nor the credit code says so."""
DEFAULT_CASE_WIDTH = 4
DEFAULT_PAPER_WIDTH = 3


def check_mall(mall: Mall) -> None:
    """Raise Invalid unless the profile may be saved."""
    check(mall)


def case_number(mall: Mall, year: int, count: int) -> str:
    """Return the number of a case, such as `XSBBB-2026-0001`."""
    return f"{mall.case_prefix}-{year}-{count:0{mall.number_width or DEFAULT_CASE_WIDTH}}"


def count_in(number: str) -> int:
    """Return the running count at the end of a case number, 0 when there is none."""
    tail = number.rsplit("-", 1)[-1]
    return int(tail) if tail.isdecimal() else 0


def paper_number(mall: Mall, sign: str, year: int, count: int) -> str:
    """Return the number of a paper, such as `锡八佰伴和〔2026〕001号`; the brackets are U+3014 and U+3015."""
    return f"{mall.short_name}{sign}〔{year}〕{count:0{DEFAULT_PAPER_WIDTH}}号"


def record_number(sign: str, year: int, count: int) -> str:
    """Return the number of an internal record, such as `M0001` for merchants or `D2026-0001`."""
    return f"{sign}{year}-{count:04}" if year else f"{sign}{count:04}"
