"""A small internet provider, drawn from a seed: plans, customers, their lines.

    world = World.drawn(seed=7, customers=200, months=[date(2026, 9, 24), date(2026, 10, 24)])
    world.customers[0].account_id          # 'cust-001'

The same seed gives the same world, to the last octet: nothing here looks at a clock or draws from anywhere else.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shared.kernel.calendar import midnight

TIME_ZONE = "Europe/Paris"
CURRENCY = "EUR"
GIGABYTE = 1_000_000_000
CYCLE_ID = "monthly"
# How long ago the last month was billed: its invoices are not due yet, those of the months before are.
DAYS_SINCE_THE_LAST_RUN = 4


def cycle_anchored(day: int) -> dict[str, Any]:
    """A billing cycle of months that begin on a day, 1 to 28, as the API takes it."""
    return {
        "id": CYCLE_ID,
        "name": f"Monthly, from day {day}",
        "frequency": "month",
        "anchor_day": day,
        "time_zone": TIME_ZONE,
    }


_FIRST = ("Alma", "Bruno", "Chiara", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaia", "Leon", "Mara")
_LAST = ("Abadi", "Berger", "Costa", "Dubois", "Eriksen", "Ferrari", "Garnier", "Horvat", "Ivanov", "Jansen", "Keller")
_STREETS = ("Rue Haute", "Kerkstraat", "Avenue Louise", "Stationsstraat", "Rue du Moulin", "Molenstraat", "Grand-Place")
_TOWNS = (("1000", "Brussels"), ("2000", "Antwerp"), ("9000", "Ghent"), ("4000", "Liège"), ("5000", "Namur"))

PLANS: tuple[dict[str, Any], ...] = (
    {
        "id": "fiber-500",
        "name": "Fiber 500",
        "currency": CURRENCY,
        "prices": [
            {"model": "flat", "amount": "29.90", "interval": "month", "bill": "arrears"},
            {
                "model": "graduated",
                "meter": "data.octets",
                "tiers": [
                    {"up_to": str(200 * GIGABYTE), "unit_price": "0"},
                    {"up_to": str(500 * GIGABYTE), "unit_price": "0.0500", "unit_size": str(GIGABYTE)},
                    {"up_to": None, "unit_price": "0.0200", "unit_size": str(GIGABYTE)},
                ],
            },
        ],
    },
    {
        "id": "cable-100",
        "name": "Cable 100",
        "currency": CURRENCY,
        "prices": [
            {"model": "flat", "amount": "19.90", "interval": "month", "bill": "arrears"},
            {
                "model": "per_unit",
                "meter": "data.octets",
                "unit_price": "0.0800",
                "unit_size": str(GIGABYTE),
                "included": str(100 * GIGABYTE),
            },
            {"model": "per_unit", "meter": "voice.seconds", "unit_price": "0.0190", "unit_size": "60"},
        ],
    },
    {
        "id": "office-1000",
        "name": "Office 1000",
        "currency": CURRENCY,
        "prices": [
            {"model": "flat", "amount": "89.00", "interval": "month", "bill": "advance"},
            {"model": "per_unit", "meter": "data.octets", "unit_price": "0.0350", "unit_size": str(GIGABYTE)},
            {"model": "per_unit", "meter": "voice.seconds", "unit_price": "0.0095", "unit_size": "60"},
        ],
    },
)
# Meters that a plan prices; a customer's line reports nothing else.
METERS = {plan["id"]: tuple(p["meter"] for p in plan["prices"] if "meter" in p) for plan in PLANS}


@dataclass(frozen=True)
class Customer:
    """One account with one subscription and one line. `appetite` scales its usage, `pays` its way of paying.

    `address` is as the API takes it.
    """

    number: int
    name: str
    plan_id: str
    resource: str
    appetite: int
    pays: str
    address: dict[str, Any]

    @property
    def account_id(self) -> str:
        return f"cust-{self.number:03d}"

    @property
    def subscription_id(self) -> str:
        return f"sub-{self.number:03d}"


@dataclass(frozen=True)
class World:
    seed: int
    months: tuple[date, ...]
    customers: tuple[Customer, ...]

    @staticmethod
    def drawn(*, seed: int, customers: int, months: list[date]) -> World:
        """`months` are first days, in order: the same day of each month, up to the 28th."""
        chance = random.Random(f"{seed}/customers")
        return World(seed, tuple(months), tuple(_customer(chance, n) for n in range(1, customers + 1)))

    @property
    def cycle(self) -> dict[str, Any]:
        """The billing cycle that has these months."""
        return cycle_anchored(self.months[0].day)

    @property
    def start(self) -> datetime:
        return midnight(self.months[0], TIME_ZONE)

    @property
    def end(self) -> datetime:
        return midnight(month_after(self.months[-1]), TIME_ZONE)


def _customer(chance: random.Random, number: int) -> Customer:
    return Customer(
        number=number,
        name=f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
        plan_id=chance.choices([plan["id"] for plan in PLANS], weights=[50, 35, 15])[0],
        resource="mac:" + ":".join(f"{chance.randrange(256):02x}" for _ in range(6)),
        appetite=chance.choice([1, 1, 2, 2, 3, 5, 8]),
        pays=chance.choices(["in_full", "in_part", "not"], weights=[85, 7, 8])[0],
        address=_address(number),
    )


def _address(number: int) -> dict[str, Any]:
    """Counted and not drawn: the seed's usage stays what it was."""
    postal_code, city = _TOWNS[number % len(_TOWNS)]
    street = _STREETS[number % len(_STREETS)]
    return {"lines": [f"{street} {number}"], "postal_code": postal_code, "city": city, "country": "BE"}


def month_after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, first.day)


def months_before(today: date, count: int) -> list[date]:
    """First days of `count` months, the last of which ended a few days ago.

    >>> months_before(date(2026, 1, 15), 2), months_before(date(2026, 4, 3), 1)
    ([datetime.date(2025, 11, 11), datetime.date(2025, 12, 11)], [datetime.date(2026, 2, 28)])
    """
    ended = today - timedelta(days=DAYS_SINCE_THE_LAST_RUN)
    months = [ended.replace(day=min(ended.day, 28))]
    for _ in range(count):
        year, month = months[0].year, months[0].month
        months.insert(0, months[0].replace(year=year - (month == 1), month=(month - 2) % 12 + 1))
    return months[:-1]
