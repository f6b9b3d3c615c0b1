"""The load both pipelines get: five-minute records of a thousand lines, written before the clock starts.

    python -m bench.load /tmp/load.bin --bootstrap 127.0.0.1:9092 --topic local.usage.reported --partitions 4
    {"first_s": 5123.201, "last_s": 5125.877, "messages": 4000}

Every line reports once per interval, ids are UUIDv7 in the order of time, and a message holds records of many lines, as
a collector sends them. Mixed, what a line reports is what its plan of a book of many models measures (mixed_book.py).

The publisher does nothing but hand over bytes: what it costs is the same for whoever is measured. The instants are of
the machine's monotonic clock, which all processes share.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import pickle
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from aiokafka import AIOKafkaProducer

from bench.mixed_book import plan_of

LINES: Final = 1000
INTERVAL: Final = timedelta(minutes=5)
METER: Final = "data.octets"
BATCH_BYTES: Final = 900_000
# Intervals before the load starts over with the first one (the ids differ): six days, well within a billing period.
INTERVALS_MAX: Final = 6 * 288


def resource_of(line: int) -> str:
    return f"mac:00:1b:44:{line >> 16 & 255:02x}:{line >> 8 & 255:02x}:{line & 255:02x}"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a load is like: `lines` that report in turn, the plain records of octets or those of a mixed book."""

    records: int
    per_message: int
    lines: int = LINES
    mixed: bool = False
    first_number: int = 0
    """Ids of a load that follows another are later than those of that one by so many milliseconds."""


def write_load(file: Path, shape: Shape, *, now: datetime, seed: int = 7) -> int:
    """Write the messages of a load, all before `now`; returns how many messages that are."""
    messages = list(_messages(shape, now, random.Random(seed)))
    file.write_bytes(pickle.dumps(messages))
    return len(messages)


def _messages(shape: Shape, now: datetime, chance: random.Random) -> Iterator[bytes]:
    intervals = min(-(-shape.records // shape.lines), INTERVALS_MAX)
    first = (now - intervals * INTERVAL - timedelta(minutes=1)).replace(second=0, microsecond=0)
    milliseconds = int(first.timestamp() * 1000) + shape.first_number
    message: list[dict[str, Any]] = []
    for number in range(shape.records):
        started_at = first + number // shape.lines % intervals * INTERVAL
        meter, quantity, attributes = METER, chance.randrange(1_000_000, 900_000_000), None
        if shape.mixed:
            meter, quantity, attributes = plan_of(number % shape.lines).usage(number)
        message.append(
            {
                "id": _uuid7(milliseconds + number, chance),
                "source": "olt-12.par3",
                "resource": resource_of(number % shape.lines),
                "meter": meter,
                "quantity": str(quantity),
                "started_at": _text(started_at),
                "ended_at": _text(started_at + INTERVAL),
                **({"attributes": attributes} if attributes else {}),
            }
        )
        if len(message) == shape.per_message:
            yield msgspec.json.encode(message)
            message = []
    if message:
        yield msgspec.json.encode(message)


def _uuid7(milliseconds: int, chance: random.Random) -> str:
    variant = 0x8 | chance.getrandbits(2)
    text = f"{milliseconds:012x}7{chance.getrandbits(12):03x}{variant:x}{chance.getrandbits(60):015x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


async def publish(messages: list[bytes], *, bootstrap: str, topic: str, partitions: int) -> dict[str, float]:
    """Hand all messages to Kafka, partition by partition in turn; returns when everything is acknowledged."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_batch_size=BATCH_BYTES)
    await producer.start()
    try:
        await producer.client.force_metadata_update()
        first_s = time.monotonic()
        builders = [producer.create_batch() for _ in range(partitions)]
        sent = []
        for number, message in enumerate(messages):
            partition = number % partitions
            if builders[partition].append(key=None, value=message, timestamp=None) is None:
                sent.append(await producer.send_batch(builders[partition], topic, partition=partition))
                builders[partition] = producer.create_batch()
                builders[partition].append(key=None, value=message, timestamp=None)
        for partition, builder in enumerate(builders):
            if builder.record_count():
                sent.append(await producer.send_batch(builder, topic, partition=partition))
        await asyncio.gather(*sent)
        return {"first_s": first_s, "last_s": time.monotonic(), "messages": len(messages)}
    finally:
        await producer.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description="Publish a load that was written before.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--bootstrap", required=True)
    parser.add_argument("--topic", required=True)
    parser.add_argument("--partitions", type=int, required=True)
    given = parser.parse_args()
    messages: list[bytes] = pickle.loads(given.file.read_bytes())
    done = asyncio.run(publish(messages, bootstrap=given.bootstrap, topic=given.topic, partitions=given.partitions))
    print(json.dumps(done))


if __name__ == "__main__":
    main()
