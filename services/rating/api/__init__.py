"""The HTTP interface of rating: body -> command, query -> rows.

cycles.py          billing calendars
plans.py           plans and their versions
accounts.py        accounts, and what an account would be charged if its periods closed now
subscriptions.py   who takes which plan
charges.py         what has been charged, and the usage behind it
quotes.py          prices without storing
later.py           what the contract names and this version refuses
"""

from __future__ import annotations

from fastapi import APIRouter

from services.rating.api import accounts, charges, cycles, plans, quotes, subscriptions, unsupported
from shared.http.api import Api


def router(api: Api) -> APIRouter:
    """All routes of the service; those refused come last, so that a real one always wins."""
    routes = APIRouter()
    for part in (cycles, plans, accounts, subscriptions, charges, quotes, unsupported):
        routes.include_router(part.router(api))
    return routes
