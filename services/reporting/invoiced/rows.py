"""Sums of issued documents by day, kept as the documents come.

InvoiceIssued 2026-10-01     invoiced_day  2026-10-01 EUR recurring fibre   1 line  39.90
                             taxed_day     2026-10-01 EUR S 20 invoice      1       39.90   7.98
CreditNoteIssued 10-09       credited_day  2026-10-09 EUR goodwill          1        5.00   1.00   6.00
InvoiceVoided                all of the invoice is taken off the day on which it was issued
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from services.invoicing.credit_note.messages import CreditNoteIssued
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.void.messages import InvoiceVoided
from services.reporting.adding import adding, plain
from services.reporting.invoiced.region import region_of
from services.reporting.invoiced.spans import SPANS, begins
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Columns, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables

Line = tuple[str, str | None, str | None, Decimal]
DISCOUNT: Final = "discount"
"""The kind of what is taken off a document as a whole; it is of no plan."""


class InvoicedDay(Row, frozen=True, kw_only=True):
    TABLE = "invoiced_day"
    KEY = ("day", "currency", "kind", "plan_id", "meter", "region")

    day: date
    currency: str
    kind: str
    plan_id: str
    meter: str
    region: str
    lines: int
    amounts: int
    net: Amount


class TaxedDay(Row, frozen=True, kw_only=True):
    TABLE = "taxed_day"
    KEY = ("day", "currency", "category", "rate", "document")

    day: date
    currency: str
    category: str
    rate: Decimal
    document: str
    documents: int
    base: Amount
    tax: Amount


class CreditedDay(Row, frozen=True, kw_only=True):
    TABLE = "credited_day"
    KEY = ("day", "currency", "reason")

    day: date
    currency: str
    reason: str
    notes: int
    net: Amount
    tax: Amount
    total: Amount


class InvoicedAccount(Row, frozen=True, kw_only=True):
    TABLE = "invoiced_account"
    KEY = ("account_id", "months", "month", "currency")

    account_id: str
    months: int
    month: date
    currency: str
    invoices: int
    net: Amount
    total: Amount


TABLES: Final = Tables(
    adding(InvoicedDay, "lines", "amounts", "net"),
    adding(TaxedDay, "documents", "base", "tax"),
    adding(CreditedDay, "notes", "net", "tax", "total"),
    adding(InvoicedAccount, "invoices", "net", "total"),
)

_VOID: Final = """
select i.account_id, i.issued_on, i.currency, i.net, i.total, i.tax_groups, i.allowances, i.region,
       (select jsonb_agg(jsonb_build_object('kind', l.kind, 'plan_id', l.plan_id, 'meter', l.meter, 'net', l.net::text))
          from invoice_line_row l where l.partition = i.partition and l.invoice_id = i.invoice_id) as lines
  from invoice_row i where i.partition = $1::int and i.invoice_id = any($2::text[]) and i.issued_on is not null
"""


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Behind the documents themselves, which say what a void invoice was."""
    rows = [row for event, _, _ in batch for row in _rows(event)]
    if void := [event.invoice_id for event, _, _ in batch if isinstance(event, InvoiceVoided)]:
        rows += [row for found in await connection.fetch(_VOID, partition, void) for row in _taken_off(dict(found))]
    await TABLES.write(connection, partition, rows)


def _rows(event: object) -> Iterator[Columns]:
    match event:
        case InvoiceIssued(issued_on=day, currency=currency):
            lines = [(line.kind, line.plan_id, line.meter, line.net) for line in event.lines]
            off = [(DISCOUNT, "", "", -one.amount) for one in event.allowances]
            yield from _invoiced(day, currency, region_of(event.tax_groups), [*lines, *off])
            groups = [(group.category, group.rate, group.base, group.tax) for group in event.tax_groups]
            yield from _taxed(day, currency, "invoice", groups)
            yield from _of_account(event.account_id, day, currency, 1, event.net, event.total)
        case CreditNoteIssued(issued_on=day, currency=currency):
            lines = [(line.kind, line.plan_id, line.meter, -line.net) for line in event.lines]
            yield from _invoiced(day, currency, region_of(event.tax_groups), lines)
            groups = [(group.category, group.rate, group.base, group.tax) for group in event.tax_groups]
            yield from _taxed(day, currency, "credit_note", groups)
            amounts = {name: getattr(event, name) for name in ("net", "tax", "total")}
            yield CreditedDay(day=day, currency=currency, reason=event.reason, notes=1, **amounts)
            yield from _of_account(event.account_id, day, currency, 0, -event.net, -event.total)


def _taken_off(found: dict[str, Any]) -> Iterator[Columns]:
    """All rows of an invoice once more, with the other sign."""
    day, currency = found["issued_on"], found["currency"]
    told = json.loads(found["lines"] or "[]")
    lines = [(one["kind"], one["plan_id"], one["meter"], -Decimal(one["net"])) for one in told]
    off = [(DISCOUNT, "", "", Decimal(one["amount"])) for one in json.loads(found["allowances"])]
    yield from _invoiced(day, currency, found["region"], [*lines, *off], each=-1)
    groups = [
        (one["category"], Decimal(one["rate"]), -Decimal(one["base"]), -Decimal(one["tax"]))
        for one in json.loads(found["tax_groups"])
    ]
    yield from _taxed(day, currency, "invoice", groups, each=-1)
    yield from _of_account(found["account_id"], day, currency, -1, -found["net"], -found["total"])


def _invoiced(
    day: date,
    currency: str,
    region: str,
    lines: Iterable[Line],
    *,
    each: int = 1,
) -> Iterator[InvoicedDay]:
    """A row a line; a discount is an amount and no line."""
    for kind, plan_id, meter, net in lines:
        yield InvoicedDay(
            day=day,
            currency=currency,
            kind=kind,
            plan_id=plan_id or "",
            meter=meter or "",
            region=region,
            lines=0 if kind == DISCOUNT else each,
            amounts=each,
            net=net,
        )


def _taxed(
    day: date, currency: str, document: str, groups: Iterable[tuple[str, Decimal, Decimal, Decimal]], *, each: int = 1
) -> Iterator[TaxedDay]:
    for category, rate, base, tax in groups:
        yield TaxedDay(
            day=day,
            currency=currency,
            category=category,
            rate=plain(rate),
            document=document,
            documents=each,
            base=base,
            tax=tax,
        )


def _of_account(
    account_id: str, day: date, currency: str, invoices: int, net: Decimal, total: Decimal
) -> Iterator[InvoicedAccount]:
    """The same in each span that the day is in."""
    for months in SPANS:
        yield InvoicedAccount(
            account_id=account_id,
            months=months,
            month=begins(day, months),
            currency=currency,
            invoices=invoices,
            net=net,
            total=total,
        )
