"""Rating's facts assemble drafts, a locked invoice fetches its number.

rating.ChargeFixed    -> AddDraftLine                decided in place
rating.PeriodClosed   -> CompleteDraft               decided in place; then ExpectPeriod, the next one
DraftPassedOn         -> TakeCharges     to p(payer)     ->  ChargesTaken -> NoteTaken to p(account)
InvoiceLocked         -> AssignNumber    to p(series)    ->  NumberAssigned -> CompleteIssue to p(account)
BillingRunPageWalked  -> AssignNumbers   to p(series)    ->  NumbersGiven  -> CompleteIssues to the page's partition
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from services.invoicing.bill_profile.messages import ExpectPeriod
from services.invoicing.billing_run.messages import BillingRunPageWalked
from services.invoicing.invoice.messages import (
    DEBIT_NOTE,
    INVOICE,
    AddDraftLine,
    ChargesTaken,
    CompleteDraft,
    CompleteIssue,
    CompleteIssues,
    DraftPassedOn,
    InvoiceLine,
    InvoiceLocked,
    LineStep,
    NoteTaken,
    NumberedInvoice,
    TakeCharges,
)
from services.invoicing.invoice.state import Invoice, Locked
from services.invoicing.numbering_series.messages import (
    AssignNumber,
    AssignNumbers,
    Document,
    NumberAssigned,
    NumberConfirmed,
    NumbersGiven,
    Unnumbered,
)
from services.invoicing.numbering_series.state import Numbered, numbered_key
from services.rating.period.messages import ChargeFixed, PeriodClosed
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

Followed = (
    ChargeFixed
    | PeriodClosed
    | DraftPassedOn
    | ChargesTaken
    | InvoiceLocked
    | BillingRunPageWalked
    | NumberAssigned
    | NumberConfirmed
    | NumbersGiven
)


def react(event: Followed, envelope: Envelope, view: View) -> Iterable[Do | Send]:
    match event:
        case ChargeFixed():
            yield Do(_add_line(event, envelope.citation))
        case PeriodClosed():
            yield Do(_complete(event))
            yield Do(ExpectPeriod(account_id=event.account_id, period=event.next_period))
        case DraftPassedOn():
            yield Send(_take(event), to="invoicing")
        case ChargesTaken():
            yield Send(_note(event), to="invoicing")
        case InvoiceLocked(run_id=None):
            yield Send(_assign_number(event), to="invoicing")
        case BillingRunPageWalked(dry_run=False):
            yield from (Send(command, to="invoicing") for command in _assign_numbers(event, view))
        case NumberAssigned(together=False) | NumberConfirmed(together=False) if event.document.kind in (
            INVOICE,
            DEBIT_NOTE,
        ):
            yield Send(_complete_issue(event), to="invoicing")
        case NumbersGiven():
            yield from _complete_issues(event, view)


def _add_line(charge: ChargeFixed, position: str) -> AddDraftLine:
    steps = msgspec.convert(charge.steps, list[LineStep], from_attributes=True)
    line = same_fields(InvoiceLine, charge, net=charge.amount, steps=steps, account_id=None, charge_event=position)
    if charge.includes_tax:
        line = msgspec.structs.replace(line, gross=charge.amount)
    return same_fields(AddDraftLine, charge, line=line)


def _complete(closed: PeriodClosed) -> CompleteDraft:
    return same_fields(CompleteDraft, closed, net=closed.sum)


def _take(passed: DraftPassedOn) -> TakeCharges:
    return same_fields(
        TakeCharges,
        passed,
        account_id=passed.payer_id,
        from_account=passed.account_id,
        from_invoice=passed.invoice_id,
    )


def _note(taken: ChargesTaken) -> NoteTaken:
    return NoteTaken(account_id=taken.from_account, invoice_id=taken.from_invoice, into=taken.invoice_id)


def _assign_number(locked: InvoiceLocked) -> AssignNumber:
    return same_fields(AssignNumber, locked, document=Document(kind=locked.kind, id=locked.invoice_id))


def _assign_numbers(walked: BillingRunPageWalked, view: View) -> Iterator[AssignNumbers]:
    """The invoices that the page has locked, of each series together: they were recorded just before it."""
    found = [outcome.invoice_id for outcome in walked.outcomes if outcome.outcome == "invoiced" and outcome.invoice_id]
    asked: dict[str, list[Unnumbered]] = {}
    for invoice in view.get_many(Invoice, found).values():
        if isinstance(invoice.stage, Locked):
            document = Document(kind=INVOICE, id=invoice.invoice_id)
            one = same_fields(Unnumbered, invoice.stage, document=document, account_id=invoice.account_id)
            asked.setdefault(invoice.stage.series_id, []).append(one)
    for series_id, documents in asked.items():
        yield AssignNumbers(series_id=series_id, partition=walked.partition, documents=documents)


def _complete_issues(given: NumbersGiven, view: View) -> Iterator[Send]:
    """The numbers that these invoices have, back to the partition they live in."""
    keys = [numbered_key(given.series_id, document) for document in given.documents if document.kind == INVOICE]
    numbered = view.get_many(Numbered, keys)
    invoices = [same_fields(NumberedInvoice, n, invoice_id=n.document.id, series_n=n.n) for n in numbered.values()]
    if invoices:
        command = CompleteIssues(series_id=given.series_id, invoices=invoices)
        yield Send(command, to="invoicing", partition=given.partition)


def _complete_issue(numbered: NumberAssigned | NumberConfirmed) -> CompleteIssue:
    return same_fields(CompleteIssue, numbered, invoice_id=numbered.document.id, series_n=numbered.n)
