"""Invoicing's own events as rows, for the API to read. One statement per kind of event and batch.

An invoice only moves forward (lines, draft, carried forward or lock, issue) and an account is opened before anything
else happens to it, so a batch can be written kind by kind in that order and ends in the same rows as one event at a
time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from services.invoicing import events as e
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.kernel.envelope import Envelope
from shared.kernel.period import Period

Row = tuple[Any, ...]

_CYCLE: Final = "insert into billing_cycle (partition, cycle_id, name) values ($1, $2, $3)"

_PROFILE: Final = """
insert into bill_profile (partition, account_id, name, currency, tax_rate, cycle_id, time_zone, terms_days)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_EXPECTED: Final = """
update bill_profile set expected_start = $3, expected_end = $4 where partition = $1 and account_id = $2
"""

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
       issued_at = $9, version = version + 1, seq = $10
 where partition = $1 and invoice_id = $2
"""

_AMOUNT_DUE: Final = """
update invoice_row set credit_applied = $3, amount_due = $4, seq = $5 where partition = $1 and invoice_id = $2
"""

_RUN: Final = """
insert into billing_run (partition, run_id, target_date, dry_run, partitions, cycle_id, account_ids, started_at,
                         started_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_PAGE: Final = """
insert into billing_run_page (partition, run_id, page, accounts, invoices, not_closed, failed, last, walked_at, seq)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

_RESULT: Final = """
insert into billing_run_result (partition, run_id, page, n, account_id, outcome, invoice_id, currency, net, tax, total,
                                reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""

_IN_ORDER: Final = (
    _CYCLE,
    _PROFILE,
    _EXPECTED,
    _DRAFT,
    _LINE,
    _DRAFTED,
    _DISAGREED,
    _CARRIED,
    _LOCKED,
    _ISSUED,
    _AMOUNT_DUE,
    _RUN,
    _PAGE,
    _RESULT,
)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Write the rows of a batch, inside the worker's transaction."""
    rows: dict[str, list[Row]] = {sql: [] for sql in _IN_ORDER}
    for applied in batch:
        for sql, row in _rows(applied):
            rows[sql].append((partition, *row))
    for sql in _IN_ORDER:
        if rows[sql]:
            await connection.executemany(sql, rows[sql])


def _rows(applied: Applied) -> Iterator[tuple[str, Row]]:
    """The statements an event takes part in, with its values but the partition; outcomes of commands have none."""
    event, envelope = applied.event, applied.envelope
    match event:
        case e.DraftLineAdded(invoice_id=invoice_id, billing_period=period, line=line):
            yield from _line(event, invoice_id, period, line, envelope.seq)
        case e.DraftCarriedForward():
            yield _CARRIED, (event.invoice_id, event.into, envelope.seq)
            # It has charges of its own, so its row is there, with its own period.
            yield from _line(event, event.into, event.period, event.line, envelope.seq)
        case e.InvoiceDrafted():
            yield _DRAFTED, (event.invoice_id, envelope.seq)
        case e.DraftDisagreed():
            yield _DISAGREED, _disagreed(event, envelope.seq)
        case e.PeriodExpected():
            yield _EXPECTED, (event.account_id, event.period.start, event.period.end)
        case e.InvoiceLocked():
            yield _LOCKED, _locked(event, envelope.seq)
        case e.InvoiceIssued():
            yield _ISSUED, (*_issued(event), envelope.recorded_at, envelope.seq)
        case e.AmountDueStated():
            yield _AMOUNT_DUE, (event.invoice_id, event.credit_applied, event.amount_due, envelope.seq)
        case e.BillProfileOpened():
            yield _PROFILE, _profile(event)
        case e.BillingRunPageWalked():
            yield from _page(event, envelope)
        case e.BillingRunStarted():
            yield _RUN, (*_run(event), envelope.recorded_at, envelope.actor)
        case e.BillingCycleKnown():
            yield _CYCLE, (event.cycle_id, event.name)
        case _:
            return


def _profile(event: e.BillProfileOpened) -> Row:
    return (
        event.account_id,
        event.name,
        event.currency,
        event.tax_rate,
        event.cycle_id,
        event.time_zone,
        event.terms_days,
    )


def _line(
    event: e.DraftLineAdded | e.DraftCarriedForward, invoice_id: str, period: Period, line: e.InvoiceLine, seq: int
) -> Iterator[tuple[str, Row]]:
    yield (
        _DRAFT,
        (invoice_id, event.account_id, event.currency, period.start, period.end, line.net, seq),
    )
    yield _LINE, (invoice_id, line.n, line.charge_id or None, msgspec.json.encode(line).decode())


def _disagreed(event: e.DraftDisagreed, seq: int) -> Row:
    return event.invoice_id, event.account_id, event.period.start, event.period.end, event.net, seq


def _locked(event: e.InvoiceLocked, seq: int) -> Row:
    groups = msgspec.json.encode(event.tax_groups).decode()
    return event.invoice_id, event.net, event.tax, event.total, groups, event.run_id, seq


def _issued(event: e.InvoiceIssued) -> Row:
    return event.invoice_id, event.number, event.issued_on, event.due_on, event.cycle_id, event.name, event.details


def _run(event: e.BillingRunStarted) -> Row:
    return (
        event.run_id,
        event.target_date,
        event.dry_run,
        event.partitions,
        event.cycle_id,
        event.account_ids,
    )


def _page(event: e.BillingRunPageWalked, envelope: Envelope) -> Iterator[tuple[str, Row]]:
    counts = (event.accounts, event.invoices, event.not_closed, event.failed)
    yield _PAGE, (event.run_id, event.page, *counts, event.last, envelope.recorded_at, envelope.seq)
    for n, found in enumerate(event.outcomes, 1):
        yield _RESULT, (event.run_id, event.page, n, *_outcome(found))


def _outcome(found: e.RunOutcome) -> Row:
    return (
        found.account_id,
        found.outcome,
        found.invoice_id,
        found.currency,
        found.net,
        found.tax,
        found.total,
        found.reason,
    )
