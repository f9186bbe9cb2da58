"""Every picture that is drawn: one line a scene, in the order of the rail."""

from scenes_agreements import SETTLEMENTS
from scenes_amending import AMENDING
from scenes_cases import CASES
from scenes_corrections import CORRECTIONS
from scenes_entry import ENTRY
from scenes_finding import FINDING
from scenes_mediation import MEDIATION
from scenes_merchants import MERCHANTS
from scenes_reports import REPORTS
from scenes_settings import SETTINGS
from scenes_today import TODAY
from stage import Scene

SCENES: tuple[Scene, ...] = (
    *ENTRY,
    *TODAY,
    *CASES,
    *MEDIATION,
    *CORRECTIONS,
    *AMENDING,
    *FINDING,
    *MERCHANTS,
    *SETTLEMENTS,
    *REPORTS,
    *SETTINGS,
)
