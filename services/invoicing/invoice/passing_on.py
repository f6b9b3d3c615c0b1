"""An account that another pays for gets no invoice: its charges become lines of the payer's.

    p(branch)   PeriodClosed, billed by head  ->  DraftPassedOn, with its lines          the draft of the branch ends
    p(head)     TakeCharges                   ->  DraftLineAdded × n, ChargesTaken       lines say whose they are
    p(branch)   NoteTaken                     ->  DraftTaken                             it leads to the invoice of head

The lines come while the payer's invoice of that period is a draft, and then are on it. A payer with a period of its own
that is open completes its draft when that closes; else what has come is complete at once, and again with what comes
next. Where the payer's invoice is locked by then, nothing waits a month: the charges are on an invoice of their own for
the period. All is taxed as the payer is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.invoice.completing import complete
from services.invoicing.invoice.messages import (
    ChargesTaken,
    CompleteDraft,
    DraftLineAdded,
    DraftPassedOn,
    DraftTaken,
    InvoiceLine,
    NoteTaken,
    TakeCharges,
)
from services.invoicing.invoice.state import (
    Assembling,
    Drafted,
    Invoice,
    PassedOn,
    invoice_id_of,
    invoice_of,
)
from services.invoicing.invoice.taking_over import take_over
from services.invoicing.taxes.contract import net_of
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def pass_on(command: CompleteDraft, payer_id: str, invoice_id: str, lines: Sequence[InvoiceLine]) -> DraftPassedOn:
    """The lines of a complete draft, for the account that pays them."""
    return same_fields(
        DraftPassedOn,
        command,
        invoice_id=invoice_id,
        payer_id=payer_id,
        lines=[msgspec.structs.replace(line, account_id=line.account_id or command.account_id) for line in lines],
        net=net_of(lines, command.currency),
    )


def evolve_passing(event: DraftPassedOn | DraftTaken, envelope: Envelope, view: View) -> Iterable[State]:
    """A draft that is passed on, and, where nothing that can be edited changes, the invoice it leads to."""
    invoice = invoice_of(view, event.invoice_id)
    match event:
        case DraftPassedOn():
            stage = PassedOn(payer_id=event.payer_id)
            yield msgspec.structs.replace(invoice, stage=stage, lines=(), version=invoice.version + 1)
        case DraftTaken() if isinstance(invoice.stage, PassedOn):
            yield msgspec.structs.replace(invoice, stage=msgspec.structs.replace(invoice.stage, into=event.into))


def decide_take(command: TakeCharges, view: View, context: Context) -> Sequence[Event]:
    """The lines on a draft of the payer; none where they are on it already."""
    invoice_id = _draft_for(command, view)
    draft = view.get(Invoice, invoice_id)
    there = draft.lines if draft else ()
    if {line.charge_id for line in there} & {line.charge_id for line in command.lines if line.charge_id}:
        return []
    lines = [msgspec.structs.replace(line, n=n) for n, line in enumerate(command.lines, len(there) + 1)]
    net = net_of(lines, command.currency)
    events: list[Event] = [
        *(
            same_fields(DraftLineAdded, command, invoice_id=invoice_id, billing_period=command.period, line=line)
            for line in lines
        ),
        same_fields(ChargesTaken, command, invoice_id=invoice_id, lines=len(lines), net=net),
    ]
    if _is_completed_by_a_close(command, invoice_id, draft, view):
        return events
    profile = profile_of(view, command.account_id)
    taken = take_over(profile, invoice_id, command.period, (*there, *lines), view)
    version = (draft.version if draft else 0) + len(taken.lines) - len(there) + 1
    drafted = complete(invoice_id, command.period, taken.lines, profile, context, view, version=version)
    return [*events, *taken.events, drafted]


def _is_completed_by_a_close(command: TakeCharges, invoice_id: str, draft: Invoice | None, view: View) -> bool:
    """Whether the payer's own period is open, so that its close will complete the draft."""
    expected = profile_of(view, command.account_id).expected
    assembling = draft is None or isinstance(draft.stage, Assembling)
    main = invoice_id == invoice_id_of(command.account_id, command.period)
    return main and assembling and expected is not None and expected.start < command.period.end


def decide_note(command: NoteTaken, view: View, context: Context) -> Sequence[DraftTaken]:
    match invoice_of(view, command.invoice_id).stage:
        case PassedOn(into=None):
            return [same_fields(DraftTaken, command)]
        case _:
            return []


def _draft_for(command: TakeCharges, view: View) -> str:
    """The payer's invoice of the period while that is a draft; after that, one of the account's own charges."""
    invoice_id = invoice_id_of(command.account_id, command.period)
    invoice = view.get(Invoice, invoice_id)
    if invoice is None or isinstance(invoice.stage, Assembling | Drafted):
        return invoice_id
    return invoice_id_of(command.account_id, command.period, command.from_account)
