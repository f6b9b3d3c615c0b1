"""How the operator has payments handled, as it is now."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from services.payments.balance.allocation import Policy
from services.payments.balance.state import Payer
from services.payments.settings.messages import ONLY, SettingsTerms, TopUpLimits
from shared.kernel.decider import Home, State, View


class PaymentSettings(State, frozen=True, kw_only=True):
    """Version 0 is what holds before anybody has said anything."""

    HOME: ClassVar[Home] = Home.REFERENCE
    KEY_FIELD: ClassVar[str] = "settings_id"

    settings_id: str = ONLY
    terms: SettingsTerms = SettingsTerms()
    version: int = 0


def settings(view: View) -> PaymentSettings:
    return view.get(PaymentSettings, ONLY) or PaymentSettings()


def policy_of(payer: Payer, view: View) -> Policy:
    """Which invoices a payment of the account pays that names none."""
    return payer.allocation or settings(view).terms.allocation


def tolerance(currency: str, view: View) -> Decimal:
    """What may be missing of an invoice after a payment for it to count as paid."""
    return settings(view).terms.tolerances.get(currency, Decimal(0))


def top_up_limits(currency: str, view: View) -> TopUpLimits:
    """How much is charged to put money on an account of the currency."""
    return settings(view).terms.top_ups.get(currency, TopUpLimits())
