"""Worked examples of calls: increments, bands, destinations."""

from __future__ import annotations

from typing import Any, Final

from tests.services.rating.quote.worked import Worked, recorded

SIXTY_ONE: Final = [{"after_s": "0", "unit_s": "60"}, {"after_s": "60", "unit_s": "1"}]
DAYTIME: Final = {
    "model": "rated_call",
    "bands": [
        {"days": ["holiday"], "unit_price": "0.03", "per_s": "60"},
        {"from": "08:00", "to": "20:00", "unit_price": "0.12", "per_s": "60"},
        {"unit_price": "0.06", "per_s": "60"},
    ],
    "holidays": ["2026-06-08"],
}
FRANCE: Final = {
    "model": "rated_call",
    "rate_table": [
        {"prefix": "33", "bands": [{"unit_price": "0.10", "per_s": "60"}]},
        {"prefix": "336", "bands": [{"unit_price": "0.20", "per_s": "60"}]},
    ],
}
PARIS: Final = {"time_zone": "Europe/Paris"}


def every_minute(**rest: Any) -> dict[str, Any]:
    """0.12 a minute and 0.05 to connect: the first minute whole, then by the second."""
    band = {"unit_price": "0.12", "per_s": "60"}
    return {"model": "rated_call", "connect_fee": "0.05", "increments": SIXTY_ONE, "bands": [band], **rest}


def call(seconds: str, at: str = "2026-06-02T10:00:00Z", number: str = "33612345678") -> list[dict[str, Any]]:
    return [{"quantity": seconds, "started_at": at, "attributes": {"destination": number}}]


EXAMPLES: Final[tuple[Worked, ...]] = (
    recorded(every_minute(), call("61"), "0.17", "by hand, 60/1: 0.05 + 61 × 0.12 ÷ 60 = 0.172"),
    recorded(every_minute(), call("30"), "0.17", "by hand, 60/1: 0.05 + a whole minute at 0.12"),
    recorded(every_minute(), call("0"), "0.00", "R22: zero seconds cost nothing, not the connect fee either"),
    recorded(every_minute(), call("61") + call("61"), "0.34", "R2: 0.172 twice is 0.344, rounded once"),
    recorded(every_minute(max_cost="5"), call("3600"), "5.00", "contract: 7.25 with its fee is capped at 5.00"),
    recorded(DAYTIME, call("60", "2026-06-02T07:59:30Z"), "0.09", "R21: 30 s at 0.06 and 30 s at 0.12 a minute"),
    recorded(
        DAYTIME | {"basis": "volume"}, call("60", "2026-06-02T07:59:30Z"), "0.06", "R21: volume has the rate at start"
    ),
    recorded(DAYTIME, call("60", "2026-06-02T06:30:00Z"), "0.06", "by hand: half past six in UTC is before the day"),
    recorded(
        DAYTIME, call("60", "2026-06-02T06:30:00Z"), "0.12", "contract: and half past eight in Paris", cycle=PARIS
    ),
    recorded(DAYTIME, call("60", "2026-06-08T10:00:00Z"), "0.03", "contract: the first band that matches, a holiday's"),
    recorded(FRANCE, call("60"), "0.20", "R19: 336 is longer than 33"),
    recorded(FRANCE, call("60", number="33112345678"), "0.10", "R19: 33 is the longest that fits"),
)
