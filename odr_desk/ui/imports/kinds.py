"""What can be imported on the screen: each kind named once, with the services that do it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odr_desk.rules.importing import Applied, Preview
from odr_desk.services import merchant_import
from odr_desk.services.import_source import Source

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of import: its words, the page it belongs to, what previews and what applies it."""

    profile: str
    title: str
    wanted: str
    unit: str
    place: str
    name: str
    absent: str
    home: str
    preview: "Callable[[Work, Source], Preview]"
    apply: "Callable[[Work, Source, Iterable[int]], Applied]"


TENANTS = Kind(
    profile=merchant_import.PROFILE,
    title="导入商户清单",
    wanted="招商部的商户清单",
    unit="户",
    place="柜位",
    name="商户",
    absent="在场名录里有、表里没有的",
    home="merchants",
    preview=merchant_import.preview,
    apply=merchant_import.apply,
)
KINDS: tuple[Kind, ...] = (TENANTS,)
