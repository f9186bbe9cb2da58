"""Cases that left the desk: moves without a gap, the day of the last one on the case, packages with their move."""

from collections.abc import Iterator

from sqlalchemy import func, select

from odr_desk.model.case import Case
from odr_desk.model.handing import Package, Transfer
from odr_desk.rules.transfer import Direction
from odr_desk.store.checks.looking import Finding, Look

_MOST = 20


def moved(look: Look) -> Iterator[Finding]:
    """Compare the moves of each case with their numbers, with the case, and with the packages made for them."""
    many, top = func.count(), func.max(Transfer.number)
    counted = select(Case.number, many, top).join(Case, Case.id == Transfer.case_id).group_by(Transfer.case_id)
    for number, there, last in look.connection.execute(counted.having(many != top).limit(_MOST)):
        yield number, f"投诉件 {number} 的转入、移送、退回应有 {last} 条，实有 {there} 条"
    newest = (
        select(func.max(Transfer.id)).where(Transfer.direction == Direction.OUT).group_by(Transfer.case_id)
    ).scalar_subquery()
    torn = (
        select(Case.number, Case.transferred_on, Transfer.on)
        .join(Transfer, Transfer.case_id == Case.id)
        .where(Transfer.id.in_(newest), Case.transferred_on.is_distinct_from(Transfer.on))
    )
    for number, said, on in look.connection.execute(torn.limit(_MOST)):
        yield number, f"投诉件 {number} 记的移送日期是 {said or '没有'}，移送记录是 {on}"
    astray = (
        select(Case.number)
        .join(Package, Package.case_id == Case.id)
        .join(Transfer, Transfer.id == Package.transfer_id)
        .where(Transfer.case_id != Package.case_id)
    )
    for (number,) in look.connection.execute(astray.limit(_MOST)):
        yield number, f"投诉件 {number} 的移送材料包挂在别的件的移送记录上"
