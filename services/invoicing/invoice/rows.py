"""Invoices as rows, each with its lines, for the API to read. One statement per kind of event and batch.

An invoice only moves forward (lines, draft, carried forward or lock, issue), so a batch can be written kind by kind in
that order and ends in the same rows as one event at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from services.invoicing.invoice.messages import (
    AmountDueStated,
    DraftCarriedForward,
    DraftDisagreed,
    DraftLineAdded,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLocked,
)
from shared.engine.service import Applied
from shared.kernel.period import Period

Row = tuple[Any, ...]

_DRAFT: Final = """
insert into invoice_row as i (partition, invoice_id, account_id, currency, status, period_start, period_end, net,
                              version, seq)
values ($1, $2, $3, $4, 'draft', $5, $6, $7, 1, $8)
on conflict (partition, invoice_id) do update
   set net = i.net + excluded.net, version = i.version + 1, seq = excluded.seq
"""

_LINE: Final = "insert into invoice_line (partition, invoice_id, n, charge_id, line) values ($1, $2, $3, $4, $5)"

_DRAFTED: Final = """
update invoice_row set agrees = true, version = version + 1, seq = $3 where partition = $1 and invoice_id = $2
"""

# A draft of which not one line arrived has no row yet.
_DISAGREED: Final = """
insert into invoice_row as i (partition, invoice_id, account_id, currency, status, agrees, period_start, period_end,
                              net, version, seq)
select $1, $2, account_id, currency, 'draft', false, $4, $5, $6, 1, $7
  from bill_profile where partition = $1 and account_id = $3
on conflict (partition, invoice_id) do update set agrees = false, version = i.version + 1, seq = excluded.seq
"""

_CARRIED: Final = """
update invoice_row set status = 'carried_forward', carried_into = $3, version = version + 1, seq = $4
 where partition = $1 and invoice_id = $2
"""

_LOCKED: Final = """
update invoice_row
   set status = 'locked', net = $3, tax = $4, total = $5, tax_groups = $6, run_id = $7, version = version + 1, seq = $8
 where partition = $1 and invoice_id = $2
"""

_ISSUED: Final = """
update invoice_row
   set status = 'issued', number = $3, issued_on = $4, due_on = $5, cycle_id = $6, name = $7, details = $8,
       seller = $9, issued_at = $10, version = version + 1, seq = $11
 where partition = $1 and invoice_id = $2
"""

_AMOUNT_DUE: Final = """
update invoice_row set credit_applied = $3, amount_due = $4, seq = $5 where partition = $1 and invoice_id = $2
"""

IN_ORDER: Final = (
    _DRAFT,
    _LINE,
    _DRAFTED,
    _DISAGREED,
    _CARRIED,
    _LOCKED,
    _ISSUED,
    _AMOUNT_DUE,
)


def rows(applied: Applied) -> Iterator[tuple[str, Row]]:
    """The statements an event takes part in, with its values but the partition."""
    event, envelope = applied.event, applied.envelope
    match event:
        case DraftLineAdded(invoice_id=invoice_id, billing_period=period, line=line):
            yield from _line(event, invoice_id, period, line, envelope.seq)
        case DraftCarriedForward():
            yield _CARRIED, (event.invoice_id, event.into, envelope.seq)
            # It has charges of its own, so its row is there, with its own period.
            yield from _line(event, event.into, event.period, event.line, envelope.seq)
        case InvoiceDrafted():
            yield _DRAFTED, (event.invoice_id, envelope.seq)
        case DraftDisagreed():
            yield _DISAGREED, _disagreed(event, envelope.seq)
        case InvoiceLocked():
            yield _LOCKED, _locked(event, envelope.seq)
        case InvoiceIssued():
            yield _ISSUED, (*_issued(event), envelope.recorded_at, envelope.seq)
        case AmountDueStated():
            yield _AMOUNT_DUE, (event.invoice_id, event.credit_applied, event.amount_due, envelope.seq)


def _line(
    event: DraftLineAdded | DraftCarriedForward, invoice_id: str, period: Period, line: InvoiceLine, seq: int
) -> Iterator[tuple[str, Row]]:
    yield (
        _DRAFT,
        (invoice_id, event.account_id, event.currency, period.start, period.end, line.net, seq),
    )
    yield _LINE, (invoice_id, line.n, line.charge_id or None, msgspec.json.encode(line).decode())


def _disagreed(event: DraftDisagreed, seq: int) -> Row:
    return event.invoice_id, event.account_id, event.period.start, event.period.end, event.net, seq


def _locked(event: InvoiceLocked, seq: int) -> Row:
    groups = msgspec.json.encode(event.tax_groups).decode()
    return event.invoice_id, event.net, event.tax, event.total, groups, event.run_id, seq


def _issued(event: InvoiceIssued) -> Row:
    return (
        event.invoice_id,
        event.number,
        event.issued_on,
        event.due_on,
        event.cycle_id,
        event.name,
        event.details,
        None if event.seller is None else msgspec.json.encode(event.seller).decode(),
    )
