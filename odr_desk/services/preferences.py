"""What each person has arranged on screen: widths, order, filters, light or dark."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from odr_desk.model.people import Preference
from odr_desk.store.database import Work


def load(work: Work) -> dict[str, Mapping[str, Any]]:
    """Return everything the actor has arranged, by name."""
    chosen = select(Preference.key, Preference.value).where(Preference.user_id == work.actor.user_id)
    return {key: json.loads(value) for key, value in work.session.execute(chosen)}


def keep(work: Work, name: str, layout: Mapping[str, Any]) -> None:
    """Keep one arrangement of the actor's."""
    chosen = select(Preference).where(Preference.user_id == work.actor.user_id, Preference.key == name)
    kept = work.session.scalars(chosen).one_or_none()
    if kept is None:
        kept = Preference(user_id=work.actor.user_id, key=name)
        work.session.add(kept)
    kept.value = json.dumps(dict(layout), ensure_ascii=False)
