"""Money of a payment is taken back, and comes again (R50). Pure.

inv-1 is paid, RecordChargeback     PaymentDeallocated, PaymentChargedBack     inv-1 is open
ReverseChargeback                   ChargebackReversed, PaymentAllocated       inv-1 is paid
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from services.payments.amounts import check_received, checked_amount
from services.payments.applying import after
from services.payments.balance.state import Credit, Payer, opened_payer
from services.payments.chargeback.messages import (
    ChargebackReversed,
    PaymentChargedBack,
    RecordChargeback,
    ReverseChargeback,
)
from services.payments.chargeback.state import Chargeback
from services.payments.payment.decide import check_key_is_new
from services.payments.payment.messages import Part
from services.payments.payment.moving import check_no_deposit, paid_instead
from services.payments.payment.refusals import exists_already
from services.payments.payment.state import KnownPayment, found_payment, status_of, succeeded_payment
from services.payments.payment.taking_back import PAID_BACK_TWICE, freed, given_again, owed_twice
from services.payments.settings.state import policy_of
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_chargeback(command: RecordChargeback, view: View, context: Context) -> Sequence[Event]:
    if view.get(Chargeback, command.chargeback_id) is not None:
        raise exists_already("chargeback", command.chargeback_id, code="chargeback_exists")
    check_key_is_new(command.external_key, view)
    known = succeeded_payment(command.payment_id, command.account_id, view, context)
    check_no_deposit(known)
    payer = opened_payer(view, command.account_id)
    check_received(command.received_on, payer, context)
    amount, twice = _amounts(command, known, payer)
    fee = Decimal(0) if command.fee is None else checked_amount(command.fee, payer, "a fee", pointer="/fee")
    back = list(freed(amount, known, payer, view, local_date(context.now, payer.time_zone)))
    left = back[-1].unallocated if back else payer.left_of(known.payment_id)
    gone = EXACT.add(known.charged_back, amount)
    debit_id = context.new_id(PAID_BACK_TWICE) if twice else None
    event = same_fields(
        PaymentChargedBack,
        command,
        amount=amount,
        currency=payer.currency,
        method=known.method,
        charged_back=gone,
        unallocated=EXACT.subtract(left, amount),
        status=status_of(known.amount, known.refunded, gone),
        reopened=tuple(Part(invoice_id=one.invoice_id, amount=one.amount) for one in back),
        paid_back_before=twice,
        owed_as=debit_id,
        fee=fee,
    )
    payer = after(payer, *back, event)
    owed = list(owed_twice(debit_id or "", twice, known.payment_id, payer, context))
    return [*back, event, *owed, *paid_instead(back, after(payer, *owed), known.payment_id, context)]


def decide_reversal(command: ReverseChargeback, view: View, context: Context) -> Sequence[Event]:
    """It pays first what it had paid, then as any payment."""
    known = found_payment(command.payment_id, command.account_id, view, context)
    chargeback = view.get(Chargeback, command.chargeback_id)
    if chargeback is None or chargeback.payment_id != command.payment_id:
        detail = f"payment {command.payment_id} has no chargeback {command.chargeback_id!r}"
        raise Rejection("chargeback_not_found", detail, status=404)
    if chargeback.reversed or known.status == "reversed":
        detail = f"chargeback {chargeback.chargeback_id} was reversed, or its payment was"
        raise Rejection("chargeback_closed", detail, status=409)
    payer = opened_payer(view, command.account_id)
    gone = EXACT.subtract(known.charged_back, chargeback.amount)
    fee = _fee_returned(command, chargeback, payer)
    event = same_fields(
        ChargebackReversed,
        command,
        amount=chargeback.amount,
        currency=payer.currency,
        method=known.method,
        reversed_on=local_date(context.now, payer.time_zone),
        charged_back=gone,
        unallocated=EXACT.add(payer.left_of(known.payment_id), chargeback.amount),
        status=status_of(known.amount, known.refunded, gone),
        paid_back_before=chargeback.paid_back_before,
        owed_as=chargeback.owed_as,
        fee_returned=fee,
    )
    named = [part.invoice_id for part in chargeback.reopened]
    credit = Credit(payment_id=known.payment_id, left=event.unallocated)
    paid = list(payer.spend(credit, named=named, policy=policy_of(payer, view))) if event.unallocated else []
    payer = after(payer, event, *paid)
    debit_id, twice = chargeback.owed_as or "", chargeback.paid_back_before
    return [event, *paid, *given_again(debit_id, twice, known.payment_id, payer, view, context)]


def _fee_returned(command: ReverseChargeback, chargeback: Chargeback, payer: Payer) -> Decimal:
    """Nothing unless whoever took the fee says so, and never more than was taken."""
    if command.fee_returned is None:
        return Decimal(0)
    fee = checked_amount(command.fee_returned, payer, "a fee", pointer="/fee_returned")
    if fee > chargeback.fee:
        detail = f"the fee was {chargeback.fee} {payer.currency}; no more of it can have come back"
        raise Rejection("over_fee", detail, pointer="/fee_returned", status=409)
    return fee


def evolve_chargeback(event: PaymentChargedBack, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(Chargeback, event)


def evolve_reversed(event: ChargebackReversed, envelope: Envelope, view: View) -> Iterator[State]:
    known = view.get(Chargeback, event.chargeback_id)
    if known is None:
        raise NeverBegan(f"chargeback {event.chargeback_id} was never recorded")
    yield replace(known, reversed=True)


def _amounts(command: RecordChargeback, known: KnownPayment, payer: Payer) -> tuple[Decimal, Decimal]:
    """What is taken of the payment, and what of it had been refunded before and is taken besides."""
    amount = min(known.left, known.takeable)
    if command.amount is not None:
        amount = checked_amount(command.amount, payer, "a chargeback", below=None)
    if amount > known.takeable or not amount:
        detail = f"{known.left} {payer.currency} are left of payment {known.payment_id}; no more can be taken back"
        if known.paid_back > 0:
            detail = f"{detail}, but for {known.paid_back} that were refunded: name the amount if a bank took them"
        raise Rejection("over_charged_back", detail, pointer="/amount", status=409)
    of_payment = min(amount, known.left)
    return of_payment, EXACT.subtract(amount, of_payment)
