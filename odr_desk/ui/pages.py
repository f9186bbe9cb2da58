"""The pages in the order of the rail; each is imported when it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from odr_desk.rules.people import Right
from odr_desk.ui.screen import Screen, Shell


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `short` is for the narrow rail, `last` stands at its foot.

    A page with a `home` has no place in the rail: the page it belongs to is marked there, and Alt+← and Esc
    lead back to it. One that `is_ahead` is made before it is wanted.
    """

    code: str
    title: str
    icon: str
    make: Callable[[Shell], Screen]
    right: Right | None = None
    short: str = ""
    last: bool = False
    home: str = ""
    is_ahead: bool = False


def _today(shell: Shell) -> Screen:
    from odr_desk.ui.dashboard.page import DashboardPage

    return DashboardPage(shell)


def _handover(shell: Shell) -> Screen:
    from odr_desk.ui.dashboard.handover import HandoverPage

    return HandoverPage(shell)


def _appointments(shell: Shell) -> Screen:
    from odr_desk.ui.appointments.page import AppointmentsPage

    return AppointmentsPage(shell)


def _cases(shell: Shell) -> Screen:
    from odr_desk.ui.cases.page import CasesPage

    return CasesPage(shell)


def _merchants(shell: Shell) -> Screen:
    from odr_desk.ui.merchants.page import MerchantsPage

    return MerchantsPage(shell)


def _imports(shell: Shell) -> Screen:
    from odr_desk.ui.imports.page import ImportsPage

    return ImportsPage(shell)


def _agreements(shell: Shell) -> Screen:
    from odr_desk.ui.settlements.page import AgreementsPage

    return AgreementsPage(shell)


def _papers(shell: Shell) -> Screen:
    from odr_desk.ui.papers.page import PapersPage

    return PapersPage(shell)


def _submissions(shell: Shell) -> Screen:
    from odr_desk.ui.reports.page import ReportsPage

    return ReportsPage(shell)


def _settings(shell: Shell) -> Screen:
    from odr_desk.ui.admin.page import SettingsPage

    return SettingsPage(shell)


PAGES: tuple[Page, ...] = (
    Page("today", "今日", "today", _today, Right.READ_CASES),
    Page("cases", "投诉件", "cases", _cases, Right.READ_CASES, is_ahead=True),
    Page("merchants", "商户", "shop", _merchants, Right.READ_MERCHANTS, is_ahead=True),
    Page("agreements", "协议与履行", "deal", _agreements, Right.READ_CASES, short="履行", is_ahead=True),
    Page("submissions", "报送", "send", _submissions, Right.READ_CASES, is_ahead=True),
    Page("imports", "导入", "download", _imports, Right.PREVIEW_IMPORTS, home="merchants", is_ahead=True),
    Page("handover", "交接班", "swap", _handover, Right.READ_CASES, home="today", is_ahead=True),
    Page("appointments", "约好的调解", "today", _appointments, Right.READ_CASES, home="today"),
    Page("papers", "文书", "paper", _papers, Right.READ_CASES, home="cases", is_ahead=True),
    Page("settings", "设置", "settings", _settings, last=True),
)
