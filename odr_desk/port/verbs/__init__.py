"""The verbs of the port contract. A new one is a function in the module of its noun and a line there."""

from odr_desk.port.verb import Verb
from odr_desk.port.verbs import (
    accounts,
    cases,
    claims,
    clocks,
    codelists,
    compared,
    corrections,
    evidence,
    imports,
    listing,
    lookups,
    mediation,
    merchants,
    papers,
    reports,
    safety,
    searching,
    settlements,
    shifts,
    transfers,
    wording,
)

MODULES = (
    accounts,
    merchants,
    cases,
    corrections,
    listing,
    lookups,
    searching,
    claims,
    clocks,
    mediation,
    compared,
    codelists,
    settlements,
    transfers,
    evidence,
    papers,
    reports,
    imports,
    safety,
    shifts,
    wording,
)
VERBS: tuple[Verb, ...] = tuple(verb for module in MODULES for verb in module.VERBS)
BY_NAME: dict[str, Verb] = {verb.name: verb for verb in VERBS}
