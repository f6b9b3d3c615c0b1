"""Rating's facts assemble drafts, a locked invoice fetches its number.

rating.ChargeFixed    -> AddDraftLine                decided in place
rating.PeriodClosed   -> CompleteDraft               decided in place
InvoiceLocked         -> AssignNumber    to p(series)    ->  NumberAssigned -> CompleteIssue to p(account)
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

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
from services.rating.events import ChargeFixed, PeriodClosed
from shared.kernel.decider import Do, Send
from shared.kernel.message import Event


def react(event: Event) -> Iterable[Do | Send]:
    match event:
        case ChargeFixed():
            yield Do(_add_line(event))
        case PeriodClosed():
            yield Do(_complete(event))
        case InvoiceLocked():
            yield Send(_assign_number(event), to="invoicing")
        case NumberAssigned() | NumberConfirmed() if event.document.kind == INVOICE:
            yield Send(_complete_issue(event), to="invoicing")


def _add_line(charge: ChargeFixed) -> AddDraftLine:
    line = InvoiceLine(
        n=charge.n,
        charge_id=charge.charge_id,
        kind=charge.kind,
        description=charge.description,
        subscription_id=charge.subscription_id,
        plan_id=charge.plan_id,
        plan_version=charge.plan_version,
        period=charge.period,
        net=charge.amount,
        unrounded=charge.unrounded,
        meter=charge.meter,
        unit=charge.unit,
        quantity=charge.quantity,
        records=charge.records,
        fraction=charge.fraction,
        steps=msgspec.convert(charge.steps, list[LineStep], from_attributes=True),
    )
    return AddDraftLine(
        account_id=charge.account_id, currency=charge.currency, billing_period=charge.billing_period, line=line
    )


def _complete(closed: PeriodClosed) -> CompleteDraft:
    return CompleteDraft(
        account_id=closed.account_id,
        currency=closed.currency,
        period=closed.period,
        lines=closed.lines,
        net=closed.sum,
    )


def _assign_number(locked: InvoiceLocked) -> AssignNumber:
    return AssignNumber(
        series_id=locked.series_id,
        document=Document(kind=INVOICE, id=locked.invoice_id),
        account_id=locked.account_id,
        issue_date_asked=locked.issue_date_asked,
    )


def _complete_issue(numbered: NumberAssigned | NumberConfirmed) -> CompleteIssue:
    return CompleteIssue(
        invoice_id=numbered.document.id,
        account_id=numbered.account_id,
        number=numbered.number,
        issued_on=numbered.issued_on,
        series_id=numbered.series_id,
        series_n=numbered.n,
    )
