"""The HTTP interface of payments: body -> command, query -> rows.

payments.py   record and read payments
accounts.py   balance and receivables of an account
later.py      what the contract names and this version refuses
"""

from __future__ import annotations

from fastapi import APIRouter

from services.payments.api import accounts, payments, unsupported
from shared.http.api import Api


def router(api: Api) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    for part in (payments, accounts, unsupported):
        routes.include_router(part.router(api))
    return routes
