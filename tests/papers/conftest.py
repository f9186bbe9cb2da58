import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from odr_desk.papers import settlement_agreement as paper
from odr_desk.papers.matter import Host, Matter

ROOT = Path(__file__).parents[2]
MALL = Host(name="示例商场", desk="消费纠纷服务台", mediator="王敏", phone="0510-88000000")

DOWN_JACKET = paper.Facts(
    number="锡八佰伴和〔2026〕001号",
    signed_on=date(2026, 11, 5),
    place="示例商场一楼服务台",
    consumer=paper.Consumer(
        name="王女士（示例）",
        phone="19900000001",
        id_number="320205199003070011",
        address="江苏省无锡市锡山区东亭街道示例路1号",
    ),
    merchant=paper.Merchant(
        name="示例·云岚女装",
        uscc="91320205MA0000001Q",
        counter="A馆2F-215",
        head="李示例",
        handler="陈莉（店长）",
        handler_authorised=True,
        phone="19900000101",
    ),
    host=MALL,
    dispute=paper.Dispute(
        case_number="XSBBB-2026-0001",
        received_on=date(2026, 11, 3),
        channel="全国12315平台",
        platform_number="DEMO-ODR-0001",
        product="女式羽绒服（黑色L码）一件",
        bought_on=date(2026, 10, 25),
        price_fen=129900,
        receipt="小票 20261025-0815",
        facts="甲方穿着三次后发现袖口、后背持续钻绒，到柜台要求退货，柜台只同意补针。11月4日三方在服务台看货：吊牌、"
        "小票齐全，衣服可见多处钻绒，乙方承认该批次已有三件同类反映。",
        consumer_view="衣服存在质量问题，要求退货退款。",
        merchant_view="同意退货，商品由乙方收回。",
    ),
    terms=(
        paper.Term(
            code="C04",
            words="乙方为甲方办理退货，退还货款人民币壹仟贰佰玖拾玖元整（¥1,299.00），于2026年11月10日（含当日）前付清，"
            "付款方式：原路退回。甲方同时交还羽绒服一件和购物小票。",
            amount_fen=129900,
            method="原路退回",
            due_on=date(2026, 11, 10),
            due_is_working=True,
        ),
    ),
    total_fen=129900,
    final=True,
    advance_payment=True,
    confidential=True,
    confirm_on_platform=True,
    attachments=("购物小票复印件一页", "看货照片三张", "授权委托书一份"),
)


REGULATOR = "锡山区市场监管局东亭分局"
BICYCLE = Matter(
    case_number="XSBBB-2026-0020",
    received_on=date(2026, 10, 26),
    channel="市监局分流",
    platform_number="DEMO-ODR-0020",
    consumer="邓先生（示例）",
    consumer_phone="19900000020",
    consumer_address="无锡市锡山区示例路2号",
    merchant="示例·驰野电动车展位",
    uscc="92320205MA0000018C",
    counter="外广场-03",
    merchant_phone="19900000120",
    product="电动自行车一辆",
    bought_on=date(2026, 10, 10),
    price_fen=329900,
    facts="宣传续航100公里，实际最多45公里",
    request="退货，并增加赔偿价款的三倍",
)


@pytest.fixture
def bicycle():
    """The complaint about an electric bicycle that ended without a settlement."""
    return BICYCLE


@pytest.fixture
def mall():
    return replace(MALL, regulator=REGULATOR)


@pytest.fixture
def agreement():
    """Make the facts of the down jacket agreement, with changes."""

    def make(**changes):
        return replace(DOWN_JACKET, **changes)

    return make


@pytest.fixture
def run_python():
    """Run a line of Python in a fresh process and return what it prints."""

    def run(line):
        done = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
        return done.stdout

    return run
