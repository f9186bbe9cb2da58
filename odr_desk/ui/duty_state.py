"""How the state of a duty reads, wherever duties are listed."""

from odr_desk.rules.duty import DutyState
from odr_desk.services.duty_list import DutyRow


def left(row: DutyRow) -> str:
    """Return the time left in words; what is done or waived says so."""
    if not row.is_open:
        return row.state.label
    if row.left < 0:
        return f"逾期 {-row.left} 天"
    return "今天" if row.left == 0 else f"{row.left} 天"


def mark(row: DutyRow) -> str:
    """Return the state mark."""
    if not row.is_open:
        return "done" if row.state is DutyState.DONE else ""
    return "late" if row.left < 0 else "act" if row.left == 0 else "wait"
