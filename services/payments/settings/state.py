"""How the operator has payments handled, as it is now."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Final

from services.payments.balance.allocation import Policy
from services.payments.balance.state import Payer
from services.payments.settings.messages import ONLY, SettingsTerms
from shared.kernel.decider import Home, State, View
from shared.kernel.errors import Rejection

UNLIMITED: Final = ("admin", "billing")
"""Roles that may give up as much as they like where nobody has set them a limit; the first of them always may."""


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


def check_limit(
    role: str, amount: Decimal, currency: str, view: View, what: str, *, pointer: str | None = "/amount/amount"
) -> None:
    """What a role may adjust, credit or give up at a time: one limit for all, or the next way would be around it.

    Raises `Rejection`: `above_approval_limit`.
    """
    if role == "admin":
        return
    limit = settings(view).terms.limits.get(role, {}).get(currency, None if role in UNLIMITED else Decimal(0))
    if limit is not None and amount > limit:
        detail = f"{role} may {what} up to {limit} {currency} at a time; ask somebody who may do more"
        raise Rejection("above_approval_limit", detail, pointer=pointer, status=403)
