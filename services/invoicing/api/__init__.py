"""The HTTP interface of invoicing: body -> command, query -> rows.

runs.py       billing runs: start, follow, results
invoices.py   issue an invoice, its PDF
lines.py      its lines, each explained
later.py      what the contract names and this version refuses

Lists of invoices and the invoice with its payment state are reporting's.
"""

from __future__ import annotations

from fastapi import APIRouter

from services.invoicing.api import invoices, lines, runs, unsupported
from shared.http.api import Api


def router(api: Api) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    for part in (runs, invoices, lines, unsupported):
        routes.include_router(part.router(api))
    return routes
