"""Reporting's HTTP interface: what the console and scripts read, and who may come in.

One file per room of the API; everything here reads tables and views, and only identity writes (its durable tables).
"""

from __future__ import annotations

from fastapi import APIRouter

from services.reporting.api import (
    access,
    conservation,
    customers,
    dead_letters,
    events,
    invoices,
    later,
    overview,
    reports,
    search,
    session,
    usage_records,
    usage_summary,
)
from services.reporting.api.names import CustomerNames
from shared.runtime.http.edge import Edge


def router(edge: Edge) -> APIRouter:
    """All routes of the service."""
    routes = APIRouter()
    names = CustomerNames(edge)
    for named in (invoices, search, customers):
        routes.include_router(named.router(edge, names))
    rooms = (
        usage_summary,
        usage_records,
        conservation,
        overview,
        reports,
        events,
        dead_letters,
        session,
        access,
        later,
    )
    for room in rooms:
        routes.include_router(room.router(edge))
    return routes
