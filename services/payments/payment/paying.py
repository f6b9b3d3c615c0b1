"""What money pays when it comes: by the account's policy; cents that an invoice lacks afterwards are given up. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from services.payments.balance.messages import CreditAllocated, PaymentAllocated
from services.payments.balance.state import Payer, credit_of
from services.payments.payment.messages import PaymentRecorded, PaymentSucceeded
from services.payments.settings.state import policy_of, tolerance
from services.payments.write_off.messages import ReceivableWrittenOff
from shared.kernel.decider import Context, View
from shared.kernel.message import Event

ROUNDING: Final = "rounding"


def paid_by(
    came: PaymentRecorded | PaymentSucceeded,
    payer: Payer,
    view: View,
    context: Context,
    today: date,
    *,
    also: Sequence[str] = (),
) -> Sequence[Event]:
    """What a payment pays: the invoice it names and `also` those, then by the policy."""
    named = also if came.invoice_id is None else (came.invoice_id, *also)
    paid = list(payer.spend(credit_of(came), named=named, policy=policy_of(payer, view)))
    return [*paid, *rounded_off(paid, payer, view, context, today)]


def rounded_off(
    paid: Iterable[PaymentAllocated | CreditAllocated], payer: Payer, view: View, context: Context, today: date
) -> Iterator[ReceivableWrittenOff]:
    """What is missing of an invoice after it was paid, and is within the tolerance, is given up."""
    last = {allocated.invoice_id: allocated.open for allocated in paid}
    most = tolerance(payer.currency, view) if any(last.values()) else Decimal(0)
    for invoice_id, open_ in last.items():
        if 0 < open_ <= most:
            yield ReceivableWrittenOff(
                write_off_id=context.new_id(ROUNDING, invoice_id),
                account_id=payer.account_id,
                invoice_id=invoice_id,
                amount=open_,
                currency=payer.currency,
                open=Decimal(0),
                reason_code=ROUNDING,
                written_off_on=today,
                rounding=True,
            )
