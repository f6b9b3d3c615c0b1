"""What the contract names under invoicing and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.runtime.http.edge import Edge
from shared.runtime.http.later import Later, refusals

LATER: Final = (
    Later("/v1/invoices", "invoicing on demand", ("POST",)),
    Later("/v1/invoices/{invoice_id}/void", "voiding an invoice"),
    Later("/v1/invoices/{invoice_id}/send", "sending an invoice"),
    Later("/v1/invoices/{invoice_id}/credit-notes", "credit notes"),
    Later("/v1/invoices/{invoice_id}/xml", "electronic invoices"),
    Later("/v1/credit-notes", "credit notes"),
    Later("/v1/credit-notes/{note_id}", "credit notes"),
    Later("/v1/debit-notes", "debit notes"),
    Later("/v1/debit-notes/{note_id}", "debit notes"),
    Later("/v1/billing-runs/{run_id}/confirm", "confirming a billing run"),
    Later("/v1/billing-runs/{run_id}/cancel", "cancelling a billing run"),
    Later("/v1/billing-runs/{run_id}/retry-failed", "retrying a billing run"),
    Later("/v1/accounts/{account_id}/bill-profile", "changing how an account is billed"),
    Later("/v1/numbering-series", "configuring numbering series"),
    Later("/v1/tax/jurisdictions", "tax jurisdictions"),
    Later("/v1/tax/rates", "tax rate tables"),
    Later("/v1/tax/exemptions", "tax exemptions"),
    Later("/v1/tax/quotes", "tax quotes"),
    Later("/v1/late-fee-policies", "late fees"),
    Later("/v1/coupons", "coupons"),
    Later("/v1/deliveries", "deliveries"),
)


def router(edge: Edge) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(edge, LATER)
