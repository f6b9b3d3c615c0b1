"""From draft to invoice: lock, ask for a number, issue (R46).

    FinaliseInvoice   in p(account)  -> InvoiceLocked    tax and totals fixed, nothing else may happen to it
    AssignNumber      in p(series)   -> NumberAssigned   (domain/numbering.py)
    CompleteIssue     in p(account)  -> InvoiceIssued    due `terms_days` after the issue date

A draft has no number, so one that is never finalised leaves no gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, assert_never

import msgspec

from services.invoicing.commands import CompleteIssue, FinaliseInvoice, StateAmountDue
from services.invoicing.domain.carrying import without_pending
from services.invoicing.domain.profiles import billing_account
from services.invoicing.domain.state import (
    Assembling,
    BillingAccount,
    CarriedForward,
    Disagreed,
    Drafted,
    Invoice,
    Issued,
    Locked,
)
from services.invoicing.events import AmountDueStated, InvoiceIssued, InvoiceLocked
from services.invoicing.taxes.account_rate import tax
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, State, View
from shared.kernel.errors import NeverBegan, Rejection, absent
from shared.kernel.message import Event

SERIES: Final = "INV"


def decide_finalise(command: FinaliseInvoice, view: View, context: Context) -> Sequence[Event]:
    invoice = view.get(Invoice, command.invoice_id)
    if invoice is None or invoice.account_id != command.account_id:
        raise absent("invoice", command.invoice_id)
    context.check_version(invoice.version)
    _check_finalisable(invoice)
    return [lock(invoice, billing_account(view, command.account_id), context, run_id=None)]


def lock(invoice: Invoice, account: BillingAccount, context: Context, *, run_id: str | None) -> InvoiceLocked:
    """Fix tax and totals of a complete draft; the issue date asked for is today's where the account is.

    Raises `Rejection("negative_total")`: the account's next draft takes it over (carrying.py).
    """
    totals = tax(invoice.lines, rate=account.tax_rate, currency=invoice.currency)
    if totals.total < 0:
        raise Rejection(
            "negative_total",
            f"invoice {invoice.invoice_id} would come to {totals.total} {invoice.currency}: below zero none is issued, "
            "the amount is carried forward to the account's next invoice",
            status=409,
        )
    return InvoiceLocked(
        invoice_id=invoice.invoice_id,
        account_id=invoice.account_id,
        currency=invoice.currency,
        net=totals.net,
        tax=totals.tax,
        total=totals.total,
        tax_groups=totals.groups,
        series_id=SERIES,
        issue_date_asked=local_date(context.now, account.time_zone),
        terms_days=account.terms_days,
        run_id=run_id,
    )


def evolve_locked(event: InvoiceLocked, view: View) -> Iterable[State]:
    invoice = _invoice(view, event.invoice_id)
    stage = Locked(
        net=event.net,
        tax=event.tax,
        total=event.total,
        tax_groups=event.tax_groups,
        terms_days=event.terms_days,
        run_id=event.run_id,
    )
    yield msgspec.structs.replace(invoice, stage=stage, version=invoice.version + 1)
    yield without_pending(billing_account(view, event.account_id), event.invoice_id)


def decide_complete_issue(command: CompleteIssue, view: View) -> Sequence[Event]:
    invoice = _invoice(view, command.invoice_id)
    match invoice.stage:
        case Locked() as locked:
            return [_issued(command, invoice, locked, billing_account(view, command.account_id))]
        case Issued(number=number) if number == command.number:
            return []
        case _:
            raise IssueOutOfTurn(f"{command.number} came for invoice {command.invoice_id}: {invoice.stage}")


def evolve_issued(event: InvoiceIssued, view: View) -> Iterable[State]:
    invoice = _invoice(view, event.invoice_id)
    stage = Issued(number=event.number, issued_on=event.issued_on)
    yield msgspec.structs.replace(invoice, stage=stage, lines=(), version=invoice.version + 1)


def decide_amount_due(command: StateAmountDue, view: View) -> Sequence[Event]:
    match _invoice(view, command.invoice_id).stage:
        case Issued(amount_due=None):
            return [
                AmountDueStated(
                    invoice_id=command.invoice_id,
                    account_id=command.account_id,
                    credit_applied=command.credit_applied,
                    amount_due=command.amount_due,
                )
            ]
        case Issued():
            return []
        case stage:
            raise IssueOutOfTurn(f"an amount due came for invoice {command.invoice_id}: {stage}")


def evolve_amount_due(event: AmountDueStated, view: View) -> Iterable[State]:
    """Nothing that can be edited has changed, so the version stays."""
    invoice = _invoice(view, event.invoice_id)
    if isinstance(invoice.stage, Issued):
        stage = msgspec.structs.replace(invoice.stage, amount_due=event.amount_due)
        yield msgspec.structs.replace(invoice, stage=stage)


class IssueOutOfTurn(Exception):
    """A number came for an invoice that did not ask for it, or an amount due for one that is not issued."""


def _check_finalisable(invoice: Invoice) -> None:
    match invoice.stage:
        case Drafted():
            return
        case Assembling():
            code, why = "draft_incomplete", f"its period {invoice.period} is not closed yet"
        case Disagreed():
            code, why = "draft_disagrees", "its lines differ from what rating announced; compare them first"
        case CarriedForward(into=into):
            code, why = "invoice_carried_forward", f"its amount is a line of invoice {into}"
        case Locked():
            code, why = "invoice_locked", "it is being issued; read it again"
        case Issued(number=number):
            code, why = "invoice_issued", f"it was issued as {number}"
        case _ as never:
            assert_never(never)
    raise Rejection(code, f"invoice {invoice.invoice_id} can't be finalised: {why}", status=409)


def _issued(command: CompleteIssue, invoice: Invoice, locked: Locked, account: BillingAccount) -> InvoiceIssued:
    return InvoiceIssued(
        invoice_id=invoice.invoice_id,
        account_id=invoice.account_id,
        number=command.number,
        currency=invoice.currency,
        issued_on=command.issued_on,
        due_on=command.issued_on + timedelta(days=locked.terms_days),
        period=invoice.period,
        lines=list(invoice.lines),
        tax_groups=locked.tax_groups,
        net=locked.net,
        tax=locked.tax,
        total=locked.total,
        cycle_id=account.cycle_id,
        name=account.name,
        details=account.details,
        run_id=locked.run_id,
    )


def _invoice(view: View, invoice_id: str) -> Invoice:
    invoice = view.get(Invoice, invoice_id)
    if invoice is None:
        raise NeverBegan(f"invoice {invoice_id} is not known here")
    return invoice
