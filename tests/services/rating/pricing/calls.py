"""Prices of calls and the calls they are tried on; amounts are in the tests. 1 June 2026 is a Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from services.rating.pricing import Price, parse_price
from services.rating.pricing.calls.cutting import DatedRate
from services.rating.pricing.engine.contract import Entry, Measured, PricingContext
from services.rating.pricing.engine.lines import Line
from services.rating.pricing.engine.usage import price_measured
from shared.kernel.period import Period

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def increments(first: str, then: str | None = None) -> list[dict[str, str]]:
    """60/1: the first 60 s, then second by second."""
    found = [{"after_s": "0", "unit_s": first}]
    return found if then is None else [*found, {"after_s": first, "unit_s": then}]


def band(price: str, **options: Any) -> dict[str, Any]:
    """`price` a minute."""
    options = {name.rstrip("_"): value for name, value in options.items()}
    return {"unit_price": price, "per_s": "60", **options}


WEEK = ["mon", "tue", "wed", "thu", "fri"]
MINUTE = {"bands": [band("0.12")]}
PEAK = {"bands": [band("0.12", days=WEEK, from_="08:00", to="20:00"), band("0.06")]}
FEES = {"bands": [band("0.12", days=WEEK, from_="08:00", to="20:00", connect_fee="0.10"), band("0.06")]}
FREE_DAYS = {"bands": [band("0.01", days=["sat", "sun", "holiday"]), band("0.10")]}
WEEKDAYS_FIRST = {"bands": [band("0.12", days=WEEK), band("0.06", days=["sat", "sun", "holiday"])]}
NIGHT = {"bands": [band("0.06", from_="22:00", to="06:00"), band("0.12")]}
TWO_TO_THREE = {"bands": [band("0.60", from_="02:00", to="03:00"), band("0.06")]}
TABLE = {
    "rate_table": [
        {"prefix": "33", "name": "France", "bands": [band("0.06")]},
        {"prefix": "336", "name": "France mobile", "connect_fee": "0.05", "bands": [band("0.18")]},
        {"prefix": "3365", "name": "France special", "increments": increments("60"), "bands": [band("0.30")]},
        {"prefix": "1", "bands": [band("0.02", increments=increments("30", "6"))]},
    ]
}

MONDAY_NOON = "2026-06-01 12:00:00"


def price_of(terms: dict[str, Any]) -> Price:
    return parse_price({"model": "rated_call", **terms})


def call(started: str, length_s: str, number: str | None = "33112345678", *, id: str = "") -> Entry:
    begun = datetime.fromisoformat(started).replace(tzinfo=UTC)
    us = (begun - EPOCH) // timedelta(microseconds=1)
    return Entry(us, "switch", id, int(Decimal(length_s) * 1_000_000), us, (number,))


def entries(calls: Any) -> tuple[Entry, ...]:
    return tuple(call(*one, id=str(n)) for n, one in enumerate(calls))


def context(time_zone: str = "UTC", currency: str = "EUR", dated: tuple[DatedRate, ...] = ()) -> PricingContext:
    told: dict[str, Any] = {"rate_of": lambda table_id, number: dated} if dated else {}
    return PricingContext(currency=currency, period=YEAR, time_zone=time_zone, **told)


def line(terms: dict[str, Any], *calls: Any, **where: Any) -> Line:
    """The line of calls, each (start in UTC, seconds, number)."""
    measured: Measured = entries(calls)
    found = price_measured(price_of(terms), (measured,), context=context(**where))
    assert sum((step.amount for step in found[0].steps), Decimal(0)) == found[0].unrounded
    return found[0]


def why_unpriceable(terms: dict[str, Any], entry: Entry, **where: Any) -> str | None:
    price = price_of(terms)
    assert not price.recurring and price.model.unpriceable is not None  # type: ignore[union-attr]
    return price.model.unpriceable(price.terms, context(**where), entry)  # type: ignore[union-attr]
