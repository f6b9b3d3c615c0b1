"""The HTTP interface of usage: records in, what became of them, and the names that equipment goes by.

records.py       POST /v1/usage/records, GET /v1/usage/batches/{id}
quarantine.py    GET /v1/usage/quarantine
resources.py     /v1/resources and their assignments
meters.py        /v1/meters
dead_letters.py  bytes that intake could not read: published once more, or discarded
unsupported.py         what the contract names and this version refuses
"""

from __future__ import annotations

from fastapi import APIRouter

from services.usage.api import meters, quarantine, records, resources, unsupported
from shared.http.api import Api


def router(api: Api) -> APIRouter:
    """All routes of the service."""
    routes = APIRouter()
    for part in (records, quarantine, meters, resources, unsupported):
        routes.include_router(part.router(api))
    return routes
