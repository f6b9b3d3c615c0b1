"""What a payment pays is said anew by hand, or all of it is taken back. Pure.

payment 50.00, of which 40.00 pays inv-1; AllocatePayment [inv-2 20.00, inv-1 10.00]
-> PaymentDeallocated 30.00 of inv-1, PaymentAllocated 20.00 to inv-2            20.00 is credit
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from services.payments.amounts import checked_amount
from services.payments.applying import after
from services.payments.balance.messages import PaymentAllocated, PaymentDeallocated
from services.payments.balance.state import Payer, opened_payer
from services.payments.deposit.messages import DEPOSIT
from services.payments.payment.messages import AllocatePayment, PaymentReversed, ReversePayment, Wanted
from services.payments.payment.paying import rounded_off
from services.payments.payment.state import KnownPayment, succeeded_payment
from services.payments.payment.taking_back import PAID_BACK_TWICE, deallocated, freed, owed_twice
from services.payments.receivable.state import KnownInvoice
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.decimals import EXACT, exact
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_allocations(command: AllocatePayment, view: View, context: Context) -> Sequence[Event]:
    """What is less is taken back first, so that it can be moved."""
    known = succeeded_payment(command.payment_id, command.account_id, view, context)
    payer = opened_payer(view, command.account_id)
    wanted = dict(_checked(command.allocations, payer, view))
    with exact():
        if sum(wanted.values(), Decimal(0)) > known.left:
            detail = f"{known.left} {payer.currency} are left of payment {known.payment_id}; allocate no more"
            raise Rejection("over_allocated", detail, pointer="/allocations", status=409)
    back = list(_less(known, wanted, payer, view, context))
    payer = after(payer, *back)
    paid = list(_more(known, wanted, payer, command))
    today = local_date(context.now, payer.time_zone)
    return [*back, *paid, *rounded_off(paid, payer, view, context, today)]


def decide_reversal(command: ReversePayment, view: View, context: Context) -> Sequence[Event]:
    """Other credit pays at once what is open again. What was refunded of money that never came is owed."""
    known = succeeded_payment(command.payment_id, command.account_id, view, context)
    check_no_deposit(known)
    if not known.takeable:
        detail = f"nothing is left of payment {known.payment_id}: it was taken back"
        raise Rejection("payment_not_succeeded", detail, status=409)
    payer = opened_payer(view, command.account_id)
    today = local_date(context.now, payer.time_zone)
    back = list(freed(known.left, known, payer, view, today))
    twice_id = context.new_id(PAID_BACK_TWICE)
    reversed_ = same_fields(
        PaymentReversed,
        command,
        amount=known.left,
        currency=payer.currency,
        method=known.method,
        reversed_on=today,
        paid_back_before=known.paid_back,
        owed_as=twice_id if known.paid_back > 0 else None,
    )
    payer = after(payer, *back, reversed_)
    twice = list(owed_twice(twice_id, known.paid_back, known.payment_id, payer, context))
    return [*back, reversed_, *twice, *paid_instead(back, after(payer, *twice), known.payment_id, context)]


def paid_instead(
    back: Sequence[PaymentDeallocated], payer: Payer, payment_id: str, context: Context
) -> Iterator[Event]:
    """What other credit pays of invoices that lost money of a payment."""
    today = local_date(context.now, payer.time_zone)
    yield from payer.settle_all([one.invoice_id for one in back], today, but=payment_id)


def check_no_deposit(known: KnownPayment) -> None:
    if known.method == DEPOSIT:
        detail = f"payment {known.payment_id} is made of a deposit, which we hold; pay it back by a refund"
        raise Rejection("deposit_payment", detail, status=409)


def _checked(parts: Sequence[Wanted], payer: Payer, view: View) -> Iterator[tuple[str, Decimal]]:
    seen: set[str] = set()
    for place, part in enumerate(parts):
        where = f"/allocations/{place}"
        known = view.get(KnownInvoice, part.invoice_id)
        if known is None or known.account_id != payer.account_id:
            raise absent("invoice", part.invoice_id, pointer=f"{where}/invoice_id")
        if part.invoice_id in seen:
            detail = f"{part.invoice_id} is named twice; say once how much of the payment it gets"
            raise Rejection("allocated_twice", detail, pointer=f"{where}/invoice_id")
        seen.add(part.invoice_id)
        yield part.invoice_id, checked_amount(part.amount, payer, "an allocation", pointer=f"{where}/amount")


def _less(
    known: KnownPayment, wanted: dict[str, Decimal], payer: Payer, view: View, context: Context
) -> Iterator[PaymentDeallocated]:
    today, left = local_date(context.now, payer.time_zone), payer.left_of(known.payment_id)
    for part in known.newest_first():
        less = EXACT.subtract(part.amount, wanted.get(part.invoice_id, Decimal(0)))
        if less > 0:
            left = EXACT.add(left, less)
            yield deallocated(known.payment_id, part.invoice_id, less, payer, view, today, left=left)


def _more(
    known: KnownPayment, wanted: dict[str, Decimal], payer: Payer, command: AllocatePayment
) -> Iterator[PaymentAllocated]:
    left = payer.left_of(known.payment_id)
    for place, (invoice_id, amount) in enumerate(wanted.items()):
        more, open_ = EXACT.subtract(amount, known.pays(invoice_id)), payer.open_of(invoice_id)
        if more > open_:
            detail = f"{open_} {payer.currency} are open of {invoice_id}, beside what the payment pays of it"
            raise Rejection("over_open", detail, pointer=f"/allocations/{place}/amount", status=409)
        if more > 0:
            left = EXACT.subtract(left, more)
            yield PaymentAllocated(
                payment_id=known.payment_id,
                invoice_id=invoice_id,
                account_id=payer.account_id,
                amount=more,
                currency=payer.currency,
                open=EXACT.subtract(open_, more),
                unallocated=left,
            )
