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
from services.invoicing.invoice.completing import complete
from services.invoicing.invoice.messages import DraftLineAdded
from services.invoicing.invoice.state import Drafted, Invoice, Issued, Void
from services.invoicing.late_fee.lines import reason_of, waiver_of
from services.invoicing.late_fee.messages import (
    AddLateFee,
    LateFeeAdded,
    LateFeeBilled,
    LateFeeRefused,
    LateFeeWaived,
    RefusedFor,
    WaiveLateFee,
)
from services.invoicing.late_fee.state import LateFee, WaitingFees
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_added(command: AddLateFee, view: View, context: Context) -> Sequence[Event]:
    fee = command.fee
    if view.get(LateFee, fee.fee_id) is not None:
        return []
    refused = _why_not(view.get(Invoice, fee.invoice_id), profile_of(view, command.account_id))
    if refused is not None:
        return [same_fields(LateFeeRefused, fee, account_id=command.account_id, reason=refused)]
    return [same_fields(LateFeeAdded, command)]


def decide_waived(command: WaiveLateFee, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `WaiveLateFee`."""
    fee = view.get(LateFee, command.fee_id)
    if fee is None or fee.account_id != command.account_id:
        raise Rejection("late_fee_not_found", f"there is no late fee {command.fee_id!r}", status=404)
    if fee.waived:
        raise Rejection("late_fee_waived", f"late fee {command.fee_id} is waived already", status=409)
    if fee.invoice_id is None:
        return [same_fields(LateFeeWaived, command)]
    draft = view.get(Invoice, fee.invoice_id)
    if draft is None or not isinstance(draft.stage, Drafted):
        detail = f"late fee {command.fee_id} is on invoice {fee.invoice_id}, which is issued; credit its line there"
        raise Rejection("late_fee_invoiced", detail, status=409)
    return _taken_back(command, draft, profile_of(view, command.account_id), view, context)


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


def _why_not(invoice: Invoice | None, profile: BillProfile) -> RefusedFor | None:
    """What payments did not know when it asked: it hears of it later than we do."""
    if profile.late_fee_policy is None:
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


def _taken_back(
    command: WaiveLateFee, draft: Invoice, profile: BillProfile, view: View, context: Context
) -> Sequence[Event]:
    """The draft with a line that takes the fee back: lines are only ever added, so their numbers stay."""
    found = next((line for line in draft.lines if _is_of(reason_of(line), command.fee_id)), None)
    if found is None:
        raise NeverBegan(f"draft {draft.invoice_id} has no line of late fee {command.fee_id}")
    line = waiver_of(found, len(draft.lines) + 1)
    added = same_fields(DraftLineAdded, draft, billing_period=draft.period, line=line)
    lines = (*draft.lines, line)
    version = draft.version + 2
    return [
        same_fields(LateFeeWaived, command, invoice_id=draft.invoice_id),
        added,
        complete(draft.invoice_id, draft.period, lines, profile, context, view, version=version),
    ]


def _is_of(reason: object, fee_id: str) -> bool:
    return getattr(reason, "fee_id", None) == fee_id


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
