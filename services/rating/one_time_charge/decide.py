"""One-time charges: added for a day that is not closed, cancelled until they are billed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final, assert_never

from services.rating.account.state import Account
from services.rating.one_time_charge.messages import (
    AddOneTimeCharge,
    CancelOneTimeCharge,
    OneTimeChargeAdded,
    OneTimeChargeCancelled,
)
from services.rating.one_time_charge.state import PendingCharge, PendingCharges
from services.rating.period.messages import CHARGED_BY_HAND, ChargeFixed
from services.rating.subscription.state import Subscription
from shared.kernel.calendar import local_date
from shared.kernel.currency import minor_units
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent, unknown_aggregate

PENDING_MAX: Final = 1_000
DAYS_AHEAD_MAX: Final = 3_660

OneTimeChargeCommand = AddOneTimeCharge | CancelOneTimeCharge
OneTimeChargeEvent = OneTimeChargeAdded | OneTimeChargeCancelled


def decide_one_time_charge(
    command: OneTimeChargeCommand, view: View, context: Context
) -> list[OneTimeChargeAdded | OneTimeChargeCancelled]:
    match command:
        case AddOneTimeCharge():
            return [_add(command, view, context)]
        case CancelOneTimeCharge():
            if not any(charge.charge_id == command.charge_id for charge in _pending(command.account_id, view)):
                # What is billed or cancelled is no longer here; the API has looked which.
                raise unknown_aggregate("charge", command.charge_id)
            return [OneTimeChargeCancelled(charge_id=command.charge_id, account_id=command.account_id)]
        case _:
            assert_never(command)


def evolve_one_time_charge(
    event: OneTimeChargeEvent | ChargeFixed, envelope: Envelope, view: View
) -> list[State | Gone]:
    pending = _pending(event.account_id, view)
    if isinstance(event, OneTimeChargeAdded):
        added = PendingCharge(
            charge_id=event.charge_id,
            description=event.description,
            amount=event.amount,
            on=event.on,
            item=event.item,
            subscription_id=event.subscription_id,
            tax_class=event.tax_class,
            change_id=event.change_id,
            credits=event.credits,
            includes_tax=event.includes_tax,
        )
        return [PendingCharges(account_id=event.account_id, charges=(*pending, added))]
    left = tuple(charge for charge in pending if charge.charge_id != event.charge_id)
    if left:
        return [PendingCharges(account_id=event.account_id, charges=left)]
    return [Gone(PendingCharges, event.account_id)] if pending else []


def _pending(account_id: str, view: View) -> tuple[PendingCharge, ...]:
    found = view.get(PendingCharges, account_id)
    return found.charges if found else ()


def _add(command: AddOneTimeCharge, view: View, context: Context) -> OneTimeChargeAdded:
    account = view.get(Account, command.account_id)
    if account is None:
        raise absent("account", command.account_id, pointer="/account_id")
    account.check_open()
    _check_amount(command, account)
    if command.subscription_id is not None:
        subscription = view.get(Subscription, command.subscription_id)
        if subscription is None or subscription.account_id != account.account_id:
            raise unknown_aggregate("subscription", command.subscription_id, pointer="/subscription_id")
    if len(_pending(account.account_id, view)) >= PENDING_MAX:
        detail = f"{PENDING_MAX} charges wait to be billed, which is the most; cancel some"
        raise Rejection("too_many_charges", detail, status=409)
    return OneTimeChargeAdded(
        charge_id=command.charge_id,
        account_id=account.account_id,
        description=command.description,
        amount=command.amount,
        currency=account.currency,
        on=_day(command, account, local_date(context.now, account.terms.time_zone)),
        item=CHARGED_BY_HAND,
        subscription_id=command.subscription_id,
        tax_class=command.tax_class,
        includes_tax=command.includes_tax,
    )


def _check_amount(command: AddOneTimeCharge, account: Account) -> None:
    if command.currency != account.currency:
        detail = f"account {account.account_id} is in {account.currency}, the charge in {command.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/amount/currency")
    if command.amount <= 0:
        detail = f"a charge is more than zero, not {command.amount}; give a credit in payments"
        raise Rejection("invalid", detail, pointer="/amount/amount")
    places = minor_units(account.currency)
    if command.amount != command.amount.quantize(Decimal(1).scaleb(-places)):
        detail = f"{account.currency} has {places} decimals, {command.amount} has more"
        raise Rejection("invalid", detail, pointer="/amount/amount")


def _day(command: AddOneTimeCharge, account: Account, today: date) -> date:
    """The day that decides in which period it is billed."""
    if account.open_period is None:
        detail = f"account {account.account_id} has no subscription, so no period of it closes; start one first"
        raise Rejection("no_period", detail, pointer="/account_id", status=409)
    earliest = account.open_period.start
    day = command.on or max(today, earliest)
    if day < earliest:
        detail = f"{day} lies in a period that is closed; the earliest day is {earliest}"
        raise Rejection("period_closed", detail, pointer="/on")
    if day > today + timedelta(days=DAYS_AHEAD_MAX):
        raise Rejection("out_of_bounds", f"{day} is more than {DAYS_AHEAD_MAX} days ahead", pointer="/on")
    return day
