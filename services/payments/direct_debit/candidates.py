"""Which invoices a run may collect, by which mandate, and on which day at the earliest.

An invoice is collected that is due by the day of collection, is open in euros and not disputed, whose account has an
active mandate of the scheme, and which no debit and no gateway is collecting. Its customer has to know of it for a
while before, by the invoice itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec

from services.payments.mandate.messages import MandateScheme
from services.payments.sepa.business_days import after, is_business_day, next_business_day
from shared.engine.postgres import Pool
from shared.kernel.decimals import exact
from shared.kernel.errors import Rejection

LEAD_DAYS: Final = 1
"""Business days between the day on which a bank has the file and the day of collection."""
CANDIDATES_MAX: Final = 20_000

_CANDIDATES: Final = """
select distinct on (r.invoice_id) r.invoice_id, r.number, r.account_id, r.open, r.due_on, r.issued_on, m.mandate_id
  from receivable_row r
  join mandate_row m on m.partition = r.partition and m.account_id = r.account_id
  left join preferred_method_row p on p.partition = r.partition and p.account_id = r.account_id
 where r.open > 0 and r.disputed = 0 and r.kind = 'invoice' and not r.withdrawn and r.currency = 'EUR'
   and r.due_on <= $1
   and m.status = 'active' and m.scheme = $2
   and ($3::text[] is null or r.account_id = any($3::text[]))
   and not exists (select from direct_debit_row d where d.invoice_id = r.invoice_id and d.status = 'placed')
   and not exists (select from collection_row c where c.partition = r.partition and c.invoice_id = r.invoice_id
                      and c.status in ('waiting', 'calling', 'pending'))
 order by r.invoice_id, (m.method_id = p.method_id) desc nulls last, m.registered_on desc, m.mandate_id
 limit 20001
"""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice that may be collected; `why_not` says what stands against it."""

    account_id: str
    invoice_id: str
    number: str
    mandate_id: str
    amount: Decimal
    due_on: date
    why_not: str | None = None


def earliest_collection(today: date) -> date:
    """The first day on which what is given to the bank today is collected."""
    return after(next_business_day(today), LEAD_DAYS)


def check_collection_date(day: date, today: date) -> None:
    """Raises `Rejection`: `not_a_business_day`, `too_early`."""
    pointer = "/collection_date"
    if not is_business_day(day):
        detail = f"banks don't settle on {day}; {next_business_day(day)} is the next day on which they do"
        raise Rejection("not_a_business_day", detail, pointer=pointer)
    if day < (first := earliest_collection(today)):
        detail = f"a bank that has the file today collects on {first} at the earliest"
        raise Rejection("too_early", detail, pointer=pointer)


async def candidates(
    pool: Pool, *, collection_date: date, scheme: MandateScheme, accounts: Sequence[str] | None, notice_days: int
) -> list[Candidate]:
    """In the order of their ids. Raises `Rejection`: `out_of_bounds`."""
    rows = await pool.fetch(_CANDIDATES, collection_date, scheme, accounts)
    if len(rows) > CANDIDATES_MAX:
        detail = f"more than {CANDIDATES_MAX} invoices are due; give account_ids, and collect in several runs"
        raise Rejection("out_of_bounds", detail, pointer="/account_ids")
    known_by = collection_date - timedelta(days=notice_days)
    return [_candidate(row, known_by) for row in rows]


def total_of(found: Sequence[Candidate]) -> Decimal:
    with exact():
        return sum((one.amount for one in found), Decimal(0))


def _candidate(row: asyncpg.Record | dict[str, Any], known_by: date) -> Candidate:
    late = row["issued_on"] > known_by
    why = f"not_notified: the customer knows of it since {row['issued_on']} only" if late else None
    shown = {name: row[name] for name in ("account_id", "invoice_id", "number", "mandate_id", "due_on")}
    return Candidate(amount=row["open"], why_not=why, **shown)
