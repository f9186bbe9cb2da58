"""The training copy: a mall, its people, and twenty worked cases that went through the real services.

Each case is told as steps with a time of their own; all steps of all cases run in the order of time,
so that the journal reads like the diary of a desk.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from odr_desk.model.merchant import Merchant
from odr_desk.model.people import User
from odr_desk.rules import moments, money
from odr_desk.rules.advance import AdvanceDraft
from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.case import ODR_CHANNELS, CaseDraft, CaseState, Claim
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.duty import PerformanceDraft
from odr_desk.rules.ending import RevisitDraft
from odr_desk.rules.events import EventDraft, EventKind, Party
from odr_desk.rules.explaining import ExplainDraft, Told
from odr_desk.rules.licence import LicenceDraft
from odr_desk.rules.mall import Mall
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.rules.parsing import parse
from odr_desk.rules.people import PROGRAM, Actor, Role, UserDraft
from odr_desk.rules.transfer import TransferDraft, TransferInDraft
from odr_desk.services import (
    advances,
    agreements,
    cases,
    closing,
    codes,
    demo_evidence,
    duties,
    explaining,
    feedback,
    handling,
    merchants,
    people,
    registration,
    revisits,
    setup,
    timeline,
    transfers,
)
from odr_desk.store import reference, settings
from odr_desk.store.database import Database, Work

PASSWORD = "peixun-2026"  # noqa: S105 - printed for everybody who opens the training copy
MALL = Mall(
    name="八佰伴商场（培训示例）",
    short_name="锡八佰伴",
    address="无锡市锡山区示例路 1 号",
    phone="0510-88000000",
    regulator="锡山区市场监管局东亭分局",
    district="320205",
    desk_name="一楼售后服务台",
    case_prefix="XSBBB",
    reporter="王敏",
    reviewer="孙主任",
)
STAFF = (
    UserDraft(user="admin", display_name="系统管理员", role=Role.ADMIN, password=PASSWORD),
    UserDraft(user="sun", display_name="孙主任", role=Role.MANAGER, password=PASSWORD),
    UserDraft(user="liuyang", display_name="刘洋", role=Role.MEDIATOR, password=PASSWORD),
    UserDraft(user="wangmin", display_name="王敏", role=Role.CLERK, password=PASSWORD),
    UserDraft(user="shenji", display_name="周审计", role=Role.AUDITOR, password=PASSWORD),
)
FIRST_LOGIN = "sun"
_ON_SITE = "现场"
_MODES = {"现场": "A", "互联网": "B", "电话": "C"}
_RESULTS = {"O2": CaseState.FAILED, "O3": CaseState.WITHDRAWN, "O6": CaseState.SUSPECTED}
_WAIVED = {"paper": "纸质协议书已签好存档"}
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Step:
    at: datetime
    who: str
    verb: str
    run: Callable[[Work], object]


def fill(database: Database) -> None:
    """Fill an empty database with the training mall and its cases."""
    with database.writing(PROGRAM, "demo") as work:
        setup.set_up(work, MALL, STAFF[0])
        for draft in STAFF[1:]:
            people.add(work, draft, must_change=False)
        settings.write(work, "training", "1")
    staff = _actors(database)
    rows = tuple(reference.rows("demo_cases.csv"))
    with database.writing(staff["sun"], "merchant.create") as work:
        _add_merchants(work, rows)
    terms: dict[str, list[Row]] = {}
    for term in reference.rows("demo_terms.csv"):
        terms.setdefault(term["case_no"], []).append(term)
    steps = [step for row in rows for step in _story(row, terms.get(row["case_no"], []))]
    for step in sorted(steps, key=lambda step: step.at):
        with database.writing(staff[step.who], step.verb) as work:
            work.now = step.at
            step.run(work)


def is_training(work: Work) -> bool:
    """Tell whether this is a training copy."""
    return settings.read(work, "training") == "1"


def _actors(database: Database) -> dict[str, Actor]:
    with database.reading(PROGRAM) as work:
        return {account.user: people.actor_of(account) for account in work.session.scalars(select(User))}


def _add_merchants(work: Work, rows: tuple[Row, ...]) -> None:
    seen: set[str] = set()
    trades = codes.names(work, "trades")
    for row in rows:
        if row["counter"] in seen:
            continue
        seen.add(row["counter"])
        brand = row["merchant_demo"].removeprefix("示例·").removesuffix("(示例)").removesuffix("（示例）")
        merchants.register(
            work,
            MerchantDraft(
                name=f"无锡市锡山区{brand}（示例）",
                brand=brand,
                counter=row["counter"],
                floor=row["counter"].rpartition("馆")[2].split("-")[0],
                trade=trades.get(row["trade_code"], ""),
                uscc=row["uscc_demo"],
                legal_person="陈示例",
                contact="店长",
                phone=f"1990000{1000 + len(seen)}",
                lease_start=date(2024, 3, 1),
                lease_end=date(2026, 11, 15) if brand.startswith("驰野") else date(2027, 6, 30),
                deposit=5_000_000,
                is_food=row["cca_class"] in ("食品类", "烟、酒和饮料类"),
                no_reason_days=7 if row["cca_class"] == "服装鞋帽类" else None,
            ),
            _licences(row),
        )


def _licences(row: Row) -> tuple[LicenceDraft, ...]:
    business = LicenceDraft(kind="营业执照", number=row["uscc_demo"])
    if row["cca_class"] not in ("食品类", "烟、酒和饮料类"):
        return (business,)
    return business, LicenceDraft(kind="食品经营许可证", number="JY13202050000000（示例）", expires=date(2026, 12, 20))


def _story(row: Row, terms: list[Row]) -> Iterator[_Step]:
    received = date.fromisoformat(row["received_date"])
    yield _step(received, "09:30", "wangmin", "case.create", lambda work: _register(work, row))
    if row["channel_code"] == "CH02":
        yield _step(received, "09:32", "wangmin", "transfer.in", lambda work: _take_in(work, row))
    if row["case_no"] in demo_evidence.PIECES:
        yield _step(received, "09:40", "wangmin", "attach", lambda work: demo_evidence.add(work, row["case_no"]))
    yield _step(received, "10:10", "wangmin", "event.add", lambda work: _first_call(work, row))
    if not row["closed_date"]:
        yield _step(received, "10:12", "wangmin", "case.next_step", lambda work: _promise(work, row, received))
        return
    ended = date.fromisoformat(row["closed_date"])
    yield _step(ended, "14:00", "liuyang", "event.add", lambda work: _talks(work, row))
    if row["result_code"] in _RESULTS:
        yield _step(ended, "15:00", "liuyang", "case.advance", lambda work: _end(work, row))
        if _RESULTS[row["result_code"]] is CaseState.FAILED:
            yield _step(ended, "15:20", "liuyang", "explain", lambda work: _explain(work, row))
            yield _step(ended, "15:40", "liuyang", "transfer.out", lambda work: _hand_over(work, row))
    else:
        yield _step(ended, "15:00", "liuyang", "agree", lambda work: _agree(work, row, terms))
        yield from _performances(row, terms)
    yield from _afterwards(row, ended)


def _afterwards(row: Row, ended: date) -> Iterator[_Step]:
    number = row["case_no"]
    if row["channel_code"] in ODR_CHANNELS:
        yield _step(ended, "16:00", "liuyang", "feedback", lambda work: feedback.send(work, number, ended))
    if row["satisfaction"]:
        called = ended + timedelta(days=3)
        draft = parse(RevisitDraft, {"on": called, "mode": "电话", "satisfaction": row["satisfaction"], "text": ""})
        yield _step(called, "10:00", "wangmin", "revisit", lambda work: revisits.record(work, number, draft))
    if row["performance_code"] in ("F1", "F2", "F5") and row["case_no"] < "XSBBB-2026-0011":
        done = ended + timedelta(days=8)
        yield _step(done, "17:00", "sun", "case.close", lambda work: closing.close(work, number, _WAIVED))


def _performances(row: Row, terms: list[Row]) -> Iterator[_Step]:
    if row["advance_payment"] == "Y":
        yield from _advance(row)
        return
    for n, term in enumerate(terms, start=1):
        if term["at_once"] or (row["performance_code"] == "F3" and n > 1):
            continue
        on = date.fromisoformat(term["due"]) - timedelta(days=1)
        yield _step(on, "11:00", "wangmin", "duty.perform", partial(_perform, row=row, n=n, term=term))


def _advance(row: Row) -> Iterator[_Step]:
    ended = date.fromisoformat(row["closed_date"])
    made: list[str] = []

    def request(work: Work) -> None:
        draft = AdvanceDraft(amount=money.parse(row["refund_yuan"]), reason=row["facts_zh"], source="商户保证金")
        made.append(advances.request(work, row["case_no"], draft).advance_no)

    yield _step(ended, "15:10", "liuyang", "advance.request", request)
    yield _step(ended, "15:20", "sun", "advance.approve", lambda work: advances.approve(work, made[0]))
    yield _step(ended, "15:30", "sun", "advance.pay", lambda work: advances.pay(work, made[0], ended))


def _register(work: Work, row: Row) -> None:
    merchant = work.session.scalars(select(Merchant).where(Merchant.counter == row["counter"])).one()
    bought = row["purchase_date"]
    draft = CaseDraft(
        channel=row["channel_code"],
        received_at=work.now,
        platform_no=row["platform_no"],
        first_asked_by="王敏",
        consumer_name=row["consumer_demo"].removesuffix("(示例)").removesuffix("（示例）"),
        consumer_phone=row["phone_demo"],
        merchant_no=merchant.number,
        product=row["product_or_service"],
        category=row["cca_class"],
        amount=money.parse(row["amount_yuan"]),
        purchase_date=date.fromisoformat(bought) if bought else None,
        problem=row["problem_code"],
        problem_note="标签字号" if row["problem_code"] == "P12" else "",
        facts=row["narrative_zh"],
        is_prepaid="C11" in row["claim_codes"],
        agree_publish=True,
        privacy_notice_at=work.now,
    )
    claims = tuple(Claim(code.strip()) for code in row["claim_codes"].split(",") if code.strip())
    registration.register(work, draft, claims, number=row["case_no"])


def _first_call(work: Work, row: Row) -> None:
    case = cases.named(work, row["case_no"])
    handling.assign(work, row["case_no"], work.actor.user_id)
    timeline.add(work, case, EventDraft(kind=EventKind.CALL, party=Party.CONSUMER, text=f"核实情况：{row['facts_zh']}"))


def _promise(work: Work, row: Row, received: date) -> None:
    handling.set_next_step(work, row["case_no"], row["process_zh"].rstrip("。"), received + timedelta(days=6))


def _talks(work: Work, row: Row) -> None:
    case = cases.named(work, row["case_no"])
    kind = EventKind.MEETING if row["mode"] == _ON_SITE else EventKind.CALL
    timeline.add(work, case, EventDraft(kind=kind, party=Party.BOTH, text=row["process_zh"]))
    case.mode = _MODES.get(row["mode"], "")
    cases.advance(work, row["case_no"], CaseState.NEGOTIATING)


def _end(work: Work, row: Row) -> None:
    cases.advance(work, row["case_no"], _RESULTS[row["result_code"]], row["agreement_zh"] or row["facts_zh"])


def _take_in(work: Work, row: Row) -> None:
    draft = TransferInDraft(
        body=MALL.regulator,
        on=moments.day_of(work.now),
        original_no=row["platform_no"],
        reason="监督ODR企业开展和解",
        receiver="王敏",
    )
    transfers.take_in(work, row["case_no"], draft)


def _explain(work: Work, row: Row) -> None:
    draft = ExplainDraft(
        at=work.now,
        mode=Told.CALL,
        text="商户坚持不退，商场没有权力强制；可以走其他途径，需要的材料商场配合提供",
        mediation=True,
        complaint=True,
        arbitration=True,
        lawsuit=True,
    )
    explaining.explain(work, row["case_no"], draft)


def _hand_over(work: Work, row: Row) -> None:
    draft = TransferDraft(materials="投诉登记\n宣传页照片 2 张\n两次协商记录", receiver="投诉举报科")
    transfers.hand_over(work, row["case_no"], draft)


def _agree(work: Work, row: Row, terms: list[Row]) -> None:
    drafts = tuple(
        TermDraft(
            kind=term["kind"],
            amount=money.parse(term["amount"]) if term["amount"] else None,
            method=term["method"],
            due=date.fromisoformat(term["due"]) if term["due"] else None,
            at_once=term["at_once"] == "Y",
            goods_back=term["goods_back"],
            text=term["text"],
        )
        for term in terms
    )
    agreements.agree(work, row["case_no"], AgreementDraft(final=True), drafts)


def _perform(work: Work, row: Row, n: int, term: Row) -> None:
    agreement = duties.running(work, cases.named(work, row["case_no"]).id)
    assert agreement is not None  # noqa: S101 - concluded by an earlier step of the story
    amount = money.parse(term["amount"]) if term["amount"] else 0
    draft = PerformanceDraft(amount=amount, on=moments.day_of(work.now), method=term["method"])
    duties.perform(work, agreement.number, n, draft)


def _step(day: date, clock: str, who: str, verb: str, run: Callable[[Work], object]) -> _Step:
    at = datetime.combine(day, time.fromisoformat(clock), moments.CHINA).astimezone(UTC)
    return _Step(at, who, verb, run)
