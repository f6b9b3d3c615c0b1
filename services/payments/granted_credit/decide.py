"""Credit is granted, taken back and expires; what is left of it is in the account's balance. Pure.

40.00 is owed, GrantCredit 50.00     CreditGranted 50.00, CreditAllocated 40.00     10.00 is credit
ReverseCredit                        CreditReversed 10.00                           40.00 stay paid
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from services.payments.amounts import checked_amount
from services.payments.balance.messages import CreditAllocated
from services.payments.balance.state import Allocated, Payer, opened_payer
from services.payments.granted_credit.messages import (
    OF_VOUCHER,
    CreditExpired,
    CreditGranted,
    CreditReversed,
    ExpireCredit,
    GrantCredit,
    ReverseCredit,
)
from services.payments.granted_credit.state import KnownCredit
from services.payments.settings.limits import check_limit
from services.payments.settings.state import settings
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Context, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Event, encode, type_name

CREDITS_MAX: Final = 1_000
"""So many credits of an account may be left at one moment: each of them is in its balance."""


def decide_grant(command: GrantCredit, view: View, context: Context) -> Sequence[Event]:
    """The credit, and what it pays at once. Raises `Rejection`; see `GrantCredit`."""
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    today = local_date(context.now, payer.time_zone)
    amount = checked_amount(command.amount, payer, "credit")
    limits = settings(view).terms.limits
    check_limit(limits, command.role, amount, payer.currency, verb="credit", pointer="/amount/amount")
    if command.expires_on is not None and command.expires_on < today:
        detail = f"{command.expires_on} is over: today is {today} where the account is; give a later day, or none"
        raise Rejection("in_past", detail, pointer="/expires_on")
    check_room(payer)
    until, note = command.expires_on, command.note
    return list(granted_for(command.credit_id, amount, command.reason, payer, context, note=note, expires_on=until))


def granted_for(
    credit_id: str,
    amount: Decimal,
    reason: str,
    payer: Payer,
    context: Context,
    *,
    named: Sequence[str] = (),
    note: str = "",
    expires_on: date | None = None,
    invoice_id: str | None = None,
) -> Iterator[CreditGranted | Allocated]:
    """Credit of the account, and what it pays at once, the invoices it is meant for first. `invoice_id`: it corrects
    this one."""
    granted = CreditGranted(
        credit_id=credit_id,
        account_id=payer.account_id,
        amount=amount,
        currency=payer.currency,
        reason=reason,
        granted_on=local_date(context.now, payer.time_zone),
        time_zone=payer.time_zone,
        note=note,
        expires_on=expires_on,
        invoice_id=invoice_id,
    )
    yield granted
    yield from payer.spend_granted(granted, named=named)


def check_room(payer: Payer) -> None:
    """Raises `Rejection`: `too_many_credits`."""
    if sum(credit.granted for credit in payer.credits) >= CREDITS_MAX:
        detail = f"{CREDITS_MAX} credits of {payer.account_id} wait to be used; reverse some of them first"
        raise Rejection("too_many_credits", detail, status=409)


def decide_reversal(command: ReverseCredit, view: View, context: Context) -> Sequence[Event]:
    known = view.get(KnownCredit, command.credit_id)
    if known is None or known.account_id != command.account_id:
        raise Rejection("credit_not_found", f"there is no granted credit {command.credit_id!r}", status=404)
    context.check_version(known.version)
    payer = opened_payer(view, command.account_id)
    left = payer.granted(command.credit_id)
    if left is None:
        detail = f"nothing is left of credit {command.credit_id}: it is used up, expired or reversed"
        raise Rejection("credit_closed", detail, status=409)
    return [
        CreditReversed(
            credit_id=command.credit_id,
            account_id=command.account_id,
            amount=left.left,
            currency=payer.currency,
            reason=command.reason,
            reversed_on=local_date(context.now, payer.time_zone),
            granted_for=known.granted_for,
            invoice_id=known.invoice_id,
        )
    ]


def decide_expiry(command: ExpireCredit, view: View, context: Context) -> Sequence[Event]:
    payer = opened_payer(view, command.account_id)
    left = payer.granted(command.credit_id)
    today = local_date(context.now, payer.time_zone)
    if left is None or left.counts_on(today):
        return []
    known = view.get(KnownCredit, command.credit_id)
    return [
        CreditExpired(
            credit_id=command.credit_id,
            account_id=command.account_id,
            amount=left.left,
            currency=payer.currency,
            expired_on=today,
            granted_for="" if known is None else known.granted_for,
        )
    ]


def evolve_granted(event: CreditGranted, envelope: Envelope, view: View) -> Iterator[State]:
    granted_for = OF_VOUCHER if event.reason == OF_VOUCHER else ""
    yield KnownCredit(
        credit_id=event.credit_id,
        account_id=event.account_id,
        granted_for=granted_for,
        invoice_id=event.invoice_id,
    )
    if event.expires_on is not None:
        yield _timer(event, event.expires_on)


def evolve_closed(event: CreditReversed | CreditExpired, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    yield _again(event.credit_id, view)
    yield Gone(Due, timer_name(event.credit_id))


def evolve_used(event: CreditAllocated, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    """Of one that is used up nothing can expire."""
    if event.granted:
        yield _again(event.credit_note_id, view)
        if not event.unallocated:
            yield Gone(Due, timer_name(event.credit_note_id))


def _again(credit_id: str, view: View) -> KnownCredit:
    """Something has happened to it."""
    known = view.get(KnownCredit, credit_id)
    if known is None:
        raise NeverBegan(f"credit {credit_id} was never granted")
    return msgspec.structs.replace(known, version=known.version + 1)


def timer_name(credit_id: str) -> str:
    return f"credit/{credit_id}"


def _timer(event: CreditGranted, last: date) -> Due:
    """At the midnight behind the last day on which it counts."""
    command = ExpireCredit(credit_id=event.credit_id, account_id=event.account_id)
    return Due(
        name=timer_name(event.credit_id),
        due_at=midnight(last + timedelta(days=1), event.time_zone),
        command_type=type_name("payments", ExpireCredit),
        command=msgspec.Raw(encode(command)),
    )
