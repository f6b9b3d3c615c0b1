"""What is owed, by day: what was invoiced, and how what is open and what is overdue went up and down.

ReceivableOpened 14.88, issued 10-01, due 10-15      10-01 invoiced +14.88    10-01 open +14.88    10-16 overdue +14.88
PaymentAllocated 10.00, received 10-20                                        10-20 open -10.00    10-20 overdue -10.00

The sum of all days up to one is what was open or overdue at its end. What settles a claim before it is due takes it off
`overdue` on the day it would have begun. A void takes its invoice off `invoiced` on the day it was issued.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Literal

from services.payments.adjustment.messages import BalanceAdjusted
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.receivable.messages import ReceivableOpened, ReceivableWithdrawn
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from services.reporting.adding import adding
from shared.engine.postgres import Connection
from shared.engine.rows import Amount, Row
from shared.engine.service import Applied
from shared.engine.tables import Tables
from shared.kernel.decimals import EXACT

What = Literal["invoiced", "open", "overdue"]


class OwedDay(Row, frozen=True, kw_only=True):
    TABLE = "owed_day"
    KEY = ("day", "currency", "what")

    day: date
    currency: str
    what: What
    amount: Amount


TABLES: Final = Tables(adding(OwedDay, "amount"))
Moved = tuple[date, str, What, Decimal]

# What the batch has settled, as the tables say it that were written before: from which day on, and of which claim.
_SETTLED: Final = """
select r.currency, r.issued_on, r.due_on, s.amount, s.effective_on, s.withdrawn and r.kind = 'invoice' as void
  from (select l.invoice_id, l.amount, coalesce(l.taken_back_on, p.received_on) as effective_on, false as withdrawn
          from allocation_row l join payment_row p on p.partition = l.partition and p.payment_id = l.payment_id
         where l.partition = $1::int and l.seq = any($2::bigint[])
        union all
        select l.invoice_id, l.amount, c.issued_on, false
          from credit_allocation_row l
          join credit_row c on c.partition = l.partition and c.credit_note_id = l.credit_note_id
         where l.partition = $1::int and l.seq = any($2::bigint[])
        union all
        select invoice_id, amount, counts_on, false from write_off_row
         where partition = $1::int and seq = any($2::bigint[])
        union all
        select invoice_id, applied, issued_on, false from credit_row
         where partition = $1::int and credit_note_id = any($3::text[])
        union all
        select invoice_id, amount, withdrawn_on, true from receivable_row
         where partition = $1::int and invoice_id = any($4::text[])) s
  join receivable_row r on r.partition = $1::int and r.invoice_id = s.invoice_id
"""
_BY_SEQ: Final = (PaymentAllocated, PaymentDeallocated, CreditAllocated, ReceivableWrittenOff, WriteOffRecovered)


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Behind the claims and what settles them (rows.py)."""
    moved = [one for event, _, _ in batch for one in _claimed(event)]
    seqs = [envelope.seq for event, envelope, _ in batch if isinstance(event, _BY_SEQ)]
    notes = [event.credit_note_id for event, _, _ in batch if isinstance(event, CreditNoteTaken)]
    void = [event.invoice_id for event, _, _ in batch if isinstance(event, ReceivableWithdrawn)]
    if seqs or notes or void:
        for found in await connection.fetch(_SETTLED, partition, seqs, notes, void):
            moved += _settled(found)
    if moved:
        await TABLES.write(connection, partition, _summed(moved))


def _claimed(event: object) -> Iterator[Moved]:
    match event:
        case ReceivableOpened():
            yield event.issued_on, event.currency, "invoiced", event.amount
            yield from _owed(event.currency, event.amount, event.issued_on, event.due_on)
        case BalanceAdjusted(direction="debit"):
            yield from _owed(event.currency, event.amount, event.adjusted_on, event.due_on)


def _settled(found: Any) -> Iterator[Moved]:
    off = EXACT.minus(found["amount"])
    if found["void"]:
        yield found["issued_on"], found["currency"], "invoiced", off
    day = max(found["effective_on"], found["issued_on"])
    yield from _owed(found["currency"], off, day, found["due_on"])


def _owed(currency: str, amount: Decimal, day: date, due_on: date) -> Iterator[Moved]:
    yield day, currency, "open", amount
    if due_on < date.max:  # what is due on the last day there is is never overdue
        yield max(day, due_on + timedelta(days=1)), currency, "overdue", amount


def _summed(moved: Iterable[Moved]) -> Iterator[OwedDay]:
    sums: defaultdict[tuple[date, str, What], Decimal] = defaultdict(Decimal)
    for day, currency, what, amount in moved:
        sums[day, currency, what] = EXACT.add(sums[day, currency, what], amount)
    for (day, currency, what), amount in sums.items():
        yield OwedDay(day=day, currency=currency, what=what, amount=amount)
