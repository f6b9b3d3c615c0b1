"""The HTTP interface of invoicing: body -> command, query -> rows.

runs.py       billing runs: start, follow, results
invoices.py   issue an invoice, its PDF
lines.py      its lines, each explained
later.py      what the contract names and this version refuses

Lists of invoices and the invoice with its payment state are reporting's.
"""

from __future__ import annotations

from fastapi import APIRouter

from services.invoicing.api import invoices, later, lines, runs
from shared.runtime.http.edge import Edge


def router(edge: Edge) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    for part in (runs, invoices, lines, later):
        routes.include_router(part.router(edge))
    return routes
