"""Four logs become the rows that reporting reads: pure of clocks and chance, so a rebuild gives the same rows.

    await project(connection, "invoicing.events", 3, [Applied(InvoiceIssued(...), envelope, 1842), ...])

One file per upstream topic, each of which writes tables of its own; what belongs together is joined in views. The audit
index and the dead letters are written for all of them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from services.reporting.projection import audit, dead_letters, invoicing, payments, rating, usage
from shared.engine.service import Applied

if TYPE_CHECKING:
    from shared.engine.postgres import Connection

VERSION: Final = 1
"""Raise it when a row changes its meaning while its columns stay: the tables are then built anew."""

UPSTREAM: Final[Mapping[str, Callable[[Connection, int, Sequence[Applied]], Awaitable[None]]]] = {
    "usage.events": usage.project,
    "rating.events": rating.project,
    "invoicing.events": invoicing.project,
    "payments.events": payments.project,
}


async def project(connection: Connection, topic: str, partition: int, batch: Sequence[Applied]) -> None:
    """Write the rows of a batch, in the transaction that moves the checkpoint of `topic` (without environment)."""
    await UPSTREAM[topic](connection, partition, batch)
    await dead_letters.project(connection, topic, partition, batch)
    await audit.project(connection, topic, partition, batch)
