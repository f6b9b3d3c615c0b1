"""Follow issued invoices from outside Meterlog, without losing one or taking one twice.

    pip install aiokafka
    python follow_invoices.py 127.0.0.1:9092 local

Three things a consumer of the billing-event log does:

1.  It reads `read_committed`. What an aborted transaction left behind is in the topic and has never happened.
2.  It checks `seq`, which is dense from 1 in each partition. A gap is a loss: stop, and find out.
3.  It remembers (ce_source, ce_id) with what it did, in one transaction of its own database, and skips what it has
    seen. Here that database is SQLite; the place to read on from is the last `seq` kept there, not Kafka's offsets.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from collections.abc import Iterable
from typing import Any

WANTED = "invoicing.InvoiceIssued.v1"

TABLES = """
create table if not exists place (source text primary key, seq integer not null, next_offset integer not null);
create table if not exists invoice (source text, id text, number text, total text, currency text, due_on text,
                                    primary key (source, id));
"""


class Gap(Exception):
    """An event is missing: the topic was cut, or the reader skipped something. Stop until it is clear which."""


class Follower:
    """Takes the events of any number of partitions, each exactly once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        database.executescript(TABLES)

    def take(self, headers: Iterable[tuple[str, bytes]], value: bytes, offset: int) -> bool:
        """Take one message; whether it was new. Raises `Gap`."""
        found = {name: text.decode() for name, text in headers}
        source, seq = found["ce_source"], int(found["ce_id"])
        row = self.database.execute("select seq from place where source = ?", (source,)).fetchone()
        last = row[0] if row else 0
        if seq <= last:
            return False  # delivered again
        if seq != last + 1:
            raise Gap(f"{source} goes from {last} to {seq}")
        with self.database:  # what is done and how far we are: both or neither
            if found["ce_type"] == WANTED:
                self.record(source, found["ce_id"], json.loads(value))
            self.database.execute("insert or replace into place values (?, ?, ?)", (source, seq, offset + 1))
        return True

    def record(self, source: str, event_id: str, invoice: dict[str, Any]) -> None:
        """What this consumer is for. Amounts are decimal strings and stay exact as text."""
        values = (source, event_id, *(invoice[name] for name in ("number", "total", "currency", "due_on")))
        self.database.execute("insert into invoice values (?, ?, ?, ?, ?, ?)", values)

    def next_offset(self, source: str) -> int:
        """Where to read on in Kafka; offsets have holes, so only a place we have been at is a place to go to."""
        row = self.database.execute("select next_offset from place where source = ?", (source,)).fetchone()
        return int(row[0]) if row else 0


async def follow(bootstrap_servers: str, env: str, follower: Follower) -> None:
    """Read every partition from where we stopped, for ever."""
    from aiokafka import AIOKafkaConsumer

    # Without a group the consumer is given all partitions of the topic, and keeps no offsets of its own.
    consumer = AIOKafkaConsumer(
        f"{env}.invoicing.events",
        bootstrap_servers=bootstrap_servers,
        isolation_level="read_committed",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        for partition in consumer.assignment():
            consumer.seek(partition, follower.next_offset(f"/{env}/invoicing/{partition.partition}"))
        async for message in consumer:
            follower.take(message.headers, message.value, message.offset)
    finally:
        await consumer.stop()


if __name__ == "__main__":
    asyncio.run(follow(sys.argv[1], sys.argv[2], Follower(sqlite3.connect("invoices.sqlite"))))
