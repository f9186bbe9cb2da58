"""Whom a complaint from the platform is about and whether it has become a case already."""

import itertools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from odr_desk.model.case import Case
from odr_desk.model.merchant import Merchant
from odr_desk.rules import moments
from odr_desk.rules.case import CaseDraft
from odr_desk.services import likeness, setup
from odr_desk.sheets.profiles import ImportedRow
from odr_desk.store.database import Work

_AT_ONCE = 400  # values in one question; SQLite takes some thousands


def plain(name: str) -> str:
    """Return a name without what people write now one way and now another: width, case, blanks, brackets."""
    half = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in half if letter.isalnum())


@dataclass(frozen=True, slots=True)
class Shop:
    """The merchant that goes by a name, if there is one: `fact` says who, `remark` why that is to be checked."""

    merchant: Merchant | None
    fact: str = ""
    remark: str = ""


NO_SHOP = Shop(None)


class Shops:
    """The merchants by everything people call them."""

    def __init__(self, work: Work) -> None:
        mall = setup.profile(work)
        self._mall = {plain(mall.name), plain(mall.short_name)}
        self._by_name: dict[str, list[Merchant]] = defaultdict(list)
        self._merged: set[str] = set()
        self._all: dict[int, Merchant] = {}
        for merchant in work.session.scalars(select(Merchant).order_by(Merchant.retired, Merchant.id)):
            self._all[merchant.id] = merchant
            names = {plain(merchant.brand), plain(merchant.name), plain(merchant.nickname)} - {""}
            if merchant.retired and merchant.provisional and merchant.note:
                self._merged |= names  # into one on file
                continue
            for name in names:
                self._by_name[name].append(merchant)

    def named(self, name: str) -> Shop:
        """Return whom a name stands for: one on file, else one noted by it before; never a guess among several."""
        found = self._by_name.get(plain(name), [])
        filed = [merchant for merchant in found if not merchant.provisional and not merchant.retired]
        if len(filed) == 1:
            return Shop(filed[0], f"商户 {filed[0].number} {filed[0].shown_name}")
        noted = [merchant for merchant in found if merchant.provisional]
        if len(filed) > 1:
            several = "、".join(f"{merchant.number}（{merchant.counter}）" for merchant in filed[:3])
            said = f"名录里有 {len(filed)} 家叫“{name}”：{several}；先记名字，请在投诉件里选定是哪一家"
            return Shop(noted[0] if noted else None, remark=said)
        if noted:
            return Shop(noted[0], f"{noted[0].number} 只记了名字，还没有建档")
        if found:
            return Shop(found[0], remark=f"{found[0].number} {found[0].shown_name} 已撤场，请核对是不是这一家")
        if plain(name) in self._mall:
            return Shop(None, remark="投诉的是商场本身；先记名字，弄清是哪一家后请在投诉件里改")
        return Shop(None, "不在商户名录，先记名字")

    def differs(self, name: str, merchant_id: int) -> str:
        """Return who a case's merchant is when a name does not stand for it, empty when it does or people have decided.

        Whoever complains of the mall itself, or of a name that was merged since, means a shop that the desk has chosen.
        """
        chosen = self._all[merchant_id]
        called = {plain(words) for words in (chosen.brand, chosen.name, chosen.nickname)}
        if plain(name) in called | self._mall | self._merged:
            return ""
        return f"{chosen.number} {chosen.shown_name}"


class Cases:
    """The cases that complaints of a list have become already."""

    def __init__(self, work: Work, rows: Iterable[ImportedRow]) -> None:
        self._work = work
        self._by_number: dict[str, str] = {}
        self.merchant_of: dict[str, int] = {}
        self._by_call: dict[tuple[str, datetime], tuple[str, str]] = {}
        listed = tuple(rows)
        columns = (Case.number, Case.platform_no, Case.consumer_phone, Case.received_at, Case.merchant_id)
        for field, column in (("platform_no", Case.platform_no), ("consumer_phone", Case.consumer_phone)):
            for some in _batches({str(row.values[field]) for row in listed if row.values.get(field)}):
                there = or_(Case.deleted_at.is_(None), Case.merged_into_id.is_not(None))  # a merged number is known too
                alive = select(*columns).where(column.in_(some), there).order_by(Case.id)
                for number, platform_no, phone, at, merchant_id in work.session.execute(alive):
                    self.merchant_of[number] = merchant_id
                    self._by_number.setdefault(platform_no, number)
                    self._by_call.setdefault((phone, at), (number, platform_no))

    def of(self, row: ImportedRow) -> tuple[str, str]:
        """Return the number of the case a row has become, and what is to be said about it.

        The platform's number decides; the caller and the very minute do where one side has lost the number.
        """
        platform_no = str(row.values.get("platform_no", ""))
        if platform_no and platform_no in self._by_number:
            return self._by_number[platform_no], ""
        at = row.values.get("received_at")
        if not isinstance(at, datetime):
            return "", ""
        number, theirs = self._by_call.get((str(row.values.get("consumer_phone", "")), at), ("", ""))
        if not number or (platform_no and theirs):
            return "", ""
        if platform_no:
            return number, f"{number} 没有平台编号，这里是 {platform_no}，请补填"
        return number, ""

    def alike(self, draft: CaseDraft, merchant: Merchant) -> tuple[str, ...]:
        """Return which cases with another number may be the same matter."""
        assert draft.received_at is not None  # noqa: S101 - required by the profile
        on = moments.day_of(draft.received_at)
        phone = draft.consumer_phone
        found = likeness.find(self._work, merchant_id=merchant.id, phone=phone, platform_no="", on=on)
        return tuple(like.message for like in found if like.case_no)


def _batches(values: set[str]) -> Iterator[tuple[str, ...]]:
    there = iter(sorted(values))
    while some := tuple(itertools.islice(there, _AT_ONCE)):
        yield some
