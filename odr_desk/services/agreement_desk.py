"""What the editor of an agreement begins with, read in one step."""

from dataclasses import dataclass

from odr_desk.rules.agreement import AgreementDraft
from odr_desk.rules.case import CaseState
from odr_desk.rules.clauses import TermDraft
from odr_desk.rules.people import Right
from odr_desk.services import agreements, cases, codes, disputes, drafts, duties
from odr_desk.services.codes import Option
from odr_desk.services.drafts import Kept
from odr_desk.store.database import Work

KIND = drafts.AGREEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDesk:
    """A case about to be settled: who, what was asked, what was typed before; `running_no` forbids a second one.

    `running` names that one with who concluded it and when, `agreed` is what the sides agree on, as clauses.
    """

    case_no: str
    state: CaseState
    consumer: str
    merchant: str
    kinds: tuple[Option, ...]
    running_no: str
    running: str
    draft: AgreementDraft
    terms: tuple[TermDraft, ...]
    agreed: tuple[TermDraft, ...]
    kept: Kept | None


def begin(work: Work, case_no: str) -> AgreementDesk:
    """Return what to begin with: what was typed and not yet concluded, else a proposal."""
    work.actor.require(Right.MEDIATE)
    case = cases.named(work, case_no)
    running = duties.running(work, case.id)
    draft, terms = agreements.proposed(work, case_no)
    kept = drafts.of(work, KIND, case.number)
    return AgreementDesk(
        case_no=case.number,
        state=case.state,
        consumer=case.consumer_name,
        merchant=case.merchant_name,
        kinds=codes.options(work, "claims"),
        running_no=running.number if running is not None else "",
        running=duties.in_words(running) if running is not None else "",
        draft=draft,
        terms=terms,
        agreed=disputes.clauses(work, case.id),
        kept=kept[0] if kept else None,
    )
