"""What the contract names under invoicing and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.http.api import Api
from shared.http.unsupported import Unsupported, refusals

NOT_YET: Final = (
    Unsupported("/v1/invoices/{invoice_id}/send", "sending an invoice"),
    Unsupported("/v1/debit-notes", "debit notes"),
    Unsupported("/v1/debit-notes/{note_id}", "debit notes"),
    Unsupported("/v1/coupons", "coupons"),
    Unsupported("/v1/deliveries", "deliveries"),
)


def router(api: Api) -> APIRouter:
    """Every path of `NOT_YET` answers 422 `unsupported`."""
    return refusals(api, NOT_YET)
