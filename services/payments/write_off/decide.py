"""What will not be paid is given up, and owed again where it is paid after all. Pure.

15.00 of inv-1 is open, WriteOff       ReceivableWrittenOff 15.00, 0.00 is open
RecoverWriteOff 5.00                   WriteOffRecovered 5.00, PaymentAllocated for what credit there is
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from services.payments.amounts import checked_amount
from services.payments.applying import after
from services.payments.balance.state import OpenInvoice, Payer, opened_payer
from services.payments.crediting import recovered
from services.payments.payment.messages import Part
from services.payments.payment.refusals import exists_already
from services.payments.receivable.state import KnownInvoice, known_invoice
from services.payments.settings.limits import check_limit
from services.payments.settings.state import settings
from services.payments.write_off.messages import ReceivableWrittenOff, RecoverWriteOff, WriteOff, WriteOffRecovered
from services.payments.write_off.state import KnownWriteOff
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import EXACT, exact
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_write_off(command: WriteOff, view: View, context: Context) -> Sequence[ReceivableWrittenOff]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    if view.get(KnownWriteOff, command.write_off_id) is not None:
        raise exists_already("write-off", command.write_off_id, code="write_off_exists")
    owed = _owed(command, payer, view)
    with exact():
        total = sum((invoice.open for invoice in owed), Decimal(0))
    limits = settings(view).terms.write_off_limits
    check_limit(limits, command.role, total, payer.currency, verb="write off", pointer="")
    today = local_date(context.now, payer.time_zone)
    return [
        same_fields(
            ReceivableWrittenOff,
            command,
            invoice_id=invoice.invoice_id,
            amount=invoice.open,
            currency=payer.currency,
            open=Decimal(0),
            written_off_on=today,
        )
        for invoice in owed
    ]


def decide_recovery(command: RecoverWriteOff, view: View, context: Context) -> Sequence[Event]:
    known = view.get(KnownWriteOff, command.write_off_id)
    if known is None or known.account_id != command.account_id:
        raise Rejection("write_off_not_found", f"there is no write-off {command.write_off_id!r}", status=404)
    payer = opened_payer(view, command.account_id)
    today = local_date(context.now, payer.time_zone)
    events = [
        recovered(
            command.write_off_id,
            known_invoice(view, part.invoice_id),
            part.amount,
            payer,
            today,
            open_=EXACT.add(payer.open_of(part.invoice_id), part.amount),
            left=EXACT.subtract(known.of(part.invoice_id), part.amount),
        )
        for part in _recovered(command, known, payer)
    ]
    owing = after(payer, *events)
    return [*events, *owing.settle_all([event.invoice_id for event in events], today)]


def evolve_written_off(event: ReceivableWrittenOff, envelope: Envelope, view: View) -> Iterator[State]:
    """Cents that a payment lacked are not asked for again."""
    if event.rounding:
        return
    known = view.get(KnownWriteOff, event.write_off_id)
    if known is None:
        known = KnownWriteOff(write_off_id=event.write_off_id, account_id=event.account_id)
    yield replace(known, parts=known.with_part(event.invoice_id, event.amount))


def evolve_recovered(event: WriteOffRecovered, envelope: Envelope, view: View) -> Iterator[State]:
    known = view.get(KnownWriteOff, event.write_off_id)
    if known is None:
        raise NeverBegan(f"nothing was written off as {event.write_off_id}")
    yield replace(known, parts=known.with_part(event.invoice_id, event.left))


def _owed(command: WriteOff, payer: Payer, view: View) -> Sequence[OpenInvoice]:
    if command.invoice_id is not None:
        known = view.get(KnownInvoice, command.invoice_id)
        if known is None or known.account_id != command.account_id:
            raise absent("invoice", command.invoice_id, pointer="/invoice_id")
    owed = [one for one in payer.owed if command.invoice_id in (None, one.invoice_id)]
    if not owed:
        raise Rejection("nothing_open", "nothing is open there, so nothing can be written off", status=409)
    return owed


def _recovered(command: RecoverWriteOff, known: KnownWriteOff, payer: Payer) -> Iterator[Part]:
    """How much of each invoice, in the order in which they were written off."""
    parts = [part for part in known.parts if command.invoice_id in (None, part.invoice_id)]
    with exact():
        most = sum((part.amount for part in parts), Decimal(0))
    wanted = most if command.amount is None else checked_amount(command.amount, payer, "what is recovered")
    if wanted > most or not wanted:
        detail = f"{most} {payer.currency} of it is given up; no more can be owed again"
        raise Rejection("over_written_off", detail, pointer="/amount", status=409)
    for part in parts:
        amount = min(wanted, part.amount)
        wanted = EXACT.subtract(wanted, amount)
        if amount:
            yield Part(invoice_id=part.invoice_id, amount=amount)
