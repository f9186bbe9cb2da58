"""An error as a log may tell it: kinds and places, no messages and no values, which may hold what was typed."""

import traceback
from pathlib import Path


def told(error: BaseException) -> str:
    """Return the kinds of an error and of what led to it, then file, line and function of every call."""
    kinds = " <- ".join(f"{type(link).__module__}.{type(link).__qualname__}" for link in _chain(error))
    calls = traceback.extract_tb(error.__traceback__)
    return "\n".join([kinds, *(f"{Path(call.filename).name}:{call.lineno} {call.name}" for call in calls)])


def _chain(error: BaseException | None) -> list[BaseException]:
    links: list[BaseException] = []
    while error is not None and error not in links:
        links.append(error)
        error = error.__cause__ or error.__context__
    return links
