"""What proves a document, and a walk along a chain, as the contract shows them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from services.invoicing.proof.canonical import digest
from services.invoicing.proof.carried import fingerprint
from services.invoicing.proof.link import members_of
from services.invoicing.proof.stored import StoredDocument
from services.invoicing.proof.walking import Break, Walked


class LinkBefore(BaseModel):
    n: int
    number: str
    kind: str
    id: str


class DifferenceShape(BaseModel):
    """What is not as it was when it was issued: `stated` by the link, `found` in the document of now."""

    what: str
    stated: str
    found: str


class ProofShape(BaseModel):
    """`content_sha256` is over `content`, `inputs_sha256` over `inputs` (a line each), `sha256` over `link`, all as
    canonical JSON. `previous` is the document before in the series. `holds`: the document says today what was hashed.
    """

    kind: str
    id: str
    number: str
    issued_on: date
    series_id: str
    n: int
    sha256: str
    fingerprint: str
    content_sha256: str
    inputs_sha256: str
    previous_sha256: str | None
    previous: LinkBefore | None
    content: dict[str, Any]
    inputs: list[str]
    link: dict[str, Any]
    holds: bool
    differences: list[DifferenceShape]


class BreakShape(BaseModel):
    n: int
    number: str
    what: Literal["number_missing", "date", "previous", "link", "proof_missing", "content", "inputs", "document"]
    stated: str
    found: str


class ChainShape(BaseModel):
    """A page of the walk along a chain: links `after` … `to`. `unproven` are from before there were proofs, of
    `waiting` ones the issue is on its way. `broken` is the first link that does not hold; `next` is `after` of the next
    page.
    """

    series_id: str
    after: int
    to: int
    links: int
    unproven: int
    waiting: int
    sha256: str | None
    holds: bool
    broken: BreakShape | None
    next: int | None


def chain_shape(walked: Walked) -> dict[str, Any]:
    """A page as `ChainShape`."""
    names = ("series_id", "after", "to", "links", "unproven", "waiting", "next")
    return {
        **{name: getattr(walked, name) for name in names},
        "sha256": walked.hash,
        "holds": walked.broken is None,
        "broken": None if walked.broken is None else break_shape(walked.broken),
    }


def break_shape(broken: Break) -> dict[str, Any]:
    return {name: getattr(broken, name) for name in broken.__struct_fields__}


def proof_shape(document: StoredDocument, before: LinkBefore | None) -> dict[str, Any]:
    """A document that has a proof as `ProofShape`."""
    of = document.proof
    assert of is not None and of.proof.hashes is not None
    link = members_of(
        series_id=of.series_id,
        n=of.n,
        number=document.number,
        issued_on=document.issued_on,
        kind=document.kind,
        document_id=document.id,
        hashes=of.proof.hashes,
        previous=of.proof.previous,
    )
    differences = _differences(document, link)
    return {
        **{name: getattr(document, name) for name in ("kind", "id", "number", "issued_on", "content", "inputs")},
        "series_id": of.series_id,
        "n": of.n,
        "sha256": of.proof.hash,
        "fingerprint": fingerprint(of.proof.hash),
        "content_sha256": of.proof.hashes.content,
        "inputs_sha256": of.proof.hashes.inputs,
        "previous_sha256": of.proof.previous,
        "previous": before,
        "link": link,
        "holds": not differences,
        "differences": differences,
    }


def _differences(document: StoredDocument, link: dict[str, Any]) -> list[dict[str, str]]:
    of = document.proof
    assert of is not None and of.proof.hashes is not None
    pairs = (
        ("content", of.proof.hashes.content, document.hashes.content),
        ("inputs", of.proof.hashes.inputs, document.hashes.inputs),
        ("link", of.proof.hash, digest(link)),
    )
    return [{"what": what, "stated": stated, "found": found} for what, stated, found in pairs if stated != found]
