"""The HTTP interface of usage: records in, what became of them, and the names that equipment goes by.

records.py       POST /v1/usage/records, GET /v1/usage/batches/{id}
quarantine.py    GET /v1/usage/quarantine
resources.py     /v1/resources and their assignments
meters.py        /v1/meters
dead_letters.py  bytes that intake could not read: published once more, or discarded
later.py         what the contract names and this version refuses
"""

from __future__ import annotations

from fastapi import APIRouter

from services.usage.api import later, meters, quarantine, records, resources
from shared.runtime.http.edge import Edge


def router(edge: Edge) -> APIRouter:
    """All routes of the service."""
    routes = APIRouter()
    for part in (records, quarantine, meters, resources, later):
        routes.include_router(part.router(edge))
    return routes
