"""Evidence of the training copy: slips and screens drawn when it is set up, one of them blacked out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from odr_desk.pictures import drawing
from odr_desk.rules.evidence import BoxDraft, EvidenceDraft, Side
from odr_desk.services import evidence_intake, evidence_pictures
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True)
class _Piece:
    party: Side
    label: str
    name: str
    draw: Callable[[], bytes]


_PARKING = (
    _Piece(
        Side.CONSUMER,
        "停车缴费小票",
        "IMG_20261116_1803.png",
        partial(
            drawing.slip,
            (
                "停车缴费凭证", "-", "车牌|苏B·示例7", "入场|11-16 15:10", "出场|11-16 18:02", "停车时长|2 小时 52 分",
                "-", "应收|15.00 元", "会员减免|0.00 元", "实收|15.00 元",
            ),
        ),
    ),
    _Piece(
        Side.CONSUMER,
        "会员权益截图",
        "mmexport1763290000.png",
        partial(
            drawing.screen,
            "会员服务",
            (
                (False, "会员每天可以免停车费 2 小时"),
                (True, "我停了不到三小时，怎么扣了15元？"),
                (False, "请先在小程序里绑定车牌，未绑定的车按临停收费"),
                (True, "办卡的时候没人说要绑车牌"),
            ),
        ),
    ),
    _Piece(
        Side.MALL,
        "会员停车规则（公示）",
        "会员停车规则.png",
        partial(
            drawing.slip,
            (
                "会员停车规则", "-", "一、会员每日免费停车 2 小时。", "二、须先绑定车牌。", "三、超出部分每小时 5 元。",
                "四、每日封顶 30 元。", "-", "公示日期|2026-03-01",
            ),
        ),
    ),
)  # fmt: skip
_COURSES = (
    _Piece(
        Side.CONSUMER,
        "购课收据",
        "收据.png",
        partial(
            drawing.slip, ("收 款 收 据", "-", "早教课程 96 课时|12,800.00", "-", "日期|2026-01-10", "已用|56 课时")
        ),
    ),
    _Piece(
        Side.MERCHANT,
        "校区合并通知",
        "通知.png",
        partial(
            drawing.screen,
            "贝芽早教家长群",
            ((False, "各位家长：本校区月底并入城东校区，课时不变"), (True, "太远了，剩下的课想退")),
        ),
    ),
)
PIECES = {"XSBBB-2026-0014": _COURSES, "XSBBB-2026-0017": _PARKING}
_PLATE = BoxDraft(page=1, left=5_500, top=2_150, width=3_900, height=750)


def add(work: Work, case_no: str) -> None:
    """Put the evidence of a worked case into its box; of the parking slip a copy without the number plate too."""
    box = evidence_intake.open_box(work, case_no)
    for piece in PIECES[case_no]:
        taken = evidence_intake.take_bytes(box, piece.name, piece.draw())
        evidence_intake.add(work, case_no, [taken], EvidenceDraft(label=piece.label, party=piece.party))
    if PIECES[case_no] is _PARKING:
        sight = evidence_pictures.order_black_out(work, case_no, 1)
        evidence_intake.add_shared(work, case_no, 1, evidence_pictures.black_out(sight, (_PLATE,)))
