"""Receivables and payments of an account: what is owed, what came in, what paid for what. Pure.

    InvoiceIssued 40.00             -> ReceivableOpened 40.00
    RecordPayment 50.00             -> PaymentRecorded 50.00, PaymentAllocated 40.00     10.00 is credit
    InvoiceIssued 25.00             -> ReceivableOpened 25.00, PaymentAllocated 10.00    15.00 is open

An account never has both credit and open invoices: whichever comes second meets the first. An invoice of 0.00 is
paid as soon as it is issued.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.payments import allocation
from services.payments.allocation import Allocation, Credit, OpenInvoice
from services.payments.commands import OpenPayer, OpenReceivable, RecordPayment
from services.payments.events import PayerOpened, PaymentAllocated, PaymentRecorded, ReceivableOpened
from services.payments.refusals import duplicate_external_key, payment_exists
from shared.kernel.calendar import local_date
from shared.kernel.currency import minor_units
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.decimals import exact
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Command, Event
from shared.kernel.rounding import HALF_UP, round_amount


class Payer(State, frozen=True, kw_only=True):
    """What an account owes (`owed`, each > 0) and what credit it has (`credits`, each > 0, oldest first)."""

    account_id: str
    currency: str
    time_zone: str = "UTC"
    owed: tuple[OpenInvoice, ...] = ()
    credits: tuple[Credit, ...] = ()

    @property
    def key(self) -> str:
        return self.account_id


class KnownInvoice(State, frozen=True, kw_only=True):
    """That an invoice was issued to an account; a payment may name it even when it is paid."""

    invoice_id: str
    account_id: str

    @property
    def key(self) -> str:
        return self.invoice_id


class InvoiceNumber(State, frozen=True, kw_only=True):
    """The invoice that bears a number: what customers quote when they pay."""

    number: str
    invoice_id: str

    @property
    def key(self) -> str:
        return self.number


class KnownPayment(State, frozen=True, kw_only=True):
    """That a payment was recorded under this id."""

    payment_id: str

    @property
    def key(self) -> str:
        return self.payment_id


class ExternalKey(State, frozen=True, kw_only=True):
    """The bank's or provider's name of a payment, used up (R52)."""

    external_key: str
    payment_id: str

    @property
    def key(self) -> str:
        return self.external_key


STATES: Final[tuple[type[State], ...]] = (
    Payer,
    KnownInvoice,
    InvoiceNumber,
    KnownPayment,
    ExternalKey,
)


class UnknownPayer(NeverBegan):
    """An invoice was issued to an account whose opening was never seen here: a fault in the log, so it is parked."""


def decide(command: Command, view: View, context: Context) -> Sequence[Event]:
    """The events that a command leads to; none where nothing has to change. Raises `Rejection`."""
    match command:
        case RecordPayment():
            return _record(command, view, context)
        case OpenReceivable():
            return _open_receivable(command, view)
        case OpenPayer():
            return _open_payer(command, view)
        case _:
            raise TypeError(f"{type(command).__name__} is no command of payments")


def evolve(event: Event, envelope: Envelope, view: View) -> Iterable[State | Gone]:
    """The states as they are after the event."""
    match event:
        case PaymentAllocated():
            return _evolve_allocated(event, view)
        case PaymentRecorded():
            return _evolve_recorded(event, view)
        case ReceivableOpened():
            return _evolve_receivable(event, view)
        case PayerOpened():
            return [Payer(account_id=event.account_id, currency=event.currency, time_zone=event.time_zone)]
        case _:
            raise TypeError(f"{type(event).__name__} is no event of payments")


def _open_payer(command: OpenPayer, view: View) -> Sequence[Event]:
    if view.get(Payer, command.account_id) is not None:
        return []
    return [PayerOpened(account_id=command.account_id, currency=command.currency, time_zone=command.time_zone)]


def _open_receivable(command: OpenReceivable, view: View) -> Sequence[Event]:
    payer = _payer(view, command.account_id)
    if view.get(KnownInvoice, command.invoice_id) is not None:
        return []
    opened = ReceivableOpened(
        invoice_id=command.invoice_id,
        account_id=command.account_id,
        number=command.number,
        amount=command.amount,
        currency=command.currency,
        issued_on=command.issued_on,
        due_on=command.due_on,
    )
    allocations = list(allocation.settle(_open_invoice(opened), payer.credits))
    with exact():
        credit_applied = sum((made.amount for made in allocations), start=Decimal(0))
    return [msgspec.structs.replace(opened, credit_applied=credit_applied), *_told(allocations, payer)]


def _record(command: RecordPayment, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    _check_amount(command, payer)
    _check_day(command, payer, context)
    _check_first(command, view)
    invoice_id = _named(command, view)
    recorded = PaymentRecorded(
        payment_id=command.payment_id,
        account_id=command.account_id,
        amount=round_amount(command.amount.amount, HALF_UP, payer.currency),
        currency=payer.currency,
        method=command.method,
        received_on=command.received_on,
        invoice_id=invoice_id,
        external_key=command.external_key,
    )
    credit = Credit(payment_id=recorded.payment_id, left=recorded.amount)
    return [recorded, *_told(allocation.spend(credit, payer.owed, named=invoice_id), payer)]


def _check_amount(command: RecordPayment, payer: Payer) -> None:
    money = command.amount
    if money.currency != payer.currency:
        raise Rejection(
            "currency_mismatch",
            f"account {payer.account_id} is in {payer.currency}, the payment in {money.currency}",
            pointer="/amount/currency",
        )
    if money.amount <= 0:
        raise Rejection("amount_not_positive", f"a payment is above zero, not {money.amount}", pointer="/amount/amount")
    if round_amount(money.amount, HALF_UP, money.currency) != money.amount:
        raise Rejection(
            "too_many_decimals",
            f"{money.currency} has {minor_units(money.currency)} decimals, {money.amount} has more",
            pointer="/amount/amount",
        )


def _check_first(command: RecordPayment, view: View) -> None:
    """Neither id nor external key was used before (R52), here: other partitions are asked by claiming them."""
    if view.get(KnownPayment, command.payment_id) is not None:
        raise payment_exists(command.payment_id)
    if command.external_key is None:
        return
    used = view.get(ExternalKey, command.external_key)
    if used is not None:
        raise duplicate_external_key(command.external_key, used.payment_id)


def _check_day(command: RecordPayment, payer: Payer, context: Context) -> None:
    """Money that came in came in by today; by tomorrow where it was booked further east than the account is."""
    latest = local_date(context.now, payer.time_zone) + timedelta(days=1)
    if command.received_on > latest:
        raise Rejection(
            "in_future",
            f"money received on {command.received_on} has not come in yet; {latest} is the latest day, check the date",
            pointer="/received_on",
        )


def _named(command: RecordPayment, view: View) -> str | None:
    """The id of the invoice that a payment names by its id or its number."""
    if command.invoice_id is None:
        return None
    numbered = view.get(InvoiceNumber, command.invoice_id.upper())
    ids = {command.invoice_id, *([] if numbered is None else [numbered.invoice_id])}
    invoices = [invoice for invoice_id in sorted(ids) if (invoice := view.get(KnownInvoice, invoice_id)) is not None]
    mine = [invoice.invoice_id for invoice in invoices if invoice.account_id == command.account_id]
    if not mine:
        raise absent("invoice", command.invoice_id, pointer="/invoice_id")
    if len(mine) > 1:
        raise Rejection(
            "invoice_ambiguous",
            f"{command.invoice_id} is the number of one invoice and the id of another; give {' or '.join(mine)}",
            pointer="/invoice_id",
        )
    return mine[0]


def _told(allocations: Iterable[Allocation], payer: Payer) -> Iterator[PaymentAllocated]:
    for made in allocations:
        yield PaymentAllocated(
            payment_id=made.payment_id,
            invoice_id=made.invoice_id,
            account_id=payer.account_id,
            amount=made.amount,
            currency=payer.currency,
            open=made.open,
            unallocated=made.left,
        )


def _evolve_receivable(event: ReceivableOpened, view: View) -> Iterator[State]:
    yield KnownInvoice(invoice_id=event.invoice_id, account_id=event.account_id)
    yield InvoiceNumber(number=event.number.upper(), invoice_id=event.invoice_id)
    if event.amount > 0:
        payer = _payer(view, event.account_id)
        yield msgspec.structs.replace(payer, owed=(*payer.owed, _open_invoice(event)))


def _evolve_recorded(event: PaymentRecorded, view: View) -> Iterator[State]:
    payer = _payer(view, event.account_id)
    credit = Credit(payment_id=event.payment_id, left=event.amount)
    yield msgspec.structs.replace(payer, credits=(*payer.credits, credit))
    yield KnownPayment(payment_id=event.payment_id)
    if event.external_key is not None:
        yield ExternalKey(external_key=event.external_key, payment_id=event.payment_id)


def _evolve_allocated(event: PaymentAllocated, view: View) -> Iterator[State]:
    """The event says what remains of both sides; whichever is used up is dropped."""
    payer = _payer(view, event.account_id)
    yield msgspec.structs.replace(
        payer,
        owed=tuple(_owed_after(event, payer.owed)),
        credits=tuple(_credits_after(event, payer.credits)),
    )


def _owed_after(event: PaymentAllocated, owed: Iterable[OpenInvoice]) -> Iterator[OpenInvoice]:
    for invoice in owed:
        if invoice.invoice_id != event.invoice_id:
            yield invoice
        elif event.open:
            yield msgspec.structs.replace(invoice, open=event.open)


def _credits_after(event: PaymentAllocated, credits: Iterable[Credit]) -> Iterator[Credit]:
    for credit in credits:
        if credit.payment_id != event.payment_id:
            yield credit
        elif event.unallocated:
            yield msgspec.structs.replace(credit, left=event.unallocated)


def _open_invoice(opened: ReceivableOpened) -> OpenInvoice:
    return OpenInvoice(
        invoice_id=opened.invoice_id, number=opened.number, due_on=opened.due_on, open=max(opened.amount, Decimal(0))
    )


def _payer(view: View, account_id: str) -> Payer:
    payer = view.get(Payer, account_id)
    if payer is None:
        raise UnknownPayer(f"account {account_id} was never opened in payments")
    return payer
