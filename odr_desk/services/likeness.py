"""Cases that may be the same matter: same person and shop, same platform number, many on one shop."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.rules import identity
from odr_desk.rules.case import CaseState
from odr_desk.rules.people import Right
from odr_desk.rules.severity import CROWD, CROWD_DAYS
from odr_desk.store.database import Work

SAME_PERSON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Likeness:
    """A case that looks alike, and why; `kind` is platform_no, phone_merchant or group."""

    kind: str
    case_no: str
    message: str


def of_case(work: Work, case: Case) -> tuple[Likeness, ...]:
    """Return what may be the same matter as a case on file."""
    return find(
        work,
        merchant_id=case.merchant_id,
        phone=case.consumer_phone,
        platform_no=case.platform_no,
        on=case.received_on,
        besides=case.id,
    )


def find(
    work: Work, *, merchant_id: int, phone: str, platform_no: str, on: date, besides: int = 0
) -> tuple[Likeness, ...]:
    """Return what may be the same matter as a case received `on` that day."""
    work.actor.require(Right.READ_CASES)
    phone, platform_no = identity.normal_phone(phone), identity.normal_number(platform_no)
    found: list[Likeness] = []
    alive = (Case.deleted_at.is_(None), Case.id != besides)
    columns = (Case.number, Case.received_on, Case.state)
    if platform_no:
        known = select(func.coalesce(Case.merged_into_id, Case.id)).where(Case.platform_no == platform_no)
        same = work.session.execute(select(*columns).where(Case.id.in_(known), *alive).limit(5))
        found += [Likeness("platform_no", row[0], f"平台编号相同：{_brief(*row)}") for row in same]
    if phone:
        near = Case.received_on.between(on - timedelta(days=SAME_PERSON_DAYS), on + timedelta(days=SAME_PERSON_DAYS))
        chosen = select(*columns).where(Case.consumer_phone == phone, Case.merchant_id == merchant_id, near, *alive)
        same = work.session.execute(chosen.order_by(Case.id.desc()).limit(5))
        found += [Likeness("phone_merchant", row[0], f"同一电话、同一商户：{_brief(*row)}") for row in same]
    crowd = recent_on(work, merchant_id, on, besides)
    if crowd + 1 >= CROWD:
        found.append(Likeness("group", "", f"这家商户 {CROWD_DAYS} 天内已有 {crowd} 件，注意是否群体投诉"))
    return tuple({like.case_no or like.kind: like for like in reversed(found)}.values())[::-1]


def recent_on(work: Work, merchant_id: int, on: date, besides: int = 0) -> int:
    """Count the other complaints on a merchant in the seven days up to `on`."""
    near = Case.received_on.between(on - timedelta(days=CROWD_DAYS - 1), on)
    chosen = select(func.count()).where(Case.merchant_id == merchant_id, near, Case.deleted_at.is_(None))
    return work.session.execute(chosen.where(Case.id != besides)).scalar_one()


def _brief(number: str, received_on: date, state: CaseState) -> str:
    return f"{number}，{received_on} 收到，{state.label}"
