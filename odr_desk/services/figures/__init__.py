"""The monthly forms the desk can count, in the order they are offered."""

from odr_desk.services.figures import ledger_p02, monthly_f01, odr_month_p01
from odr_desk.services.figures.report import Report

FIGURES: tuple[Report, ...] = (monthly_f01.REPORT, odr_month_p01.REPORT, ledger_p02.REPORT)
