"""How the operator has payments handled, unless an account says otherwise. Reference data, in partition 0.

ChangePaymentSettings(allocation="oldest_due", tolerances={"EUR": Decimal("0.05")},
                      limits={"support": {"EUR": Decimal("50.00")}})
-> PaymentSettingsChanged, version 2
SetAllocation(account_id="acc-1", allocation="pro_rata")      -> AllocationSet, for this account
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Final, Literal

from services.payments.balance.allocation import Policy
from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event, Message

CollectWhen = Literal["by_hand", "on_issue", "on_due"]
"""When an invoice is collected without anybody asking for it."""
ONLY: Final = "payments"
"""There is one of them."""


class TopUpLimits(Checked, frozen=True, kw_only=True):
    """How much is charged to put money on an account: from `minimum` to `maximum`, both included; `None`: without."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None


class SettingsTerms(Checked, frozen=True, kw_only=True):
    """`allocation`: which invoices a payment pays that names none. `tolerances`: by currency, what may be missing of an
    invoice after a payment for it to count as paid. `limits`: by role and currency, what it may adjust at a time;
    `refund_limits` and `write_off_limits` likewise. Support may do none of it without a limit, others as much as they
    like. `top_ups`: by currency, how much money
    is charged to be put on an account.

    `collect`: when an invoice is collected by itself of an account that prefers a card or wallet. `retry_days`: after
    how many days a soft decline is tried again, the first, second and later time. `fallback`: whether another method of
    the account is taken after a hard one. `abandon_hours`: how long a customer is waited for who has to say yes."""

    allocation: Policy = "oldest_due"
    tolerances: Mapping[str, Decimal] = {}
    limits: Mapping[str, Mapping[str, Decimal]] = {}
    top_ups: Mapping[str, TopUpLimits] = {}
    collect: CollectWhen = "by_hand"
    retry_days: tuple[int, ...] = (1, 3, 5)
    fallback: bool = True
    abandon_hours: int = 24
    refund_limits: Mapping[str, Mapping[str, Decimal]] = {}
    write_off_limits: Mapping[str, Mapping[str, Decimal]] = {}


class OfSettings(Message, frozen=True, kw_only=True):
    """Whatever is said of them goes to partition 0."""

    REFERENCE: ClassVar[bool] = True
    KEY_FIELD: ClassVar[str] = "settings_id"

    settings_id: str


class ChangePaymentSettings(OfSettings, Command, frozen=True, kw_only=True):
    """From now on, for all accounts. Refused: `too_many_decimals`, `out_of_bounds`, `version_mismatch`."""

    terms: SettingsTerms


class PaymentSettingsChanged(OfSettings, Event, frozen=True, kw_only=True):
    terms: SettingsTerms
    version: Count


class SetAllocation(Command, frozen=True, kw_only=True):
    """How payments of an account are allocated; `None`: as the settings say. Refused: `account_not_found`."""

    account_id: str
    allocation: Policy | None


class AllocationSet(Event, frozen=True, kw_only=True):
    """Payments of the account that name no invoice are allocated so from now on."""

    account_id: str
    allocation: Policy | None
