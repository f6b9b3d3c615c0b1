"""An invoice is credited once: by all that corrects it together no more than it asks for. Pure.

invoice 40.00, of which 30.00 is paid and 10.00 written off
credited 15.00     WriteOffRecovered 10.00, CreditGranted 15.00, CreditAllocated 10.00      5.00 is credit
credited 45.00     likewise, CreditGranted 40.00                                            no more was asked for

What was given up and is credited after all was never owed: it leaves the write-off. A credit note does so, too; its
amount stands, and is `covered` as far as it was credited before without a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from services.payments.applying import after
from services.payments.balance.state import Allocated, Payer
from services.payments.granted_credit.decide import granted_for
from services.payments.granted_credit.messages import CreditGranted
from services.payments.receivable.state import KnownInvoice
from services.payments.write_off.messages import WriteOffRecovered
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context
from shared.kernel.decimals import EXACT

Correction = WriteOffRecovered | CreditGranted | Allocated


def owed_again(invoice: KnownInvoice, wanted: Decimal, payer: Payer, today: date) -> Iterator[WriteOffRecovered]:
    """What was given up of an invoice is open again, the oldest write-off first, until `wanted` of it is open."""
    open_ = payer.open_of(invoice.invoice_id)
    for part in invoice.given_up:
        amount = min(part.amount, EXACT.subtract(wanted, open_))
        if amount <= 0:
            return
        open_ = EXACT.add(open_, amount)
        left = EXACT.subtract(part.amount, amount)
        yield recovered(part.write_off_id, invoice, amount, payer, today, open_=open_, left=left)


def recovered(
    write_off_id: str,
    invoice: KnownInvoice,
    amount: Decimal,
    payer: Payer,
    today: date,
    *,
    open_: Decimal,
    left: Decimal,
) -> WriteOffRecovered:
    """So much of a write-off is owed again: `open_` is open then, and `left` of it still given up."""
    return WriteOffRecovered(
        write_off_id=write_off_id,
        account_id=payer.account_id,
        invoice_id=invoice.invoice_id,
        amount=amount,
        currency=payer.currency,
        open=open_,
        left=left,
        number=invoice.number,
        due_on=invoice.due_on or today,
        recovered_on=today,
        series_n=invoice.series_n,
    )


def covered_by(invoice: KnownInvoice, noted: Decimal) -> Decimal:
    """How much of a credit note was credited before without a document."""
    return max(min(invoice.corrected, EXACT.subtract(noted, invoice.creditable)), Decimal(0))


def correct(
    credit_id: str,
    invoice: KnownInvoice,
    wanted: Decimal,
    reason: str,
    payer: Payer,
    context: Context,
    *,
    note: str = "",
) -> tuple[Decimal, list[Correction]]:
    """How much of `wanted` an invoice is credited, and by what: no more than is not credited yet."""
    amount = min(wanted, invoice.creditable)
    if amount <= 0:
        return Decimal(0), []
    again = list(owed_again(invoice, amount, payer, local_date(context.now, payer.time_zone)))
    payer, corrected = after(payer, *again), invoice.invoice_id
    given = granted_for(credit_id, amount, reason, payer, context, named=[corrected], note=note, invoice_id=corrected)
    return amount, [*again, *given]


def credited(
    credit_id: str, amount: Decimal, reason: str, payer: Payer, context: Context, *, note: str
) -> Iterator[CreditGranted | Allocated]:
    """Credit that corrects no invoice: it pays what is due first."""
    return granted_for(credit_id, amount, reason, payer, context, note=note)
