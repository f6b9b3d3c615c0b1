"""The document to read, as PDF: an archive file with tags, in the customer's language and script.

    GET /v1/invoices/inv-7/pdf
    render(InvoiceContents(number="INV-000042", ...))     # b"%PDF-1.7 ..."

Where the contents say all that EN 16931 demands, the same invoice lies inside as CII: a Factur-X (ZUGFeRD) file, which
people read and accounting software takes. Where they don't, it is the document alone.
"""

from __future__ import annotations

from typing import Final

from services.invoicing.documents import cii
from services.invoicing.documents.contract import DEPOSIT_REQUEST, InvoiceContents, Output
from services.invoicing.documents.examples import EXAMPLES
from services.invoicing.documents.paper.facturx import as_facturx
from services.invoicing.documents.paper.seal import sealed
from services.invoicing.documents.paper.setting import set_in_type
from services.invoicing.documents.paper.writing import written
from services.invoicing.proof.carried import as_bytes, carried
from shared.kernel.errors import Rejection

LINES_MAX: Final = 10_000
"""Some 1 GB while it is set; whoever has more lines reads them by machine."""


def render(contents: InvoiceContents) -> bytes:
    """The PDF of an issued invoice. Raises `Rejection` for one that is longer than anybody reads."""
    if len(contents.lines) > LINES_MAX:
        what = f"the invoice has {len(contents.lines)} lines, more than the {LINES_MAX} that are set as a PDF"
        raise Rejection("too_many_lines", f"{what}; take its CSV", status=409)
    xml, proof = _electronic(contents), carried(contents)
    paper = set_in_type(
        written(contents),
        issued_on=contents.issued_on,
        logo=contents.style.logo,
        attachment=xml or b"",
        proof=b"" if proof is None else as_bytes(proof),
    )
    document = as_facturx(paper.document) if xml is not None and paper.is_archive else paper.document
    return document if proof is None else sealed(document)


def _electronic(contents: InvoiceContents) -> bytes | None:
    """The electronic invoice; `None` where it can't be one, which its own paths explain, or is no invoice at all."""
    if contents.kind == DEPOSIT_REQUEST:
        return None
    try:
        return cii.body(contents)
    except Rejection:
        return None


OUTPUT: Final = Output(name="pdf", media_type="application/pdf", render=render, examples=EXAMPLES)
