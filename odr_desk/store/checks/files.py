"""Files handed in: each is there and unchanged."""

from collections.abc import Iterator

from sqlalchemy import select

from odr_desk.model.case import Case
from odr_desk.model.document import Attachment
from odr_desk.store import attachments, place
from odr_desk.store.checks.looking import Finding, Look

_NEWEST = 200


def handed_in(look: Look) -> Iterator[Finding]:
    """Hash every file; a quick look only asks whether the newest are there in their size."""
    root = look.folder / place.ATTACHMENTS
    rows = (
        select(Attachment.sha256, Attachment.size, Attachment.label, Case.number)
        .join(Case, Case.id == Attachment.case_id)
        .order_by(Attachment.id.desc())
    )
    for sha256, size, label, number in look.connection.execute(rows if look.full else rows.limit(_NEWEST)):
        path = attachments.place_of(root, sha256)
        if not path.is_file():
            yield number, f"投诉件 {number} 的附件“{label}”不见了"
        elif path.stat().st_size != size or (look.full and attachments.hash_of(path) != sha256):
            yield number, f"投诉件 {number} 的附件“{label}”被改动过"
