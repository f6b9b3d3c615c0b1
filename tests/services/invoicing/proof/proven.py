"""Documents with a proof, as an installation would have issued them."""

from __future__ import annotations

import msgspec

from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.proof.canonical import digest
from services.invoicing.proof.carried import contents_as_hashed
from services.invoicing.proof.content import positions_hash, positions_of
from services.invoicing.proof.link import DocumentProof, Hashes, link

PREVIOUS = "5f" * 32


def proven(contents: InvoiceContents, n: int = 42) -> InvoiceContents:
    """The contents as number `n` of series INV."""
    lines = [
        msgspec.structs.replace(line, charge_event=f"rating/2/{1841 + line.n}" if line.charge_id else None)
        for line in contents.lines
    ]
    contents = msgspec.structs.replace(contents, lines=lines)
    hashes = Hashes(content=digest(contents_as_hashed(contents)), inputs=positions_hash(positions_of(lines)))
    proof = link(
        series_id="INV",
        n=n,
        number=contents.number,
        issued_on=contents.issued_on,
        kind=contents.kind,
        document_id="doc-1",
        hashes=hashes,
        previous=PREVIOUS,
    )
    of = DocumentProof(document_id="doc-1", series_id="INV", n=n, proof=proof)
    return msgspec.structs.replace(contents, proof=of)
