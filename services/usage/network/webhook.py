"""A POST to a controller of the operator's own, signed as Standard Webhooks are: `webhook-id`, `webhook-timestamp` and
`webhook-signature` over both and the body. An answer 2xx acknowledges.

    {"type": "network.access_wanted", "data": {"resource_id": "subscription:sub-1", "state": "blocked", ...}}

`webhook-id` names line and version, so that a receiver that has it drops a repetition.
"""

from __future__ import annotations

from typing import Final

import msgspec

from services.usage.network.contract import Driver, Example, HttpRequest, Line, Rates, Wanted


def render(wanted: Wanted, line: Line, vendor: str) -> tuple[HttpRequest, ...]:
    data = {
        "resource_id": line.resource_id,
        "resources": line.resources,
        "state": wanted.state,
        "profile": wanted.rates,
        "version": wanted.version,
        "why": wanted.why,
    }
    body = msgspec.json.encode({"type": "network.access_wanted", "data": data})
    return (HttpRequest(f"{line.resource_id}/{wanted.version}", body),)


_LINE: Final = Line("subscription:sub-1", ("user:ann",))

DRIVER: Final = Driver(
    name="webhook",
    render=render,
    examples=(
        Example(
            Wanted("throttled", Rates(profile="slow", down_kbps=2000, up_kbps=500), 3, "fair_use"),
            _LINE,
            "generic",
            (
                HttpRequest(
                    "subscription:sub-1/3",
                    b'{"type":"network.access_wanted","data":{"resource_id":"subscription:sub-1",'
                    b'"resources":["user:ann"],"state":"throttled",'
                    b'"profile":{"profile":"slow","down_kbps":2000,"up_kbps":500},"version":3,"why":"fair_use"}}',
                ),
            ),
        ),
    ),
)
