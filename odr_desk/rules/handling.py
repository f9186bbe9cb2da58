"""Who handles a case and what comes next in it, as two people may want to change them at once."""

from dataclasses import dataclass
from datetime import date

from odr_desk.rules.fields import day, text


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next in a case and on which day; without words there is no next step."""

    text: str = text("下一步", max_length=200)
    due: date | None = day("日期")

    @property
    def words(self) -> str:
        """Return it as one reads it, empty when there is none."""
        if not self.text:
            return ""
        return f"{self.text}（{self.due}）" if self.due is not None else self.text

    def warning(self, today: date) -> str:
        """Say that its day has passed, empty when it has not: the case may count as forgotten at once."""
        late = bool(self.text) and self.due is not None and self.due < today
        return f"下一步的日子 {self.due} 已经过去，请核对" if late else ""


@dataclass(frozen=True, slots=True)
class Handling:
    """Who handles a case: the login name, and the name that people know."""

    handler: str = text("承办人登录名", max_length=30)
    handler_name: str = text("承办人", max_length=30)

    @property
    def words(self) -> str:
        """Return the name that people know."""
        return self.handler_name
