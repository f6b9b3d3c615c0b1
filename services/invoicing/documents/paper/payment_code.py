"""The QR code that a banking app reads to fill in a SEPA credit transfer (EPC069-12, version 2), as SVG.

payment_code(contents)      # '<svg ...', or "" where there is nothing to transfer in euros

BCD, 002, 1 (UTF-8), SCT, BIC, name, IBAN, EUR1336.48, purpose, reference, INV-000042      a line each
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Final

import segno

from services.invoicing.documents.contract import InvoiceContents

_NAME_MAX: Final = 70
_TEXT_MAX: Final = 140
_BYTES_MAX: Final = 331
_AMOUNT_MAX: Final = Decimal("999999999.99")
_MASK: Final = 3
"""Which of the eight patterns lies over the code: trying all of them for the best costs four times the code itself."""


def payment_code(contents: InvoiceContents) -> str:
    """An invoice in euros with something due, of a seller whose IBAN is known, has one."""
    told = transfer(contents).encode()
    if not told or len(told) > _BYTES_MAX:
        return ""
    picture = BytesIO()
    # The level of error correction is the standard's, and no other is allowed.
    code = segno.make_qr(told, error="m", boost_error=False, mask=_MASK)
    code.save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()


def transfer(contents: InvoiceContents) -> str:
    """What the code says; "" where there is nothing to transfer, or no account to transfer it to."""
    seller, due = contents.seller, contents.amount_due
    name, text = seller.name.strip()[:_NAME_MAX], contents.number[:_TEXT_MAX]
    if contents.kind == "credit_note" or contents.currency != "EUR" or not 0 < due <= _AMOUNT_MAX:
        return ""
    if not seller.iban or not name:
        return ""
    return "\n".join(("BCD", "002", "1", "SCT", seller.bic, name, seller.iban, f"EUR{due:f}", "", "", text))
