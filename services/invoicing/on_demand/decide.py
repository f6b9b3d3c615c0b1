"""All that is complete of one account is invoiced now, whoever else asks for it at the same moment (R12).

    acc-1   August and September wait   both are locked
    acc-2   September was deferred      locked: a person has asked, and the last invoice of an account has no next one
    acc-3   only October, still open    refused `period_open`: it says when rating closes it
    acc-4   September disagrees         refused `draft_disagrees`
    acc-5   closed, the last is issued  refused `nothing_to_invoice`: no period follows
    acc-6   September needs an approval refused `approval_required`, and it is asked for
    acc-7   only late fees wait         an invoice of their own

A draft stops waiting when it is locked, in the partition of its account. So of two who ask at the same moment one has
the invoices, and the other is told that the period after them is open. One draft that can't be issued does not keep
back the others; where none can, the reason of the first is the refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from services.invoicing.approval.checks import ask, hindrance
from services.invoicing.bill_profile.state import BillProfile
from services.invoicing.invoice.completing import complete
from services.invoicing.invoice.late_fees import bill, waiting, waits_for
from services.invoicing.invoice.messages import InvoiceLocked
from services.invoicing.invoice.state import Drafted, Invoice
from services.invoicing.invoice_policy.state import invoice_policy
from services.invoicing.locking import ask_for_tables, lock
from services.invoicing.on_demand.messages import InvoiceAccount
from shared.kernel.calendar import midnight
from shared.kernel.decider import Context, View
from shared.kernel.errors import Rejection, absent
from shared.kernel.ids import derive
from shared.kernel.message import Event
from shared.kernel.period import Period

DRAFTS_MAX: Final = 100
"""So many drafts of an account are locked in one decision; asking again takes the next ones."""


def decide_on_demand(command: InvoiceAccount, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `InvoiceAccount`."""
    profile = view.get(BillProfile, command.account_id)
    if profile is None:
        raise absent("account", command.account_id, pointer="/account_id")
    ids = [draft.invoice_id for draft in profile.pending if draft.agrees][:DRAFTS_MAX]
    drafts = view.get_many(Invoice, ids)
    ask_for_tables([profile], view)
    events, refusals = _locked([drafts[i] for i in ids if i in drafts], profile, command, view, context)
    if not events and not refusals and waits_for(command.account_id, view):
        return _fees_alone(profile, command, view, context)
    if not events:
        raise refusals[0] if refusals else _why_not(profile, context.now)
    return events


def _locked(
    drafts: Sequence[Invoice], profile: BillProfile, command: InvoiceAccount, view: View, context: Context
) -> tuple[list[Event], list[Rejection]]:
    events: list[Event] = []
    refusals: list[Rejection] = []
    policy = invoice_policy(view)
    for draft in drafts:
        try:
            found = lock(
                draft,
                profile,
                context,
                view,
                seller=command.seller,
                demand_id=command.demand_id,
                before=[event for event in events if isinstance(event, InvoiceLocked)],
            )
        except Rejection as refusal:
            refusals.append(refusal)
            continue
        why = hindrance(found, draft, profile, policy, context)
        if why is None:
            events.append(found)
        else:
            events += ask(found, draft, why, context)
            refusals.append(why)
    return events, refusals


def _fees_alone(profile: BillProfile, command: InvoiceAccount, view: View, context: Context) -> Sequence[Event]:
    """Late fees that wait, on an invoice of their own: an account that has ended has no period that would take them."""
    fees = waiting(command.account_id, view)
    days = [fee.charged_on for fee in fees]
    period = Period(min(days), max(days) + timedelta(days=1))
    invoice_id = derive("late-fees", command.account_id, *(fee.fee_id for fee in fees))
    billed = bill(profile, invoice_id, period, after=0, view=view)
    lines = tuple(billed.lines)
    drafted = complete(invoice_id, period, lines, profile, context, view, version=len(lines) + 1)
    draft = Invoice(
        invoice_id=invoice_id,
        account_id=command.account_id,
        currency=profile.currency,
        period=period,
        stage=Drafted(),
        version=len(lines) + 1,
        lines=lines,
    )
    locked, refusals = _locked([draft], profile, command, view, context)
    if not locked:
        raise refusals[0]
    return [*billed.events, drafted, *locked]


def _why_not(profile: BillProfile, now: datetime) -> Rejection:
    """Why an account has nothing that could be issued now."""
    if profile.pending:
        first = profile.pending[0].invoice_id
        detail = f"the lines of draft {first} differ from what rating announced; compare them first"
        return Rejection("draft_disagrees", detail, pointer="/account_id", status=409)
    period = profile.expected
    if profile.ending is not None and profile.ending.is_over(period):
        detail = (
            f"account {profile.account_id} is closed and all of it is invoiced; reopen the account to bill it again"
        )
        return Rejection("nothing_to_invoice", detail, pointer="/account_id", status=409)
    if period is None:
        detail = f"account {profile.account_id} has subscribed to nothing; a one-time charge needs an open period"
        return Rejection("nothing_to_bill", detail, pointer="/account_id", status=409)
    ends = midnight(period.end, profile.time_zone)
    closes = (
        "it is over, and closes once its usage had time to come in"
        if ends <= now
        else f"it closes after {ends.isoformat().replace('+00:00', 'Z')}, once all its usage is in"
    )
    detail = (
        f"the period {period} of account {profile.account_id} is open: {closes}; "
        f"GET /v1/accounts/{profile.account_id}/unbilled says what it comes to so far"
    )
    return Rejection("period_open", detail, pointer="/account_id", status=409)
