"""Rating's facts assemble drafts, a locked invoice fetches its number.

rating.ChargeFixed    -> AddDraftLine                decided in place
rating.PeriodClosed   -> CompleteDraft               decided in place; then ExpectPeriod, the next one
DraftPassedOn         -> TakeCharges     to p(payer)     ->  ChargesTaken -> NoteTaken to p(account)
InvoiceLocked         -> AssignNumber    to p(series)    ->  NumberAssigned -> CompleteIssue to p(account)
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from services.invoicing.bill_profile.messages import ExpectPeriod
from services.invoicing.invoice.messages import (
    INVOICE,
    AddDraftLine,
    ChargesTaken,
    CompleteDraft,
    CompleteIssue,
    DraftPassedOn,
    InvoiceLine,
    InvoiceLocked,
    LineStep,
    NoteTaken,
    TakeCharges,
)
from services.invoicing.numbering_series.messages import AssignNumber, Document, NumberAssigned, NumberConfirmed
from services.rating.period.messages import ChargeFixed, PeriodClosed
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

Followed = ChargeFixed | PeriodClosed | DraftPassedOn | ChargesTaken | InvoiceLocked | NumberAssigned | NumberConfirmed


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
        case InvoiceLocked():
            yield Send(_assign_number(event), to="invoicing")
        case NumberAssigned() | NumberConfirmed() if event.document.kind == INVOICE:
            yield Send(_complete_issue(event), to="invoicing")


def _add_line(charge: ChargeFixed, position: str) -> AddDraftLine:
    steps = msgspec.convert(charge.steps, list[LineStep], from_attributes=True)
    line = same_fields(InvoiceLine, charge, net=charge.amount, steps=steps, account_id=None, charge_event=position)
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
    return same_fields(AssignNumber, locked, document=Document(kind=INVOICE, id=locked.invoice_id))


def _complete_issue(numbered: NumberAssigned | NumberConfirmed) -> CompleteIssue:
    return same_fields(CompleteIssue, numbered, invoice_id=numbered.document.id, series_n=numbered.n)
