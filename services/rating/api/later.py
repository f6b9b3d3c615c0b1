"""What the contract names under rating and this version does not do: refused by name, never half done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import APIRouter

from shared.kernel.errors import unsupported
from shared.runtime.auth import READERS
from shared.runtime.http.edge import Edge

LATER: Final = (
    ("/v1/billing-cycles/{cycle_id}", ("PUT", "PATCH", "DELETE"), "changing a billing cycle"),
    ("/v1/accounts/{account_id}/cycle", ("POST",), "moving an account to another cycle"),
    ("/v1/accounts/{account_id}/close", ("POST",), "closing an account"),
    ("/v1/accounts/{account_id}/hold", ("POST",), "holding an account"),
    ("/v1/plans/{plan_id}/versions/{version}/retire", ("POST",), "retiring a plan version"),
    ("/v1/plans/{plan_id}/retire", ("POST",), "retiring a plan"),
    ("/v1/plans/{plan_id}/compare", ("GET",), "comparing plan versions"),
    ("/v1/plans/{plan_id}/simulate", ("POST",), "simulating a plan"),
    ("/v1/subscriptions/{subscription_id}/change-plan", ("POST",), "changing the plan of a subscription"),
    ("/v1/subscriptions/{subscription_id}/suspend", ("POST",), "suspending a subscription"),
    ("/v1/subscriptions/{subscription_id}/resume", ("POST",), "resuming a subscription"),
    ("/v1/subscriptions/{subscription_id}/terminate", ("POST",), "terminating a subscription"),
    ("/v1/subscriptions/{subscription_id}/add-ons", ("GET", "POST"), "add-ons"),
    ("/v1/subscriptions/{subscription_id}/allowances", ("GET",), "allowances"),
    ("/v1/services", ("GET", "POST"), "the service catalogue"),
    ("/v1/rate-tables", ("GET", "POST"), "rate tables"),
    ("/v1/rate-tables/{table_id}", ("GET", "PUT", "DELETE"), "rate tables"),
    ("/v1/holidays", ("GET", "POST"), "holiday calendars"),
    ("/v1/charges", ("POST",), "one-time charges"),
    ("/v1/spend-alerts", ("GET", "POST"), "spend alerts"),
    ("/v1/reratings", ("GET", "POST"), "rerating"),
)
"""Path, methods, and what it would do."""


def router(edge: Edge) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    routes = APIRouter(include_in_schema=False)
    for path, methods, what in LATER:
        routes.add_api_route(path, _refusing(what), methods=list(methods), dependencies=[edge.roles(*READERS)])
    return routes


def _refusing(what: str) -> Callable[[], Awaitable[None]]:
    async def refuse() -> None:
        raise unsupported(what)

    return refuse
