"""A provider's book of many price models: which plan a line has, and what its usage looks like.

Of 100 lines 84 are priced from sums: graduated, volume, package and per-unit prices of octets. The others are measured
in other ways: 6 by the highest value of ports, 4 by the 95th percentile of samples, 3 call by call, 3 by cells of a
matrix. A line keeps its plan: it follows from its number.

    plan_of(57)                            # the plan of line 57
    plan_of(57).usage(12)                  # meter, quantity in units and attributes of its record number 12
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

OCTETS: Final = "data.octets"
PORTS: Final = "ports"
SAMPLES: Final = "rate.bps"
CALLS: Final = "voice.seconds"

METERS: Final = {PORTS: ("port", "max"), SAMPLES: ("bit/s", "sum")}
"""Meters that somebody has to define, with unit and aggregation."""

Usage = tuple[str, int, dict[str, str] | None]


class BookPlan(NamedTuple):
    """A plan, how many of 100 lines have it, and what the n-th record of such a line says."""

    plan_id: str
    share: int
    price: dict[str, Any]
    usage: Callable[[int], Usage]


def _octets(n: int) -> Usage:
    return OCTETS, 1_000_000 + n * 7919 % 899_000_000, None


def _ports(n: int) -> Usage:
    return PORTS, 1 + n % 48, None


def _samples(n: int) -> Usage:
    return SAMPLES, n * 104_729 % 1_000_000_000, {"direction": "out" if n % 2 else "in"}


def _call(n: int) -> Usage:
    return CALLS, n * 31 % 1800, {"destination": f"33{1 + n % 7}{n * 12_347 % 10_000_000:07}"}


def _cells(n: int) -> Usage:
    return OCTETS, 1_000_000 + n * 7919 % 899_000_000, {"region": ("eu", "us", "asia")[n % 3]}


_GIGABYTE: Final = "1000000000"
_TIERS: Final = [
    {"up_to": "200000000000", "unit_price": "0"},
    {"up_to": "500000000000", "unit_price": "0.0500", "unit_size": _GIGABYTE},
    {"up_to": None, "unit_price": "0.0200", "unit_size": _GIGABYTE},
]
_MINUTE: Final = {"unit_price": "0.12", "per_s": "60"}
_NUMBERS: Final = [
    {"prefix": "33", "name": "France", "bands": [_MINUTE]},
    {"prefix": "336", "name": "France mobile", "connect_fee": "0.10", "bands": [{"unit_price": "0.30", "per_s": "60"}]},
]
_REGIONS: Final = {
    "dimensions": ["region"],
    "cells": [{"match": {"region": "eu"}, "unit_price": "0.000000001"}],
    "default": "0.000000002",
}

BOOK: Final = (
    BookPlan("graduated", 40, {"model": "graduated", "meter": OCTETS, "tiers": _TIERS}, _octets),
    BookPlan("volume", 16, {"model": "volume", "meter": OCTETS, "tiers": _TIERS}, _octets),
    BookPlan("package", 12, {"model": "package", "meter": OCTETS, "size": _GIGABYTE, "price": "0.09"}, _octets),
    BookPlan(
        "per-unit",
        16,
        {"model": "per_unit", "meter": OCTETS, "unit_price": "0.05", "unit_size": _GIGABYTE, "included": _GIGABYTE},
        _octets,
    ),
    BookPlan("ports", 6, {"model": "per_unit", "meter": PORTS, "unit_price": "2.00"}, _ports),
    BookPlan("burst", 4, {"model": "percentile", "meter": SAMPLES, "unit_price": "0.000001"}, _samples),
    BookPlan("calls", 3, {"model": "rated_call", "meter": CALLS, "rate_table": _NUMBERS}, _call),
    BookPlan("regions", 3, {"model": "matrix", "meter": OCTETS, **_REGIONS}, _cells),
)
FLAT: Final = {"model": "flat", "amount": "29.90", "interval": "month", "bill": "arrears"}


def plan_of(line: int) -> BookPlan:
    """The plan of a line: neighbours have different ones."""
    return _BY_PLACE[line * 37 % 100]


def prices(plan: BookPlan) -> list[dict[str, Any]]:
    """All prices of the plan, as an API gets them."""
    return [FLAT, plan.price]


def _places() -> Iterator[BookPlan]:
    for plan in BOOK:
        yield from [plan] * plan.share


_BY_PLACE: Final = tuple(_places())
