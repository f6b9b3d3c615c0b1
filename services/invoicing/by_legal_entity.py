"""What of invoicing is open to callers who are held to legal entities: documents that say who issued them.

A draft is of nobody yet, since who issues it is settled when it is locked (docs/decisions/0076), so they don't see it.
"""

from __future__ import annotations

from typing import Final

from shared.http.entities import LISTED

_INVOICE: Final = "select legal_entity from invoice_row where invoice_id = $1"
_CREDIT_NOTE: Final = "select legal_entity from credit_note_row where credit_note_id = $1"
_ENTITY: Final = "select legal_entity_id from legal_entity_row where legal_entity_id = $1"

BY_LEGAL_ENTITY: Final = {
    "/v1/invoices/{invoice_id}/*": _INVOICE,
    "/v1/debit-notes": LISTED,
    "/v1/debit-notes/{debit_note_id}": _INVOICE,
    "/v1/debit-notes/{debit_note_id}/*": _INVOICE,
    "/v1/credit-notes": LISTED,
    "/v1/credit-notes/{credit_note_id}": _CREDIT_NOTE,
    "/v1/credit-notes/{credit_note_id}/*": _CREDIT_NOTE,
    "/v1/legal-entities": LISTED,
    "/v1/legal-entities/{legal_entity_id}": _ENTITY,
}
