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
    each = {"adjustment": terms.limits, "refund": terms.refund_limits, "write_off": terms.write_off_limits}
    for of, by_role in each.items():
        for role, limits in by_role.items():
            _check_amounts(limits, f"/{of}_limits/{role}", below=AMOUNT_MAX)


def _check_amounts(amounts: Mapping[str, Decimal], pointer: str, *, below: Decimal) -> None:
    for currency, amount in amounts.items():
        where = f"{pointer}/{currency}"
        if not 0 <= amount < below:
            raise Rejection("out_of_bounds", f"{amount} {currency} is not from 0 to below {below}", pointer=where)
        if round_amount(amount, HALF_UP, currency) != amount:
            detail = f"{currency} has {minor_units(currency)} decimals, {amount} has more"
            raise Rejection("too_many_decimals", detail, pointer=where)
