"""Rating's facts assemble drafts, a locked invoice fetches its number.

rating.ChargeFixed    -> AddDraftLine                decided in place
rating.PeriodClosed   -> CompleteDraft               decided in place; then ExpectPeriod, the next one
InvoiceLocked         -> AssignNumber    to p(series)    ->  NumberAssigned -> CompleteIssue to p(account)
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from services.invoicing.bill_profile.messages import ExpectPeriod
from services.invoicing.invoice.messages import (
    INVOICE,
    AddDraftLine,
    CompleteDraft,
    CompleteIssue,
    InvoiceLine,
    InvoiceLocked,
    LineStep,
)
from services.invoicing.numbering_series.messages import AssignNumber, Document, NumberAssigned, NumberConfirmed
from services.rating.period.messages import ChargeFixed, PeriodClosed
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields


def react(
    event: ChargeFixed | PeriodClosed | InvoiceLocked | NumberAssigned | NumberConfirmed, envelope: Envelope, view: View
) -> Iterable[Do | Send]:
    match event:
        case ChargeFixed():
            yield Do(_add_line(event))
        case PeriodClosed():
            yield Do(_complete(event))
            yield Do(ExpectPeriod(account_id=event.account_id, period=event.next_period))
        case InvoiceLocked():
            yield Send(_assign_number(event), to="invoicing")
        case NumberAssigned() | NumberConfirmed() if event.document.kind == INVOICE:
            yield Send(_complete_issue(event), to="invoicing")


def _add_line(charge: ChargeFixed) -> AddDraftLine:
    steps = msgspec.convert(charge.steps, list[LineStep], from_attributes=True)
    line = same_fields(InvoiceLine, charge, net=charge.amount, steps=steps)
    return same_fields(AddDraftLine, charge, line=line)


def _complete(closed: PeriodClosed) -> CompleteDraft:
    return same_fields(CompleteDraft, closed, net=closed.sum)


def _assign_number(locked: InvoiceLocked) -> AssignNumber:
    return same_fields(AssignNumber, locked, document=Document(kind=INVOICE, id=locked.invoice_id))


def _complete_issue(numbered: NumberAssigned | NumberConfirmed) -> CompleteIssue:
    return same_fields(CompleteIssue, numbered, invoice_id=numbered.document.id, series_n=numbered.n)
