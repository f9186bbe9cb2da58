"""What the consumer asks for: the demands of a case, and the line that names it in lists."""

from sqlalchemy import select

from odr_desk.model.case import Case, CaseClaim
from odr_desk.rules.case import Claim, subject_of
from odr_desk.rules.errors import Invalid
from odr_desk.services import codes
from odr_desk.store.database import Work


def replace(work: Work, case: Case, claims: tuple[Claim, ...]) -> None:
    """Replace the demands of a case and the line that names it in lists."""
    claims = checked(work, claims)
    if claims != of_case(work, case.id):
        for old in work.session.scalars(select(CaseClaim).where(CaseClaim.case_id == case.id)):
            work.session.delete(old)
        work.session.add_all(CaseClaim(case_id=case.id, code=c.code, amount=c.amount) for c in claims)
    rename(work, case)


def rename(work: Work, case: Case) -> None:
    """Bring the line that names a case in lists up to date with its product, facts and demands."""
    words = subject(work, case.product, case.facts, of_case(work, case.id))
    if words != case.subject:
        case.subject = words


def of_case(work: Work, case_id: int) -> tuple[Claim, ...]:
    """Return the demands of a case."""
    chosen = select(CaseClaim.code, CaseClaim.amount).where(CaseClaim.case_id == case_id).order_by(CaseClaim.id)
    return tuple(Claim(*row) for row in work.session.execute(chosen))


def checked(work: Work, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return the demands with codes in their normal form; raise Invalid naming the one that is wrong."""
    checked: list[Claim] = []
    for n, claim in enumerate(claims):
        if claim.amount is not None and claim.amount < 0:
            raise Invalid.of(f"claims[{n}].amount", "诉求金额不能小于 0")
        code = codes.require(work, "claims", claim.code, f"claims[{n}].code", "诉求")
        if not code:
            raise Invalid.of(f"claims[{n}].code", "请选择诉求")
        checked.append(Claim(code, claim.amount))
    return tuple(checked)


def subject(work: Work, product: str, facts: str, claims: tuple[Claim, ...]) -> str:
    shorts = codes.names(work, "claims")
    return subject_of(product, facts, tuple(shorts[claim.code] for claim in claims))
