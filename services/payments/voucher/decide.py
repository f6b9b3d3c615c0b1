"""A voucher is redeemed once, however many ask at once: who claims it first has it, unless his account refuses. Pure.

20 x RedeemVoucher        VoucherClaimed once, 19 x refused `voucher_claimed`, later `voucher_redeemed`
CreditVoucher             VoucherCredited with a payment of method `voucher`, or with credit that expires
CreditVoucher, closed     VoucherRefused  ->  SettleVoucher  ->  VoucherReleased
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NoReturn

from services.payments.amounts import checked_amount
from services.payments.balance.state import Payer
from services.payments.closed_account.state import check_open
from services.payments.granted_credit.decide import check_room, granted_for
from services.payments.granted_credit.messages import OF_VOUCHER
from services.payments.payment.decide import decide_payment
from services.payments.payment.messages import RecordPayment
from services.payments.voucher.messages import (
    CreditVoucher,
    RedeemVoucher,
    SettleVoucher,
    VoidVoucher,
    VoucherClaimed,
    VoucherCredited,
    VoucherRedeemed,
    VoucherRefused,
    VoucherReleased,
    VoucherVoided,
)
from services.payments.voucher.state import CreditedVoucher, Voucher
from services.payments.voucher_batch.messages import serial
from services.payments.voucher_batch.state import VoucherBatch, found_batch
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields

Moved = VoucherClaimed | VoucherRedeemed | VoucherReleased | VoucherVoided


def decide_redemption(command: RedeemVoucher, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `RedeemVoucher`."""
    batch, name = _found(command, view)
    known = view.get(Voucher, name)
    if known is not None and known.redemption_id == command.redemption_id and known.status != "void":
        return []
    _check_free(name, known, batch)
    _check_valid(batch, name, command, context)
    terms = batch.terms
    if command.currency != terms.currency:
        detail = f"voucher {name} is in {terms.currency}, account {command.account_id} in {command.currency}"
        raise Rejection("currency_mismatch", detail, pointer="/account_id")
    said = {"amount": terms.amount, "credit_days": terms.credit_days}
    return [same_fields(VoucherClaimed, command, serial=name, **said)]


def decide_credit(command: CreditVoucher, view: View, context: Context) -> Sequence[Event]:
    if view.get(CreditedVoucher, command.redemption_id) is not None:
        return []
    try:
        return _credited(command, view, context)
    except Rejection as refusal:
        return [same_fields(VoucherRefused, command, code=refusal.code, detail=refusal.detail)]


def decide_settled(command: SettleVoucher, view: View, context: Context) -> Sequence[Event]:
    _, name = _found(command, view)
    known = view.get(Voucher, name)
    if known is None or known.status != "claimed" or known.redemption_id != command.redemption_id:
        return []
    said = {"serial": name, "account_id": known.account_id}
    if command.code:
        return [same_fields(VoucherReleased, command, **said)]
    return [same_fields(VoucherRedeemed, command, **said)]


def decide_void(command: VoidVoucher, view: View, context: Context) -> Sequence[Event]:
    batch, name = _found(command, view)
    known = view.get(Voucher, name)
    if known is not None and known.status == "void":
        return []
    _check_free(name, known, batch)
    return [same_fields(VoucherVoided, command, serial=name)]


def evolve_voucher(event: Moved, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    match event:
        case VoucherClaimed():
            yield same_fields(Voucher, event, status="claimed")
        case VoucherRedeemed():
            yield same_fields(Voucher, event, status="redeemed")
        case VoucherReleased():
            yield Gone(Voucher, event.serial)
        case VoucherVoided():
            yield Voucher(serial=event.serial, status="void")


def evolve_credited(event: VoucherCredited | VoucherRefused, envelope: Envelope, view: View) -> Iterator[State]:
    yield CreditedVoucher(redemption_id=event.redemption_id)


def _credited(command: CreditVoucher, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    check_open(command.account_id, view)
    amount = Money(command.amount, command.currency)
    if command.credit_days is not None:
        return _as_credit(command, checked_amount(amount, payer, "a voucher"), command.credit_days, payer, context)
    record = RecordPayment(
        payment_id=command.redemption_id,
        account_id=command.account_id,
        amount=amount,
        method=OF_VOUCHER,
        received_on=local_date(context.now, payer.time_zone),
    )
    recorded = decide_payment(record, view, context)
    return [same_fields(VoucherCredited, command, payment_id=command.redemption_id), *recorded]


def _as_credit(command: CreditVoucher, amount: Decimal, days: int, payer: Payer, context: Context) -> Sequence[Event]:
    """Money that expires: the last day is so many days after this one."""
    check_room(payer)
    until = local_date(context.now, payer.time_zone) + timedelta(days=days)
    name, credit_id = command.serial, command.redemption_id
    granted = granted_for(credit_id, amount, OF_VOUCHER, payer, context, note=name, expires_on=until)
    return [same_fields(VoucherCredited, command, credit_id=credit_id, expires_on=until), *granted]


def _found(command: RedeemVoucher | SettleVoucher | VoidVoucher, view: View) -> tuple[VoucherBatch, str]:
    batch = found_batch(command.batch_id, view)
    if not 1 <= command.n <= batch.filled:
        detail = f"batch {batch.batch_id} has no voucher number {command.n}"
        raise Rejection("voucher_not_found", detail, status=404)
    return batch, serial(batch.prefix, command.n)


def _check_free(name: str, known: Voucher | None, batch: VoucherBatch) -> None:
    """Nothing has happened to it, and its batch is not over."""
    if known is not None and known.status == "claimed":
        _refuse(name, "voucher_claimed", "is being redeemed by another request; ask again in a moment")
    if known is not None and known.status == "redeemed":
        _refuse(name, "voucher_redeemed", "was redeemed already")
    if batch.status == "void" or known is not None:
        _refuse(name, "voucher_void", "is void")
    if batch.status == "expired":
        _refuse(name, "voucher_expired", "has expired")


def _check_valid(batch: VoucherBatch, name: str, command: RedeemVoucher, context: Context) -> None:
    if batch.status != "activated":
        _refuse(name, "voucher_not_active", "is not activated yet: its seller has not sold it")
    today, terms = local_date(context.now, command.time_zone), batch.terms
    if terms.valid_until is not None and terms.valid_until < today:
        _refuse(name, "voucher_expired", f"was to be redeemed by {terms.valid_until}")
    if terms.valid_from is not None and today < terms.valid_from:
        _refuse(name, "voucher_not_valid_yet", f"is redeemed from {terms.valid_from} on")


def _refuse(name: str, code: str, what: str) -> NoReturn:
    raise Rejection(code, f"voucher {name} {what}", pointer="/code", status=409)
