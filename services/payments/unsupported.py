"""What the contract names under payments and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.http.api import Api
from shared.http.unsupported import Unsupported, refusals

LATER: Final = (
    Unsupported("/v1/payment-methods", "storing payment methods"),
    Unsupported("/v1/mandates", "direct debit mandates"),
    Unsupported("/v1/collections", "collecting through a gateway"),
    Unsupported("/v1/gateways/{name}/webhook", "payment gateways"),
    Unsupported("/v1/direct-debits", "direct debit files"),
    Unsupported("/v1/bank-statements", "bank statements"),
    Unsupported("/v1/bank-statements/{statement_id}/matches", "matching bank statements"),
)


def router(api: Api) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(api, LATER)
