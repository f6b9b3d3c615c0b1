"""From any event along the way of the money: usage, charge, line, invoice, allocation, payment, dunning.

    found = await anchored(connection, Anchor(ids=("pay-1",), account_id="acc-1"))
    await stage(connection, "lines", found, page=1, size=20)

Two kinds of links. By causation: what led to an event, and what followed from it. By what events name: an allocation
names an invoice and a payment, a line its charge; these are followed in the tables that keep them, so that a chain has
no gap where a person, and no event, was the cause (an invoice that is paid two months later).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import asyncpg

from shared.engine.postgres import Connection
from shared.http.money import money

INVOICES_MAX: Final = 50
CAUSES_MAX: Final = 50
EFFECTS_MAX: Final = 200
"""A payment can pay very many invoices, and a run cause very many events: so many are followed."""


class Found(NamedTuple):
    """What the chain goes through: its invoices, and the charges and payments it began at."""

    invoices: Sequence[str]
    charges: Sequence[str]
    payments: Sequence[str]


_ANCHORS: Final = """
with given as (select unnest($1::text[]) as id),
     charged as (select c.charge_id, c.account_id from charge_row c join given g on g.id = c.charge_id
                  where ($2::text is null or c.account_id = $2) limit 50),
     paying as (select p.payment_id, p.account_id from payment_row p join given g on g.id = p.payment_id limit 50),
     dunned as (select d.partition, d.account_id, d.since, d.cleared_on
                  from dunning_row d join given g on g.id = d.case_id
                 where $2::text is null or d.account_id = $2),
     invoiced as (
       select i.invoice_id from invoice_row i join given g on g.id = i.invoice_id
       union select l.invoice_id from invoice_line_row l join charged c on c.charge_id = l.charge_id
       union select a.invoice_id from allocation_row a join paying p on p.payment_id = a.payment_id
       union select c.invoice_id from credit_row c join given g on g.id = c.credit_note_id
       union select r.invoice_id from receivable_row r join dunned d
                 on d.partition = r.partition and d.account_id = r.account_id and r.due_on >= d.since
                and r.due_on < coalesce(d.cleared_on, 'infinity'::date))
select array(select invoice_id from invoiced order by 1 limit 50) as invoices,
       array(select charge_id from charged) as charges,
       array(select payment_id from paying) as payments
"""

_LINES: Final = """
  from invoice_line_row l join invoice_row i on i.partition = l.partition and i.invoice_id = l.invoice_id
 where l.invoice_id = any($1) and (cardinality($2::text[]) = 0 or l.charge_id = any($2))
"""
_CHARGES: Final = """
  from charge_row c
 where c.charge_id = any($2) or (cardinality($2::text[]) = 0 and c.charge_id in (
       select l.charge_id from invoice_line_row l where l.invoice_id = any($1) and l.charge_id is not null))
"""
_PAID: Final = """
  from allocation_row a
 where a.invoice_id = any($1) and a.partition in (select partition from invoice_row where invoice_id = any($1))
   and (cardinality($3::text[]) = 0 or a.payment_id = any($3))
"""


def _made_by(event: str, id_column: str) -> str:
    """The event that made a thing."""
    return (
        f"(select e.id from audit_event e where e.aggregate_id = {id_column} and e.type like '{event}.v%'"
        " order by e.recorded_at, e.seq limit 1)"
    )


# Of each stage: what is selected, from where, in which order; all have the same parameters.
_STAGES: Final = {
    "usage": (
        "c.charge_id as id, c.account_id, null as event_id, coalesce(c.meter, '') as text, null::numeric as amount,"
        " c.currency, coalesce(c.settles_start, c.billing_start) as at, c.billing_end as until,"
        " c.subscription_id as of, c.records as records",
        _CHARGES + " and c.records > 0",
        "c.charge_id",
    ),
    "charges": (
        f"c.charge_id as id, c.account_id, {_made_by('rating.ChargeFixed', 'c.charge_id')} as event_id, c.kind as text,"
        " c.amount, c.currency, c.period_start as at, c.period_end as until, c.subscription_id as of, c.records",
        _CHARGES,
        "c.charge_id",
    ),
    "lines": (
        "l.invoice_id || '#' || l.n as id, i.account_id, null as event_id, l.description as text, l.net as amount,"
        " i.currency, l.period_start as at, l.period_end as until, l.invoice_id as of, l.records",
        _LINES,
        "l.invoice_id, l.n",
    ),
    "invoices": (
        f"i.invoice_id as id, i.account_id, {_made_by('invoicing.InvoiceIssued', 'i.invoice_id')} as event_id,"
        " coalesce(i.number, i.status) as text, i.total as amount, i.currency, i.issued_on as at, i.due_on as until,"
        " null as of, null::bigint as records",
        "from invoice_row i where i.invoice_id = any($1)",
        "i.issued_on nulls last, i.invoice_id",
    ),
    "allocations": (
        "a.payment_id || '/' || a.seq as id, null as account_id,"
        " 'payments/' || a.partition || '/' || a.seq as event_id, a.payment_id as text,"
        " a.amount, a.currency, a.recorded_at::date as at, a.taken_back_on as until,"
        " a.invoice_id as of, null::bigint as records",
        _PAID,
        "a.recorded_at, a.seq",
    ),
    "payments": (
        f"p.payment_id as id, p.account_id, {_made_by('payments.PaymentRecorded', 'p.payment_id')} as event_id,"
        " p.method as text, p.amount, p.currency, p.received_on as at, null::date as until, null as of,"
        " null::bigint as records",
        "from payment_row p where p.payment_id = any($3) or p.payment_id in (select a.payment_id " + _PAID + ")",
        "p.received_on, p.payment_id",
    ),
    "dunning": (
        f"d.case_id as id, d.account_id, {_made_by('payments.DunningCaseOpened', 'd.case_id')} as event_id,"
        " d.cleared_for as text, d.overdue as amount, d.currency, d.since as at, d.cleared_on as until, null as of,"
        " null::bigint as records",
        "from dunning_row d where exists (select 1 from receivable_row r where r.invoice_id = any($1)"
        " and r.partition = d.partition and r.account_id = d.account_id and r.due_on >= d.since"
        " and r.due_on < coalesce(d.cleared_on, 'infinity'::date)) and d.account_id in"
        " (select account_id from invoice_row where invoice_id = any($1))",
        "d.since, d.case_id",
    ),
}
STAGES: Final = tuple(_STAGES)
# All three stand in each statement, so that each has the same parameters.
_GIVEN: Final = "with given as (select $1::text[] as invoices, $2::text[] as charges, $3::text[] as payments)"


async def anchored(connection: Connection, ids: Sequence[str], account_id: str | None) -> Found:
    """What these ids lead to."""
    row = await connection.fetchrow(_ANCHORS, list(ids), account_id)
    assert row is not None
    return Found(row["invoices"], row["charges"], row["payments"])


async def stage(connection: Connection, name: str, found: Found, *, page: int, size: int) -> dict[str, Any]:
    """One page of a stage, and how many it has."""
    columns, source, order = _STAGES[name]
    values = [list(found.invoices), list(found.charges), list(found.payments)]
    total = await connection.fetchval(f"{_GIVEN} select count(*) {source}", *values)
    rows = await connection.fetch(
        f"{_GIVEN} select {columns} {source} order by {order} limit $4 offset $5", *values, size, (page - 1) * size
    )
    return {
        "stage": name,
        "items": [_link(row) for row in rows],
        "total": total,
        "next_page": page + 1 if page * size < total else None,
    }


def _link(row: asyncpg.Record) -> dict[str, Any]:
    amount = row["amount"]
    return {
        **{name: row[name] for name in ("id", "account_id", "event_id", "text", "of", "records")},
        "amount": None if amount is None else money(amount, row["currency"]),
        **{name: None if row[name] is None else row[name].isoformat() for name in ("at", "until")},
    }
