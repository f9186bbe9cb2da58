"""The verbs of the port contract. A new one is a function in the module of its noun and a line there."""

from odr_desk.port.verb import Verb
from odr_desk.port.verbs import (
    accounts,
    cases,
    claims,
    compared,
    evidence,
    imports,
    listing,
    lookups,
    merchants,
    papers,
    reports,
    safety,
    searching,
    settlements,
    transfers,
    wording,
)

MODULES = (
    accounts,
    merchants,
    cases,
    listing,
    lookups,
    searching,
    claims,
    compared,
    settlements,
    transfers,
    evidence,
    papers,
    reports,
    imports,
    safety,
    wording,
)
VERBS: tuple[Verb, ...] = tuple(verb for module in MODULES for verb in module.VERBS)
BY_NAME: dict[str, Verb] = {verb.name: verb for verb in VERBS}
