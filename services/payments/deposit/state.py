"""A deposit, from asking for it until nothing of it is held."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from shared.kernel.decider import State

Status = Literal["requested", "held", "closed", "cancelled"]


class Deposit(State, frozen=True, kw_only=True):
    """`held` of `amount` is with us; `closed`: all of it was applied or paid back. `version` counts its events."""

    KEY_FIELD = "deposit_id"

    deposit_id: str
    account_id: str
    amount: Decimal
    status: Status = "requested"
    held: Decimal = Decimal(0)
    version: int = 1
