"""A file of any size for training and for measuring: plausible cases of several years, the same for the same seed.

The rows are written straight into the tables, many at a time; the journal notes each lot as one deed.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from odr_desk.model.merchant import Merchant
from odr_desk.model.people import User
from odr_desk.rules import mall, moments
from odr_desk.rules.case import CaseState, Level, Outcome, Performance, subject_of
from odr_desk.rules.deadlines import Deadline
from odr_desk.rules.events import EventKind, Party
from odr_desk.rules.mall import Mall
from odr_desk.rules.merchant import MerchantDraft
from odr_desk.rules.people import PROGRAM
from odr_desk.services import bulk_words as words
from odr_desk.services import clocks, merchants, setup
from odr_desk.services.clocks import RulePack
from odr_desk.store import bulk, journal, numbers, search_index
from odr_desk.store.database import Database, Work

YEARS = 5
SHOPS = 400
LOT = 20_000
_OPEN_DAYS = 12  # cases younger than this may still be open
Report = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class _Shop:
    id: int
    name: str
    counter: str
    uscc: str
    category: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """What every generated case draws on."""

    mall: Mall
    shops: tuple[_Shop, ...]
    people: tuple[tuple[int, str], ...]
    today: date
    due: dict[date, tuple[Deadline, ...]]


def fill(database: Database, cases: int, seed: int = 1, report: Report | None = None) -> None:
    """Add `cases` generated cases to a training database."""
    chance = random.Random(seed)  # noqa: S311 - sample data
    with database.writing(PROGRAM, "demo") as work:
        _open_shops(work, chance)
    with database.writing(PROGRAM, "demo") as work:
        setting = _setting(work)
        first_case, first_event = bulk.next_id(work, "cases"), bulk.next_id(work, "events")
        bulk.drop_indexes(work)
        search_index.write_in_bulk(work.session.connection())
    days = _days(chance, cases, setting.today)
    counts: dict[int, int] = {}
    for start in range(0, cases, LOT):
        if report is not None:
            report(start, cases)
        with database.writing(PROGRAM, "demo") as work:
            lot = days[start : start + LOT]
            rows = _Rows(setting, chance, first_case + start, first_event + start * 3)
            for day in lot:
                rows.add(day, _count(work, counts, day.year))
            for year, last in counts.items():
                numbers.advance(work, "case", year, last)
            for table, made in rows.made.items():
                bulk.insert_rows(work, table, made)
            search_index.extend(work.session.connection(), first_case + start, len(lot))
            journal.record_deed(work, f"demo:{start}", {"cases": len(lot), "seed": seed})
    with database.writing(PROGRAM, "demo") as work:
        bulk.create_indexes(work)
        search_index.compact(work.session.connection())
    if report is not None:
        report(cases, cases)


class _Rows:
    """The rows of one lot of cases, table by table."""

    def __init__(self, setting: _Setting, chance: random.Random, case_id: int, event_id: int) -> None:
        self._setting, self._chance = setting, chance
        self._case_id, self._event_id = case_id, event_id
        self.made: dict[str, list[dict[str, Any]]] = {"cases": [], "events": [], "case_claims": []}

    def add(self, day: date, count: int) -> None:
        """Make one case with its claim and three entries."""
        chance, setting = self._chance, self._setting
        shop = chance.choice(setting.shops)
        story = chance.choice(words.STORIES)
        received = datetime(day.year, day.month, day.day, chance.randint(1, 12), chance.randint(0, 59), tzinfo=UTC)
        user_id, user = chance.choice(setting.people)
        amount = chance.choice((chance.randint(10, 500), chance.randint(100, 3000), chance.randint(1000, 20000))) * 100
        phone = f"199{chance.randint(0, 99_999_999):08}"
        case = {
            "id": self._case_id,
            "number": mall.case_number(setting.mall, day.year, count),
            "channel": chance.choices(words.CHANNELS, words.CHANNEL_SHARES)[0],
            "received_at": received,
            "platform_no": f"1320205{day:%Y%m%d}{count:07}",
            "consumer_name": chance.choice(words.SURNAMES) + chance.choice(("女士", "先生")),
            "consumer_phone": phone,
            "product": story.product,
            "category": shop.category,
            "amount": amount,
            "purchase_date": day - timedelta(days=chance.randint(0, 60)),
            "problem": story.problem,
            "problem_note": "包装标识" if story.problem == "P12" else "",
            "level": Level.NORMAL,
            "facts": story.facts.format(day=f"{day.month}月{day.day}日", yuan=amount // 100),
            **_at(shop),
            "subject": subject_of(story.product, "", (story.claim,)),
            "phone_tail": phone[-4:],
            "received_on": day,
            "registered_at": received,
            **_by(user_id, user),
            **self._clock(day),
            **self._end(day, amount),
            **_told(received),
        }
        self.made["cases"].append(case)
        self.made["case_claims"].append({"case_id": self._case_id, "code": story.code, "amount": amount})
        self._tell(case, user_id, user)
        self._case_id += 1

    def _clock(self, day: date) -> dict[str, Any]:
        first, result = self._setting.due[day]
        return {"first_due_on": first.due, "due_on": result.due, "due_estimated": result.estimated}

    def _end(self, day: date, amount: int) -> dict[str, Any]:
        chance, age = self._chance, (self._setting.today - day).days
        if age <= _OPEN_DAYS and chance.random() < 0.8:
            waits = (CaseState.NEGOTIATING, CaseState.AWAITING_MERCHANT, CaseState.AWAITING_CONSUMER)
            step = chance.choice(("", "催店长给方案", "等消费者回话", "约三方看货"))
            due = self._setting.today + timedelta(days=chance.randint(0, 4)) if step else None
            return {"state": chance.choice(waits), "next_step": step, "next_step_on": due}
        ended = min(day + timedelta(days=chance.randint(0, 13)), self._setting.today)
        outcome = chance.choices(words.OUTCOMES, words.OUTCOME_SHARES)[0]
        paid = amount * chance.randint(2, 10) // 10 if outcome is Outcome.SETTLED else 0
        return {
            "state": CaseState.CLOSED,
            "is_open": False,
            "result": outcome,
            "result_note": outcome.label,
            "ended_on": ended,
            "archived_on": ended,
            "fed_back_on": ended,
            "mode": chance.choice("AC"),
            "refund": paid,
            "recovered": paid,
            "performance": Performance.AT_ONCE if paid else Performance.NONE,
            "revisited_on": ended,
            "satisfaction": chance.choice(("满意", "满意", "满意", "基本满意", "不满意")),
        }

    def _tell(self, case: dict[str, Any], user_id: int, user: str) -> None:
        at = case["received_at"]
        told = (
            (EventKind.REGISTERED, Party.DESK, f"来源 登记。{case['facts']}", timedelta(0), True),
            (EventKind.CALL, Party.CONSUMER, self._chance.choice(words.CALLS), timedelta(hours=1), False),
            (EventKind.MEETING, Party.BOTH, self._chance.choice(words.TALKS), timedelta(hours=2), False),
        )
        for number, (kind, party, text, later, system) in enumerate(told, start=1):
            self.made["events"].append(
                {
                    "id": self._event_id,
                    "case_id": case["id"],
                    "number": number,
                    "kind": kind.value,
                    "party": party.value,
                    "text": text,
                    "at": at + later,
                    "recorded_at": at + later,
                    "author": user,
                    "author_id": user_id,
                    "system": system,
                }
            )
            self._event_id += 1


def _at(shop: _Shop) -> dict[str, Any]:
    return {
        "merchant_id": shop.id,
        "merchant_name": shop.name,
        "merchant_counter": shop.counter,
        "merchant_uscc": shop.uscc,
    }


def _by(user_id: int, user: str) -> dict[str, Any]:
    return {"first_asked_by": user, "registered_by": user, "handler_id": user_id, "handler_name": user}


def _told(received: datetime) -> dict[str, Any]:
    """Return what follows from the entries of the timeline."""
    called = received + timedelta(hours=1)
    return {
        "first_contact_at": called,
        "answered_on": moments.day_of(called),
        "last_event_at": received + timedelta(hours=2),
        "event_count": 3,
    }


def _open_shops(work: Work, chance: random.Random) -> None:
    known = work.session.scalar(select(func.count()).select_from(Merchant)) or 0
    for n in range(known, SHOPS):
        brand = chance.choice(words.BRANDS) + chance.choice(words.TRADES)[0]
        merchants.register(
            work,
            MerchantDraft(
                name=f"无锡市锡山区{brand}商行（示例{n}）",
                brand=brand,
                counter=f"B馆{n // 60 + 1}F-{n % 60 + 101}",
                floor=f"{n // 60 + 1}F",
                trade=next(trade for trade, _ in words.TRADES if brand.endswith(trade)),
                contact="店长",
                phone=f"1990001{n:04}",
                deposit=chance.choice((1_000_000, 2_000_000, 5_000_000)),
                lease_end=date(2027, 12, 31),
            ),
        )


def _setting(work: Work) -> _Setting:
    classes = dict(words.TRADES)
    shops = tuple(
        _Shop(shop.id, shop.shown_name, shop.counter, shop.uscc, classes.get(shop.trade, "服装鞋帽类"))
        for shop in work.session.scalars(select(Merchant))
    )
    people = work.session.execute(select(User.id, User.display_name).where(User.disabled.is_(False)))
    today = moments.day_of(work.now)
    return _Setting(
        setup.profile(work), shops, tuple((row[0], row[1]) for row in people), today, _due(clocks.load(work), today)
    )


def _due(pack: RulePack, today: date) -> dict[date, tuple[Deadline, ...]]:
    first = date(today.year - YEARS + 1, 1, 1)
    return {day: pack.deadlines("CH01", day) for day in _each(first, today)}


def _each(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _days(chance: random.Random, cases: int, today: date) -> list[date]:
    """Return the day of receipt of every case in order of time; the training year keeps its own cases."""
    span = (today - date(today.year - YEARS + 1, 1, 1)).days
    return sorted(today - timedelta(days=chance.randint(0, span)) for _ in range(cases))


def _count(work: Work, counts: dict[int, int], year: int) -> int:
    if year not in counts:
        counts[year] = numbers.last(work, "case", year)
    counts[year] += 1
    return counts[year]
