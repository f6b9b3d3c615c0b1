"""Usage at a rate that is kept: the same messages over and over, each time with other ids.

    python -m bench.flood /tmp/messages.bin --bootstrap 127.0.0.1:9092 --topic local.usage.reported --partitions 4 \
        --rate 30000 --seconds 60
    {"records": 1800000, "seconds": 60.0}

A round of the messages is an hour of five-minute records of each line, and the next round is the hour before: lines
that catch up on days. Ids are UUIDv7, as those of the pipeline's load: of a round they begin with a minute of its own,
so nothing is sent twice. What the broker takes no faster is not made up for: the answer says how many records were
acknowledged, and in how many seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import pickle
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from aiokafka import AIOKafkaProducer

from bench.load import METER, resource_of

PER_MESSAGE: Final = 100
ROUND: Final = b"ROUND000"
"""Stands for the minute of a round in the ids of a message: what their time begins with."""
_MINUTE_BITS: Final = 16
"""Of the milliseconds in an id, those that count within a round."""
HOUR: Final = b"2000-01-01T00"
"""Stands for the hour of a round."""
HOURS_MAX: Final = 7 * 24
"""Then rounds begin with the last hour again: all within the billing period of the bench's lines."""
INTERVALS: Final = 12
"""In an hour."""
BATCH_BYTES: Final = 900_000
PACE_S: Final = 0.05
IN_FLIGHT_MAX: Final = 16
"""Batches that are not acknowledged yet."""


def write_messages(file: Path, *, lines: int) -> None:
    """An hour of records of all lines, in turn."""
    records = list(_records(lines))
    made = [records[n : n + PER_MESSAGE] for n in range(0, len(records), PER_MESSAGE)]
    file.write_bytes(pickle.dumps([msgspec.json.encode(message) for message in made]))


def _records(lines: int) -> Iterator[dict[str, str]]:
    for number in range(lines * INTERVALS):
        at = f"{HOUR.decode()}:{number // lines * 5:02d}:00Z"
        yield {
            "id": f"{ROUND.decode()}-{number & 0xFFFF:04x}-7000-8000-{number:012x}",
            "source": "olt-12.par3",
            "resource": resource_of(number % lines),
            "meter": METER,
            "quantity": "1000000",
            "started_at": at,
            "ended_at": at,
        }


async def flood(
    messages: list[bytes], *, bootstrap: str, topic: str, partitions: int, rate: int, seconds: float
) -> dict[str, float]:
    """Publishes for so many seconds, at most `rate` records a second."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all", max_batch_size=BATCH_BYTES)
    await producer.start()
    sent: set[asyncio.Future[object]] = set()
    count, began = 0, time.monotonic()
    minute = int(time.time() * 1000) >> _MINUTE_BITS
    last_hour = datetime.now(UTC) - timedelta(hours=2)
    try:
        while (passed := time.monotonic() - began) < seconds:
            due = int(passed * rate) // PER_MESSAGE - count
            if due <= 0:
                await asyncio.sleep(PACE_S)
                continue
            # A batch at a time: one that has fallen behind looks at the clock again.
            for partition in range(partitions):
                builder = producer.create_batch()
                for _ in range(-(-min(due, 40 * partitions) // partitions)):
                    number, place = divmod(count, len(messages))
                    hour = (last_hour - timedelta(hours=number % HOURS_MAX)).strftime("%Y-%m-%dT%H").encode()
                    value = messages[place].replace(ROUND, b"%08x" % (minute + number)).replace(HOUR, hour)
                    if builder.append(key=None, value=value, timestamp=None) is None:
                        break
                    count += 1
                sent.add(await producer.send_batch(builder, topic, partition=partition))
            while len(sent) >= IN_FLIGHT_MAX:
                done, sent = await asyncio.wait(sent, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    one.result()
        await asyncio.gather(*sent)
        return {"records": count * PER_MESSAGE, "seconds": round(time.monotonic() - began, 2)}
    finally:
        await producer.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description="Publish usage at a rate that is kept.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--bootstrap", required=True)
    parser.add_argument("--topic", required=True)
    parser.add_argument("--partitions", type=int, required=True)
    parser.add_argument("--rate", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    given = parser.parse_args()
    messages: list[bytes] = pickle.loads(given.file.read_bytes())
    asked = {"bootstrap": given.bootstrap, "topic": given.topic, "partitions": given.partitions}
    print(json.dumps(asyncio.run(flood(messages, **asked, rate=given.rate, seconds=given.seconds))))


if __name__ == "__main__":
    main()
