"""The first start: the mall, the first administrator, the public data."""

import dataclasses
from collections.abc import Iterable

from sqlalchemy import select

from odr_desk.model.people import User
from odr_desk.rules import identity
from odr_desk.rules.errors import IllegalMove, NotAllowed
from odr_desk.rules.mall import HOME, Mall, check_mall
from odr_desk.rules.people import Right, UserDraft
from odr_desk.services import people, pinyin
from odr_desk.services.recounting import recount
from odr_desk.store import reference, settings
from odr_desk.store.database import Work


def is_set_up(work: Work) -> bool:
    """Tell whether the mall and an administrator are on record."""
    return work.session.scalars(select(User.id).limit(1)).first() is not None


def set_up(work: Work, mall: Mall, administrator: UserDraft, people_: Iterable[UserDraft] = ()) -> None:
    """Fill an empty database; raise IllegalMove when somebody has been here before.

    `people_` are the first accounts that work on complaints; each changes the password given here at its first login.
    """
    if is_set_up(work):
        raise IllegalMove("这个数据文件夹已经设置过商场，没有改动。要另设一家，请用 --data 指定新的文件夹")
    check_mall(mall)
    reference.fill(work)
    settings.save(work, completed(mall))
    people.add(work, administrator, must_change=False)
    for person in people_:
        people.add(work, person, must_change=True)


def completed(mall: Mall) -> Mall:
    """Return the profile with what was left out: the prefix of case numbers, the district that picks the deadlines."""
    prefix = mall.case_prefix.strip() or pinyin.initials(mall.short_name)[0].upper()
    district = mall.district.strip() or identity.uscc_district(mall.uscc) or HOME
    return dataclasses.replace(mall, case_prefix=prefix[:12], district=district)


def profile(work: Work) -> Mall:
    """Return the mall profile; setup has made sure that there is one."""
    mall = work.remember("mall", lambda: settings.load(work, Mall))
    if mall is None:
        raise NotAllowed("还没有设置商场，请先完成首次设置")
    return mall


def change_profile(work: Work, mall: Mall) -> None:
    """Save a changed mall profile; another district means other deadline rules, so the clocks are counted anew."""
    work.actor.require(Right.REFERENCE)
    check_mall(mall)
    before, after = settings.load(work, Mall), completed(mall)
    settings.save(work, after)
    if before is not None and before.district != after.district:
        recount(work)
