"""Every kind of table that can be imported, with the services that preview and apply it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from odr_desk.rules.errors import Invalid
from odr_desk.rules.importing import Applied, Preview, Progress
from odr_desk.services import merchant_import, platform_import
from odr_desk.services.import_source import Source
from odr_desk.sheets import profile_of
from odr_desk.store.database import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One kind of import; `record` is what the port calls the number of the record a row becomes."""

    profile: str
    record: str
    preview: Callable[[Work, Source, Progress], Preview]
    apply: Callable[[Work, Source, Iterable[int], Progress], Applied]

    @property
    def title(self) -> str:
        return profile_of(self.profile).title


IMPORTERS: tuple[Importer, ...] = (
    Importer(
        profile=merchant_import.PROFILE,
        record="merchant_no",
        preview=merchant_import.preview,
        apply=merchant_import.apply,
    ),
    Importer(
        profile=platform_import.PROFILE,
        record="case_no",
        preview=platform_import.preview,
        apply=platform_import.apply,
    ),
)


def importer_of(profile: str) -> Importer:
    """Return a kind of import by its profile; raise Invalid, naming what there is, for another."""
    for importer in IMPORTERS:
        if importer.profile == profile:
            return importer
    there = "、".join(f"{importer.profile} {importer.title}" for importer in IMPORTERS)
    raise Invalid.of("profile", f"没有“{profile[:30]}”这种导入，可选：{there}")
