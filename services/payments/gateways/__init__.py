"""Payment gateways, one file each, found by listing this folder. contract.py says what a gateway is.

    gateways()["stripe"].charge(charge, access)      # the call that collects, as data

Nothing else names one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from services.payments.gateways.contract import Gateway
from shared.kernel.plugins import plugins


@cache
def gateways() -> Mapping[str, Gateway]:
    """Every gateway by its name."""
    return plugins(__name__, Gateway)
