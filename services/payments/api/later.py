"""What the contract names under payments and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.runtime.http.edge import Edge
from shared.runtime.http.later import Later, refusals

LATER: Final = (
    Later("/v1/payments/{payment_id}/allocations", "moving allocations"),
    Later("/v1/payments/{payment_id}/refunds", "refunding a payment"),
    Later("/v1/payments/{payment_id}/chargebacks", "recording a chargeback"),
    Later("/v1/payments/{payment_id}/reverse", "reversing a payment"),
    Later("/v1/accounts/{account_id}/statement", "an account statement"),
    Later("/v1/accounts/{account_id}/adjustments", "adjusting a balance"),
    Later("/v1/accounts/{account_id}/credits", "granting credit"),
    Later("/v1/payment-methods", "storing payment methods"),
    Later("/v1/mandates", "direct debit mandates"),
    Later("/v1/collections", "collecting through a gateway"),
    Later("/v1/gateways/{name}/webhook", "payment gateways"),
    Later("/v1/direct-debits", "direct debit files"),
    Later("/v1/bank-statements", "bank statements"),
    Later("/v1/bank-statements/{statement_id}/matches", "matching bank statements"),
    Later("/v1/dunning/policies", "dunning"),
    Later("/v1/dunning/cases", "dunning"),
    Later("/v1/dunning/cases/{case_id}/{action}", "dunning"),
    Later("/v1/dunning/dry-run", "dunning"),
    Later("/v1/promises", "promises to pay"),
    Later("/v1/write-offs", "writing off receivables"),
)


def router(edge: Edge) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(edge, LATER)
