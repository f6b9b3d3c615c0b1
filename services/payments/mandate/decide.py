"""The life of a mandate: registered, signed, used, amended, revoked, expired. Pure.

RegisterMandate, SignMandate 5 Jan 2026     active; the next debit is FRST
DirectDebitPlaced for 15 Jan 2026           the next debit is RCUR; it expires on 15 Jan 2029
DirectDebitReturned of that one             FRST again
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Final

import msgspec

from services.payments.balance.state import Payer, opened_payer
from services.payments.direct_debit.messages import DirectDebitCancelled, DirectDebitPlaced, DirectDebitReturned
from services.payments.mandate.messages import (
    AmendMandate,
    ExpireMandate,
    MandateAmended,
    MandateExpired,
    MandateRegistered,
    MandateRevoked,
    MandateSigned,
    RegisterMandate,
    RevokeMandate,
    SignMandate,
    mandate_exists,
)
from services.payments.mandate.state import OVER, Mandate, found_mandate, mandates_of
from services.payments.payment_method.state import found_method
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, Do, Due, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event, encode, type_name
from shared.kernel.same_fields import same_fields

UNUSED_MONTHS: Final = 36
MANDATES_MAX: Final = 50

Changed = MandateRegistered | MandateSigned | MandateAmended | MandateRevoked | MandateExpired
Used = DirectDebitPlaced | DirectDebitReturned | DirectDebitCancelled


def decide_registered(command: RegisterMandate, view: View, context: Context) -> Sequence[Event]:
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id, pointer="/account_id")
    _check_bank_account(command.method_id, command.account_id, view)
    known = mandates_of(command.account_id, view)
    if known.get(command.mandate_id) is not None:
        raise mandate_exists(command.mandate_id)
    if len(known.mandates) >= MANDATES_MAX:
        raise Rejection("too_many_mandates", f"{command.account_id} has {MANDATES_MAX} mandates", status=409)
    today = local_date(context.now, payer.time_zone)
    _check_signed(command.signed_on, today)
    return [same_fields(MandateRegistered, command, registered_on=today)]


def decide_mandate(
    command: SignMandate | AmendMandate | RevokeMandate | ExpireMandate, view: View, context: Context
) -> Sequence[Event]:
    mandate, payer = found_mandate(command.mandate_id, command.account_id, view), opened_payer(view, command.account_id)
    today = local_date(context.now, payer.time_zone)
    match command:
        case SignMandate():
            if mandate.status != "pending":
                detail = f"mandate {mandate.mandate_id} is {mandate.status}; it does not wait for a signature"
                raise Rejection("mandate_not_pending", detail, status=409)
            _check_signed(command.signed_on, today)
            return [same_fields(MandateSigned, command)]
        case AmendMandate():
            _check_not_over(mandate)
            _check_bank_account(command.method_id, command.account_id, view)
            return [] if command.method_id == mandate.method_id else [same_fields(MandateAmended, command)]
        case RevokeMandate():
            _check_not_over(mandate)
            return [same_fields(MandateRevoked, command, revoked_on=today)]
        case ExpireMandate():
            over = mandate.status in OVER or today < _expires_on(mandate)
            return [] if over else [same_fields(MandateExpired, command, expired_on=today)]


def evolve_mandate(event: Changed, envelope: Envelope, view: View) -> Iterator[State | Gone]:
    known = mandates_of(event.account_id, view)
    if isinstance(event, MandateRegistered):
        status = "pending" if event.signed_on is None else "active"
        made = same_fields(Mandate, event, since=event.signed_on or event.registered_on, status=status)
        yield known.with_(made)
        yield _timer(event.account_id, made)
        return
    mandate = known.get(event.mandate_id)
    if mandate is None:
        return
    match event:
        case MandateSigned():
            after = msgspec.structs.replace(mandate, status="active", signed_on=event.signed_on, since=event.signed_on)
        case MandateAmended():
            after = msgspec.structs.replace(mandate, method_id=event.method_id, uses=0)
        case MandateRevoked():
            after = msgspec.structs.replace(mandate, status="revoked")
        case MandateExpired():
            after = msgspec.structs.replace(mandate, status="expired")
    yield known.with_(after)
    yield Gone(Due, timer_name(event.mandate_id)) if after.status in OVER else _timer(event.account_id, after)


def evolve_used(event: Used, envelope: Envelope, view: View) -> Iterator[State]:
    """What has come back was no use of it, so that the next debit is a first one where none has stayed."""
    known = mandates_of(event.account_id, view)
    mandate = known.get(event.mandate_id)
    if mandate is None:
        return
    if isinstance(event, DirectDebitPlaced):
        used_on = max(mandate.used_on or event.collection_date, event.collection_date)
        after = msgspec.structs.replace(mandate, uses=mandate.uses + 1, used_on=used_on)
    else:
        after = msgspec.structs.replace(mandate, uses=max(0, mandate.uses - 1))
    yield known.with_(after)
    if after.status not in OVER:
        yield _timer(event.account_id, after)


def react(event: DirectDebitReturned | DirectDebitPlaced, envelope: Envelope, view: View) -> Iterator[Do]:
    """What a bank will never pay by is asked no more, and a mandate for one debit is over with it."""
    mandate = mandates_of(event.account_id, view).get(event.mandate_id)
    if mandate is None or mandate.status in OVER:
        return
    whose = {"mandate_id": event.mandate_id, "account_id": event.account_id}
    if isinstance(event, DirectDebitReturned):
        if event.hard:
            yield Do(RevokeMandate(reason=event.code, **whose))
    elif mandate.kind == "one_off":
        yield Do(RevokeMandate(reason="used", **whose))


def timer_name(mandate_id: str) -> str:
    return f"mandate-expiry/{mandate_id}"


def _timer(account_id: str, mandate: Mandate) -> Due:
    command = ExpireMandate(mandate_id=mandate.mandate_id, account_id=account_id)
    return Due(
        name=timer_name(mandate.mandate_id),
        # Its day has begun everywhere by then.
        due_at=datetime.combine(_expires_on(mandate), time(12), UTC),
        command_type=type_name("payments", ExpireMandate),
        command=msgspec.Raw(encode(command)),
    )


def _expires_on(mandate: Mandate) -> date:
    last = mandate.used_on or mandate.since
    year, month = divmod(last.year * 12 + last.month - 1 + UNUSED_MONTHS, 12)
    try:
        return date(year, month + 1, last.day)
    except ValueError:
        # The 29th of February, or a day beyond the calendar.
        return date(min(year, 9999), month + 1, 28)


def _check_bank_account(method_id: str, account_id: str, view: View) -> None:
    method = found_method(method_id, account_id, view, pointer="/payment_method_id")
    if method.kind != "bank_account":
        detail = f"{method_id} is a {method.kind}; a mandate is of a bank account"
        raise Rejection("not_a_bank_account", detail, pointer="/payment_method_id")


def _check_signed(signed_on: date | None, today: date) -> None:
    if signed_on is not None and signed_on > today:
        raise Rejection("in_future", f"{signed_on} has not come yet; today is {today}", pointer="/signed_on")


def _check_not_over(mandate: Mandate) -> None:
    if mandate.status in OVER:
        raise Rejection("mandate_over", f"mandate {mandate.mandate_id} is {mandate.status}", status=409)
