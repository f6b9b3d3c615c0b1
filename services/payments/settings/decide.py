"""The operator's settings for payments, changed as a whole; and what an account has of its own. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from services.payments.amounts import AMOUNT_MAX
from services.payments.balance.state import Payer
from services.payments.settings.messages import (
    AllocationSet,
    ChangePaymentSettings,
    PaymentSettingsChanged,
    SetAllocation,
    SettingsTerms,
    TopUpLimits,
)
from services.payments.settings.state import PaymentSettings, settings
from shared.kernel.currency import minor_units
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.rounding import HALF_UP, round_amount
from shared.kernel.same_fields import same_fields

TOLERANCE_MAX: Final = 1
"""So many units of a currency are no cents any more."""
RETRIES_MAX: Final = 10
DAYS_MAX: Final = 60
HOURS_MAX: Final = 720


def decide_settings(command: ChangePaymentSettings, view: View, context: Context) -> Sequence[PaymentSettingsChanged]:
    known = settings(view)
    context.check_version(known.version)
    _check(command.terms)
    if command.terms == known.terms and known.version:
        return []
    return [same_fields(PaymentSettingsChanged, command, version=known.version + 1)]


def decide_allocation(command: SetAllocation, view: View, context: Context) -> Sequence[AllocationSet]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    return [] if payer.allocation == command.allocation else [same_fields(AllocationSet, command)]


def evolve_settings(event: PaymentSettingsChanged, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(PaymentSettings, event)


def _check(terms: SettingsTerms) -> None:
    _check_amounts(terms.tolerances, "/tolerances", below=Decimal(TOLERANCE_MAX))
    _check_retries(terms)
    each = {"adjustment": terms.limits, "refund": terms.refund_limits, "write_off": terms.write_off_limits}
    for of, by_role in each.items():
        for role, limits in by_role.items():
            _check_amounts(limits, f"/{of}_limits/{role}", below=AMOUNT_MAX)
    for currency, bounds in terms.top_ups.items():
        _check_top_ups(bounds, currency)


def _check_top_ups(bounds: TopUpLimits, currency: str) -> None:
    for name, amount in (("minimum", bounds.minimum), ("maximum", bounds.maximum)):
        if amount is not None:
            _check_amounts({currency: amount}, f"/top_ups/{name}", below=AMOUNT_MAX)
    if bounds.minimum is not None and bounds.maximum is not None and bounds.maximum < bounds.minimum:
        detail = f"the maximum {bounds.maximum} {currency} is below the minimum, {bounds.minimum}"
        raise Rejection("out_of_bounds", detail, pointer=f"/top_ups/{currency}/maximum")


def _check_retries(terms: SettingsTerms) -> None:
    if len(terms.retry_days) > RETRIES_MAX or not all(1 <= days <= DAYS_MAX for days in terms.retry_days):
        detail = f"at most {RETRIES_MAX} times, each after 1 to {DAYS_MAX} days"
        raise Rejection("out_of_bounds", detail, pointer="/retry_days")
    if not 1 <= terms.abandon_hours <= HOURS_MAX:
        raise Rejection("out_of_bounds", f"from 1 to {HOURS_MAX} hours", pointer="/abandon_hours")


def _check_amounts(amounts: Mapping[str, Decimal], pointer: str, *, below: Decimal) -> None:
    for currency, amount in amounts.items():
        where = f"{pointer}/{currency}"
        if not 0 <= amount < below:
            raise Rejection("out_of_bounds", f"{amount} {currency} is not from 0 to below {below}", pointer=where)
        if round_amount(amount, HALF_UP, currency) != amount:
            detail = f"{currency} has {minor_units(currency)} decimals, {amount} has more"
            raise Rejection("too_many_decimals", detail, pointer=where)
