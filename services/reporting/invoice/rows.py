"""Invoices as documents: drafted, locked, issued, with their lines. What has been paid is payments' side of the view.

inv-7   acc-1   issued   INV-000042   2026-10-01   due 2026-10-15   net 12.40   tax 2.48   total 14.88   version 3
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import msgspec

from services.invoicing.bill_profile.messages import BillProfileOpened
from services.invoicing.invoice.messages import (
    DraftCarriedForward,
    DraftLineAdded,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLocked,
    TaxGroup,
)
from shared.engine.service import Applied
from shared.kernel.envelope import Envelope

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

_ENCODER: Final = msgspec.json.Encoder(decimal_format="string")


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    profiles: list[tuple[Any, ...]] = []
    lines: list[tuple[Any, ...]] = []
    drafted: list[tuple[InvoiceDrafted, Envelope]] = []
    carried: list[tuple[Any, ...]] = []
    locked: list[tuple[Any, ...]] = []
    issued: list[tuple[Any, ...]] = []
    for event, envelope, _ in batch:
        match event:
            case DraftLineAdded():
                lines.append(_line(partition, event.invoice_id, event.line))
            case DraftCarriedForward():
                lines.append(_line(partition, event.into, event.line))
                carried.append((partition, event.invoice_id, event.into))
            case InvoiceDrafted():
                drafted.append((event, envelope))
            case InvoiceLocked(invoice_id=invoice):
                locked.append(
                    (partition, invoice, event.net, event.tax, event.total, _groups(event.tax_groups), event.run_id)
                )
            case InvoiceIssued():
                lines += (_line(partition, event.invoice_id, line) for line in event.lines)
                issued.append(_issued(partition, event))
            case BillProfileOpened():
                profiles.append((partition, event.account_id, event.terms_days, event.tax.rate))
    # A document goes through these in this order only, so kind by kind is event by event.
    await _many(connection, _OPEN_PROFILE, profiles)
    await _many(connection, _ADD_LINE, lines)
    await _many(connection, _DRAFT, await _drafts(connection, partition, drafted))
    await _many(connection, _CARRY, carried)
    await _many(connection, _LOCK, locked)
    await _many(connection, _ISSUE, issued)


_OPEN_PROFILE: Final = """
insert into bill_profile_row (partition, account_id, terms_days, tax_rate) values ($1, $2, $3, $4)
"""

# The lines of an issued invoice are those of its draft; the event says them again for readers outside.
_ADD_LINE: Final = """
insert into invoice_line_row (partition, invoice_id, n, charge_id, kind, description, subscription_id, plan_id,
                              plan_version, meter, unit, quantity, records, period_start, period_end, net,
                              carried_from)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
on conflict (partition, invoice_id, n) do nothing
"""

_DRAFT: Final = """
insert into invoice_row (partition, invoice_id, account_id, status, currency, period_start, period_end, net, tax, total,
                         provisional, version, drafted_at)
values ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, true, $10, $11)
"""

_CARRY: Final = """
update invoice_row set status = 'carried_forward', carried_into = $3, version = version + 1
 where partition = $1 and invoice_id = $2
"""

_LOCK: Final = """
update invoice_row set status = 'locked', net = $3, tax = $4, total = $5, tax_groups = $6, run_id = $7,
                       provisional = false, version = version + 1
 where partition = $1 and invoice_id = $2
"""

_ISSUE: Final = """
update invoice_row set status = 'issued', number = $3, issued_on = $4, due_on = $5, net = $6, tax = $7, total = $8,
                       tax_groups = $9, cycle_id = $10, run_id = $11, provisional = false,
                       version = version + 1
 where partition = $1 and invoice_id = $2
"""


async def _drafts(
    connection: Connection, partition: int, drafts: list[tuple[InvoiceDrafted, Envelope]]
) -> list[tuple[Any, ...]]:
    """Drafts with tax and total as invoicing forecasts them: in the event, or in an older one at the account's rate."""
    older = [event.account_id for event, _ in drafts if event.tax is None]
    rates = await connection.fetch(_RATES, partition, older) if older else []
    rate_of = {row["account_id"]: Decimal(row["tax_rate"]) for row in rates}
    return [_drafted(partition, event, envelope, rate_of.get(event.account_id)) for event, envelope in drafts]


_RATES: Final = """
select account_id, tax_rate from bill_profile_row
 where partition = $1 and account_id = any($2::text[]) and tax_rate is not null
"""


def _drafted(partition: int, event: InvoiceDrafted, envelope: Envelope, rate: Decimal | None) -> tuple[Any, ...]:
    """The version of a draft counts its events, as invoicing does for `If-Match`: one for each line, and the draft."""
    tax, total = event.forecast(rate)
    return (
        partition,
        event.invoice_id,
        event.account_id,
        event.currency,
        event.period.start,
        event.period.end,
        event.net,
        tax,
        total,
        event.lines + 1,
        envelope.recorded_at,
    )


def _issued(partition: int, event: InvoiceIssued) -> tuple[Any, ...]:
    return (
        partition,
        event.invoice_id,
        event.number,
        event.issued_on,
        event.due_on,
        event.net,
        event.tax,
        event.total,
        _groups(event.tax_groups),
        event.cycle_id,
        event.run_id,
    )


def _line(partition: int, invoice_id: str, line: InvoiceLine) -> tuple[Any, ...]:
    return (
        partition,
        invoice_id,
        line.n,
        line.charge_id or None,
        line.kind,
        line.description,
        line.subscription_id or None,
        line.plan_id or None,
        line.plan_version or None,
        line.meter,
        line.unit,
        line.quantity,
        line.records,
        line.period.start,
        line.period.end,
        line.net,
        line.carried_from,
    )


def _groups(groups: Iterable[TaxGroup]) -> str:
    """As the API shows them; what a document calls a group is for the document."""
    shown = ("category", "rate", "base", "tax")
    return _ENCODER.encode([{name: getattr(group, name) for name in shown} for group in groups]).decode()


async def _many(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        await connection.executemany(statement, rows)
