"""One factory a table: makes any record with its surroundings; `changes` are fields of the draft."""

import dataclasses
import io
import itertools
from datetime import UTC, datetime

from PIL import Image

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules.case import CaseDraft, Claim
from odr_desk.services import registration
from odr_desk.store import numbers
from odr_desk.store.database import Work

_counters = itertools.count(100)


def make_merchant(work: Work, **changes: object) -> Merchant:
    """Put a merchant on file and return it."""
    count = numbers.take(work, "merchant")
    values: dict[str, object] = {
        "name": f"金禧珠宝（无锡）有限公司（示例{count}）",
        "brand": "金禧珠宝",
        "counter": f"A馆1F-{next(_counters)}",
        "trade": "珠宝",
        "uscc": "91320205MA0000003Y",
        "legal_person": "陈示例",
        "contact": "陈莉",
        "phone": "19900001001",
        "deposit": 5_000_000,
    }
    merchant = Merchant(number=f"M{count:04}", created_at=work.now, **(values | changes))
    work.session.add(merchant)
    work.session.flush()
    return merchant


def case_draft(merchant_no: str, **changes: object) -> CaseDraft:
    """Return a complete draft of a complaint."""
    draft = CaseDraft(
        channel="CH01",
        received_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        consumer_name="周女士",
        consumer_phone="19900000023",
        merchant_no=merchant_no,
        product="“一口价”黄金吊坠",
        category="首饰及文体用品类",
        amount=328_000,
        problem="P09",
        facts="店员说一口价比按克便宜，回家一称只有 3.9 克。要求退货。",
    )
    return dataclasses.replace(draft, **changes)


def make_case(work: Work, claims: tuple[Claim, ...] = (Claim("C04", 328_000),), **changes: object) -> Case:
    """Register a complaint, with a merchant of its own unless one is named, and return it."""
    merchant_no = str(changes.pop("merchant_no", "")) or make_merchant(work).number
    registered = registration.register(work, case_draft(merchant_no, **changes), claims)
    return work.session.get_one(Case, registered.case_id)


def make_picture(colour: str = "red", size: tuple[int, int] = (64, 48), kind: str = "JPEG", **options: object) -> bytes:
    """Return a picture of one colour as a file."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **options)
    return target.getvalue()
