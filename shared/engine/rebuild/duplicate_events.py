"""Which events a log holds twice: the same number (`ce_source` and `ce_id`) at two offsets.

rating/3/1101 at 1263 and 1270; rating/3/1102 at 1264 and 1271; 7 in all

A broker that commits an aborted batch together with the next one leaves this. Nothing can be read beyond the second one
without knowing which of the two holds, so every reader stops; this says where to look.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final, NamedTuple

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.kernel.envelope import Envelope, from_headers

NAMED_MAX: Final = 20
"""So many are named; all are counted."""


class Doubled(NamedTuple):
    """An event, where it stands first, and where again."""

    citation: str
    first: int
    again: int

    def __str__(self) -> str:
        return f"{self.citation} at {self.first} and {self.again}"


async def doubled_in(reader: AIOKafkaConsumer, tp: TopicPartition) -> tuple[list[Doubled], int]:
    """The first `NAMED_MAX` events that stand twice, and how many do. `reader` has the partition assigned.

    The log is read twice, so that only what is named has to be remembered.
    """
    repeats: dict[str, int] = {}
    count, highest = 0, 0
    async for record, envelope in _events(reader, tp):
        if envelope.seq > highest:
            highest = envelope.seq
            continue
        count += 1
        if len(repeats) < NAMED_MAX:
            repeats.setdefault(envelope.citation, record.offset)
    found: list[Doubled] = []
    if repeats:
        async for record, envelope in _events(reader, tp):
            again = repeats.pop(envelope.citation, None)
            if again is not None:
                found.append(Doubled(envelope.citation, record.offset, again))
            if not repeats:
                break
    return found, count


def said(log: str, found: list[Doubled], count: int) -> str:
    """The sentence for a person."""
    named = "; ".join(map(str, found))
    return (
        f"{log} holds events twice, each under one number at two offsets: {named}; {count} in all. Stop the services; "
        "docs/operations.md says what to do with a log that holds an event twice"
    )


async def _events(
    reader: AIOKafkaConsumer, tp: TopicPartition
) -> AsyncIterator[tuple[ConsumerRecord[bytes, bytes], Envelope]]:
    """All that is committed, from the beginning to the end as it is now."""
    end = (await reader.end_offsets([tp]))[tp]
    reader.seek(tp, (await reader.beginning_offsets([tp]))[tp])
    while await reader.position(tp) < end:
        for record in (await reader.getmany(tp, timeout_ms=200)).get(tp, ()):
            yield record, from_headers(record.headers)
