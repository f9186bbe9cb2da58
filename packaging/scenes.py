"""Every picture that is drawn: one line a scene, in the order of the rail."""

from scenes_merchants import MERCHANTS
from scenes_reports import REPORTS
from stage import Scene

SCENES: tuple[Scene, ...] = (*MERCHANTS, *REPORTS)
