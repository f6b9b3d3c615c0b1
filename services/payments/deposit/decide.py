"""Deposits are asked for, held, applied to what is owed, and paid back. Pure.

    RequestDeposit 100.00    DepositRequested      nothing is owed for it
    ReceiveDeposit           DepositReceived       100.00 held, the balance is as it was
    36.04 owed, ApplyDeposit DepositApplied 36.04  a payment of it; 63.96 held
    ReturnDeposit            DepositReturned 63.96 closed

Applied is never more than is open, so that no deposit becomes credit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from services.payments.amounts import check_received, checked_amount
from services.payments.balance.state import Payer, opened_payer
from services.payments.deposit.messages import (
    DEPOSIT,
    ApplyDeposit,
    CancelDeposit,
    DepositApplied,
    DepositCancelled,
    DepositReceived,
    DepositRequested,
    DepositReturned,
    ReceiveDeposit,
    RequestDeposit,
    ReturnDeposit,
)
from services.payments.deposit.state import Deposit
from services.payments.payment.messages import PaymentRecorded
from services.payments.payment.paying import paid_by
from services.payments.receivable.state import KnownInvoice
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

Moved = DepositReceived | DepositApplied | DepositReturned | DepositCancelled


def decide_request(command: RequestDeposit, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    amount = checked_amount(command.amount, payer, "a deposit")
    today = local_date(context.now, payer.time_zone)
    return [same_fields(DepositRequested, command, amount=amount, currency=payer.currency, requested_on=today)]


def decide_receipt(command: ReceiveDeposit, view: View, context: Context) -> Sequence[Event]:
    """It may come in once."""
    deposit, payer = _found(command, view, context)
    _check_waits(deposit, "received")
    check_received(command.received_on, payer, context)
    return [same_fields(DepositReceived, command, amount=deposit.amount, currency=payer.currency)]


def decide_application(command: ApplyDeposit, view: View, context: Context) -> Sequence[Event]:
    deposit, payer = _found(command, view, context)
    _check_held(deposit)
    open_ = _open(command, payer, view)
    asked = deposit.held if command.amount is None else checked_amount(command.amount, payer, "what is applied")
    amount = min(asked, open_) if command.amount is None else asked
    _check_enough(amount, deposit)
    if amount > open_ or not amount:
        detail = f"{open_} {payer.currency} are open there; a deposit pays what is open, and is paid back otherwise"
        raise Rejection("nothing_open", detail, pointer="/amount", status=409)
    today = local_date(context.now, payer.time_zone)
    recorded = PaymentRecorded(
        payment_id=context.new_id("payment"),
        account_id=command.account_id,
        amount=amount,
        currency=payer.currency,
        method=DEPOSIT,
        received_on=today,
        invoice_id=command.invoice_id,
    )
    applied = DepositApplied(
        deposit_id=command.deposit_id,
        account_id=command.account_id,
        payment_id=recorded.payment_id,
        amount=amount,
        currency=payer.currency,
        held=EXACT.subtract(deposit.held, amount),
        applied_on=today,
        invoice_id=command.invoice_id,
    )
    return [applied, recorded, *paid_by(recorded, payer, view, context, today)]


def decide_return(command: ReturnDeposit, view: View, context: Context) -> Sequence[Event]:
    deposit, payer = _found(command, view, context)
    _check_held(deposit)
    amount = deposit.held if command.amount is None else checked_amount(command.amount, payer, "what is paid back")
    _check_enough(amount, deposit)
    held, today = EXACT.subtract(deposit.held, amount), local_date(context.now, payer.time_zone)
    said = {"amount": amount, "currency": payer.currency, "held": held, "returned_on": today}
    return [same_fields(DepositReturned, command, **said)]


def decide_cancel(command: CancelDeposit, view: View, context: Context) -> Sequence[Event]:
    deposit, payer = _found(command, view, context)
    _check_waits(deposit, "cancelled")
    return [same_fields(DepositCancelled, command, cancelled_on=local_date(context.now, payer.time_zone))]


def evolve_requested(event: DepositRequested, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(Deposit, event)


def evolve_moved(event: Moved, envelope: Envelope, view: View) -> Iterator[State]:
    deposit = view.get(Deposit, event.deposit_id)
    if deposit is None:
        raise NeverBegan(f"deposit {event.deposit_id} was never asked for")
    match event:
        case DepositReceived():
            after = msgspec.structs.replace(deposit, status="held", held=event.amount)
        case DepositApplied(held=held) | DepositReturned(held=held):
            after = msgspec.structs.replace(deposit, status="held" if held else "closed", held=held)
        case DepositCancelled():
            after = msgspec.structs.replace(deposit, status="cancelled")
    yield msgspec.structs.replace(after, version=deposit.version + 1)


def _found(
    command: ReceiveDeposit | ApplyDeposit | ReturnDeposit | CancelDeposit, view: View, context: Context
) -> tuple[Deposit, Payer]:
    deposit = view.get(Deposit, command.deposit_id)
    if deposit is None or deposit.account_id != command.account_id:
        raise Rejection("deposit_not_found", f"there is no deposit {command.deposit_id!r}", status=404)
    context.check_version(deposit.version)
    return deposit, opened_payer(view, command.account_id)


def _check_waits(deposit: Deposit, done: str) -> None:
    if deposit.status != "requested":
        detail = f"deposit {deposit.deposit_id} is {deposit.status}; only one that was asked for is {done}"
        raise Rejection("deposit_not_open", detail, status=409)


def _check_held(deposit: Deposit) -> None:
    if deposit.status != "held":
        detail = f"nothing is held of deposit {deposit.deposit_id}: it is {deposit.status}"
        raise Rejection("deposit_not_held", detail, status=409)


def _check_enough(amount: Decimal, deposit: Deposit) -> None:
    if amount > deposit.held:
        detail = f"{deposit.held} are held of deposit {deposit.deposit_id}, not {amount}"
        raise Rejection("over_held", detail, pointer="/amount/amount", status=409)


def _open(command: ApplyDeposit, payer: Payer, view: View) -> Decimal:
    """What is open of the invoice that it names, or of all. Raises `Rejection`."""
    if command.invoice_id is None:
        return sum((invoice.open for invoice in payer.owed), Decimal(0))
    known = view.get(KnownInvoice, command.invoice_id)
    if known is None or known.account_id != command.account_id:
        raise absent("invoice", command.invoice_id, pointer="/invoice_id")
    return payer.open_of(command.invoice_id)
