"""What the contract names under invoicing and this version does not do: refused by name, never half done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import APIRouter, Response

from shared.kernel.errors import unsupported
from shared.runtime.auth import READERS
from shared.runtime.http.edge import Edge

_ANY: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")

LATER: Final = (
    (("POST",), "/v1/invoices", "invoicing on demand"),
    (_ANY, "/v1/invoices/{invoice_id}/void", "voiding an invoice"),
    (_ANY, "/v1/invoices/{invoice_id}/send", "sending an invoice"),
    (_ANY, "/v1/invoices/{invoice_id}/credit-notes", "credit notes"),
    (_ANY, "/v1/invoices/{invoice_id}/xml", "electronic invoices"),
    (_ANY, "/v1/credit-notes", "credit notes"),
    (_ANY, "/v1/credit-notes/{note_id}", "credit notes"),
    (_ANY, "/v1/debit-notes", "debit notes"),
    (_ANY, "/v1/debit-notes/{note_id}", "debit notes"),
    (_ANY, "/v1/billing-runs/{run_id}/confirm", "confirming a billing run"),
    (_ANY, "/v1/billing-runs/{run_id}/cancel", "cancelling a billing run"),
    (_ANY, "/v1/billing-runs/{run_id}/retry-failed", "retrying a billing run"),
    (_ANY, "/v1/accounts/{account_id}/bill-profile", "changing how an account is billed"),
    (_ANY, "/v1/numbering-series", "configuring numbering series"),
    (_ANY, "/v1/tax/jurisdictions", "tax jurisdictions"),
    (_ANY, "/v1/tax/rates", "tax rate tables"),
    (_ANY, "/v1/tax/exemptions", "tax exemptions"),
    (_ANY, "/v1/tax/quotes", "tax quotes"),
    (_ANY, "/v1/late-fee-policies", "late fees"),
    (_ANY, "/v1/coupons", "coupons"),
    (_ANY, "/v1/deliveries", "deliveries"),
)
"""Methods, path, and what it would do."""


def router(edge: Edge) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    routes = APIRouter()
    for methods, path, what in LATER:
        routes.add_api_route(
            path,
            _refusal(what),
            methods=list(methods),
            include_in_schema=False,
            dependencies=[edge.roles(*READERS)],
        )
    return routes


def _refusal(what: str) -> Callable[[], Awaitable[Response]]:
    async def refuse() -> Response:
        raise unsupported(what)

    return refuse
