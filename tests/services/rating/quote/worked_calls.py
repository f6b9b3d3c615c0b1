"""Worked examples of calls: increments, bands, fees, holidays, destinations, the nights clocks change, rounding.

CGRateS, Freeside and A2Billing are named where their documentation describes the case; the numbers are ours. 1 June
2026 is a Monday, and Paris is two hours ahead of UTC.
"""

from __future__ import annotations

from typing import Any, Final

from tests.services.rating.quote.worked import Worked, recorded

WEEK: Final = ["mon", "tue", "wed", "thu", "fri"]
SIXTY_ONE: Final = [{"after_s": "0", "unit_s": "60"}, {"after_s": "60", "unit_s": "1"}]
MINUTES: Final = [{"after_s": "0", "unit_s": "60"}]
THIRTY_SIX: Final = [{"after_s": "0", "unit_s": "30"}, {"after_s": "30", "unit_s": "6"}]
PARIS: Final = {"frequency": "month", "anchor_day": 1, "time_zone": "Europe/Paris"}


def band(unit_price: str, **rest: Any) -> dict[str, Any]:
    """A price of a minute."""
    return {"unit_price": unit_price, "per_s": "60", **rest}


def rated(*bands: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {"model": "rated_call", "bands": list(bands), **rest}


def call(started_at: str, seconds: str, number: str = "33112345678") -> dict[str, Any]:
    return {"quantity": seconds, "started_at": started_at, "attributes": {"destination": number}}


def noon(*seconds: str) -> list[dict[str, Any]]:
    """Calls on Monday, a minute apart."""
    return [call(f"2026-06-01T12:{minute:02}:00Z", length) for minute, length in enumerate(seconds)]


def to(*numbers: str) -> list[dict[str, Any]]:
    """Calls of a minute."""
    return [call(f"2026-06-01T12:{minute:02}:00Z", "60", number) for minute, number in enumerate(numbers)]


PEAK: Final = rated(band("0.12", days=WEEK, **{"from": "08:00", "to": "20:00"}), band("0.06"))
FREE_DAYS: Final = rated(band("0.01", days=["sat", "sun", "holiday"]), band("0.10"), holidays=["2026-06-02"])
NIGHT_HOUR: Final = rated(band("0.60", **{"from": "02:00", "to": "03:00"}), band("0.06"))
TABLE: Final = {
    "model": "rated_call",
    "rate_table": [
        {"prefix": "33", "name": "France", "bands": [band("0.06")]},
        {"prefix": "336", "name": "France mobile", "connect_fee": "0.05", "bands": [band("0.18")]},
        {"prefix": "1", "increments": THIRTY_SIX, "bands": [band("0.60")]},
    ],
}
OCTOBER: Final = {"cycle": PARIS, "period": {"start": "2026-10-01", "end": "2026-11-01"}}
MARCH: Final = {"cycle": PARIS, "period": {"start": "2026-03-01", "end": "2026-04-01"}}

EXAMPLES: Final[tuple[Worked, ...]] = (
    # increments
    recorded(rated(band("0.12")), noon("61"), "0.12", "by hand: 61 × 0.12 ÷ 60 = 0.122"),
    recorded(rated(band("0.12"), increments=SIXTY_ONE), noon("30"), "0.12", "RULES 60/1: the first minute is whole"),
    recorded(rated(band("0.12"), increments=SIXTY_ONE), noon("90"), "0.18", "RULES 60/1: then second by second"),
    recorded(rated(band("0.12"), increments=MINUTES), noon("61"), "0.24", "CGRateS, increments of a minute: two"),
    recorded(rated(band("0.60"), increments=THIRTY_SIX), noon("45"), "0.48", "A2Billing, initblock 30, billingblock 6"),
    recorded(rated(band("0.60"), increments=THIRTY_SIX), noon("20"), "0.30", "A2Billing, initblock 30: half a minute"),
    recorded(
        rated(band("0.50"), increments=[{"after_s": "0", "unit_s": "6"}]), noon("62"), "0.55", "Freeside, granularity 6"
    ),
    recorded(rated({"unit_price": "0.005", "per_s": "1"}), noon("10", "20"), "0.15", "by hand: 30 s at 0.005"),
    # fee, nothing, the most
    recorded(rated(band("0.12"), connect_fee="0.05"), noon("60", "60"), "0.34", "by hand: twice 0.05 + 0.12"),
    recorded(rated(band("0.12"), connect_fee="0.05"), noon("0", "60"), "0.17", "R22, CGRateS: zero seconds, no fee"),
    recorded(rated(band("0.12"), connect_fee="0.05", max_cost="0.15"), noon("60"), "0.15", "contract: with its fee"),
    recorded(rated(band("0.12"), max_cost="0.20"), noon("60", "120", "180"), "0.52", "by hand: 0.12 + 0.20 + 0.20"),
    # rounding
    recorded(rated(band("0.12")), noon("62", "62", "62"), "0.37", "R2: 3 × 0.124 = 0.372, rounded once"),
    recorded(
        rated(band("0.12"), rounding="half_up"), noon("62", "62", "62"), "0.36", "contract: names rounding; 3 × 0.12"
    ),
    recorded(rated(band("0.12"), rounding="up"), noon("61", "61"), "0.26", "contract: names rounding; 2 × 0.13"),
    recorded(rated(band("0.10")), noon("5", "5", "5"), "0.03", "R2: 3 × 0.00833… = 0.025, half up"),
    # bands
    recorded(PEAK, [call("2026-06-01T19:59:30Z", "60")], "0.09", "R21: 30 s at 0.12, 30 s at 0.06"),
    recorded(PEAK, [call("2026-06-01T07:59:00Z", "120")], "0.18", "R21: 60 s at 0.06, 60 s at 0.12"),
    recorded(PEAK, [call("2026-06-01T17:59:30Z", "60")], "0.09", "by hand: 19:59:30 in Paris", cycle=PARIS),
    recorded(PEAK, [call("2026-06-05T19:59:00Z", "172800")], "172.86", "by hand: 1 min at 0.12, 2879 at 0.06"),
    recorded(
        {**PEAK, "basis": "volume"}, [call("2026-06-01T19:59:30Z", "60")], "0.12", "R21: volume, the rate at the start"
    ),
    recorded(
        {**PEAK, "increments": MINUTES}, [call("2026-06-01T19:59:30Z", "40")], "0.09", "by hand: 30 s, then 10 + 20 s"
    ),
    recorded(
        rated(band("0.12", connect_fee="0.10", **{"to": "12:00"}), band("0.06"), connect_fee="0.02"),
        [call("2026-06-01T11:59:00Z", "120")],
        "0.28",
        "contract: the fee of the band it starts in",
    ),
    # holidays
    recorded(FREE_DAYS, [call("2026-06-01T23:59:00Z", "120")], "0.11", "by hand: over midnight into a holiday"),
    recorded(FREE_DAYS, [call("2026-06-02T12:00:00Z", "600")], "0.10", "by hand: a Tuesday that is a holiday"),
    recorded(FREE_DAYS, [call("2026-06-03T12:00:00Z", "600")], "1.00", "by hand: a Wednesday"),
    recorded(FREE_DAYS, [call("2026-06-05T23:59:00Z", "120")], "0.11", "by hand: over midnight into a Saturday"),
    # the nights clocks change
    recorded(
        NIGHT_HOUR, [call("2026-10-24T23:59:00Z", "7320")], "72.12", "by hand: 02:00 to 03:00 comes twice", **OCTOBER
    ),
    recorded(NIGHT_HOUR, [call("2026-03-29T00:59:00Z", "120")], "0.12", "by hand: 02:00 to 03:00 never comes", **MARCH),
    # destinations
    recorded(TABLE, to("33112345678", "33612345678"), "0.29", "R19: 0.06, and 0.05 + 0.18 by the longer prefix"),
    recorded(TABLE, to("+33 6 12 34 56 78", "0033612345678"), "0.46", "R19: however it is written; twice 0.23"),
    recorded(TABLE, to("12125550100"), "0.60", "R19: by its own increments; 60 s are whole"),
)
