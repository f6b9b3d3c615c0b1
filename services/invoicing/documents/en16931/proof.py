"""The proof of a document in its XML: the hash as a reference (BG-24), and all of it in a processing instruction behind
the end, which no schema and no schematron minds.

    <cac:AdditionalDocumentReference><cbc:ID>sha256:c2…</cbc:ID>…</cac:AdditionalDocumentReference>…</Invoice>
    <?meterlog-proof {"format":"meterlog-proof-1","content":{…},"body_sha256":"5f…",…}?>

`body_sha256` is over the bytes before the instruction.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

import msgspec

from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.proof.carried import as_bytes, carried

PROOF_DESCRIPTION: Final = "Proof of this document (Meterlog)"
"""BT-123."""
OPENS: Final = b"<?meterlog-proof "
CLOSES: Final = b"?>"


def with_proof(body: bytes, contents: InvoiceContents) -> bytes:
    """The document with its proof behind it; as it is where there is none.

    An electronic invoice is what the tax authority was given: it never tells that it was cleared.
    """
    proof = carried(msgspec.structs.replace(contents, cleared=None))
    if proof is None:
        return body
    told = as_bytes(proof | {"body_sha256": sha256(body).hexdigest()})
    # ">" is inside of texts only: written as JSON may, it ends no instruction.
    return b"".join((body, b"\n", OPENS, told.replace(b">", b"\\u003e"), CLOSES))
