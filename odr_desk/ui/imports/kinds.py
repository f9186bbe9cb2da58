"""What can be imported on the screen: the words for each kind of import, and the page it belongs to."""

from dataclasses import dataclass

from odr_desk.services import importers, merchant_import, platform_import
from odr_desk.services.importers import Importer


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one kind of import is spoken of."""

    importer: Importer
    title: str
    short: str
    wanted: str
    unit: str
    place: str
    place_width: int
    name: str
    home: str
    absent: str = ""
    again: str
    mended_in: str
    undone: str

    @property
    def profile(self) -> str:
        return self.importer.profile


TENANTS = Kind(
    importer=importers.importer_of(merchant_import.PROFILE),
    title="导入商户清单",
    short="商户清单",
    wanted="招商部的商户清单",
    unit="户",
    place="柜位",
    place_width=12,
    name="商户",
    home="merchants",
    absent="在场名录里有、表里没有的",
    again="再导一次，只会改和名录不同的地方。",
    mended_in="档案",
    undone="这一批新建的会删去，更新的会改回原样；之后又用到或改过的，整批都不撤。",
)
PLATFORM = Kind(
    importer=importers.importer_of(platform_import.PROFILE),
    title="导入平台投诉",
    short="12315平台投诉",
    wanted="12315平台导出的投诉表",
    unit="件",
    place="平台收到",
    place_width=16,
    name="被投诉企业",
    home="cases",
    again="再导一次，只会登记还没有的。",
    mended_in="投诉件",
    undone="这一批的投诉件放进回收站，只为它们记名的商户一并撤下；之后又办过或改过的，整批都不撤。",
)
KINDS: tuple[Kind, ...] = (TENANTS, PLATFORM)
