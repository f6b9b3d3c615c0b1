"""Payments' own events as rows, for the API to read. Pure SQL, one statement per kind of event and batch.

Of one payment or invoice the events always come in the same order (recorded or opened, then allocated), so a batch can
be written kind by kind. `PaymentAllocated` says what remains of both sides: the last one of a batch counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.payments.events import PayerOpened, PaymentAllocated, PaymentRecorded, ReceivableOpened
from services.payments.rows import ReceivableRow, StillOpen
from shared.engine.postgres import Connection
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update
from shared.kernel.claims import EarlierUse

_PAYER: Final = "insert into payer_row (partition, account_id, currency) values ($1, $2, $3)"

_RECEIVABLES: Final = Tables(insert(ReceivableRow), update(StillOpen))

_PAYMENT: Final = """
insert into payment_row (partition, payment_id, account_id, currency, amount, unallocated, method, received_on,
                         invoice_id, external_key, recorded_at, version)
values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, 1)
"""

_ALLOCATION: Final = """
insert into allocation_row (partition, seq, payment_id, invoice_id, amount) values ($1, $2, $3, $4, $5)
"""

_UNALLOCATED: Final = """
update payment_row set unallocated = $3, version = version + 1 where partition = $1 and payment_id = $2
"""

_EARLIER: Final = """
select 'payment:' || payment_id as name, payment_id from payment_row where payment_id = any($1::text[])
union all
select 'external_key:' || external_key, min(payment_id) from payment_row where external_key = any($2::text[])
 group by external_key
"""


async def earlier_uses(connection: Connection, partition: int, names: Sequence[str]) -> Mapping[str, EarlierUse]:
    """Payments of any partition that have an id or an external key which nobody claimed."""
    wanted: dict[str, list[str]] = {"payment": [], "external_key": []}
    for name in names:
        kind, _, key = name.partition(":")
        wanted[kind].append(key)
    rows = await connection.fetch(_EARLIER, wanted["payment"], wanted["external_key"])
    return {row["name"]: EarlierUse(name=row["name"], holder=row["payment_id"]) for row in rows}


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    """Write the rows of a batch, inside the worker's transaction."""
    rows: dict[str, list[tuple[Any, ...]]] = {sql: [] for sql in _IN_ORDER}
    for applied in batch:
        for sql, row in _rows(applied, partition):
            rows[sql].append(row)
    for sql in _IN_ORDER:
        if rows[sql]:
            await connection.executemany(sql, rows[sql])
    await _RECEIVABLES.write(connection, partition, filter(None, (_receivable(applied.event) for applied in batch)))


_IN_ORDER: Final = (_PAYER, _PAYMENT, _ALLOCATION, _UNALLOCATED)


def _rows(applied: Applied, partition: int) -> Sequence[tuple[str, tuple[Any, ...]]]:
    """The statements an event takes part in, with its values; outcomes of commands have none."""
    event, envelope = applied.event, applied.envelope
    match event:
        case PaymentAllocated():
            made = (partition, envelope.seq, event.payment_id, event.invoice_id, event.amount)
            return (
                (_ALLOCATION, made),
                (_UNALLOCATED, (partition, event.payment_id, event.unallocated)),
            )
        case PaymentRecorded():
            return ((_PAYMENT, (partition, *_payment(event), envelope.recorded_at)),)
        case PayerOpened():
            return ((_PAYER, (partition, event.account_id, event.currency)),)
        case _:
            return ()


def _payment(event: PaymentRecorded) -> tuple[Any, ...]:
    return (
        event.payment_id,
        event.account_id,
        event.currency,
        event.amount,
        event.method,
        event.received_on,
        event.invoice_id,
        event.external_key,
    )


def _receivable(event: Any) -> ReceivableRow | StillOpen | None:
    match event:
        case ReceivableOpened():
            return ReceivableRow.of(event, open=event.amount)
        case PaymentAllocated():
            return StillOpen.of(event)
        case _:
            return None
