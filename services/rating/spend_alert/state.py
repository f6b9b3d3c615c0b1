"""The alerts of an account, and which accounts of a partition have any."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

import msgspec

from services.rating.spend_alert.messages import Action
from shared.kernel.decider import State

ALL: Final = "all"


class SpendAlert(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An alert; `reached` is the first day of the latest period in which it was."""

    alert_id: str
    threshold: Decimal
    action: Action
    reached: date | None = None
    version: int = 1


class SpendAlerts(State, frozen=True, kw_only=True):
    """Of one account, in the order they were set; without any there is no state.

    `checked_at`: when usage last made its spend be looked at, by the event numbered `checked_by`.
    """

    account_id: str
    alerts: tuple[SpendAlert, ...]
    checked_at: datetime | None = None
    checked_by: int = 0


class AlertedAccounts(State, frozen=True, kw_only=True):
    """The accounts of this partition that have alerts, with how many: one look-up tells usage that there are none."""

    accounts: dict[str, int]

    @property
    def key(self) -> str:
        return ALL
