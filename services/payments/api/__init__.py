"""The HTTP interface of payments: body -> command, query -> rows.

payments.py   record and read payments
accounts.py   balance and receivables of an account
later.py      what the contract names and this version refuses
"""

from __future__ import annotations

from fastapi import APIRouter

from services.payments.api import accounts, later, payments
from shared.runtime.http.edge import Edge


def router(edge: Edge) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    for part in (payments, accounts, later):
        routes.include_router(part.router(edge))
    return routes
