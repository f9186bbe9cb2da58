"""What a template holds that filling it would lose, seen in the file before it is opened."""

import re
from pathlib import Path

from odr_desk.rules.errors import UnsafeFile
from odr_desk.sheets import container
from odr_desk.sheets.form import Remark

_SHAPES = re.compile(rb"<(?:xdr:)?(?:sp|cxnSp|grpSp)\b")
_IN_SHEETS = (
    (rb"sparklineGroups", "迷你图"),
    (rb"<x14:dataValidation\b", "引用其他工作表的下拉列表"),
    (rb"<x14:conditionalFormatting\b", "新式条件格式（如数据条）"),
)
_BY_NAME = (
    ("xl/ctrlProps/", "窗体控件（复选框、按钮）"),
    ("xl/activeX/", "ActiveX 控件"),
    ("xl/slicers/", "切片器"),
    ("xl/threadedComments/", "批注会话"),
    ("xl/diagrams/", "SmartArt 图形"),
    ("_xmlsignatures/", "数字签名"),
)


def find(path: Path) -> tuple[Remark, ...]:
    """Return a remark for each kind of thing the filled form will lack; refuse a template with macros."""
    kinds: dict[str, None] = {}
    with container.unpack_checked(path) as archive:
        names = archive.namelist()
        if "xl/vbaProject.bin" in names:
            raise UnsafeFile(f"模板“{path.name}”里有宏，没有打开；请用 WPS/Excel 另存为不带宏的 .xlsx 再用")
        for start, kind in _BY_NAME:
            if any(name.startswith(start) for name in names):
                kinds[kind] = None
        for part in archive.infolist():
            if part.filename.startswith("xl/drawings/") and part.filename.endswith(".xml"):
                if _SHAPES.search(container.read_part(archive, part)):
                    kinds["文本框或图形"] = None
            elif part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                content = container.read_part(archive, part)
                kinds.update((kind, None) for mark, kind in _IN_SHEETS if re.search(mark, content))
    return tuple(Remark(kind, f"模板里的{kind}填写后会丢失，请对照原表补上") for kind in kinds)
