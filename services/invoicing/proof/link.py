"""A document's link in the chain of its series: each holds the hash of the one before.

    n=1  INV-000001  content a1…  previous -    hash 5f…
    n=2  INV-000002  content 07…  previous 5f…  hash c2…

The content is hashed when a document is locked, and goes along with the request for a number. The series' partition,
which gives numbers one at a time and alone, knows the link before: so the chain is as gapless as the numbers, and who
changes a document, its date or its place changes every hash after it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from services.invoicing.proof.canonical import digest
from shared.kernel.bounds import Checked, Seq

FORMAT: Final = "meterlog-link-1"


class Hashes(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """Of a document that has no number yet: its content, and the positions of what it was made of (content.py)."""

    content: str
    inputs: str


class Proof(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """A link: `hash` is over all of it, `previous` that of the document before, `None` where the chain begins.

    `hashes` is `None` of a document that an earlier version locked.
    """

    hash: str
    previous: str | None = None
    hashes: Hashes | None = None


class DocumentProof(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """The link of an issued document, with its place; `document_id` is the invoice's or credit note's."""

    document_id: str
    series_id: str
    n: Seq
    proof: Proof


def link(
    *,
    series_id: str,
    n: int,
    number: str,
    issued_on: date,
    kind: str,
    document_id: str,
    hashes: Hashes | None,
    previous: str | None,
) -> Proof:
    """The link of document `n` of a series; its hash is that of its members as canonical JSON."""
    members = members_of(
        series_id=series_id,
        n=n,
        number=number,
        issued_on=issued_on,
        kind=kind,
        document_id=document_id,
        hashes=hashes,
        previous=previous,
    )
    return Proof(hash=digest(members), previous=previous, hashes=hashes)


def members_of(
    *,
    series_id: str,
    n: int,
    number: str,
    issued_on: date,
    kind: str,
    document_id: str,
    hashes: Hashes | None,
    previous: str | None,
) -> dict[str, Any]:
    """What the hash of a link is over. What has no value is left out."""
    said = {
        "content_sha256": hashes and hashes.content,
        "inputs_sha256": hashes and hashes.inputs,
        "previous_sha256": previous,
    }
    return {
        "format": FORMAT,
        "series_id": series_id,
        "n": n,
        "number": number,
        "issued_on": issued_on,
        "kind": kind,
        "id": document_id,
        **{name: value for name, value in said.items() if value},
    }
