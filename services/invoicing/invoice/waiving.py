"""A late fee that is not issued is waived: it waits no longer, or its draft has a line that takes it back.

waits for a draft       LateFeeWaived
line 3 of a draft       LateFeeWaived, a line of -5.00 as line 4, and the draft is complete anew
on an issued invoice    refused `late_fee_invoiced`: its line is credited
on a void invoice       refused `late_fee_void`: nothing is asked for it any more

Fees on an invoice that is made void fall away by themselves while they are not issued, a draft crediting those it has.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.invoice.completing import complete
from services.invoicing.invoice.late_fee_lines import is_of, reason_of, waiver_of
from services.invoicing.invoice.messages import DraftLineAdded
from services.invoicing.invoice.state import Drafted, Invoice, Void
from services.invoicing.late_fee.messages import INVOICE_VOID, ForgoLateFees, LateFeeWaived, WaiveLateFee
from services.invoicing.late_fee.state import LateFee, WaitingFees
from shared.kernel.decider import Context, View
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


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
    if draft is not None and isinstance(draft.stage, Void):
        detail = f"late fee {command.fee_id} is on invoice {draft.stage.number}, which is void and asks for nothing"
        raise Rejection("late_fee_void", detail, status=409)
    if draft is None or not isinstance(draft.stage, Drafted):
        detail = f"late fee {command.fee_id} is on invoice {fee.invoice_id}, which is issued; credit its line there"
        raise Rejection("late_fee_invoiced", detail, status=409)
    profile = profile_of(view, command.account_id)
    return _taken_back(draft, [command.fee_id], command.reason, profile, view, context)


def decide_forgone(command: ForgoLateFees, view: View, context: Context) -> Sequence[Event]:
    """Fees on the void invoice that wait, and those on drafts. What is issued stays: a person credits its line."""
    held, account_id = view.get(WaitingFees, command.account_id), command.account_id
    events: list[Event] = [
        LateFeeWaived(account_id=account_id, fee_id=fee.fee_id, reason=INVOICE_VOID)
        for fee in (held.fees if held else ())
        if fee.invoice_id == command.invoice_id
    ]
    profile = profile_of(view, account_id)
    drafts = view.get_many(Invoice, [pending.invoice_id for pending in profile.pending])
    for pending in profile.pending:
        draft = drafts.get(pending.invoice_id)
        if draft is not None and isinstance(draft.stage, Drafted):
            fees = _asked_on(command.number, draft, view)
            events += _taken_back(draft, fees, INVOICE_VOID, profile, view, context) if fees else ()
    return events


def _asked_on(number: str, draft: Invoice, view: View) -> list[str]:
    """The fees of the draft that are for that invoice, and not waived."""
    reasons = [reason for line in draft.lines if (reason := reason_of(line)) is not None]
    found = dict.fromkeys(reason.fee_id for reason in reasons if reason.invoice_number == number)
    known = view.get_many(LateFee, list(found)) if found else {}
    return [fee_id for fee_id in found if fee_id in known and not known[fee_id].waived]


def _taken_back(
    draft: Invoice, fees: Sequence[str], reason: str, profile: BillProfile, view: View, context: Context
) -> Sequence[Event]:
    """The draft with a line that takes each fee back: lines are only ever added, so their numbers stay."""
    events: list[Event] = []
    lines = list(draft.lines)
    for fee_id in fees:
        found = next((line for line in draft.lines if is_of(line, fee_id)), None)
        if found is None:
            raise NeverBegan(f"draft {draft.invoice_id} has no line of late fee {fee_id}")
        lines.append(waiver_of(found, len(lines) + 1))
        account_id, invoice_id = profile.account_id, draft.invoice_id
        events += [
            LateFeeWaived(account_id=account_id, fee_id=fee_id, reason=reason, invoice_id=invoice_id),
            same_fields(DraftLineAdded, draft, billing_period=draft.period, line=lines[-1]),
        ]
    version = draft.version + len(fees) + 1
    return [*events, complete(draft.invoice_id, draft.period, lines, profile, context, view, version=version)]
