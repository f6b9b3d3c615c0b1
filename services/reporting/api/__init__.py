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
    overview,
    reports,
    search,
    session,
    unsupported,
    usage_records,
    usage_summary,
)
from services.reporting.api.names import CustomerNames
from services.reporting.export import api as export
from services.reporting.job import api as job
from services.reporting.saved_view import api as saved_view
from services.reporting.stream import api as stream
from shared.http.api import Api


def router(api: Api) -> APIRouter:
    """All routes of the service."""
    routes = APIRouter()
    names = CustomerNames(api)
    for named in (invoices, search, customers, export):
        routes.include_router(named.router(api, names))
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
        saved_view,
        stream,
        job,
        unsupported,
    )
    for room in rooms:
        routes.include_router(room.router(api))
    return routes
