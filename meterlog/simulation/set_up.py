"""The simulated customers as an operator would sign them up: plans, accounts, subscriptions, lines and equipment.

    await set_up(network, date(2026, 11, 23), client, radius=Radius("10.0.0.1", "s3cret"))

What is there already stays as it is, so the same network may be set up again.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from meterlog.demo.client import Client, Refused, together
from meterlog.demo.world import CURRENCY, GIGABYTE, cycle_anchored
from meterlog.simulation.demand import TIME_ZONE
from meterlog.simulation.network import Line, Network
from meterlog.simulation.report import OCTETS, RATE, SECONDS
from shared.kernel.calendar import midnight
from shared.kernel.envelope import format_instant

_KNOWN_AFTER_S: Final = 30.0
_PAUSE_S: Final = 0.25
_FLAT: Final = {"model": "flat", "interval": "month", "bill": "arrears"}
_METER: Final = {"id": RATE, "name": "Rate", "unit": "bit/s", "aggregation": "percentile"}
_TIERS: Final = [
    {"up_to": str(200 * GIGABYTE), "unit_price": "0"},
    {"up_to": None, "unit_price": "0.0300", "unit_size": str(GIGABYTE)},
]
PLANS: Final[dict[str, list[dict[str, Any]]]] = {
    "pon": [{**_FLAT, "amount": "29.90"}, {"model": "graduated", "meter": OCTETS, "tiers": _TIERS}],
    "business": [{**_FLAT, "amount": "190.00"}, {"model": "percentile", "meter": RATE, "unit_price": "0.000001"}],
    "voice": [
        {**_FLAT, "amount": "4.90"},
        {"model": "per_unit", "meter": SECONDS, "unit_price": "0.0190", "unit_size": "60"},
    ],
    "session": [
        {**_FLAT, "amount": "14.90"},
        {"model": "per_unit", "meter": OCTETS, "unit_price": "0.0800", "unit_size": str(GIGABYTE)},
    ],
}
"""The prices of each kind of line."""


class Radius(NamedTuple):
    """Where accounting packets will come from, and what they are signed with."""

    source: str
    address: str
    secret: str


async def set_up(network: Network, first: date, client: Client, *, radius: Radius | None = None) -> None:
    """Everybody is a customer from the day before `first` on. Raises `Refused` where the API says no."""
    since = first - timedelta(days=1)
    anchor = min(since.day, 28)
    cycle = {**cycle_anchored(anchor), "id": f"simulated-{anchor}", "time_zone": TIME_ZONE}
    await _there(client, "/v1/billing-cycles", cycle)
    if radius is not None:
        source = {"id": radius.source, "addresses": [radius.address], "secret": radius.secret, "line": "user"}
        await _there(client, "/v1/sources", source)
    await together(_there(client, "/v1/sources", {"id": source}) for source in network.sources)
    kinds = sorted({line.kind for line in network.lines})
    if "business" in kinds:
        await _there(client, "/v1/meters", _METER)
    for kind in kinds:
        await _publish(client, kind, since)
    await together(_sign_up(network, line, str(cycle["id"]), since, client) for line in network.lines)


async def _publish(client: Client, kind: str, since: date) -> None:
    plan_id = f"simulated-{kind}"
    plan = {"id": plan_id, "name": f"Simulated {kind}", "currency": CURRENCY, "prices": PLANS[kind]}
    # Rating hears of a new meter a moment after usage has it.
    await _until_taken(lambda: _there(client, "/v1/plans", plan))
    body = {"effective_from": since.isoformat()}
    await _until_taken(lambda: _there(client, f"/v1/plans/{plan_id}/versions/1/publish", body))


async def _sign_up(network: Network, line: Line, cycle_id: str, since: date, client: Client) -> None:
    account = network.account_of(line)
    body = {"id": account, "name": f"Simulated {account}", "currency": CURRENCY, "cycle_id": cycle_id, "tax_rate": "20"}
    await _there(client, "/v1/accounts", body)
    plan_id = f"simulated-{line.kind}"
    subscription = {"id": account, "account_id": account, "plan_id": plan_id, "start": since.isoformat()}
    await _there(client, "/v1/subscriptions", subscription)
    await _there(client, "/v1/resources", {"id": line.resource})
    assignment = {
        "account_id": account,
        "subscription_id": account,
        "from": format_instant(midnight(since, TIME_ZONE)),
    }
    await _there(client, f"/v1/resources/{line.resource.replace('/', '%2F')}/assignments", assignment)


async def _there(client: Client, path: str, body: dict[str, Any]) -> None:
    """Make it, unless it is there already: 409."""
    try:
        await client.post(path, body, key=_key(path, body))
    except Refused as refused:
        if f"{path}: 409" not in str(refused):
            raise


def _key(path: str, body: dict[str, Any]) -> str:
    """The same for the same request."""
    return hashlib.sha256(json.dumps([path, body]).encode()).hexdigest()


async def _until_taken(work: Callable[[], Awaitable[None]]) -> None:
    deadline = asyncio.get_running_loop().time() + _KNOWN_AFTER_S
    while True:
        try:
            return await work()
        except Refused:
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(_PAUSE_S)
