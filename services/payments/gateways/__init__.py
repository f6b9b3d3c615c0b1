"""Payment gateways, one file each, found by listing this folder. contract.py says what a gateway is.

    gateways()["stripe"].charge(charge, access)      # the call that collects, as data

Nothing else names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from services.payments.gateways.contract import Gateway
from shared.kernel.plugins import plugins
from shared.kernel.rounding import round_decimals


@cache
def gateways() -> Mapping[str, Gateway]:
    """Every gateway by its name."""
    return plugins(__name__, Gateway)


def taken_of(name: str, amount: Decimal) -> Decimal:
    """As much of an amount as the gateway can take: one that knows whole units only takes 36 of 36.04."""
    gateway = gateways().get(name)
    if gateway is None or gateway.decimals is None:
        return amount
    return round_decimals(amount, gateway.decimals, "down")


def fits(name: str, amount: Decimal) -> bool:
    """Whether the gateway can take just this amount."""
    return taken_of(name, amount) == amount
