"""Issued papers: the stored bytes have the stored hash, and the facts are those of the agreement."""

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import select

from odr_desk.model.agreement import Agreement
from odr_desk.model.document import Document, DocumentFile
from odr_desk.store.checks.looking import Finding, Look

_NEWEST = 20


def bytes_and_hash(look: Look) -> Iterator[Finding]:
    """Hash every stored paper; a quick look takes the newest."""
    rows = select(Document.id, Document.number, Document.title, Document.sha256).order_by(Document.id.desc())
    for key, number, title, sha256 in look.connection.execute(rows if look.full else rows.limit(_NEWEST)).all():
        file = select(DocumentFile.pdf).where(DocumentFile.document_id == key)
        pdf = look.connection.execute(file).scalar_one_or_none()
        if pdf is None:
            yield number, f"{title} {number} 的原件不见了"
        elif hashlib.sha256(pdf).hexdigest() != sha256:
            yield number, f"{title} {number} 的原件和出具时的指纹不符"


def facts(look: Look) -> Iterator[Finding]:
    """Compare number and total that a paper was made from with its agreement."""
    rows = (
        select(Document.number, Document.title, Document.facts, Agreement.number, Agreement.total)
        .join(Agreement, Agreement.id == Document.agreement_id)
        .order_by(Document.id.desc())
    )
    for number, title, text, agreement_no, total in look.connection.execute(rows if look.full else rows.limit(_NEWEST)):
        known = json.loads(text)
        if known.get("number", agreement_no) != agreement_no or known.get("total_fen", total) != total:
            yield number, f"{title} {number} 上的编号或金额和协议 {agreement_no} 的记录不符"
