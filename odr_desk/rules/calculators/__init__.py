"""The rules of a claim that compute. A new one is a draft and a function in the module of its family."""

from odr_desk.rules.calculators import amounts, prepaid, punitive, returns, warranty
from odr_desk.rules.reckoning import Calculator

CALCULATORS: tuple[Calculator, ...] = (
    *prepaid.CALCULATORS,
    *amounts.CALCULATORS,
    *returns.CALCULATORS,
    *punitive.CALCULATORS,
    *warranty.CALCULATORS,
)
BY_RULE: dict[str, Calculator] = {calculator.rule: calculator for calculator in CALCULATORS}
