"""Late fees: added once each, refused where their invoice claims nothing any more, waived until they are issued (R54).

payments   INV-000042 is overdue: 5.00        LateFeeAdded      waits for the next draft
payments   the same again                     nothing
rating     the period closes                  LateFeeBilled     (invoice/taking_over.py)
a person   waives it, on the draft            LateFeeWaived     a line of -5.00 beside it, the draft complete anew
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.invoice.state import Invoice, Issued, Void
from services.invoicing.late_fee.messages import (
    AddLateFee,
    LateFeeAdded,
    LateFeeBilled,
    LateFeeRefused,
    LateFeeWaived,
    RefusedFor,
)
from services.invoicing.late_fee.state import LateFee, WaitingFees
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_added(command: AddLateFee, view: View, context: Context) -> Sequence[Event]:
    fee = command.fee
    if view.get(LateFee, fee.fee_id) is not None:
        return []
    profile = None if fee.dunning_case else profile_of(view, command.account_id)
    refused = _why_not(view.get(Invoice, fee.invoice_id), profile)
    if refused is not None:
        return [same_fields(LateFeeRefused, fee, account_id=command.account_id, reason=refused)]
    return [same_fields(LateFeeAdded, command)]


def evolve_fee(
    event: LateFeeAdded | LateFeeBilled | LateFeeWaived, envelope: Envelope, view: View
) -> Iterable[State | Gone]:
    match event:
        case LateFeeAdded():
            held = view.get(WaitingFees, event.account_id)
            fees = (*(held.fees if held else ()), event.fee)
            yield WaitingFees(account_id=event.account_id, fees=fees)
            yield LateFee(fee_id=event.fee.fee_id, account_id=event.account_id)
        case LateFeeBilled():
            yield msgspec.structs.replace(_known(event.fee_id, view), invoice_id=event.invoice_id)
            yield from _waiting_without(event.fee_id, event.account_id, view)
        case LateFeeWaived():
            yield msgspec.structs.replace(_known(event.fee_id, view), waived=True)
            yield from _waiting_without(event.fee_id, event.account_id, view)


def _why_not(invoice: Invoice | None, profile: BillProfile | None) -> RefusedFor | None:
    """What payments did not know when it asked: it hears of it later than we do. What dunning costs needs no `profile`
    with a late-fee policy."""
    if profile is not None and profile.late_fee_policy is None:
        return "no_policy"
    match invoice:
        case Invoice(stage=Void()):
            return "invoice_void"
        case Invoice(stage=Issued(void_asked=asked)) if asked is not None:
            return "void_pending"
        case Invoice(stage=Issued(total=total, credited=credited)) if credited is not None and credited.total >= total:
            return "invoice_credited"
        case _:
            return None


def _known(fee_id: str, view: View) -> LateFee:
    fee = view.get(LateFee, fee_id)
    if fee is None:
        raise NeverBegan(f"late fee {fee_id} was never added")
    return fee


def _waiting_without(fee_id: str, account_id: str, view: View) -> Iterable[State | Gone]:
    held = view.get(WaitingFees, account_id)
    if held is None:
        return
    left = tuple(fee for fee in held.fees if fee.fee_id != fee_id)
    if len(left) < len(held.fees):
        yield WaitingFees(account_id=account_id, fees=left) if left else Gone(WaitingFees, account_id)
