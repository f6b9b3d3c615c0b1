"""What an account owes and has, and what pays for what of it (R48). See allocation.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import cast

import msgspec

from services.payments.balance import allocation
from services.payments.balance.allocation import Allocation, Policy
from services.payments.balance.allocation import Credit as Credit
from services.payments.balance.allocation import OpenInvoice as OpenInvoice
from services.payments.balance.messages import CreditAllocated, PaymentAllocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.granted_credit.messages import CreditGranted
from services.payments.payment.messages import PaymentRecorded, PaymentSucceeded
from services.payments.receivable.messages import ReceivableOpened
from shared.kernel.decider import State, View
from shared.kernel.errors import NeverBegan
from shared.kernel.same_fields import same_fields

Allocated = PaymentAllocated | CreditAllocated


class UnknownPayer(NeverBegan):
    """An invoice was issued to an account whose opening was never seen here: a fault in the log, so it is parked."""


class Payer(State, frozen=True, kw_only=True):
    """What an account owes (`owed`, each > 0) and what credit it has (`credits`, each > 0, oldest first).

    `allocation`: which invoices a payment pays that names none; `None`: as the operator's settings say.
    """

    account_id: str
    currency: str
    time_zone: str = "UTC"
    owed: tuple[OpenInvoice, ...] = ()
    credits: tuple[Credit, ...] = ()
    allocation: Policy | None = None

    def spend(
        self, credit: Credit, *, named: Sequence[str] = (), policy: Policy = "oldest_due"
    ) -> Iterator[PaymentAllocated]:
        """What a payment pays of what is owed, the invoices it names first."""
        made = allocation.spend(credit, self.owed, named=named, policy=policy, currency=self.currency)
        return cast("Iterator[PaymentAllocated]", self._told(made))

    def spend_granted(self, granted: CreditGranted, *, named: Sequence[str] = ()) -> Iterator[Allocated]:
        """What granted credit pays of what is owed, the invoices it is meant for first."""
        return self._told(allocation.spend(credit_granted(granted), self.owed, named=named))

    def settle_all(self, invoice_ids: Sequence[str], today: date, *, but: str = "") -> Iterator[Allocated]:
        """What credit pays of these invoices, which owe something again; that of payment `but` pays nothing."""
        credits = [credit for credit in self.credits if credit.counts_on(today) and credit.payment_id != but]
        for invoice in self.owed:
            if invoice.invoice_id in invoice_ids:
                made = list(allocation.settle(invoice, credits))
                credits = list(allocation.after_spending(credits, made))
                yield from self._told(made)

    def left_of(self, payment_id: str) -> Decimal:
        """What is left of a payment as credit."""
        left = (c.left for c in self.credits if c.payment_id == payment_id and not (c.credit_note or c.granted))
        return next(left, Decimal(0))

    def settle(self, opened: ReceivableOpened, today: date) -> Iterator[Allocated]:
        """What credit pays of a new invoice; what has expired pays nothing, though its timer may be late."""
        credits = [credit for credit in self.credits if credit.counts_on(today)]
        return self._told(allocation.settle(open_invoice(opened), credits))

    def granted(self, credit_id: str) -> Credit | None:
        """What is left of a granted credit; `None` where nothing is."""
        return next((credit for credit in self.credits if credit.granted and credit.payment_id == credit_id), None)

    def take(self, taken: CreditNoteTaken) -> Iterator[Allocated]:
        """What a credit note pays of other invoices, after it has lowered its own."""
        owed = [invoice for invoice in self.owed if invoice.invoice_id != taken.invoice_id]
        return self._told(allocation.spend(credit_of_note(taken), owed))

    def open_of(self, invoice_id: str) -> Decimal:
        """What an invoice still owes."""
        return next((invoice.open for invoice in self.owed if invoice.invoice_id == invoice_id), Decimal(0))

    def _told(self, allocations: Iterable[Allocation]) -> Iterator[Allocated]:
        whose = {"account_id": self.account_id, "currency": self.currency}
        for made in allocations:
            source = made.credit.payment_id
            if made.credit.credit_note or made.credit.granted:
                granted = made.credit.granted
                told = same_fields(CreditAllocated, made, credit_note_id=source, unallocated=made.left, **whose)
                yield msgspec.structs.replace(told, granted=granted)
            else:
                yield same_fields(PaymentAllocated, made, payment_id=source, unallocated=made.left, **whose)


def credit_of(recorded: PaymentRecorded | PaymentSucceeded) -> Credit:
    """A payment before anything is allocated of it."""
    return Credit(payment_id=recorded.payment_id, left=recorded.amount)


def credit_of_note(taken: CreditNoteTaken) -> Credit:
    """What a credit note leaves to the account, before any other invoice is paid of it."""
    return Credit(payment_id=taken.credit_note_id, left=taken.unallocated, credit_note=True)


def credit_granted(granted: CreditGranted) -> Credit:
    """Granted credit before anything is paid of it."""
    return Credit(payment_id=granted.credit_id, left=granted.amount, granted=True, expires_on=granted.expires_on)


def open_invoice(opened: ReceivableOpened) -> OpenInvoice:
    """An invoice before anything is paid of it; one below zero owes nothing."""
    return OpenInvoice(
        invoice_id=opened.invoice_id,
        number=opened.number,
        series_n=opened.series_n,
        due_on=opened.due_on,
        open=max(opened.amount, Decimal(0)),
    )


def opened_payer(view: View, account_id: str) -> Payer:
    """The payer of what the log says of an account. Raises `UnknownPayer`."""
    payer = view.get(Payer, account_id)
    if payer is None:
        raise UnknownPayer(f"account {account_id} was never opened in payments")
    return payer
