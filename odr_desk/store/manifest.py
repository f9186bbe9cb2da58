"""What a backup says about itself, written last: without it a backup is none."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from odr_desk.rules.errors import UnsafeFile
from odr_desk.rules.keeping import Why
from odr_desk.store.chain import Seal

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup: what it must be."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Everything a restore compares with what it finds.

    `inside` tells whether the attachments are in the same file; `missing` names those that were
    gone or changed when the backup was made. `seal` is the head of the journal.
    """

    made_at: datetime
    why: Why
    program: str
    revision: str
    database: Part
    attachments: tuple[Part, ...]
    inside: bool
    missing: tuple[str, ...]
    counts: Mapping[str, int]
    seal: Seal


def to_text(manifest: Manifest) -> str:
    """Return the manifest as JSON."""
    facts = dataclasses.asdict(manifest) | {"format": FORMAT, "made_at": manifest.made_at.isoformat()}
    return json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)


def from_text(text: str | bytes) -> Manifest:
    """Return the manifest that a text holds; ValueError, TypeError or LookupError when it is none."""
    facts: dict[str, Any] = json.loads(text)
    if facts.pop("format") > FORMAT:
        raise UnsafeFile("这份备份由更新版本的程序做成，本版本读不了，数据没有改动；请安装新版本程序后再恢复")
    made_at = datetime.fromisoformat(facts["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("an instant must know its zone")
    return Manifest(
        made_at=made_at,
        why=Why(facts["why"]),
        program=str(facts["program"]),
        revision=str(facts["revision"]),
        database=Part(**facts["database"]),
        attachments=tuple(Part(**part) for part in facts["attachments"]),
        inside=bool(facts["inside"]),
        missing=tuple(map(str, facts["missing"])),
        counts={str(name): int(count) for name, count in facts["counts"].items()},
        seal=(int(facts["seal"][0]), str(facts["seal"][1])),
    )
