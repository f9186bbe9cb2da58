"""What the person has chosen to report: period, forms, templates."""

from dataclasses import dataclass, field
from pathlib import Path

from odr_desk.rules.period import Period


@dataclass(frozen=True, slots=True)
class Plan:
    """A period and the forms to be made of it; a form without a template takes the built-in one."""

    period: Period
    forms: tuple[str, ...]
    templates: dict[str, Path] = field(default_factory=dict)

    def template(self, code: str) -> Path | None:
        """Return the template of one's own for a form."""
        return self.templates.get(code)
