"""From draft to invoice: lock, ask for a number, issue (R46).

    FinaliseInvoice   in p(account)  -> InvoiceLocked    tax and totals fixed, nothing else may happen to it
    AssignNumber      in p(series)   -> NumberAssigned   (numbering_series/)
    CompleteIssue     in p(account)  -> InvoiceIssued    due `terms_days` after the issue date

A page of a billing run goes the same way in one message each: AssignNumbers, CompleteIssues.

A draft has no number, so one that is never finalised leaves no gap. How drafts come about is in drafting.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, assert_never

import msgspec

from services.invoicing.approval.checks import ask, asked_or_refused, hindrance
from services.invoicing.bill_profile.state import BillProfile, profile_of
from services.invoicing.clearance.decide import awaited
from services.invoicing.inclusive import with_nets
from services.invoicing.invoice.messages import (
    DEBIT_NOTE,
    AmountDueStated,
    CompleteIssue,
    CompleteIssues,
    FinaliseInvoice,
    InvoiceIssued,
    InvoiceLocked,
    StateAmountDue,
)
from services.invoicing.invoice.state import (
    Assembling,
    CarriedForward,
    CreditedDraft,
    Disagreed,
    Drafted,
    Invoice,
    Issued,
    Locked,
    PassedOn,
    Void,
    invoice_of,
)
from services.invoicing.invoice_policy.state import invoice_policy
from services.invoicing.late_fee_policy.messages import PolicyInForce
from services.invoicing.late_fee_policy.state import policy_in_force
from services.invoicing.locking import lock
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields


def decide_finalise(command: FinaliseInvoice, view: View, context: Context) -> Sequence[Event]:
    invoice = view.get(Invoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    context.check_version(invoice.version)
    check_finalisable(invoice)
    profile = profile_of(view, command.account_id)
    locked = lock(invoice, profile, context, view, seller=command.seller)
    why = hindrance(locked, invoice, profile, invoice_policy(view), context)
    return [locked] if why is None else asked_or_refused(ask(locked, invoice, why, context), why)


def evolve_locked(event: InvoiceLocked, envelope: Envelope, view: View) -> Iterable[State]:
    invoice = invoice_of(view, event.invoice_id)
    stage, lines = same_fields(Locked, event), with_nets(invoice.lines, event.nets)
    yield msgspec.structs.replace(invoice, stage=stage, lines=lines, version=invoice.version + 1)


def decide_issue(command: CompleteIssue, view: View, context: Context) -> Sequence[Event]:
    return _completed(command, invoice_of(view, command.invoice_id), view)


def decide_issues(command: CompleteIssues, view: View, context: Context) -> Sequence[Event]:
    """As each alone would be decided. Invoices and accounts are asked for at once, not one by one."""
    invoices = view.get_many(Invoice, [numbered.invoice_id for numbered in command.invoices])
    view.get_many(BillProfile, [numbered.account_id for numbered in command.invoices])
    issued: list[Event] = []
    for numbered in command.invoices:
        invoice = invoices.get(numbered.invoice_id) or invoice_of(view, numbered.invoice_id)
        one = same_fields(CompleteIssue, numbered, series_id=command.series_id)
        issued += _completed(one, invoice, view)
    return issued


def _completed(command: CompleteIssue, invoice: Invoice, view: View) -> Sequence[Event]:
    match invoice.stage:
        case Locked() as locked:
            profile = profile_of(view, command.account_id)
            issued = _issued(command, invoice, locked, profile, policy_in_force(profile.late_fee_policy, view))
            return [issued, *awaited(issued, profile, view)]
        case Issued(number=number) | Void(number=number) if number == command.number:
            return []
        case _:
            raise IssueOutOfTurn(f"{command.number} came for invoice {command.invoice_id}: {invoice.stage}")


def evolve_issued(event: InvoiceIssued, envelope: Envelope, view: View) -> Iterable[State]:
    invoice = invoice_of(view, event.invoice_id)
    stage = same_fields(Issued, event)
    yield msgspec.structs.replace(invoice, stage=stage, lines=(), version=invoice.version + 1)


def decide_amount_due(command: StateAmountDue, view: View, context: Context) -> Sequence[Event]:
    match invoice_of(view, command.invoice_id).stage:
        case Issued(amount_due=None):
            return [same_fields(AmountDueStated, command)]
        case Issued() | Void():
            return []
        case stage:
            raise IssueOutOfTurn(f"an amount due came for invoice {command.invoice_id}: {stage}")


def evolve_amount_due(event: AmountDueStated, envelope: Envelope, view: View) -> Iterable[State]:
    """Nothing that can be edited has changed, so the version stays."""
    invoice = invoice_of(view, event.invoice_id)
    if isinstance(invoice.stage, Issued):
        stage = msgspec.structs.replace(invoice.stage, amount_due=event.amount_due)
        yield msgspec.structs.replace(invoice, stage=stage)


class IssueOutOfTurn(Exception):
    """A number came for an invoice that did not ask for it, or an amount due for one that is not issued."""


def check_finalisable(invoice: Invoice) -> None:
    """Raises `Rejection` for all but a complete draft."""
    match invoice.stage:
        case Drafted():
            return
        case Assembling():
            code, why = "draft_incomplete", f"its period {invoice.period} is not closed yet"
        case Disagreed():
            code, why = "draft_disagrees", "its lines differ from what rating announced; compare them first"
        case CarriedForward(into=into):
            code, why = "invoice_carried_forward", f"its amount is a line of invoice {into}"
        case PassedOn(payer_id=payer_id):
            code, why = "invoice_passed_on", f"account {payer_id} pays for it, on an invoice of its own"
        case CreditedDraft():
            code, why = "draft_credited", "what it was below zero is given back by credit notes"
        case Locked():
            code, why = "invoice_locked", "it is being issued; read it again"
        case Issued(number=number):
            code, why = "invoice_issued", f"it was issued as {number}"
        case Void(number=number):
            code, why = "invoice_void", f"it was issued as {number} and is void"
        case _ as never:
            assert_never(never)
    raise Rejection(code, f"invoice {invoice.invoice_id} can't be finalised: {why}", status=409)


def _issued(
    command: CompleteIssue, invoice: Invoice, locked: Locked, profile: BillProfile, late_fees: PolicyInForce | None
) -> InvoiceIssued:
    debit: dict[str, Any] = {}
    if (about := invoice.debit) is not None:
        debit = {"kind": DEBIT_NOTE, "corrects": about.corrects, "reason": about.reason, "note": about.note}
    return same_fields(
        InvoiceIssued,
        locked,
        invoice_id=invoice.invoice_id,
        account_id=invoice.account_id,
        currency=invoice.currency,
        period=invoice.period,
        lines=list(invoice.lines),
        number=command.number,
        issued_on=command.issued_on,
        due_on=command.issued_on + timedelta(days=locked.terms_days),
        series_id=command.series_id,
        series_n=command.series_n,
        proof=command.proof,
        cycle_id=profile.cycle_id,
        name=profile.name,
        details=profile.details,
        replaces=invoice.replaces,
        late_fee_policy=late_fees,
        **debit,
    )
