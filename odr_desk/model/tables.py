"""Every table, imported: whoever needs the whole schema imports this module."""

from odr_desk.model import (
    agreement,
    case,
    document,
    exchange,
    handing,
    journal,
    mediation,
    merchant,
    merge,
    people,
    queue,
    reference,
    wording,
)
from odr_desk.model.base import Base

MODULES = (
    agreement,
    case,
    document,
    exchange,
    handing,
    journal,
    mediation,
    merchant,
    merge,
    people,
    queue,
    reference,
    wording,
)
METADATA = Base.metadata
