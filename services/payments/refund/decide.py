"""Money of a payment goes back (R51). Pure.

40.00 of 50.00 pays inv-1, RefundPayment 20.00  ->  PaymentDeallocated 10.00, PaymentRefunded 20.00     inv-1 owes 10.00
the same with adjust_invoice                    ->  …, CreditGranted 10.00, CreditAllocated 10.00       inv-1 is paid

What is paid out of the till is paid at once; how all else is, see paying_out.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from services.payments.amounts import checked_amount
from services.payments.applying import after
from services.payments.balance.messages import PaymentDeallocated
from services.payments.balance.state import Payer, opened_payer
from services.payments.collection.state import Collection
from services.payments.crediting import correct
from services.payments.gateways import gateways
from services.payments.payment.decide import check_key_is_new
from services.payments.payment.refusals import exists_already
from services.payments.payment.state import KnownPayment, status_of, succeeded_payment
from services.payments.payment.taking_back import freed
from services.payments.receivable.state import KnownInvoice, known_invoice
from services.payments.refund.messages import PaymentRefunded, RefundPaid, RefundPayment
from services.payments.refund.state import KnownRefund
from services.payments.settings.limits import check_limit
from services.payments.settings.state import settings
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

REFUND: Final = "refund"
"""The reason of granted credit that lowers what a refund has opened again."""


def decide_refund(command: RefundPayment, view: View, context: Context) -> Sequence[Event]:
    if view.get(KnownRefund, command.refund_id) is not None:
        raise exists_already("refund", command.refund_id, code="refund_exists")
    check_key_is_new(command.external_key, view)
    known = succeeded_payment(command.payment_id, command.account_id, view, context)
    payer = opened_payer(view, command.account_id)
    _check_invoice(command, view)
    amount = _amount(command, known, payer)
    limits = settings(view).terms.refund_limits
    check_limit(limits, command.role, amount, payer.currency, verb="refund", pointer="/amount")
    today = local_date(context.now, payer.time_zone)
    back = list(freed(amount, known, payer, view, today, named=command.invoice_id))
    left = back[-1].unallocated if back else payer.left_of(known.payment_id)
    refunded = EXACT.add(known.refunded, amount)
    event = same_fields(
        PaymentRefunded,
        command,
        amount=amount,
        currency=payer.currency,
        method=known.method,
        refunded_on=today,
        refunded=refunded,
        unallocated=EXACT.subtract(left, amount),
        status=status_of(known.amount, refunded, known.charged_back),
        adjusts=command.adjust_invoice and bool(back),
        **_way(command, known, view),
    )
    paid = [same_fields(RefundPaid, event, method="cash", paid_on=today)] if event.way == "cash" else []
    adjusted = _adjusted(command, back, after(payer, *back, event), view, context) if event.adjusts else ()
    return [*back, event, *paid, *adjusted]


def evolve_refund(event: PaymentRefunded, envelope: Envelope, view: View) -> Iterator[State]:
    yield same_fields(KnownRefund, event, status="paid" if event.way is None else "requested", method=event.method)


def _way(command: RefundPayment, known: KnownPayment, view: View) -> dict[str, str]:
    """By which way it goes back, and of which charge where a gateway pays it."""
    collection = view.get(Collection, known.payment_id)
    gateway = None if collection is None else gateways().get(collection.gateway)
    can = collection is not None and bool(collection.reference) and gateway is not None and gateway.refund is not None
    if command.way == "gateway" and not can:
        detail = f"payment {known.payment_id} came through no gateway that pays back; refund it by transfer or cash"
        raise Rejection("not_of_a_gateway", detail, pointer="/way", status=409)
    if collection is not None and can and command.way in (None, "gateway"):
        return {"way": "gateway", "gateway": collection.gateway, "charge": collection.reference}
    return {"way": command.way or ("cash" if known.method == "cash" else "transfer")}


def _amount(command: RefundPayment, known: KnownPayment, payer: Payer) -> Decimal:
    amount = known.left if command.amount is None else checked_amount(command.amount, payer, "a refund", below=None)
    if amount > known.left or not amount:
        detail = f"{known.left} {payer.currency} are left of payment {known.payment_id}; no more can be paid back"
        raise Rejection("over_refund", detail, pointer="/amount", status=409)
    return amount


def _check_invoice(command: RefundPayment, view: View) -> None:
    if command.invoice_id is not None:
        invoice = view.get(KnownInvoice, command.invoice_id)
        if invoice is None or invoice.account_id != command.account_id:
            raise absent("invoice", command.invoice_id, pointer="/invoice_id")


def _adjusted(
    command: RefundPayment, back: Sequence[PaymentDeallocated], payer: Payer, view: View, context: Context
) -> Iterator[Event]:
    """Credit for what each invoice lost, which pays just that. Its id is ours: the refund's may be a client's.

    What was credited of an invoice before stays owed, and that credit pays it where some is left.
    """
    for one in back:
        invoice = known_invoice(view, one.invoice_id)
        credit_id = context.new_id("credit", one.invoice_id)
        _, given = correct(credit_id, invoice, one.amount, REFUND, payer, context, note=command.note)
        yield from given
        payer = after(payer, *given)
    yield from payer.settle_all([one.invoice_id for one in back], local_date(context.now, payer.time_zone))
