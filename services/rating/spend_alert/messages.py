"""Spend alerts: what an account would be charged now reaches an amount, and that is told once for each period.

    SetSpendAlert(alert_id="al-1", account_id="acc-1", threshold=Decimal("50.00"), action="cap", ...)  -> SpendAlertSet
    ChangeSpendAlert(alert_id="al-1", threshold=Decimal("80.00"))                                -> SpendAlertChanged
    (usage comes in; the live amount of the account is 50.20)
                                                           -> SpendThresholdReached, and with "cap" SuspensionAsked

The amount is that of `GET /v1/accounts/{id}/unbilled`, without usage of periods after the open one, whose threshold it
is: of each price as the plan says it, which is before tax, or with tax where the plan's prices include it. What of it
includes tax is told as `gross`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from shared.kernel.bounds import Count
from shared.kernel.claims import Claim, claim_chosen
from shared.kernel.currency import Currency
from shared.kernel.errors import Rejection
from shared.kernel.message import Command, Event
from shared.kernel.period import Period

Action = Literal["notify", "cap"]
Scope = Literal["period"]


class SetSpendAlert(Command, frozen=True, kw_only=True):
    """Tell when an account's spend of a period reaches `threshold`, by its prices; with `cap` ask for suspension too.

    Refused: `spend_alert_exists`, `account_not_found`, `account_closed`, `currency_mismatch`, `invalid`,
    `too_many_alerts`.
    """

    alert_id: str
    account_id: str
    threshold: Decimal
    currency: Currency
    scope: Scope = "period"
    action: Action = "notify"

    def claims(self, command_id: str) -> Sequence[Claim]:
        return claim_chosen("spend_alert", self.alert_id, spend_alert_exists, command_id=command_id)


class ChangeSpendAlert(Command, frozen=True, kw_only=True):
    """Give an alert another threshold or action; `None` leaves what it has. Nothing happens where nothing differs.

    Refused: `unknown_aggregate`, `currency_mismatch`, `invalid`, `too_many_decimals`.
    """

    alert_id: str
    account_id: str
    threshold: Decimal | None = None
    currency: Currency | None = None
    action: Action | None = None


class RemoveSpendAlert(Command, frozen=True, kw_only=True):
    """Forget an alert. Refused: `unknown_aggregate`."""

    alert_id: str
    account_id: str


class CheckSpend(Command, frozen=True, kw_only=True):
    """Compare what an account would be charged now with its alerts. Never refused; mostly nothing comes of it."""

    account_id: str


class SpendAlertSet(Event, frozen=True, kw_only=True):
    """From now on `threshold` of the account's spend is told. `cap`: its suspension is asked for as well."""

    alert_id: str
    account_id: str
    threshold: Decimal
    currency: Currency
    scope: Scope
    action: Action


class SpendAlertChanged(Event, frozen=True, kw_only=True):
    """From now on the alert is this, as if it were new: a cap that it asked for is lifted, and what has been told of
    the running period is told again where the new threshold is reached. `version` counts from 1, as it was set.
    """

    alert_id: str
    account_id: str
    version: Count
    threshold: Decimal
    currency: Currency
    scope: Scope
    action: Action


class SpendAlertRemoved(Event, frozen=True, kw_only=True):
    """The alert is gone."""

    alert_id: str
    account_id: str


class SpendThresholdReached(Event, frozen=True, kw_only=True):
    """What the account would be charged is `amount`, which is `threshold` or more. Once for an alert and a period.

    `gross` of it are prices that include tax, the others are before tax.
    """

    alert_id: str
    account_id: str
    period: Period
    threshold: Decimal
    amount: Decimal
    currency: Currency
    gross: Decimal = Decimal(0)


class SuspensionAsked(Event, frozen=True, kw_only=True):
    """An account has reached a cap: its lines are blocked until the period is over, or the alert is changed or
    removed.

    Nothing else is suspended: what recurs goes on to cost what it does, until somebody suspends it.

    Follows the `SpendThresholdReached` of the same alert and period.
    """

    alert_id: str
    account_id: str
    period: Period
    threshold: Decimal
    amount: Decimal
    currency: Currency
    gross: Decimal = Decimal(0)


def spend_alert_exists(alert_id: str) -> Rejection:
    """What the decider and the owner of the id both say."""
    return Rejection("spend_alert_exists", f"{alert_id} exists already; choose another id", pointer="/id", status=409)
