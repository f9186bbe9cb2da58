"""Files handed in: each is there and unchanged."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import aliased

from odr_desk.model.case import Case
from odr_desk.model.document import Attachment
from odr_desk.model.merchant import Merchant, MerchantLicence
from odr_desk.rules.evidence import title
from odr_desk.store import attachments, place
from odr_desk.store.checks.looking import Finding, Look

_NEWEST = 200


def handed_in(look: Look) -> Iterator[Finding]:
    """Hash every piece of evidence; a quick look only asks whether the newest are there in their size."""
    rows = (
        select(Attachment.sha256, Attachment.size, Attachment.label, Attachment.name, Case.number)
        .join(Case, Case.id == Attachment.case_id)
        .order_by(Attachment.id.desc())
    )
    for sha256, size, label, name, number in look.connection.execute(rows if look.full else rows.limit(_NEWEST)):
        if wrong := _wrong(look, sha256, size):
            yield number, f"投诉件 {number} 的附件“{title(label, name)}”{wrong}"


def scans(look: Look) -> Iterator[Finding]:
    """Look at the scans of licences in the same way."""
    rows = (
        select(MerchantLicence.sha256, MerchantLicence.size, MerchantLicence.kind, Merchant.number)
        .join(Merchant, Merchant.id == MerchantLicence.merchant_id)
        .where(MerchantLicence.sha256 != "")
        .order_by(MerchantLicence.id.desc())
    )
    for sha256, size, kind, number in look.connection.execute(rows if look.full else rows.limit(_NEWEST)):
        if wrong := _wrong(look, sha256, size):
            yield number, f"商户 {number} 的“{kind}”扫描件{wrong}"


def _wrong(look: Look, sha256: str, size: int) -> str:
    """Return what is wrong with a file, empty when nothing is."""
    path = attachments.place_of(look.folder / place.ATTACHMENTS, sha256)
    if not attachments.is_there(path):
        return "不见了"
    if path.stat().st_size != size or (look.full and attachments.hash_of(path) != sha256):
        return "被改动过"
    return ""


def boxes(look: Look) -> Iterator[Finding]:
    """Look whether a copy belongs to its original's case, and whether what was taken out says by whom and why."""
    original = aliased(Attachment)
    strays = (
        select(Case.number, Attachment.number)
        .join(Case, Case.id == Attachment.case_id)
        .join(original, original.id == Attachment.shared_of)
        .where((original.case_id != Attachment.case_id) | (original.id == Attachment.id))
    )
    for case, number in look.connection.execute(strays):
        yield case, f"投诉件 {case} 第 {number} 号材料的原件不在这一件里"
    unexplained = (
        select(Case.number, Attachment.number)
        .join(Case, Case.id == Attachment.case_id)
        .where(Attachment.deleted_at.is_not(None))
        .where((Attachment.deleted_by == "") | (Attachment.delete_reason == ""))
    )
    for case, number in look.connection.execute(unexplained):
        yield case, f"投诉件 {case} 第 {number} 号材料被拿掉，没有原因或经手人"
