"""Every table, imported: whoever needs the whole schema imports this module."""

from odr_desk.model import agreement, case, document, exchange, handing, journal, merchant, people, reference
from odr_desk.model.base import Base

MODULES = (agreement, case, document, exchange, handing, journal, merchant, people, reference)
METADATA = Base.metadata
