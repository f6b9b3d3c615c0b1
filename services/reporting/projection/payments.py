"""What is owed and what was paid: receivables with what is still open, payments with what is not yet allocated.

inv-7   acc-1   14.88 EUR   open 4.88   due 2026-10-15
pay-3   acc-1   10.00 EUR   unallocated 0.00   2026-10-07
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from services.payments.balance.messages import PaymentAllocated
from services.payments.payment.messages import PaymentRecorded
from services.payments.receivable.messages import ReceivableOpened
from shared.engine.service import Applied

if TYPE_CHECKING:
    from shared.engine.postgres import Connection


async def project(connection: Connection, partition: int, batch: Sequence[Applied]) -> None:
    receivables: list[tuple[Any, ...]] = []
    payments: list[tuple[Any, ...]] = []
    allocations: list[tuple[Any, ...]] = []
    # `PaymentAllocated` says what is left after it: the last one of the batch counts.
    still_open: dict[str, Decimal] = {}
    unallocated: dict[str, Decimal] = {}
    for event, envelope, _ in batch:
        match event:
            case ReceivableOpened():
                receivables.append(_receivable(partition, event))
            case PaymentRecorded(payment_id=payment, account_id=account):
                payments.append(
                    (partition, payment, account, event.amount, event.currency, event.method, event.received_on)
                )
            case PaymentAllocated(payment_id=payment, invoice_id=invoice):
                allocations.append((partition, envelope.seq, payment, invoice, event.amount, event.currency))
                still_open[invoice] = event.open
                unallocated[payment] = event.unallocated
    if receivables:
        await connection.executemany(
            """
            insert into receivable_row (partition, invoice_id, account_id, number, amount, open, currency, issued_on,
                                        due_on)
            values ($1, $2, $3, $4, $5, $5, $6, $7, $8)
            """,
            receivables,
        )
    if payments:
        await connection.executemany(
            """
            insert into payment_row (partition, payment_id, account_id, amount, unallocated, currency, method,
                                     received_on)
            values ($1, $2, $3, $4, $4, $5, $6, $7)
            """,
            payments,
        )
    if allocations:
        await _allocate(connection, partition, allocations, still_open, unallocated)


async def _allocate(
    connection: Connection,
    partition: int,
    allocations: list[tuple[Any, ...]],
    still_open: dict[str, Decimal],
    unallocated: dict[str, Decimal],
) -> None:
    await connection.executemany(
        """
        insert into allocation_row (partition, seq, payment_id, invoice_id, amount, currency)
        values ($1, $2, $3, $4, $5, $6)
        """,
        allocations,
    )
    await connection.executemany(
        "update receivable_row set open = $3 where partition = $1 and invoice_id = $2",
        [(partition, invoice, amount) for invoice, amount in still_open.items()],
    )
    await connection.executemany(
        "update payment_row set unallocated = $3 where partition = $1 and payment_id = $2",
        [(partition, payment, amount) for payment, amount in unallocated.items()],
    )


def _receivable(partition: int, event: ReceivableOpened) -> tuple[Any, ...]:
    return (
        partition,
        event.invoice_id,
        event.account_id,
        event.number,
        event.amount,
        event.currency,
        event.issued_on,
        event.due_on,
    )
