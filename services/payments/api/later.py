"""What the contract names under payments and this version does not do: refused by name, never half done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import APIRouter, Response

from shared.kernel.errors import unsupported
from shared.runtime.auth import READERS
from shared.runtime.http.edge import Edge

LATER: Final = (
    ("/v1/payments/{payment_id}/allocations", "moving allocations"),
    ("/v1/payments/{payment_id}/refunds", "refunding a payment"),
    ("/v1/payments/{payment_id}/chargebacks", "recording a chargeback"),
    ("/v1/payments/{payment_id}/reverse", "reversing a payment"),
    ("/v1/accounts/{account_id}/statement", "an account statement"),
    ("/v1/accounts/{account_id}/adjustments", "adjusting a balance"),
    ("/v1/accounts/{account_id}/credits", "granting credit"),
    ("/v1/payment-methods", "storing payment methods"),
    ("/v1/mandates", "direct debit mandates"),
    ("/v1/collections", "collecting through a gateway"),
    ("/v1/gateways/{name}/webhook", "payment gateways"),
    ("/v1/direct-debits", "direct debit files"),
    ("/v1/bank-statements", "bank statements"),
    ("/v1/bank-statements/{statement_id}/matches", "matching bank statements"),
    ("/v1/dunning/policies", "dunning"),
    ("/v1/dunning/cases", "dunning"),
    ("/v1/dunning/cases/{case_id}/{action}", "dunning"),
    ("/v1/dunning/dry-run", "dunning"),
    ("/v1/promises", "promises to pay"),
    ("/v1/write-offs", "writing off receivables"),
)
"""Path and what it would do."""


def router(edge: Edge) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`, whatever the method."""
    routes = APIRouter()
    for path, what in LATER:
        routes.add_api_route(
            path,
            _refusal(what),
            methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            include_in_schema=False,
            dependencies=[edge.roles(*READERS)],
        )
    return routes


def _refusal(what: str) -> Callable[[], Awaitable[Response]]:
    async def refuse() -> Response:
        raise unsupported(what)

    return refuse
