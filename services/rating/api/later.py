"""What the contract names under rating and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.runtime.http.edge import Edge
from shared.runtime.http.later import Later, refusals

LATER: Final = (
    Later("/v1/billing-cycles/{cycle_id}", "changing a billing cycle", ("PUT", "PATCH", "DELETE")),
    Later("/v1/accounts/{account_id}/cycle", "moving an account to another cycle", ("POST",)),
    Later("/v1/accounts/{account_id}/close", "closing an account", ("POST",)),
    Later("/v1/accounts/{account_id}/hold", "holding an account", ("POST",)),
    Later("/v1/plans/{plan_id}/versions/{version}/retire", "retiring a plan version", ("POST",)),
    Later("/v1/plans/{plan_id}/retire", "retiring a plan", ("POST",)),
    Later("/v1/plans/{plan_id}/compare", "comparing plan versions", ("GET",)),
    Later("/v1/plans/{plan_id}/simulate", "simulating a plan", ("POST",)),
    Later("/v1/subscriptions/{subscription_id}/change-plan", "changing the plan of a subscription", ("POST",)),
    Later("/v1/subscriptions/{subscription_id}/suspend", "suspending a subscription", ("POST",)),
    Later("/v1/subscriptions/{subscription_id}/resume", "resuming a subscription", ("POST",)),
    Later("/v1/subscriptions/{subscription_id}/terminate", "terminating a subscription", ("POST",)),
    Later("/v1/subscriptions/{subscription_id}/add-ons", "add-ons", ("GET", "POST")),
    Later("/v1/subscriptions/{subscription_id}/allowances", "allowances", ("GET",)),
    Later("/v1/services", "the service catalogue", ("GET", "POST")),
    Later("/v1/rate-tables", "rate tables", ("GET", "POST")),
    Later("/v1/rate-tables/{table_id}", "rate tables", ("GET", "PUT", "DELETE")),
    Later("/v1/holidays", "holiday calendars", ("GET", "POST")),
    Later("/v1/charges", "one-time charges", ("POST",)),
    Later("/v1/spend-alerts", "spend alerts", ("GET", "POST")),
    Later("/v1/reratings", "rerating", ("GET", "POST")),
)


def router(edge: Edge) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(edge, LATER)
