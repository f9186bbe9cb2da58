"""The import of the complaints that the 12315 platform exports: each becomes a case to be taken up."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from odr_desk.model.exchange import ImportBatch
from odr_desk.rules import moments, money
from odr_desk.rules.case import CaseDraft, Claim, check_case
from odr_desk.rules.errors import Invalid
from odr_desk.rules.events import EventKind
from odr_desk.rules.identity import phone_problem
from odr_desk.rules.importing import Applied, Preview, PreviewRow, Progress, ReadValue, Verdict, untold
from odr_desk.rules.people import Right
from odr_desk.services import import_batches, import_source, merchants, registration, timeline
from odr_desk.services.import_source import Source
from odr_desk.services.platform_matching import NO_SHOP, Cases, Shop, Shops, plain
from odr_desk.services.platform_words import Understood, Words, claims_of
from odr_desk.sheets import profile_of
from odr_desk.sheets.profiles import ImportedRow
from odr_desk.store.database import Work

PROFILE = "platform"
CHANNEL = "CH01"
ANSWERED = "已反馈"
_NOTED = "待补"  # stands for the number of a shop that will be noted by name
_MOST_NAMES = 8


def preview(work: Work, source: Source, progress: Progress = untold) -> Preview:
    """Return what an import would do with each row; nothing is written."""
    work.actor.require(Right.PREVIEW_IMPORTS)
    steps = _plan(work, source, progress)
    rows = (*map(_shown, steps), *import_source.skipped_rows(source))
    return Preview(
        rows=tuple(sorted(rows, key=lambda row: row.row)),
        notes=(*import_source.remarks_on(source), *_on_shops(steps)),
        applied_before=import_batches.applied_before(work, source.sha256),
    )


def apply(work: Work, source: Source, leave_out: Iterable[int] = (), progress: Progress = untold) -> Applied:
    """Register every complaint that is not known yet, except those left out; a shop not on file is noted by name."""
    work.actor.require(Right.IMPORT)
    out = frozenset(leave_out)
    steps = _plan(work, source)
    taken = [step for step in steps if step.verdict is Verdict.NEW and step.row.number not in out]
    counts: Counter[Verdict] = Counter(step.verdict for step in steps if step.verdict is not Verdict.NEW)
    counts[Verdict.SKIPPED] = len(source.table.skipped)
    if not taken:
        return Applied("", dict(counts), {})
    counts[Verdict.NEW] = len(taken)
    batch = import_batches.begin(work, source, counts)
    noted: dict[str, str] = {}
    made: dict[int, str] = {}
    for step in taken:
        progress(len(made), len(taken))
        made[step.row.number] = _register(work, batch, step, noted)
    work.session.flush()
    return Applied(batch.number, dict(counts), import_source.with_repeats(source, made))


@dataclass(frozen=True, slots=True)
class _Step:
    row: ImportedRow
    verdict: Verdict
    remarks: tuple[str, ...]
    case_no: str = ""
    shop: Shop = NO_SHOP
    draft: CaseDraft | None = None
    claims: tuple[Claim, ...] = ()
    understood: tuple[tuple[str, str], ...] = ()  # field of the list, how the desk reads its words

    @property
    def shop_name(self) -> str:
        return str(self.row.values.get("merchant", ""))


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows are judged by."""

    shops: Shops
    cases: Cases
    words: Words
    now: datetime


def _register(work: Work, batch: ImportBatch, step: _Step, noted: dict[str, str]) -> str:
    assert step.draft is not None  # noqa: S101 - every step taken has one
    draft = dataclasses.replace(step.draft, merchant_no=_merchant_no(work, batch, step, noted))
    case = registration.enter(work, draft, step.claims, batch_id=batch.id)
    due = step.row.values.get("due_at")
    if isinstance(due, datetime) and moments.day_of(due) != case.due_on:
        case.manual_due_on, case.manual_due_reason = moments.day_of(due), "平台上的办理期限"
    words = f"由 {batch.file_name} 导入（{batch.number}）{_aside(step.row)}"
    timeline.system(work, case, EventKind.CHANGED, words)
    import_batches.note(work, batch, step.row.number, step.verdict, case, {"event_count": case.event_count})
    return case.number


def _merchant_no(work: Work, batch: ImportBatch, step: _Step, noted: dict[str, str]) -> str:
    merchant, name = step.shop.merchant, plain(step.shop_name)
    if merchant is not None and not (merchant.provisional and merchant.retired):
        return merchant.number
    if name not in noted:
        merchant = merchant or merchants.add(work, merchants.noted(step.shop_name), provisional=True)
        merchant.retired, merchant.batch_id = False, batch.id
        noted[name] = merchant.number
    return noted[name]


def _aside(row: ImportedRow) -> str:
    due, state = row.values.get("due_at"), row.values.get("platform_state")
    parts = [f"平台上办理期限 {moments.show_moment(due)}"] if isinstance(due, datetime) else []
    parts += [f"当时状态“{state}”"] if state else []
    return f"。{'，'.join(parts)}" if parts else ""


def _plan(work: Work, source: Source, progress: Progress = untold) -> list[_Step]:
    rows = source.table.rows
    known = _Known(Shops(work), Cases(work, rows), Words(work), work.now)
    steps: list[_Step] = []
    by_row: dict[int | None, _Step] = {}
    for row in rows:
        progress(len(steps), len(rows))
        steps.append(_judged(row, known, by_row.get(row.repeats)))
        by_row[row.number] = steps[-1]
    return list(_with_neighbours(steps))


def _with_neighbours(steps: Iterable[_Step]) -> Iterator[_Step]:
    """Remark on complaints of one person on one shop that the table has under different numbers."""
    first: dict[tuple[str, str], int] = {}
    for step in steps:
        phone = step.draft.consumer_phone if step.draft is not None else ""
        earlier = first.setdefault((phone, plain(step.shop_name)), step.row.number) if phone else step.row.number
        if earlier == step.row.number:
            yield step
        else:
            said = f"与第 {earlier} 行同一电话、同一商户，请核对是不是同一件"
            yield dataclasses.replace(step, remarks=(*step.remarks, said))


def _judged(row: ImportedRow, known: _Known, repeated: _Step | None) -> _Step:
    remarks = tuple(f"{_label(remark.field)}：{remark.message}" for remark in row.remarks)
    if repeated is not None:
        return _Step(row, Verdict.DUPLICATE, (_repeat(row), *remarks), repeated.case_no)
    if row.is_bad:
        return _Step(row, Verdict.BAD, remarks)
    case_no, said = known.cases.of(row)
    if case_no:
        other = known.shops.differs(str(row.values["merchant"]), known.cases.merchant_of[case_no])
        named = (f"平台上投诉的是“{row.values['merchant']}”，{case_no} 记的是{other}，请核对",) if other else ()
        return _Step(row, Verdict.SAME, (said or f"已经是投诉件 {case_no}", *named), case_no)
    return _new(row, known, remarks)


def _new(row: ImportedRow, known: _Known, remarks: tuple[str, ...]) -> _Step:
    shop = known.shops.named(str(row.values["merchant"]))
    problem = known.words.problem(str(row.values.get("problem", "")))
    demands = known.words.demands(str(row.values.get("claims", "")))
    chosen = problem.codes[0] if len(problem.codes) == 1 else ""
    draft = _draft(row, chosen, demands.unknown)
    try:
        _check(draft, str(row.values["merchant"]), known.now)
    except Invalid as error:
        return _Step(row, Verdict.BAD, (*(wrong.text for wrong in error.problems), *remarks))
    remarks += tuple(_doubts(row, problem, demands))
    remarks += (shop.remark,) if shop.remark else ()
    remarks += known.cases.alike(draft, shop.merchant) if shop.merchant else ()
    return _Step(
        row,
        Verdict.NEW,
        remarks,
        shop=shop,
        draft=draft,
        claims=claims_of(demands),
        understood=(("problem", problem.names[0] if chosen else ""), ("claims", "、".join(demands.names))),
    )


def _check(draft: CaseDraft, shop: str, now: datetime) -> None:
    assert draft.received_at is not None  # noqa: S101 - required by the profile
    merchants.noted(shop)
    check_case(draft, moments.day_of(now), moments.day_of(draft.received_at))


def _doubts(row: ImportedRow, problem: Understood, demands: Understood) -> Iterator[str]:
    words = row.values.get("problem")
    if len(problem.codes) > 1:
        yield f"投诉问题“{words}”有 {len(problem.codes)} 类（{'、'.join(problem.names)}），没有录入，请选一类"
    elif problem.unknown:
        yield f"投诉问题“{words}”不在问题类别里，没有录入，请选一类"
    if demands.unknown:
        yield f"诉求“{'、'.join(demands.unknown)}”没有对应的代码，原话写在事实里"
    if row.values.get("platform_state") == ANSWERED:
        yield f"平台上是“{ANSWERED}”，可能已经办完，请核对要不要导入"


def _draft(row: ImportedRow, problem: str, unknown: tuple[str, ...]) -> CaseDraft:
    """Return the complaint as the form would hold it; words that no field takes stay in the facts."""
    said = row.values
    phone, facts = str(said.get("consumer_phone", "")), [str(said.get("facts", ""))]
    if phone_problem(phone):
        facts.append(f"联系电话（平台原文）：{phone}")
        phone = ""
    if unknown:
        facts.append(f"投诉请求：{said['claims']}")
    as_read = ("platform_no", "received_at", "consumer_name", "product", "amount")
    own: dict[str, Any] = {name: said[name] for name in as_read if name in said}
    return CaseDraft(
        channel=CHANNEL,
        merchant_no=_NOTED,
        consumer_phone=phone,
        problem=problem,
        problem_note="" if problem else str(said.get("problem", "")),
        facts="\n".join(filter(None, facts)),
        **own,
    )


def _repeat(row: ImportedRow) -> str:
    labels = "、".join(map(_label, row.differs))
    if not labels:
        return f"与第 {row.repeats} 行相同，跳过"
    return f"与第 {row.repeats} 行是同一件，但{labels}不同；按第 {row.repeats} 行，请核对"


def _shown(step: _Step) -> PreviewRow:
    at = step.row.values.get("received_at")
    return PreviewRow(
        row=step.row.number,
        verdict=step.verdict,
        number=step.case_no,
        place=moments.show_moment(at) if isinstance(at, datetime) else "",
        name=step.shop_name,
        changes=(),
        remarks=step.remarks,
        values=tuple(_read_values(step)),
        facts=(step.shop.fact,) if step.shop.fact else (),
    )


def _read_values(step: _Step) -> Iterator[ReadValue]:
    understood = dict(step.understood)
    for name, value in step.row.values.items():
        read = understood.get(name) or _in_words(name, value)
        cell = step.row.shown.get(name, "").strip()
        yield ReadValue(_label(name), read, "" if cell == read else cell)


def _in_words(name: str, value: object) -> str:
    match value:
        case datetime():
            return f"{moments.local(value):%Y-%m-%d %H:%M}"
        case int() if name == "amount":
            return money.show(value)
        case _:
            return str(value)


def _label(name: str) -> str:
    return profile_of(PROFILE).field(name).label


def _on_shops(steps: Iterable[_Step]) -> Iterator[str]:
    new = (step for step in steps if step.verdict is Verdict.NEW and step.shop.merchant is None)
    names = tuple(dict.fromkeys(step.shop_name for step in new))
    if names:
        more = "……" if len(names) > _MOST_NAMES else ""
        yield f"{len(names)} 家不在商户名录，导入时先记名字：{'、'.join(names[:_MOST_NAMES])}{more}"
