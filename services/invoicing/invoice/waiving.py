"""A late fee that is not issued is waived: it waits no longer, or its draft has a line that takes it back.

waits for a draft       LateFeeWaived
line 3 of a draft       LateFeeWaived, a line of -5.00 as line 4, and the draft is complete anew
on an issued invoice    refused `late_fee_invoiced`: its line is credited
"""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.invoice.completing import complete
from services.invoicing.invoice.late_fee_lines import is_of, waiver_of
from services.invoicing.invoice.messages import DraftLineAdded
from services.invoicing.invoice.state import Drafted, Invoice
from services.invoicing.late_fee.messages import LateFeeWaived, WaiveLateFee
from services.invoicing.late_fee.state import LateFee
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
    if draft is None or not isinstance(draft.stage, Drafted):
        detail = f"late fee {command.fee_id} is on invoice {fee.invoice_id}, which is issued; credit its line there"
        raise Rejection("late_fee_invoiced", detail, status=409)
    return _taken_back(command, draft, profile_of(view, command.account_id), view, context)


def _taken_back(
    command: WaiveLateFee, draft: Invoice, profile: BillProfile, view: View, context: Context
) -> Sequence[Event]:
    """The draft with a line that takes the fee back: lines are only ever added, so their numbers stay."""
    found = next((line for line in draft.lines if is_of(line, command.fee_id)), None)
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
