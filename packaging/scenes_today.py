"""Pictures of 今日: a first day, and a day with work."""

from stage import Scene

TODAY: tuple[Scene, ...] = (
    Scene("today", "empty", lambda stage: stage.page("today")),
    Scene("today", "filled", lambda stage: stage.page("today")),
)
