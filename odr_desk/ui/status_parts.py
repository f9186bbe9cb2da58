"""The parts of the status bar in words, each leading to where it can be mended."""

from typing import TYPE_CHECKING

from odr_desk.rules.people import Right
from odr_desk.ui.statusbar import Part

if TYPE_CHECKING:
    from odr_desk.ui.desk import Work


def read_parts(work: "Work") -> tuple[Part, ...]:
    """Return what the bar says; runs on the database thread, where services may be imported."""
    from odr_desk.services import status
    from odr_desk.services.queue import CaseFilter

    found = status.read(work)
    parts = []
    if found.is_training:
        parts.append(Part("培训副本，数据都是示例", "flag", "act", "settings", "me"))
    safe = "act" if found.backup.is_worrying else "done"
    parts.append(Part(found.backup.words, "shield", safe, "settings", "backup"))
    if found.without_next_step:
        words = f"无下一步 {found.without_next_step:,} 件"
        parts.append(Part(words, "flag", "act", "cases", CaseFilter(view="no_next_step")))
    if found.report:
        parts.append(Part(found.report, "send", "act", "submissions"))
    if found.missing_year is not None:
        place = ("settings", "calendar") if work.actor.may(Right.REFERENCE) else ("today", None)
        parts.append(Part(f"{found.missing_year} 年节假日还没有录入", "today", "act", *place))
    who = " · ".join(words for words in (found.person, found.place) if words)
    parts.append(Part(who, "user", page="settings", record="me", at_right=True))
    return tuple(parts)
