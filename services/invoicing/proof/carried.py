"""The proof that a document carries: its content as it was hashed, and its link in the series.

    {"format": "meterlog-proof-1", "content": {...}, "content_sha256": "a1…",
     "link": {"series_id": "INV", "n": 42, "number": "INV-000042", "previous_sha256": "5f…", ...}, "sha256": "c2…",
     "unchained": {"customer": {...}, "credit_applied": "0.00"}, "unchained_sha256": "07…"}

`jq -cjS .content proof.json | sha256sum` is `content_sha256`, and of `.link` it is `sha256`. What is `unchained` is in
no chain: the customer can be erased, and what credit paid, and a tax authority's clearance, are known after the
number.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.proof.canonical import canonical, digest
from services.invoicing.proof.content import content_of
from services.invoicing.proof.link import members_of

FORMAT: Final = "meterlog-proof-1"


def carried(contents: InvoiceContents) -> dict[str, Any] | None:
    """What its files carry; `None` of a document that was locked before there were proofs."""
    of = contents.proof
    if of is None or of.proof.hashes is None:
        return None
    unchained = _unchained(contents)
    return {
        "format": FORMAT,
        "content": contents_as_hashed(contents),
        "content_sha256": of.proof.hashes.content,
        "link": members_of(
            series_id=of.series_id,
            n=of.n,
            number=contents.number,
            issued_on=contents.issued_on,
            kind=contents.kind,
            document_id=of.document_id,
            hashes=of.proof.hashes,
            previous=of.proof.previous,
        ),
        "sha256": of.proof.hash,
        "unchained": unchained,
        "unchained_sha256": digest(unchained),
    }


def contents_as_hashed(contents: InvoiceContents) -> dict[str, Any]:
    """The content that was hashed when the document was locked, out of what is printed now."""
    is_due = contents.kind != "credit_note"
    return content_of(
        kind=contents.kind,
        account_id=contents.account_id,
        currency=contents.currency,
        period=contents.period,
        lines=contents.lines,
        tax_groups=contents.tax_groups,
        net=contents.net,
        tax=contents.tax,
        total=contents.total,
        seller=contents.seller,
        terms_days=(contents.due_on - contents.issued_on).days if is_due else 0,
        cites=[(cited.number, cited.issued_on) for cited in contents.cites],
        note=contents.note,
        allowances=contents.allowances,
    )


def as_bytes(proof: dict[str, Any]) -> bytes:
    """The proof as files hold it."""
    return canonical(proof)


def fingerprint(proof: str) -> str:
    """The first 16 digits of a hash, to be compared by eye.

    >>> fingerprint("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    '9F86 D081 884C 7D65'
    """
    digits = proof[:16].upper()
    return " ".join(digits[n : n + 4] for n in range(0, 16, 4))


def _unchained(contents: InvoiceContents) -> dict[str, Any]:
    address = contents.bill_to_address
    said: dict[str, Any] = {
        "name": contents.bill_to,
        "address": None if address is None else address.model_dump(),
        "tax_id": contents.bill_to_tax_id,
        "electronic_address": contents.bill_to_electronic_address,
        "buyer_reference": contents.buyer_reference,
        "language": contents.language,
    }
    unchained: dict[str, Any] = {
        "customer": {name: value for name, value in said.items() if value},
        "credit_applied": f"{contents.credit_applied:f}",
    }
    if contents.cleared is not None:
        unchained["cleared"] = msgspec.to_builtins(contents.cleared)
    if contents.payment_link:
        unchained["payment_link"] = contents.payment_link
    return unchained
